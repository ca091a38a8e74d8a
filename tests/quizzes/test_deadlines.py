"""The end of an attempt to the millisecond: what is taken, what is refused, and what the clock may do."""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from decimal import Decimal

import pytest

from accounts.models import User
from course.models import Lesson
from quizzes.models import Accommodation, Answer, Attempt, Quiz
from quizzes.services import (
    GRACE,
    AnswerClosedError,
    NoAttemptError,
    TimeOverError,
    check,
    deadline_of,
    finish,
    finish_overdue,
    flag,
    is_over,
    let_go,
    open_hint,
    ran_out,
    save,
    save_accommodation,
    seconds_left,
    start,
    take,
    time_allowed,
    try_again,
)
from tests.quizzes.conftest import NOW, MakeQuestion

pytestmark = [pytest.mark.django_db, pytest.mark.data]

SECOND, MINUTE, DAY = timedelta(seconds=1), timedelta(minutes=1), timedelta(days=1)
END = NOW + 10 * MINUTE
# Moments about the end, and whether the attempt takes an answer then.
MOMENTS = [
    (END - SECOND, True),
    (END, True),
    (END + GRACE, True),
    (END + GRACE + timedelta(milliseconds=1), False),
]


@pytest.fixture
def timed(quiz: Quiz, make_question: MakeQuestion) -> Quiz:
    make_question("short_text", {"answers": ["yes"], "hints": ["Say it."]})
    quiz.time_limit = 10
    quiz.save()
    return quiz


@pytest.fixture
def running(timed: Quiz, learner: User) -> Attempt:
    return start(learner, timed, NOW)


def agree(learner: User, quiz: Quiz | None = None, **fields: object) -> int:
    row = Accommodation(learner=learner, quiz=quiz, **fields)
    row.full_clean()
    return save_accommodation(row)


def test_the_end_is_set_at_the_start_and_an_author_does_not_move_it(timed: Quiz, running: Attempt) -> None:
    assert deadline_of(running) == END
    timed.time_limit = 1
    timed.save()
    running.refresh_from_db()
    assert deadline_of(running) == END


def test_without_a_limit_there_is_no_end(attempt: Attempt) -> None:
    assert (deadline_of(attempt), seconds_left(attempt, NOW + 999 * DAY)) == (None, None)
    assert not is_over(attempt, NOW + 999 * DAY)
    assert not ran_out(finish(attempt, NOW + DAY))


ACTS: dict[str, Callable[[Answer, datetime], object]] = {
    "save": lambda answer, now: save(answer, {"answer": ["no"]}, now),
    "check": lambda answer, now: check(answer, {"answer": ["yes"]}, now),
    "hint": lambda answer, now: open_hint(answer, 1, now),
    "flag": lambda answer, now: flag(answer, True, now),
    "take": lambda answer, now: take(answer, "a" * 8, now),
    "let go": lambda answer, now: let_go(answer, "a" * 8, now),
}


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize(("now", "is_taken"), MOMENTS)
def test_answers_are_taken_until_the_grace_is_over(
    running: Attempt, act: str, now: datetime, is_taken: bool
) -> None:
    answer = running.answers.get()
    save(answer, {"answer": ["kept"]}, NOW)
    if is_taken:
        ACTS[act](answer, now)
        return
    before = Answer.objects.values().get()
    with pytest.raises(TimeOverError):
        ACTS[act](answer, now)
    assert Answer.objects.values().get() == before


@pytest.mark.parametrize(("now", "is_taken"), MOMENTS)
def test_a_new_try_follows_the_same_clock(running: Attempt, now: datetime, is_taken: bool) -> None:
    answer = check(running.answers.get(), {"answer": ["no"]}, NOW)
    if is_taken:
        assert try_again(answer, now).number == 2
    else:
        with pytest.raises(AnswerClosedError):
            try_again(answer, now)


@pytest.mark.parametrize(("now", "is_taken"), MOMENTS)
def test_the_sweep_finishes_what_takes_no_more_answers(
    running: Attempt, now: datetime, is_taken: bool
) -> None:
    save(running.answers.get(), {"answer": ["yes"]}, NOW + MINUTE)
    assert finish_overdue(now) == (0 if is_taken else 1)
    running.refresh_from_db()
    assert running.is_open == is_taken
    if not is_taken:
        assert (running.finished_at, running.points, ran_out(running)) == (END, 1.0, True)
        assert running.answers.get().graded_at == END
        assert finish_overdue(now) == 0


@pytest.mark.parametrize(
    ("now", "ended"), [(END - SECOND, END - SECOND), (END, END), (END + GRACE, END), (END + DAY, END)]
)
def test_the_end_put_down_is_never_after_the_deadline(
    running: Attempt, now: datetime, ended: datetime
) -> None:
    assert finish(running, now).finished_at == ended
    assert ran_out(running) == (ended == END)


def test_a_quiz_that_ran_out_and_is_passed_counts_in_its_lesson(
    course_content: None, timed: Quiz, learner: User
) -> None:
    timed.lesson = Lesson.objects.get(slug="layers")
    timed.save()
    running = start(learner, timed, NOW)
    save(running.answers.get(), {"answer": ["yes"]}, NOW)
    assert finish_overdue(NOW + DAY) == 1
    assert learner.acts.filter(lesson=timed.lesson, name="quiz-passed").exists()


