"""Attempts whose time is over are finished by whoever comes first: the learner's next page, or the worker."""

import logging
from datetime import datetime

from accounts.models import User
from quizzes.models import Attempt
from quizzes.services.attempts import finish
from quizzes.services.deadlines import GRACE, is_over

AT_ONCE = 100  # a worker has other things to do; the next sweep goes on

logger = logging.getLogger(__name__)


def finish_overdue(now: datetime, learner: User | None = None) -> int:
    """Finish attempts that take no more answers, of one learner or of all; how many are finished now."""
    overdue = Attempt.objects.ended_before(now - GRACE).order_by("deadline")
    if learner is not None:
        overdue = overdue.for_learner(learner)
    return sum(_finished(attempt, now) for attempt in overdue.select_related("learner", "quiz")[:AT_ONCE])


def finish_if_over(attempt: Attempt, now: datetime) -> Attempt:
    """The attempt, finished if it takes no more answers. Locks nothing for one that does."""
    return finish(attempt, now, only_over=True) if attempt.is_open and is_over(attempt, now) else attempt


def _finished(attempt: Attempt, now: datetime) -> bool:
    try:
        return not finish(attempt, now, only_over=True).is_open
    except Exception:  # one that cannot be graded must not keep the others waiting
        logger.exception("Attempt %s is over and cannot be finished.", attempt.pk)
        return False
