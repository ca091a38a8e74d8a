"""`manage.py prepare`: all that a site needs before it serves. Safe to repeat; run it after every upgrade."""

from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    help = "Migrates the database, makes roles, loads the course; in production gathers static files."

    def handle(self, *args: Any, **options: Any) -> None:
        settings.VAR_DIR.mkdir(parents=True, exist_ok=True)
        call_command("migrate", verbosity=0)
        call_command("createcachetable", verbosity=0)
        call_command("clearsessions")  # what visitors typed and never came back for
        call_command("ensure_roles", verbosity=0)
        call_command("load_content", verbosity=options["verbosity"])
        if settings.DEVELOPMENT:
            call_command("demo_accounts")
        else:
            call_command("collectstatic", interactive=False, verbosity=0)
