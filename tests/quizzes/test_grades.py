"""What counts of several attempts, and what a try is worth, against plain tables."""

from datetime import timedelta

import pytest

from accounts.models import User
from course.models import Act, Lesson
from quizzes.kinds import FormatError
from quizzes.models import Answer, Attempt, Quiz
from quizzes.services import (
    QuizGrade,
    check,
    finish,
    grade_of,
    open_hint,
    share_of_try,
    standing_of,
    start,
    try_again,
)
from tests.quizzes.conftest import NOW, NUMERIC, MakeQuestion

pytestmark = [pytest.mark.django_db, pytest.mark.data]


def attempts(*points: float, possible: int = 4) -> list[Attempt]:
    """Finished attempts with these points, oldest first, and an open one after them."""
    done = [
        Attempt(
            status=Attempt.Status.FINISHED,
            started_at=NOW + timedelta(hours=n),
            points=one,
            points_possible=possible,
        )
        for n, one in enumerate(points)
    ]
    return [*done, Attempt(status=Attempt.Status.OPEN, started_at=NOW + timedelta(days=1))]


TABLE: list[tuple[str, list[float], float, bool]] = [
    # which counts, points of 4 in order, points that count, passed at 75%
    ("best", [1, 4, 2], 4, True),
    ("last", [1, 4, 2], 2, False),
    ("first", [1, 4, 2], 1, False),
    ("average", [1, 4, 2], 7 / 3, False),
    ("best", [1, 2], 2, False),
    ("last", [4, 3], 3, True),
    ("first", [3, 0], 3, True),
    ("average", [2, 4], 3, True),
    ("average", [3], 3, True),
    ("best", [0], 0, False),
    ("best", [2.9999999999999996], 2.9999999999999996, True),
    ("best", [2.999], 2.999, False),
]


@pytest.mark.parametrize(("counts", "points", "counted", "is_passed"), TABLE)
def test_what_counts(counts: str, points: list[float], counted: float, is_passed: bool) -> None:
    made = attempts(*points)
    for given in (made, made[::-1]):
        grade = grade_of(Quiz(counts=counts, pass_percent=75), given)
        assert grade.points == pytest.approx(counted, abs=1e-12)
        assert (grade.possible, grade.is_passed, grade.attempts) == (4, is_passed, len(points))
        assert grade.percent == pytest.approx(25 * counted)


def test_nothing_finished_is_no_result() -> None:
    assert grade_of(Quiz(), attempts()) == QuizGrade(0.0, 0, 0.0, False, 0)


def test_an_average_is_one_of_percentages_when_questions_have_changed() -> None:
    made = [*attempts(2, possible=4), *attempts(10, possible=10)]
    made[2].started_at += timedelta(hours=1)
    grade = grade_of(Quiz(counts="average"), made)
    assert (grade.percent, grade.points, grade.possible) == (75.0, 7.5, 10)


@pytest.mark.parametrize(
    ("penalty", "hint", "number", "hints", "share"),
    [
        (0, 0, 5, 3, 1),
        (25, 0, 1, 0, 1),
        (25, 0, 2, 0, 0.75),
        (25, 0, 5, 0, 0),
        (25, 0, 9, 0, 0),
        (100, 0, 2, 0, 0),
        (33, 0, 4, 0, 0.01),
        (0, 10, 1, 3, 0.7),
        (50, 10, 2, 1, 0.4),
        (90, 90, 2, 3, 0),
    ],
)
def test_what_a_try_can_earn(penalty: int, hint: int, number: int, hints: int, share: float) -> None:
    quiz = Quiz(penalty_percent=penalty, hint_penalty_percent=hint)
    assert share_of_try(quiz, number, hints) == share
    assert share_of_try(None, number, hints) == 1


@pytest.fixture
def numeric(quiz: Quiz, make_question: MakeQuestion, learner: User) -> Answer:
    quiz.penalty_percent = 25
    quiz.save()
    make_question("numeric", NUMERIC, points=2)
    return start(learner, quiz, NOW).answers.get()


def test_a_second_try_earns_less_and_the_best_one_counts(numeric: Answer, learner: User) -> None:
    check(numeric, {"answer": ["1"]}, NOW)
    second = check(try_again(numeric, NOW), {"answer": ["124.25"]}, NOW)
    assert (second.state, second.fraction, second.points) == (Answer.State.RIGHT, 1.0, 1.5)
    assert second.grade is not None
    assert second.grade.is_right
    third = check(try_again(second, NOW), {"answer": ["1"]}, NOW)
    assert third.points == 0
    standing = standing_of(Answer.objects.all())
    assert (standing.points, standing.right, standing.right_at_first) == (1.5, 1, 0)
    finished = finish(numeric.attempt, NOW)
    assert (finished.points, finished.points_possible) == (1.5, 2)


def test_a_try_that_can_earn_nothing_may_still_be_right(numeric: Answer, quiz: Quiz) -> None:
    Quiz.objects.update(penalty_percent=100)
    check(numeric, {"answer": ["1"]}, NOW)
    check(try_again(numeric, NOW), {"answer": ["124.25"]}, NOW)
    standing = standing_of(Answer.objects.all())
    assert (standing.points, standing.right) == (0, 1)


def test_what_cannot_be_read_costs_no_try(numeric: Answer) -> None:
    for text in ("x", "", "1_0"):
        with pytest.raises(FormatError):
            check(numeric, {"answer": [text]}, NOW)
    assert check(numeric, {"answer": ["124.25"]}, NOW).points == 2


def test_an_opened_hint_costs_its_share(numeric: Answer) -> None:
    Quiz.objects.update(hint_penalty_percent=10)
    open_hint(numeric, 1, NOW)
    assert check(numeric, {"answer": ["124.25"]}, NOW).points == 1.8


def test_thirds_add_up_to_a_pass(quiz: Quiz, make_question: MakeQuestion, learner: User) -> None:
    for _ in range(3):
        make_question("short_text", {"answers": ["yes"]})
    quiz.pass_percent = 100
    quiz.save()
    attempt = start(learner, quiz, NOW)
    for answer in attempt.answers.all():
        check(answer, {"answer": ["yes"]}, NOW)
    attempt.answers.update(points=1 / 3)
    Answer.objects.filter(position=3).update(points=3 - 2 / 3)
    assert finish(attempt, NOW).points == 3
    assert grade_of(quiz, [attempt]).is_passed


@pytest.mark.parametrize(("counts", "passes_after"), [("best", 2), ("last", 2), ("average", 3), ("first", 0)])
def test_the_lesson_follows_what_counts(
    course_content: None,
    quiz: Quiz,
    make_question: MakeQuestion,
    learner: User,
    counts: str,
    passes_after: int,
) -> None:
    """Not yet at first, then right twice: with an average of two thirds at last."""
    quiz.lesson = Lesson.objects.get(slug="layers")
    quiz.counts, quiz.pass_percent = counts, 60
    quiz.save()
    make_question("short_text", {"answers": ["yes"]})
    for number, text in enumerate(("no", "yes", "yes"), start=1):
        attempt = start(learner, quiz, NOW + timedelta(minutes=number))
        check(attempt.answers.get(), {"answer": [text]}, NOW)
        finish(attempt, NOW + timedelta(minutes=number))
        is_done = Act.objects.for_learner(learner).filter(name=Act.Name.QUIZ_PASSED).exists()
        assert is_done == (0 < passes_after <= number), number
