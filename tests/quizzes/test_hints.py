"""Hints in levels: one after the other, five seconds apart, and what the last one costs."""

from datetime import timedelta

import pytest

from accounts.models import User
from quizzes.models import Answer, Attempt, Question, Quiz
from quizzes.services import (
    AnswerClosedError,
    check,
    finish,
    hint_wait,
    open_hint,
    standing_of,
    start,
    try_again,
)
from tests.quizzes.conftest import NOW, MakeQuestion, right_fields

pytestmark = [pytest.mark.django_db, pytest.mark.data]


@pytest.fixture
def drawn(make_question: MakeQuestion, quiz: Quiz, learner: User) -> Answer:
    """A question with three hints and new numbers for each try."""
    make_question("activation_value", {})
    answer = start(learner, quiz, NOW).answers.get()
    assert len(answer.asked.hints) == 3
    return answer


@pytest.mark.parametrize(
    ("seconds", "shown", "wait"),
    [(-1, 2, 5), (0, 1, 5), (0.5, 1, 5), (4.999, 1, 1), (5, 2, 5), (5.001, 2, 5)],
)
def test_the_second_hint_waits_five_seconds_and_a_clock_set_back_locks_nobody_out(
    drawn: Answer, seconds: float, shown: int, wait: int
) -> None:
    open_hint(drawn, 1, NOW)
    now = NOW + timedelta(seconds=seconds)
    open_hint(drawn, 2, now)
    assert (drawn.hints_shown, hint_wait(drawn, now)) == (shown, wait)


def test_nothing_is_waited_for_before_the_first_and_after_the_pause(drawn: Answer) -> None:
    assert hint_wait(drawn, NOW) == 0
    open_hint(drawn, 1, NOW)
    assert hint_wait(drawn, NOW + timedelta(seconds=5)) == 0


def test_asking_twice_opens_one_and_none_is_left_out(drawn: Answer) -> None:
    later = NOW + timedelta(minutes=1)
    for level in (0, 2, 3, 4):
        assert open_hint(drawn, level, NOW).hints_shown == 0
    open_hint(drawn, 1, NOW)
    assert open_hint(drawn, 1, later).hints_shown == 1
    assert (drawn.hinted_at, open_hint(drawn, 3, later).hints_shown) == (NOW, 1)


def lead(answer: Answer) -> None:
    for level in (1, 2, 3):
        open_hint(answer, level, NOW + timedelta(minutes=level))


def test_the_last_hint_ends_right_at_the_first_try(drawn: Answer) -> None:
    lead(drawn)
    key = str(drawn.asked.key)
    check(drawn, {"answer": [key]}, NOW)
    (item,) = standing_of(drawn.attempt.answers.all()).items
    assert (item.is_right, item.is_right_at_first) == (True, False)


def test_two_hints_do_not(drawn: Answer) -> None:
    for level in (1, 2):
        open_hint(drawn, level, NOW + timedelta(minutes=level))
    check(drawn, {"answer": [str(drawn.asked.key)]}, NOW)
    assert standing_of(drawn.attempt.answers.all()).right_at_first == 1


def test_a_led_try_can_be_left_for_new_numbers(drawn: Answer) -> None:
    with pytest.raises(AnswerClosedError):
        try_again(drawn, NOW)
    lead(drawn)
    fresh = try_again(drawn, NOW)
    assert (fresh.number, fresh.is_open, fresh.hints_shown) == (2, True, 0)
    drawn.refresh_from_db()
    assert (drawn.state, drawn.graded_at) == (Answer.State.UNANSWERED, None)
    standing = standing_of(drawn.attempt.answers.all())
    assert [item.best for item in standing.unanswered] == [fresh]
    finish(drawn.attempt, NOW)
    assert standing_of(drawn.attempt.answers.all()).points == 0


def test_a_led_try_at_a_written_question_stays(
    make_question: MakeQuestion, quiz: Quiz, learner: User
) -> None:
    make_question("numeric", {"answer": 3, "hints": ["Where.", "Which rule.", "The next step."]})
    answer = start(learner, quiz, NOW).answers.get()
    lead(answer)
    with pytest.raises(AnswerClosedError):
        try_again(answer, NOW)


def test_a_graded_try_gives_no_hint(attempt: Attempt, questions: list[Question]) -> None:
    answer = attempt.answers.get(kind="numeric")
    check(answer, right_fields(answer), NOW)
    with pytest.raises(AnswerClosedError):
        open_hint(answer, 1, NOW)
    finish(attempt, NOW)
    with pytest.raises(AnswerClosedError):
        open_hint(answer, 1, NOW)
