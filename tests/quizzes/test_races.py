"""Several requests at the same moment, on a real database with a connection for each.

Every race is run twice: with the real service, and as a control with the check and the act of the same
service apart and unguarded. The control has to fail, or the race would prove nothing.
"""

import threading
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

import fsrs
import pytest
from django.db import IntegrityError, connection
from django.db.models import F

from accounts.models import User
from course.models import Course, Skill
from quizzes.models import Accommodation, Answer, Attempt, Card, Question, Quiz, Review
from quizzes.services import (
    GRACE,
    AnswerClosedError,
    NoAttemptError,
    OutOfTurnError,
    TimeOverError,
    allowance_of,
    check,
    finish,
    finish_overdue,
    is_over,
    move_on,
    save,
    save_accommodation,
    start,
    try_again,
)
from quizzes.services.memory import SCHEDULER
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


# --- answer and automatic end at the deadline ---------------------------------------------------------------

END = NOW + timedelta(minutes=10)
LAST, OVER = END + GRACE, END + GRACE + timedelta(milliseconds=1)


@pytest.fixture
def timed(attempt: Attempt) -> Attempt:
    Attempt.objects.update(time_limit=10, deadline=END)
    attempt.refresh_from_db()
    return attempt


@pytest.mark.parametrize("is_sweep_first", [True, False])
def test_an_answer_of_the_last_moment_counts_or_is_refused(timed: Attempt, is_sweep_first: bool) -> None:
    """The sweep's clock is past the grace, the answers' clock is not: whoever has the lock first decides."""
    answers = list(timed.answers.all())
    saves: list[Callable[[], object]] = [lambda a=a: save(a, right_fields(a), LAST) for a in answers]
    sweeps: list[Callable[[], object]] = [lambda: finish_overdue(OVER), lambda: finish_overdue(OVER)]
    results = together(*(sweeps + saves if is_sweep_first else saves + sweeps))
    swept, saved = (results[:2], results[2:]) if is_sweep_first else (results[4:], results[:4])
    assert 1 in swept, results
    assert Attempt.objects.get().finished_at == END
    assert lost(answers, saved) == []


def test_late_answers_are_refused_even_while_nobody_has_finished(timed: Attempt) -> None:
    answers = list(timed.answers.all())
    results = together(*[lambda a=a: save(a, right_fields(a), OVER) for a in answers])
    assert all(isinstance(result, TimeOverError) for result in results), results
    assert not Answer.objects.filter(version__gt=0).exists()


def test_control_a_deadline_that_is_checked_before_the_lock_lets_a_late_answer_in(timed: Attempt) -> None:
    answer = timed.answers.get(kind="numeric")
    checked, moved = threading.Event(), threading.Event()

    def save_unguarded() -> None:
        """The same look at the clock, and the same write, but apart: the attempt is finished in between."""
        mine = Attempt.objects.get()
        assert mine.is_open
        assert not is_over(mine, LAST)
        checked.set()
        moved.wait()
        Answer.objects.filter(pk=answer.pk).update(fields=right_fields(answer))

    def sweep_meanwhile() -> None:
        checked.wait()
        finish_overdue(OVER)
        moved.set()

    results = together(save_unguarded, sweep_meanwhile)
    assert lost([answer], results) == ["numeric"]


def test_more_time_and_the_automatic_end_at_once_leave_no_attempt_cut_short(
    timed: Attempt, learner: User
) -> None:
    more = Accommodation(learner=learner, extra_minutes=5)
    extended, swept = together(lambda: save_accommodation(more), lambda: finish_overdue(OVER))
    stored = Attempt.objects.get()
    assert (extended, swept) in [(1, 0), (0, 1)], (extended, swept)
    assert stored.is_open == (extended == 1)
    assert stored.finished_at == (None if stored.is_open else END)


