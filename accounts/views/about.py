"""Help and privacy: what the site is, for people."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe


@require_safe
def help_page(request: HttpRequest) -> HttpResponse:
    return render(request, "accounts/help.html", {"section": "help"})


@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    context = {
        "csrf_cookie": settings.CSRF_COOKIE_NAME,
        "session_cookie": settings.SESSION_COOKIE_NAME,
        "cool_off": f"{round(settings.AXES_COOLOFF_TIME * 60)} minutes",
    }
    return render(request, "accounts/privacy.html", context)
