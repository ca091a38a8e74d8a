"""Starting against closing, at the same moment, on a real database; with a control that has no guard."""

import threading
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db.models import F

from accounts.models import User
from quizzes.models import Attempt, Question, Quiz
from quizzes.services import NoAttemptError, allowance_of, finish, start
from tests.quizzes.conftest import NOW
from tests.quizzes.test_races import together

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.data]


def closing(quiz: Quiz) -> Callable[[], object]:
    """Its author closes the quiz at this moment."""
    return lambda: Quiz.objects.filter(pk=quiz.pk).update(closes_at=NOW)


def started_after_close() -> int:
    return Attempt.objects.filter(quiz__closes_at__lte=F("started_at")).count()


@pytest.mark.parametrize("is_close_first", [True, False])
def test_no_attempt_starts_once_the_quiz_is_closed(
    learner: User, other_learner: User, quiz: Quiz, questions: list[Question], is_close_first: bool
) -> None:
    """All of them read the quiz while it was open; who was refused sees no trace of an attempt."""
    later = NOW + timedelta(seconds=1)
    people = [learner, other_learner]
    starts: list[Callable[[], object]] = [lambda p=p: start(p, quiz, later) for p in people]
    acts = [closing(quiz), *starts] if is_close_first else [*starts, closing(quiz)]
    results = together(*acts)
    taken = results[1:] if is_close_first else results[:-1]
    assert all(isinstance(one, Attempt | NoAttemptError) for one in taken), results
    assert Attempt.objects.count() == sum(isinstance(one, Attempt) for one in taken)
    for one in Attempt.objects.select_related("quiz"):
        # It was first: the close that came after ends it, and no time is told that runs backwards.
        ended = finish(one, later)
        assert ended.finished_at == ended.started_at
    with pytest.raises(NoAttemptError):
        start(learner, quiz, later)


def test_a_start_under_way_waits_for_a_close_that_was_first(
    learner: User, quiz: Quiz, questions: list[Question]
) -> None:
    closed, checked = threading.Event(), threading.Event()

    def close() -> None:
        checked.wait()
        closing(quiz)()
        closed.set()

    def start_late() -> object:
        stale = Quiz.objects.get(pk=quiz.pk)
        assert allowance_of(stale, [], NOW).can_start
        checked.set()
        closed.wait()
        return start(learner, stale, NOW)

    results = together(close, start_late)
    assert isinstance(results[1], NoAttemptError), results
    assert started_after_close() == 0


def test_control_an_unguarded_start_begins_after_the_close(learner: User, quiz: Quiz) -> None:
    closed, checked = threading.Event(), threading.Event()

    def close() -> None:
        checked.wait()
        closing(quiz)()
        closed.set()

    def start_unguarded() -> Attempt:
        stale = Quiz.objects.get(pk=quiz.pk)
        assert allowance_of(stale, [], NOW).can_start
        checked.set()
        closed.wait()
        return Attempt.objects.create(learner=learner, quiz=stale, started_at=NOW)

    together(close, start_unguarded)
    assert started_after_close() == 1
