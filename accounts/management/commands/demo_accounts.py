"""`manage.py demo_accounts`: a learner and an author with known passwords, in development only."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from accounts.demo import DEMO_ACCOUNTS, ensure_account


class Command(BaseCommand):
    help = "Makes the two demo accounts and prints their passwords. Refuses outside development."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEVELOPMENT:
            raise CommandError(
                "Demo accounts have known passwords, so they exist in development only. "
                "Make real accounts with `manage.py createsuperuser` or on the sign-up page."
            )
        for account in DEMO_ACCOUNTS:
            ensure_account(account)
            role = "author" if account.is_author else "learner"
            self.stdout.write(f"Demo {role}: sign in as {account.name} with password {account.password}")