def test_the_sweep_of_one_learner_leaves_the_others_alone(
    timed: Quiz, learner: User, other_learner: User
) -> None:
    start(learner, timed, NOW)
    other = start(other_learner, timed, NOW)
    assert finish_overdue(NOW + DAY, learner) == 1
    other.refresh_from_db()
    assert other.is_open


def test_an_attempt_that_cannot_be_graded_holds_up_nobody(
    timed: Quiz, learner: User, other_learner: User, caplog: pytest.LogCaptureFixture
) -> None:
    broken, fine = start(learner, timed, NOW), start(other_learner, timed, NOW + SECOND)
    save(broken.answers.get(), {"answer": ["yes"]}, NOW)
    broken.answers.update(variant={})
    with caplog.at_level(logging.ERROR):
        assert finish_overdue(NOW + DAY) == 1
    fine.refresh_from_db()
    assert not fine.is_open
    assert f"Attempt {broken.pk} is over and cannot be finished." in caplog.text


def test_a_start_after_the_end_finishes_the_old_attempt_first(
    timed: Quiz, running: Attempt, learner: User
) -> None:
    fresh = start(learner, timed, NOW + DAY)
    running.refresh_from_db()
    assert (fresh.pk == running.pk, running.finished_at, deadline_of(fresh)) == (
        False,
        END,
        NOW + DAY + 10 * MINUTE,
    )
    timed.attempt_limit = 2
    timed.save()
    with pytest.raises(NoAttemptError):
        start(learner, timed, NOW + 2 * DAY)
    assert finish_overdue(NOW + 2 * DAY) == 1


# --- clocks that are set ------------------------------------------------------------------------------------


def test_a_clock_set_back_gives_no_time_and_no_negative_time(running: Attempt) -> None:
    before = NOW - DAY
    assert seconds_left(running, before) == 600
    save(running.answers.get(), {"answer": ["yes"]}, before)
    assert finish_overdue(before) == 0
    ended = finish(running, before)
    assert (ended.finished_at, ended.points) == (NOW, 1.0)


def test_a_clock_set_forward_shows_zero_and_never_less(running: Attempt) -> None:
    assert seconds_left(running, NOW + DAY) == 0


def test_an_attempt_that_began_in_the_future_can_be_finished_and_followed(timed: Quiz, learner: User) -> None:
    ahead = start(learner, timed, NOW + 999 * DAY)
    assert seconds_left(ahead, NOW) == 600
    assert not finish(ahead, NOW).is_open
    assert start(learner, timed, NOW).is_open


# --- learners who have more time ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("agreed", "minutes"),
    [
        ({}, 10),
        ({"time_factor": Decimal("1.25")}, 12.5),
        ({"time_factor": Decimal(3)}, 30),
        ({"time_factor": Decimal(2), "extra_minutes": 5}, 25),
    ],
)
def test_a_learners_time(
    timed: Quiz, learner: User, other_learner: User, agreed: dict[str, object], minutes: float
) -> None:
    agree(learner, **agreed)
    assert time_allowed(learner, timed) == timedelta(minutes=minutes)
    assert time_allowed(other_learner, timed) == timedelta(minutes=10)
    assert deadline_of(start(learner, timed, NOW)) == NOW + timedelta(minutes=minutes)


def test_what_is_agreed_for_a_quiz_replaces_what_holds_for_all(timed: Quiz, learner: User) -> None:
    agree(learner, time_factor=Decimal(3))
    agree(learner, timed, extra_minutes=1)
    assert time_allowed(learner, timed) == timedelta(minutes=11)


def test_without_a_limit_more_time_changes_nothing(quiz: Quiz, attempt: Attempt, learner: User) -> None:
    assert agree(learner, extra_minutes=5) == 0
    assert time_allowed(learner, quiz) is None
    attempt.refresh_from_db()
    assert deadline_of(attempt) is None


def test_an_instructor_extends_one_learner_under_way(
    timed: Quiz, running: Attempt, learner: User, other_learner: User
) -> None:
    other = start(other_learner, timed, NOW)
    assert agree(learner, timed, extra_minutes=5) == 1
    running.refresh_from_db()
    other.refresh_from_db()
    assert (deadline_of(running), deadline_of(other)) == (END + 5 * MINUTE, END)
    assert finish_overdue(END + MINUTE) == 1


def test_time_is_never_taken_away_from_an_attempt(timed: Quiz, running: Attempt, learner: User) -> None:
    agree(learner, extra_minutes=5)
    row = Accommodation.objects.get()
    row.extra_minutes = 0
    assert save_accommodation(row) == 0
    running.refresh_from_db()
    assert deadline_of(running) == END + 5 * MINUTE


def test_finishing_late_leaves_alone_what_was_extended_meanwhile(
    timed: Quiz, running: Attempt, learner: User
) -> None:
    agree(learner, timed, extra_minutes=5)
    assert finish(running, END + MINUTE, only_over=True).is_open
