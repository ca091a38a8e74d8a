"""Addresses of labs. They are promises: see docs/architecture.md."""

from django.urls import URLPattern

app_name = "labs"
urlpatterns: list[URLPattern] = []
