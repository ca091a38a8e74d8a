"""Puts the throttles before the views."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from config.errors import too_many
from config.throttle import count, rule_for, wait

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
