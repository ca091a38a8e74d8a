"""The learner's own page: cards that the apps contribute, in the order of the settings."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.models import User
from course.panels import dashboard_panels


@require_safe
@login_required
def dashboard(request: HttpRequest) -> HttpResponse:
    assert isinstance(request.user, User)
    context = {"section": "dashboard", "panels": dashboard_panels(request.user)}
    return render(request, "course/dashboard.html", context)
