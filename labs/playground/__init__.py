"""The training playground: settings from addresses and forms, runs that travel signed, and how they look."""
