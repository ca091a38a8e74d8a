"""The learner's own page: where to go on, and what other apps have to say."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.models import User
from course.models import Course
from course.panels import dashboard_panels
from course.progress import standings


@require_safe
@login_required
def dashboard(request: HttpRequest) -> HttpResponse:
    assert isinstance(request.user, User)
    found = standings(list(Course.objects.published()), request.user)
    context = {
        "section": "dashboard",
        "started": [standing for standing in found if standing.is_started],
        "fresh": [standing for standing in found if not standing.is_started and standing.total],
        "panels": dashboard_panels(request.user),
    }
    return render(request, "course/dashboard.html", context)
