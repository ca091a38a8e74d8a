"""`manage.py ensure_roles`: the shipped group Authors, with what each app lists in its permissions.py."""

from importlib import import_module
from importlib.util import find_spec
from typing import Any

from django.apps import apps
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from accounts.roles import AUTHORS, UnknownPermissionError, ensure_group


def author_permissions() -> list[str]:
    """AUTHOR_PERMISSIONS of every installed app that has a permissions.py, in the apps' order."""
    names = [f"{app.name}.permissions" for app in apps.get_app_configs()]
    modules = [import_module(name) for name in names if find_spec(name) is not None]
    return [label for module in modules for label in getattr(module, "AUTHOR_PERMISSIONS", [])]


class Command(BaseCommand):
    help = "Makes the group Authors and gives it the permissions that the apps list. Safe to repeat."

    def handle(self, *args: Any, **options: Any) -> None:
        labels = author_permissions()
        try:
            with transaction.atomic():
                ensure_group(AUTHORS, labels)
        except UnknownPermissionError as error:
            raise CommandError(str(error)) from None
        self.stdout.write(f"Group {AUTHORS}: {len(labels)} permissions.")
