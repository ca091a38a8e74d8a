"""Several requests at the same moment, on a real database with a connection for each.

Every race is run twice: with the real service, and as a control with the check and the act of the same
service apart and unguarded. The control has to fail, or the race would prove nothing.
"""

import threading
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

import pytest
from django.db import IntegrityError, connection

from accounts.models import User
from quizzes.models import Answer, Attempt, Question, Quiz
from quizzes.services import (
    AnswerClosedError,
    NoAttemptError,
    allowance_of,
    check,
    finish,
    save,
    start,
    try_again,
)
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


# --- start against start ------------------------------------------------------------------------------------


@pytest.fixture
def without_constraint() -> Iterator[None]:
    constraint = next(one for one in Attempt._meta.constraints if one.name == "attempt_one_open")
    with connection.schema_editor() as editor:
        editor.remove_constraint(Attempt, constraint)
    yield
    Attempt.objects.all().delete()
    with connection.schema_editor() as editor:
        editor.add_constraint(Attempt, constraint)


def unguarded_starts(learner: User, quiz: Quiz) -> list[object]:
    checked = threading.Barrier(6)

    def start_unguarded() -> object:
        found = Attempt.objects.for_learner(learner).open().filter(quiz=quiz).first()
        checked.wait()
        return found or Attempt.objects.create(learner=learner, quiz=quiz, started_at=NOW)

    return together(*[start_unguarded] * 6)


def test_control_the_constraint_alone_lets_one_start_through(learner: User, quiz: Quiz) -> None:
    results = unguarded_starts(learner, quiz)
    assert sum(isinstance(result, IntegrityError) for result in results) == 5
    assert Attempt.objects.count() == 1


def test_control_without_it_six_starts_make_six_attempts(
    learner: User, quiz: Quiz, without_constraint: None
) -> None:
    unguarded_starts(learner, quiz)
    assert Attempt.objects.open().count() == 6


def test_starting_at_once_gives_one_attempt(learner: User, quiz: Quiz, questions: list[Question]) -> None:
    results = together(*[lambda: start(learner, quiz, NOW)] * 6)
    assert {attempt.pk for attempt in results if isinstance(attempt, Attempt)} == {
        Attempt.objects.get().pk
    }, results
    assert len(results) == 6
    assert Answer.objects.count() == 4


# --- the last attempt that is allowed ----------------------------------------------------------------------


def test_starting_and_finishing_at_once_never_passes_the_limit(
    learner: User, quiz: Quiz, questions: list[Question]
) -> None:
    Quiz.objects.update(attempt_limit=2)
    quiz.refresh_from_db()
    finish(start(learner, quiz, NOW), NOW)
    results = together(*[lambda: finish(start(learner, quiz, NOW), NOW)] * 6)
    assert Attempt.objects.count() == 2, results
    assert all(isinstance(result, Attempt | NoAttemptError) for result in results), results


def test_control_an_unguarded_limit_is_passed(learner: User, quiz: Quiz) -> None:
    quiz.attempt_limit = 2
    checked = threading.Barrier(6)

    def start_unguarded() -> None:
        mine = Attempt.objects.for_learner(learner).filter(quiz=quiz)
        assert allowance_of(quiz, mine, NOW).can_start
        checked.wait()
        mine.create(
            learner=learner, quiz=quiz, started_at=NOW, finished_at=NOW, status=Attempt.Status.FINISHED
        )

    together(*[start_unguarded] * 6)
    assert Attempt.objects.count() == 6


# --- double submit ------------------------------------------------------------------------------------------


def graded_texts(results: list[object]) -> set[str]:
    """Which texts count as the graded one, in the eyes of those who sent one."""
    return {answer.fields["answer"][0] for answer in results if isinstance(answer, Answer)}


def test_checking_at_once_grades_once(attempt: Attempt) -> None:
    answer = attempt.answers.get(kind="numeric")
    results = together(*[lambda n=n: check(answer, {"answer": [str(n)]}, NOW) for n in range(100, 106)])
    stored = Answer.objects.get(pk=answer.pk)
    assert (stored.version, stored.state) == (1, Answer.State.NOT_YET)
    assert graded_texts(results) == {stored.fields["answer"][0]}, results


