"""Registers config as an app, so that its system checks and commands are found."""

from django.apps import AppConfig


class ConfigApp(AppConfig):
    name = "config"
    label = "config"
