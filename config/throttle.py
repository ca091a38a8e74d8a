"""Throttles: how often one address or learner may do one thing, counted in the database, so that all
processes agree.

Fixed windows. Counting is an UPDATE of count + 1, which no concurrent request can lose; a request over the
limit only reads. All limits are loose, because a whole class may sit behind one address; what protects a
single account is the lockout per name and address (django-axes).
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import salted_hmac

from config.address import client_address
from config.models import Tally


def always(response: HttpResponse) -> bool:
    return True


def succeeded(response: HttpResponse) -> bool:
    return response.status_code == 302


def failed(response: HttpResponse) -> bool:
    return response.status_code != 302


def forbidden(response: HttpResponse) -> bool:
    return response.status_code == 403


def is_anonymous(request: HttpRequest) -> bool:
    return not request.user.is_authenticated


def is_post(request: HttpRequest) -> bool:
    return request.method == "POST"


def is_learner(request: HttpRequest) -> bool:
    return request.user.is_authenticated


def is_learners_post(request: HttpRequest) -> bool:
    return is_post(request) and is_learner(request)


def learner(request: HttpRequest) -> str:
    return f"learner {request.user.pk}"


@dataclass(frozen=True)
class Rule:
    """At most `limit` counted requests per `seconds` to paths that start with `prefix`, for each that `whom`
    tells apart.
    """

    name: str
    prefix: str
    limit: Callable[[], int]
    seconds: int
    applies: Callable[[HttpRequest], bool]
    counts: Callable[[HttpResponse], bool]
    whom: Callable[[HttpRequest], str] = client_address


RULES = (
    Rule("api", "/api/", lambda: settings.API_PER_MINUTE, 60, is_anonymous, always),
    Rule(
        "playground",
        "/api/playground/",
        lambda: settings.PLAYGROUND_PER_MINUTE,
        60,
        is_learner,
        always,
        learner,
    ),
    # Wrong passwords of quizzes.
    Rule("quiz-password", "/quizzes/", lambda: 10, 300, is_learners_post, forbidden, learner),
    Rule("sign-in", "/accounts/sign-in/", lambda: 100, 900, is_post, failed),
    Rule("sign-up", "/accounts/sign-up/", lambda: 100, 3600, is_post, succeeded),
    Rule("reset", "/accounts/password/reset/", lambda: 60, 3600, is_post, always),
)


def rule_for(request: HttpRequest) -> Rule | None:
    """The rule this request falls under, if any; rules do not overlap."""
    rules = (rule for rule in RULES if request.path.startswith(rule.prefix))
    return next((rule for rule in rules if rule.applies(request)), None)


def tally_key(rule: Rule, who: str) -> str:
    return salted_hmac("config.throttle", f"{rule.name} {who}", algorithm="sha256").hexdigest()


def window_end(rule: Rule, now: datetime) -> datetime:
    return datetime.fromtimestamp((now.timestamp() // rule.seconds + 1) * rule.seconds, tz=UTC)


def wait(rule: Rule, who: str, now: datetime) -> int:
    """Seconds until they may go on; 0 when it may now."""
    ends = window_end(rule, now)
    tally = Tally.objects.filter(key=tally_key(rule, who), ends=ends).first()
    if (tally.count if tally else 0) < rule.limit():
        return 0
    return max(1, round((ends - now).total_seconds()))


def count(rule: Rule, who: str, now: datetime) -> None:
    """Count one request. The first of a window makes its row and clears away the windows that are over."""
    key, ends = tally_key(rule, who), window_end(rule, now)
    tally = Tally.objects.filter(key=key, ends=ends)
    if tally.update(count=F("count") + 1):
        return
    with transaction.atomic():
        Tally.objects.filter(ends__lt=now).delete()
        Tally.objects.bulk_create([Tally(key=key, ends=ends)], ignore_conflicts=True)
        tally.update(count=F("count") + 1)
