"""Addresses of course. They are promises: see docs/architecture.md."""

from django.urls import URLPattern

app_name = "course"
urlpatterns: list[URLPattern] = []
