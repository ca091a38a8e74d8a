"""Several requests at the same moment, on a real database with a connection for each."""

import threading
from collections.abc import Callable

import pytest
from django.db import connection

from accounts.models import User
from quizzes.models import Answer, Attempt, Question, Quiz
from quizzes.services import AnswerClosedError, check, finish, save, start, try_again
from tests.quizzes.conftest import NOW, right_fields

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.data]


def together(*acts: Callable[[], object]) -> list[object]:
    """Run the acts at the same moment in threads of their own; what each returned or raised."""
    gate = threading.Barrier(len(acts))
    results: list[object] = [None] * len(acts)

    def run(place: int, act: Callable[[], object]) -> None:
        gate.wait()
        try:
            results[place] = act()
        except Exception as error:
            results[place] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(place, act)) for place, act in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def test_starting_at_once_gives_one_attempt(learner: User, quiz: Quiz, questions: list[Question]) -> None:
    results = together(*[lambda: start(learner, quiz, NOW)] * 6)
    assert {attempt.pk for attempt in results if isinstance(attempt, Attempt)} == {
        Attempt.objects.get().pk
    }, results
    assert len(results) == 6
    assert Answer.objects.count() == 4


def test_checking_at_once_grades_once(attempt: Attempt) -> None:
    answer = attempt.answers.get(kind="numeric")
    together(*[lambda n=n: check(answer, {"answer": [str(n)]}, NOW) for n in range(100, 106)])
    answer.refresh_from_db()
    assert (answer.version, answer.state) == (1, Answer.State.NOT_YET)


def test_trying_again_at_once_gives_one_new_try(attempt: Attempt) -> None:
    answer = attempt.answers.get(kind="numeric")
    check(answer, {"answer": ["1"]}, NOW)
    results = together(*[lambda: try_again(answer)] * 6)
    assert {fresh.number for fresh in results if isinstance(fresh, Answer)} == {2}, results
    assert attempt.answers.filter(kind="numeric").count() == 2


def test_an_acknowledged_answer_counts_and_a_late_one_is_refused(attempt: Attempt) -> None:
    answers = list(attempt.answers.all())
    results = together(
        *[lambda a=a: save(a, right_fields(a), NOW) for a in answers], lambda: finish(attempt, NOW)
    )
    finished = Attempt.objects.get()
    assert not finished.is_open
    for answer, result in zip(answers, results, strict=False):
        answer.refresh_from_db()
        if isinstance(result, AnswerClosedError):
            assert answer.state == Answer.State.UNANSWERED
        else:
            assert answer.state == Answer.State.RIGHT
