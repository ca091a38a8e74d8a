"""Pages for what went amiss: each says what happened, what is safe, and what to do next."""

import logging
import secrets
from datetime import timedelta

from axes.helpers import get_cool_off
from axes.models import AccessAttempt
from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template import TemplateDoesNotExist
from django.template.loader import render_to_string
from django.utils import timezone

from config.address import client_address

logger = logging.getLogger(__name__)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "400.html", status=400)


NO_ROOM = "A number or a text in the address or the form is outside of what can be kept or searched for."
CONTRADICTS = "What was sent contradicts what is kept: somebody may have changed it meanwhile."


def refused_by_admin(request: HttpRequest, said: str, status: int) -> HttpResponse:
    """What the database would not do, with the way back to the page it was asked on."""
    return render(request, "admin_refusal.html", {"said": said, "back": request.path}, status=status)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return render(request, "403_csrf.html", status=403)


def server_error(request: HttpRequest) -> HttpResponse:
    """Needs neither database nor user. The reference stands in the log beside the error."""
    reference = secrets.token_hex(3).upper()
    logger.error("Reference %s: %s %s failed", reference, request.method, request.path)
    context = {"site_name": settings.SITE_NAME, "reference": reference, "contact": settings.CONTACT}
    try:
        page = render_to_string("500.html", context)
    except (TemplateDoesNotExist, ValueError):  # no templates, or static files never collected
        return HttpResponse(f"Our fault. Reference {reference}.", status=500, content_type="text/plain")
    return HttpResponse(page, status=500)


def too_many(request: HttpRequest, seconds: int) -> HttpResponse:
    """429 with the time to wait: a page for people, JSON under /api/."""
    if request.path.startswith("/api/"):
        detail = f"Too many requests from this address. Try again in {waiting(seconds)}."
        return JsonResponse({"detail": detail}, status=429, headers={"Retry-After": str(seconds)})
    response = render(request, "429.html", {"wait": waiting(seconds)}, status=429)
    response["Retry-After"] = str(seconds)
    return response


def locked_out(
    request: HttpRequest, response: HttpResponse | None = None, credentials: dict[str, str] | None = None
) -> HttpResponse:
    """After too many failed sign-ins with one name from one address (called by django-axes)."""
    name = (credentials or {}).get("username", "")
    last = (
        AccessAttempt.objects.filter(username=name, ip_address=client_address(request))
        .order_by("-attempt_time")
        .first()
    )
    pause = get_cool_off(request) or timedelta(0)
    left = pause - (timezone.now() - last.attempt_time) if last else pause
    return too_many(request, max(1, round(left.total_seconds())))


def waiting(seconds: int) -> str:
    """A length of time in words, rounded up: "40 seconds", "1 minute", "15 minutes"."""
    number, unit = (seconds, "second") if seconds < 60 else (-(-seconds // 60), "minute")
    return f"{number} {unit}" if number == 1 else f"{number} {unit}s"
