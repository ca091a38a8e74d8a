"""Hints open one after the other: where to look, the rule with the learner's numbers, the next step done.

Five seconds lie between them, so that one is read before the next is asked for.
"""

from datetime import datetime, timedelta
from math import ceil

from django.db import transaction
from django.db.models import Q

from quizzes.models import Answer
from quizzes.services.saving import AnswerClosedError, lock

PAUSE = timedelta(seconds=5)


def open_hint(answer: Answer, level: int, now: datetime) -> Answer:
    """Open the hint of that level, counted from 1, if it is the next one, its time has come, and the quiz
    gives hints.

    Else nothing changes: `hint_wait` tells how long it takes. Raises AnswerClosedError.
    """
    with transaction.atomic():
        attempt = lock(answer, now)
        gives_hints = attempt.quiz is None or attempt.quiz.gives_hints
        if gives_hints and 1 <= level <= len(answer.asked.hints):
            is_ready = Q(hinted_at__isnull=True) | Q(hinted_at__lte=now - PAUSE) | Q(hinted_at__gt=now)
            next_one = Answer.objects.unreleased().filter(is_ready, pk=answer.pk, hints_shown=level - 1)
            next_one.update(hints_shown=level, hinted_at=now)
    answer.refresh_from_db()
    if not answer.is_open:
        raise AnswerClosedError
    return answer


def hint_wait(answer: Answer, now: datetime) -> int:
    """Seconds until the next hint of an answer may open, 0..5."""
    if answer.hinted_at is None or answer.hinted_at > now:
        return 0
    return max(0, ceil((answer.hinted_at + PAUSE - now).total_seconds()))
