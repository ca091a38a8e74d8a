"""The reader's time zone for the whole request, and no shared copy of a page with a person in it."""

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.cache import patch_vary_headers

Handler = Callable[[HttpRequest], HttpResponse]


class PersonMiddleware:
    """Stands below the middleware that finds the user.

    A session means a person: someone signed in, or a visitor whose typed text is kept. Such a response is
    private and stored nowhere. Any other page still differs by cookie, because the theme is one.
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with reader_zone(request):
            response = self.get_response(request)
        if has_session(request):
            response["Cache-Control"] = "private, no-store"
        patch_vary_headers(response, ["Cookie"])
        return response


def has_session(request: HttpRequest) -> bool:
    """Whether the visitor came with a session or was given one just now; asks no database."""
    return settings.SESSION_COOKIE_NAME in request.COOKIES or request.session.modified


def reader_zone(request: HttpRequest) -> AbstractContextManager[object]:
    """The zone of a person signed in. Without a session nobody is, and the session store is left alone."""
    if settings.SESSION_COOKIE_NAME not in request.COOKIES or not request.user.is_authenticated:
        return nullcontext()
    try:
        return timezone.override(ZoneInfo(request.user.time_zone))
    except (ZoneInfoNotFoundError, ValueError):
        return nullcontext()  # a zone this machine's data no longer knows: UTC, rather than no page
