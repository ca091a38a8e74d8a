"""Puts the throttles before the views, and packs what they answer."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware
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


class PackingMiddleware(GZipMiddleware):
    """Packs answers, but for files that can be asked for in parts: their parts are counted in plain bytes."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if response.has_header("Accept-Ranges"):
            return response
        return super().process_response(request, response)
