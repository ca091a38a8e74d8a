"""Addresses of accounts. They are promises: see docs/architecture.md."""

from django.urls import URLPattern

app_name = "accounts"
urlpatterns: list[URLPattern] = []
