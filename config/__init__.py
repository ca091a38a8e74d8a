"""The composition root: settings, addresses, checks and commands. The only package that knows every app."""
