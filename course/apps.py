"""The app's name for Django."""

from django.apps import AppConfig


class CourseConfig(AppConfig):
    name = "course"
    default_auto_field = "django.db.models.BigAutoField"