def test_control_an_end_that_does_not_look_again_cuts_short_what_was_extended(
    timed: Attempt, learner: User
) -> None:
    looked, extended = threading.Event(), threading.Event()

    def finish_unguarded() -> None:
        mine = Attempt.objects.get()
        assert is_over(mine, OVER)
        looked.set()
        extended.wait()
        finish(mine, OVER)

    def extend_meanwhile() -> None:
        looked.wait()
        save_accommodation(Accommodation(learner=learner, extra_minutes=5))
        extended.set()

    together(finish_unguarded, extend_meanwhile)
    stored = Attempt.objects.get()
    assert (stored.is_open, stored.deadline) == (False, END + timedelta(minutes=5))


# --- moving on, in sequence --------------------------------------------------------------------------------


def test_going_on_twice_at_once_leaves_one_question(attempt: Attempt, quiz: Quiz) -> None:
    Quiz.objects.update(is_sequential=True)
    first = attempt.answers.get(position=1)
    results = together(*[lambda: move_on(first, NOW)] * 6)
    assert Attempt.objects.get().place == 2
    assert sum(isinstance(result, OutOfTurnError) for result in results) == 5, results


def test_an_answer_and_going_on_at_once_lose_nothing(attempt: Attempt, quiz: Quiz) -> None:
    Quiz.objects.update(is_sequential=True)
    first = attempt.answers.get(position=1)
    saved, _ = together(lambda: save(first, right_fields(first), NOW), lambda: move_on(first, NOW))
    stored = Answer.objects.get(pk=first.pk)
    assert stored.is_answered != isinstance(saved, OutOfTurnError), saved


def test_control_unguarded_going_on_leaves_two_questions(attempt: Attempt, quiz: Quiz) -> None:
    checked = threading.Barrier(2)

    def move_on_unguarded() -> None:
        mine = Attempt.objects.get()
        assert mine.position_in_turn() == 1
        checked.wait()
        Attempt.objects.filter(pk=mine.pk).update(place=F("place") + 1)

    Attempt.objects.update(place=1)
    together(move_on_unguarded, move_on_unguarded)
    assert Attempt.objects.get().position_in_turn() == 3


# --- two answers for one card -------------------------------------------------------------------------------


@pytest.fixture
def twins(learner: User, quiz: Quiz, questions: list[Question]) -> list[Answer]:
    """Open tries at questions of one skill, in attempts at two quizzes."""
    course = Course.objects.create(slug="c", title="C", outcome="O")
    skill = Skill.objects.create(course=course, slug="s", title="S")
    other = Quiz.objects.create(slug="other", title="Other", is_published=True)
    Question.objects.filter(pk=questions[3].pk).update(quiz=other)
    Question.objects.update(skill=skill)
    return [start(learner, one, NOW).answers.all()[0] for one in (quiz, other)]


def stability_after(count: int) -> float:
    card = fsrs.Card(card_id=1)
    for _ in range(count):
        card, _ = SCHEDULER.review_card(card, fsrs.Rating.Good, NOW)
    assert card.stability is not None
    return card.stability


def test_two_answers_at_once_both_move_their_card(twins: list[Answer]) -> None:
    one, other = twins
    results = together(
        lambda: check(one, right_fields(one), NOW),
        lambda: check(other, right_fields(other), NOW),
        lambda: check(one, right_fields(one), NOW),
    )
    assert all(isinstance(result, Answer) for result in results), results
    assert Review.objects.count() == 2
    assert Card.objects.get().stability == pytest.approx(stability_after(2))


def test_control_unguarded_one_of_two_answers_is_forgotten(twins: list[Answer], learner: User) -> None:
    skill = twins[0].question.skill_id
    Card.objects.create(learner=learner, skill_id=skill)
    read = threading.Barrier(2)

    def remember_unguarded() -> None:
        card = Card.objects.get(learner=learner)
        read.wait()
        was = fsrs.Card(card_id=1) if card.stability is None else None
        assert was is not None
        after, _ = SCHEDULER.review_card(was, fsrs.Rating.Good, NOW)
        mine = Card.objects.filter(pk=card.pk)
        mine.update(stability=after.stability, difficulty=after.difficulty, due_at=after.due)

    together(remember_unguarded, remember_unguarded)
    assert Card.objects.get().stability == pytest.approx(stability_after(1))
