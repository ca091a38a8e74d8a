"""Pages of accounts: coming in, passwords, one's own settings, and the two pages about the site."""
