"""Whether another attempt at a quiz may start: how many are left, and from when."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from quizzes.models import Attempt, Quiz


@dataclass(frozen=True)
class Allowance:
    """`left` is None without a limit; `opens_at` is None when nothing has to be waited for."""

    left: int | None
    opens_at: datetime | None

    @property
    def is_used_up(self) -> bool:
        return self.left == 0

    @property
    def can_start(self) -> bool:
        return not self.is_used_up and self.opens_at is None


class NoAttemptError(Exception):
    """The quiz allows no new attempt, or not yet."""


def allowance_of(quiz: Quiz, attempts: Iterable[Attempt], now: datetime) -> Allowance:
    """What the quiz allows a learner who made these attempts at it; an open one counts too."""
    made = list(attempts)
    left = max(0, quiz.attempt_limit - len(made)) if quiz.attempt_limit else None
    # An end after now is a clock that was set back: it locks nobody out.
    ends = [one.finished_at for one in made if one.finished_at is not None and one.finished_at <= now]
    opens_at = max(ends) + timedelta(minutes=quiz.attempt_delay) if ends else None
    return Allowance(left, opens_at if opens_at is not None and opens_at > now else None)
