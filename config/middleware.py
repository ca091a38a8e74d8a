"""What stands around the views: the throttles, and what the admin refuses."""

import logging
from collections.abc import Callable

from django.db import DataError, IntegrityError
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from config.errors import CONTRADICTS, NO_ROOM, refused_by_admin, too_many
from config.throttle import count, rule_for, wait

logger = logging.getLogger(__name__)
Handler = Callable[[HttpRequest], HttpResponse]


class ThrottleMiddleware:
    """Answers 429 with the time to wait when somebody has used up what a rule allows."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        rule = rule_for(request)
        if rule is None:
            return self.get_response(request)
        who = rule.whom(request)
        seconds = wait(rule, who, timezone.now())
        if seconds:
            return too_many(request, seconds)
        response = self.get_response(request)
        if rule.counts(response):
            count(rule, who, timezone.now())
        return response


class AdminRefusalMiddleware:
    """Says in the admin what no database has room for, and what contradicts what is kept, where Django's own
    checks let it through: a filter for the year 10¹⁹, a row that somebody else made a moment ago.
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """A page instead of a fault; None for all that is a fault of ours."""
        if not request.path.startswith("/admin/"):
            return None
        if isinstance(exception, IntegrityError) and request.method == "POST":
            said, status = CONTRADICTS, 409
        # What a filter compares with is checked by no form.
        elif isinstance(exception, OverflowError | DataError) or (
            isinstance(exception, ValueError) and request.method == "GET" and request.GET
        ):
            said, status = NO_ROOM, 400
        else:
            return None
        # Should it be a fault of ours after all, the operator finds where.
        logger.warning("Refused in the admin: %s", request.path, exc_info=exception)
        return refused_by_admin(request, said, status)
