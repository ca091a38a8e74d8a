"""Until when an attempt takes answers, by the server's clock alone.

Answers that arrive up to GRACE after the deadline are taken: they were sent in time and the network was slow.
The clock may be set: no span told here is negative or longer than the learner's whole time.
"""

from datetime import datetime, timedelta

from quizzes.models import Attempt

GRACE = timedelta(seconds=30)


def deadline_from(start: datetime, allowed: timedelta | None) -> datetime | None:
    return None if allowed is None else start + allowed


def deadline_of(attempt: Attempt) -> datetime | None:
    """The end of the attempt's own time or the close of its quiz, whichever is first; None without both."""
    closes_at = attempt.quiz.closes_at if attempt.quiz is not None else None
    ends = [end for end in (attempt.deadline, closes_at) if end is not None]
    return min(ends, default=None)


def is_over(attempt: Attempt, now: datetime) -> bool:
    """Whether the attempt takes no more answers: the deadline has passed, and the grace too."""
    deadline = deadline_of(attempt)
    return deadline is not None and now > deadline + GRACE


def seconds_left(attempt: Attempt, now: datetime) -> float | None:
    """Seconds until the deadline, for a timer that counts down from there; None without one."""
    deadline = deadline_of(attempt)
    if deadline is None:
        return None
    whole = (deadline - attempt.started_at).total_seconds()
    return max(0.0, min((deadline - now).total_seconds(), whole))


def end_of(attempt: Attempt, now: datetime) -> datetime:
    """When an attempt that is finished now ended: never after its deadline, never before its start."""
    deadline = deadline_of(attempt)
    return max(attempt.started_at, now if deadline is None else min(now, deadline))


def ran_out(attempt: Attempt) -> bool:
    """Whether a finished attempt ended because its time did."""
    deadline = deadline_of(attempt)
    return deadline is not None and attempt.finished_at is not None and attempt.finished_at >= deadline
