"""The pages on which a course is found and read."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from course.models import Course, Lesson


def catalogue(request: HttpRequest) -> HttpResponse:
    return render(
        request, "course/catalogue.html", {"section": "courses", "courses": Course.objects.published()}
    )


def dashboard(request: HttpRequest) -> HttpResponse:
    return render(request, "course/catalogue.html", {"section": "dashboard"})


def search(request: HttpRequest) -> HttpResponse:
    return render(request, "course/catalogue.html", {"section": "courses"})


def course(request: HttpRequest, course: str) -> HttpResponse:
    found = get_object_or_404(Course.objects.published(), slug=course)
    return render(request, "course/catalogue.html", {"section": "courses", "course": found})


def lesson(request: HttpRequest, course: str, lesson: str) -> HttpResponse:
    found = get_object_or_404(Lesson.objects.published(), course__slug=course, slug=lesson)
    return render(request, "course/catalogue.html", {"section": "courses", "lesson": found})
