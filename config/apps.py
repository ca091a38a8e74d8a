"""Registers config as an app, so that its system checks and commands are found."""

from importlib import import_module

from django.apps import AppConfig


class ConfigApp(AppConfig):
    name = "config"
    label = "config"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        import_module("config.checks")
