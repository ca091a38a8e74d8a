"""Who: users, sign-up, sign-in, settings, roles."""
