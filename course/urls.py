"""Addresses of course. They are promises: see docs/architecture.md."""

from django.urls import path

from course import views

app_name = "course"
urlpatterns = [
    path("", views.catalogue, name="catalogue"),
    path("dashboard/", views.dashboard, name="dashboard"),
    path("search/", views.search, name="search"),
    path("courses/<slug:course>/", views.course, name="course"),
    path("courses/<slug:course>/<slug:lesson>/", views.lesson, name="lesson"),
]
