"""Whether a challenge takes another network from a learner, and how many attempts at it are left.

An attempt is a network that was graded or waits for it. What was taken back, what broke down through our
fault and what could not be read spend none; the same text, with the same weights and under the same criteria,
is one attempt however often it is sent.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.models import AnonymousUser

from accounts.models import User
from labs.models import Challenge, Submission
from labs.understanding import NOT_SPENT, Understanding

READ = "All of it can be read."


class NoAttemptError(Exception):
    """The challenge allows this learner no more attempts."""


@dataclass(frozen=True)
class Allowance:
    """`limit` is None where one may try as often as one likes."""

    limit: int | None = None
    used: int = 0
    is_closed: bool = False

    @property
    def left(self) -> int | None:
        return None if self.limit is None else max(0, self.limit - self.used)

    @property
    def is_used_up(self) -> bool:
        return self.left == 0

    @property
    def can_submit(self) -> bool:
        return not self.is_closed and not self.is_used_up

    @property
    def told(self) -> str:
        """What is left, without a full stop; empty without a limit."""
        if self.limit is None:
            return ""
        if self.is_used_up:
            return "No attempt left"
        return f"{self.left} of {self.limit} attempt{'' if self.limit == 1 else 's'} left"


def allowance_of(challenge: Challenge, user: User | AnonymousUser, now: datetime) -> Allowance:
    """What the challenge, which may be unsaved, allows a visitor now."""
    return _allowance(challenge, _used([challenge], user), now)


def allowances(
    challenges: Iterable[Challenge], user: User | AnonymousUser, now: datetime
) -> dict[int, Allowance]:
    """The same for many, by the key of each: at most one query."""
    shown = list(challenges)
    used = _used(shown, user)
    return {challenge.pk: _allowance(challenge, used, now) for challenge in shown}


def spent_before(learner: User, challenge: Challenge, content_hash: str, criteria: str) -> Submission | None:
    """The attempt that the same network was, where attempts are counted: it is not graded once more.

    Raises NoAttemptError where it would be a new one too many. Call it under the lock that handing in takes.
    """
    if challenge.attempt_limit is None:
        return None
    own = Submission.objects.for_learner(learner).filter(challenge=challenge).spending()
    same = own.filter(content_hash=content_hash, criteria=criteria).first()
    if same is None and own.attempts().count() >= challenge.attempt_limit:
        raise NoAttemptError
    return same


def why(understanding: Understanding, allowance: Allowance) -> str:
    """The sentence beside Submit."""
    line = None if understanding.is_readable else understanding.findings[0].line
    if not allowance.can_submit:
        read = READ if line is None else f"Line {line} cannot be read yet."
        return f"{read} {'The challenge has closed' if allowance.is_closed else allowance.told}."
    if line is not None:
        return f"Submit opens when line {line} can be read. {NOT_SPENT}"
    return f"{READ} {allowance.told or 'You can submit as often as you like'}."


def _allowance(challenge: Challenge, used: Counter[int], now: datetime) -> Allowance:
    return Allowance(challenge.attempt_limit, used[challenge.pk], challenge.has_closed(now))


def _used(challenges: Iterable[Challenge], user: User | AnonymousUser) -> Counter[int]:
    limited = [
        challenge.pk for challenge in challenges if challenge.pk and challenge.attempt_limit is not None
    ]
    if not limited or not isinstance(user, User):
        return Counter()
    own = Submission.objects.for_learner(user).filter(challenge__in=limited)
    return Counter(key for key, _, _ in own.attempts())
