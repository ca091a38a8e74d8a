"""Whether another attempt at a quiz may start: whether it is open, how many are left, and from when."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from quizzes.models import Attempt, Quiz


@dataclass(frozen=True)
class Allowance:
    """`left` is None without a limit; `opens_at` is None when no delay has to be waited for, `quiz_opens_at`
    when the quiz has opened.
    """

    left: int | None
    opens_at: datetime | None
    quiz_opens_at: datetime | None = None
    is_closed: bool = False

    @property
    def is_used_up(self) -> bool:
        return self.left == 0

    @property
    def can_start(self) -> bool:
        is_open = self.quiz_opens_at is None and not self.is_closed
        return is_open and not self.is_used_up and self.opens_at is None


class NoAttemptError(Exception):
    """The quiz allows no new attempt: not any more, or not yet."""


def allowance_of(quiz: Quiz, attempts: Iterable[Attempt], now: datetime) -> Allowance:
    """What the quiz allows a learner who made these attempts at it; an open one counts too."""
    made = list(attempts)
    left = max(0, quiz.attempt_limit - len(made)) if quiz.attempt_limit else None
    # An end after now is a clock that was set back: it locks nobody out.
    ends = [one.finished_at for one in made if one.finished_at is not None and one.finished_at <= now]
    opens_at = max(ends) + timedelta(minutes=quiz.attempt_delay) if ends else None
    return Allowance(
        left,
        opens_at if opens_at is not None and opens_at > now else None,
        quiz.opens_at if is_before_opening(quiz, now) else None,
        is_closed(quiz, now),
    )


def is_before_opening(quiz: Quiz, now: datetime) -> bool:
    return quiz.opens_at is not None and now < quiz.opens_at


def is_closed(quiz: Quiz, now: datetime) -> bool:
    return quiz.closes_at is not None and now >= quiz.closes_at
