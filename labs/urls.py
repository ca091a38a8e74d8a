"""Addresses of labs. They are promises: see docs/architecture.md."""

from django.urls import path

from labs.views import challenges, drafts, submissions

app_name = "labs"
urlpatterns = [
    path("challenges/", challenges.challenge_list, name="challenges"),
    path("challenges/<slug:slug>/", challenges.challenge, name="challenge"),
    path("submissions/<uuid:pk>/", submissions.submission, name="submission"),
    path("lab/", drafts.lab, name="lab"),
    path("lab/<uuid:pk>/", drafts.draft, name="draft"),
]
