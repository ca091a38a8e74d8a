"""Throttles: how often one address or learner may do one thing, counted in the database, so that all
processes agree.

Fixed windows. Counting is an UPDATE of count + n, which no concurrent request can lose; a request over the
limit only reads. What is asked for several times a second is written down a few requests at a time: a write
must reach the disk, which can take longer than the answer. All limits are loose, because a whole class may
sit behind one address; what protects a single account is the lockout per name and address (django-axes).
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from threading import Lock

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
    is_gathered: bool = False

    @property
    def at_once(self) -> int:
        """How many requests a process counts before it writes them down."""
        return max(1, self.limit() // GATHERED) if self.is_gathered else 1


GATHERED = 24
"""Parts of a limit; a process that gathers oversteps it by one of them at most."""

_unwritten: Counter[str] = Counter()
"""Requests that this process has counted and not yet written down, by the key of their tally."""
_gathering = Lock()

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
        is_gathered=True,
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
    """Seconds until they may go on; 0 when they may now. Between two of its writings a process that gathers
    asks the database no more than it tells it.
    """
    key, ends = tally_key(rule, who), window_end(rule, now)
    if _unwritten.get(key):
        return 0
    tally = Tally.objects.filter(key=key, ends=ends).first()
    if (tally.count if tally else 0) < rule.limit():
        return 0
    return max(1, round((ends - now).total_seconds()))


def _gathered(key: str, at_once: int) -> int:
    """One request more; all that are unwritten when there are enough of them, else 0."""
    with _gathering:
        _unwritten[key] += 1
        return _unwritten.pop(key) if _unwritten[key] >= at_once else 0


def count(rule: Rule, who: str, now: datetime) -> None:
    """Count one request. The first of a window makes its row and clears away the windows that are over."""
    key, ends = tally_key(rule, who), window_end(rule, now)
    several = _gathered(key, rule.at_once)
    if not several:
        return
    tally = Tally.objects.filter(key=key, ends=ends)
    if tally.update(count=F("count") + several):
        return
    with transaction.atomic():
        Tally.objects.filter(ends__lt=now).delete()
        Tally.objects.bulk_create([Tally(key=key, ends=ends)], ignore_conflicts=True)
        tally.update(count=F("count") + several)