def test_control_unguarded_checks_grade_six_texts(attempt: Attempt) -> None:
    answer = attempt.answers.get(kind="numeric")
    checked = threading.Barrier(6)

    def check_unguarded(text: str) -> Answer:
        mine = Answer.objects.get(pk=answer.pk)
        assert mine.is_open
        checked.wait()
        mine.fields, mine.state = {"answer": [text]}, Answer.State.NOT_YET
        mine.save()
        return mine

    results = together(*[lambda n=n: check_unguarded(str(n)) for n in range(100, 106)])
    assert len(graded_texts(results)) == 6, results


def finishes(results: list[object]) -> int:
    """How many of those who finished an attempt would each put down a time of their own."""
    return len({one.finished_at for one in results if isinstance(one, Attempt)})


def moments() -> list[datetime]:
    return [NOW + timedelta(seconds=n) for n in range(6)]


def test_finishing_at_once_finishes_once(attempt: Attempt) -> None:
    results = together(*[lambda now=now: finish(Attempt.objects.get(), now) for now in moments()])
    assert finishes(results) == 1, results


def test_control_unguarded_finishes_finish_six_times(attempt: Attempt) -> None:
    checked = threading.Barrier(6)

    def finish_unguarded(now: datetime) -> Attempt:
        mine = Attempt.objects.get()
        assert mine.is_open
        checked.wait()
        mine.status, mine.finished_at = Attempt.Status.FINISHED, now
        mine.save()
        return mine

    results = together(*[lambda now=now: finish_unguarded(now) for now in moments()])
    assert finishes(results) == 6, results


def test_trying_again_at_once_gives_one_new_try(attempt: Attempt) -> None:
    answer = attempt.answers.get(kind="numeric")
    check(answer, {"answer": ["1"]}, NOW)
    results = together(*[lambda: try_again(answer, NOW)] * 6)
    assert {fresh.number for fresh in results if isinstance(fresh, Answer)} == {2}, results
    assert attempt.answers.filter(kind="numeric").count() == 2


# --- answer against finish ----------------------------------------------------------------------------------


def lost(answers: list[Answer], results: list[object]) -> list[str]:
    """Answers that were acknowledged and yet do not count, or were refused and yet do."""
    return [
        answer.kind
        for answer, result in zip(answers, results, strict=False)
        if isinstance(result, AnswerClosedError)
        == (Answer.objects.get(pk=answer.pk).state == Answer.State.RIGHT)
    ]


@pytest.mark.parametrize("is_finish_first", [True, False])
def test_an_acknowledged_answer_counts_and_a_late_one_is_refused(
    attempt: Attempt, is_finish_first: bool
) -> None:
    answers = list(attempt.answers.all())
    saves: list[Callable[[], object]] = [lambda a=a: save(a, right_fields(a), NOW) for a in answers]
    acts = (
        [lambda: finish(attempt, NOW), *saves] if is_finish_first else [*saves, lambda: finish(attempt, NOW)]
    )
    results = together(*acts)
    assert not Attempt.objects.get().is_open
    assert lost(answers, results[1:] if is_finish_first else results) == []


def test_control_an_unguarded_save_is_acknowledged_and_lost(attempt: Attempt) -> None:
    answers = list(attempt.answers.all())
    checked, finished = threading.Barrier(len(answers) + 1), threading.Event()

    def save_unguarded(answer: Answer) -> Answer:
        assert Attempt.objects.open().filter(pk=attempt.pk).exists()
        checked.wait()
        finished.wait()
        Answer.objects.filter(pk=answer.pk).update(fields=right_fields(answer))
        return answer

    def finish_meanwhile() -> None:
        checked.wait()
        finish(attempt, NOW)
        finished.set()

    results = together(*[lambda a=a: save_unguarded(a) for a in answers], finish_meanwhile)
    assert lost(answers, results) == [answer.kind for answer in answers]
