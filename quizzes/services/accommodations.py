"""How much time a learner has: the quiz's limit, times and plus what was agreed with this learner."""

from datetime import timedelta

from django.db import transaction
from django.db.models import F

from accounts.models import User
from quizzes.models import Accommodation, Attempt, Quiz
from quizzes.services.deadlines import deadline_from


def time_allowed(learner: User, quiz: Quiz) -> timedelta | None:
    """The learner's time for an attempt that starts now; None without a limit."""
    return _allowed(quiz.time_limit, _agreed(learner, quiz))


def save_accommodation(accommodation: Accommodation) -> int:
    """Save it, and let open attempts that it concerns run longer; how many do. None is ever cut short."""
    with transaction.atomic():
        accommodation.save()
        learner, quiz = accommodation.learner, accommodation.quiz
        attempts = Attempt.objects.for_learner(learner).open().filter(time_limit__gt=0)
        if quiz is not None:
            attempts = attempts.filter(quiz=quiz)
        return sum(_extend(attempt) for attempt in attempts.select_related("learner", "quiz"))


def _extend(attempt: Attempt) -> int:
    agreed = _agreed(attempt.learner, attempt.quiz)
    end = deadline_from(attempt.started_at, _allowed(attempt.time_limit, agreed))
    return Attempt.objects.open().filter(pk=attempt.pk, deadline__lt=end).update(deadline=end)


def _agreed(learner: User, quiz: Quiz | None) -> Accommodation | None:
    """What holds for this quiz: the row that names it before the one for all."""
    rows = Accommodation.objects.filter(learner=learner)
    named = rows.filter(quiz=quiz) | rows.filter(quiz=None)
    return named.order_by(F("quiz").desc(nulls_last=True)).first()


def _allowed(minutes: int, agreed: Accommodation | None) -> timedelta | None:
    if not minutes:
        return None
    if agreed is None:
        return timedelta(minutes=minutes)
    return timedelta(minutes=float(minutes * agreed.time_factor) + agreed.extra_minutes)
