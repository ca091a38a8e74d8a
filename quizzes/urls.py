"""Addresses of quizzes. They are promises: see docs/architecture.md."""

from django.urls import URLPattern

app_name = "quizzes"
urlpatterns: list[URLPattern] = []
