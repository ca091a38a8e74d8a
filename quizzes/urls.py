"""Addresses of quizzes. They are promises: see docs/architecture.md."""

from django.urls import path

from quizzes import views

app_name = "quizzes"
urlpatterns = [
    path("quizzes/<slug:slug>/", views.quiz, name="quiz"),
    path("attempts/<uuid:pk>/", views.attempt, name="attempt"),
    path("attempts/<uuid:pk>/answers/<int:position>/", views.answer, name="answer"),
    path("attempts/<uuid:pk>/answers/", views.answers, name="answers"),
    path("attempts/<uuid:pk>/finish/", views.finish, name="finish"),
    path("attempts/<uuid:pk>/results/", views.results, name="results"),
    path("attempts/<uuid:pk>/answers/<int:position>/practice/", views.practice, name="practice"),
    path("reviews/", views.reviews, name="reviews"),
]
