"""FSRS-6: the library against its published sequences, and against the published formulas written out anew.
Then what answers do to cards.

The formulas are those of "The Algorithm" in the wiki of open-spaced-repetition/awesome-fsrs (FSRS-6), with
default parameters. The sequences are those that py-fsrs (tests/test_basic.py) and ts-fsrs assert for them.
"""

from datetime import UTC, datetime, timedelta
from math import exp

import fsrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounts.models import User
from course.models import Course, Lesson, Skill
from course.services import record_visit
from quizzes.certainty import CERTAINTY
from quizzes.export import account_export
from quizzes.models import Answer, Attempt, Card, Quiz, Review
from quizzes.services import check, finish, open_hint, start, try_again
from quizzes.services.memory import MOST_DAYS, SCHEDULER, rating_of, recall, remember, remember_released
from tests.quizzes.conftest import NOW, MakeQuestion

W = (
    0.212, 1.2931, 2.3065, 8.2956, 6.4133, 0.8334, 3.0194, 0.001, 1.8722, 0.1666, 0.796, 1.4835, 0.0614,
    0.2629, 1.6483, 0.6014, 1.8729, 0.5425, 0.0912, 0.0658, 0.1542,
)  # fmt: skip
DECAY = -W[20]
FACTOR = 0.9 ** (1 / DECAY) - 1
T0 = datetime(2022, 11, 29, 12, 30, tzinfo=UTC)
PUBLISHED_RATINGS = [3, 3, 3, 3, 3, 3, 1, 1, 3, 3, 3, 3, 3]
PUBLISHED_DAYS = [0, 2, 11, 46, 163, 498, 0, 0, 2, 4, 7, 12, 21]


def clamp(value: float, low: float, high: float) -> float:
    return max(low, min(high, value))


def first(rating: int) -> tuple[float, float]:
    return W[rating - 1], clamp(W[4] - exp(W[5] * (rating - 1)) + 1, 1, 10)


def chance(days: int, stability: float) -> float:
    return (1 + FACTOR * days / stability) ** DECAY


def after(stability: float, difficulty: float, rating: int, days: int) -> tuple[float, float]:
    """Stability and difficulty after a review so many whole days after the last one."""
    if days < 1:
        growth = exp(W[17] * (rating - 3 + W[18])) * stability ** -W[19]
        new = stability * (growth if rating == 1 else max(growth, 1.0))
    elif rating == 1:
        forgotten = W[11] * difficulty ** -W[12] * ((stability + 1) ** W[13] - 1)
        forgotten *= exp(W[14] * (1 - chance(days, stability)))
        new = min(forgotten, stability / exp(W[17] * W[18]))
    else:
        factor = {2: W[15], 3: 1.0, 4: W[16]}[rating]
        growth = exp(W[8]) * (11 - difficulty) * stability ** -W[9]
        new = stability * (1 + growth * (exp(W[10] * (1 - chance(days, stability))) - 1) * factor)
    easiest = W[4] - exp(W[5] * 3) + 1
    damped = difficulty - W[6] * (rating - 3) * (10 - difficulty) / 9
    return max(new, 0.001), clamp(W[7] * easiest + (1 - W[7]) * damped, 1, 10)


def interval(stability: float) -> int:
    """Whole days until the chance is nine in ten, at most 180."""
    return int(clamp(round(stability / FACTOR * (0.9 ** (1 / DECAY) - 1)), 1, MOST_DAYS))


def test_the_published_sequences() -> None:
    scheduler = fsrs.Scheduler(enable_fuzzing=False)
    card, at, days = fsrs.Card(card_id=1), T0, []
    for rating in PUBLISHED_RATINGS:
        card, _ = scheduler.review_card(card, fsrs.Rating(rating), at)
        assert card.last_review is not None
        days.append((card.due - card.last_review).days)
        at = card.due
    assert days == PUBLISHED_DAYS
    card, at = fsrs.Card(card_id=1), T0
    for rating, gap in zip([1, 3, 3, 3, 3, 3], [0, 0, 1, 3, 8, 21], strict=True):
        at += timedelta(days=gap)
        card, _ = scheduler.review_card(card, fsrs.Rating(rating), at)
    assert (card.stability, card.difficulty) == pytest.approx((53.62691, 6.3574867), abs=1e-5)


def test_ours_are_the_published_parameters_without_chance_and_minutes() -> None:
    assert SCHEDULER.parameters == W
    assert (SCHEDULER.desired_retention, SCHEDULER.maximum_interval) == (0.9, 180)
    assert not SCHEDULER.enable_fuzzing
    assert (SCHEDULER.learning_steps, SCHEDULER.relearning_steps) == ((), ())


def test_our_sequence_of_the_published_ratings() -> None:
    """Without steps of minutes, and with the longest gap."""
    assert walk([(rating, None) for rating in PUBLISHED_RATINGS]) == [
        2, 11, 46, 163, 180, 180, 7, 1, 2, 4, 7, 13, 21,
    ]  # fmt: skip


@given(
    st.lists(st.tuples(st.integers(1, 4), st.one_of(st.none(), st.integers(0, 400))), min_size=1, max_size=12)
)
def test_every_interval_is_the_one_of_the_published_formulas(reviews: list[tuple[int, int | None]]) -> None:
    walk(reviews)


def walk(reviews: list[tuple[int, int | None]]) -> list[int]:
    """Review a card so many days after the last time (None: when due), beside the formulas; the intervals."""
    card, at, days = fsrs.Card(card_id=1), T0, []
    stability = difficulty = 0.0
    for rating, gap in reviews:
        if days:
            passed = days[-1] if gap is None else gap
            at += timedelta(days=passed)
            assert SCHEDULER.get_card_retrievability(card, at) == pytest.approx(chance(passed, stability))
            stability, difficulty = after(stability, difficulty, rating, passed)
        else:
            stability, difficulty = first(rating)
        card, _ = SCHEDULER.review_card(card, fsrs.Rating(rating), at)
        assert (card.stability, card.difficulty) == pytest.approx((stability, difficulty), rel=1e-9)
        days.append((card.due - at).days)
        assert days[-1] == interval(stability)
    return days


# What answers do to cards.


@pytest.fixture
def skilled(quiz: Quiz, make_question: MakeQuestion, learner: User) -> Quiz:
    """Three questions of one skill, and one of none, in a lesson that the learner has begun."""
    course = Course.objects.create(slug="c", title="C", outcome="O", is_published=True)
    chapter = course.chapters.create(slug="h", title="H")
    lesson = Lesson.objects.create(course=course, chapter=chapter, slug="l", title="L", summary="S", text="T")
    quiz.lesson = lesson
    quiz.save()
    skill = Skill.objects.create(course=course, slug="counting", title="counting")
    for _ in range(2):
        make_question("parameter_count", {}, skill=skill)
    make_question("short_text", {"answers": ["yes"]}, skill=skill)
    make_question("short_text", {"answers": ["yes"]})
    record_visit(learner, lesson, sees_updates=False, now=NOW)
    return quiz


def answered(answer: Answer, now: datetime, *, is_right: bool = True, certainty: int | None = None) -> Answer:
    key = str(answer.asked.key) if answer.kind == "parameter_count" else "yes"
    fields = {"answer": [key if is_right else "0"]}
    return check(answer, fields | ({CERTAINTY: [str(certainty)]} if certainty else {}), now)


@pytest.mark.django_db
def test_a_graded_answer_moves_its_card_once(skilled: Quiz, learner: User) -> None:
    attempt = start(learner, skilled, NOW)
    one, two, _, without = attempt.answers.all()
    answered(without, NOW)
    assert not Card.objects.exists()
    answered(one, NOW)
    card = Card.objects.get()
    assert (card.learner, card.skill.slug, card.stability) == (learner, "counting", pytest.approx(W[2]))
    assert card.due_at == NOW + timedelta(days=2)
    review = Review.objects.get()
    assert (review.rating, review.predicted, review.answer) == (Review.Rating.GOOD, None, one)
    answered(one, NOW + timedelta(hours=1), is_right=False)  # graded already: nothing changes
    one.refresh_from_db()
    remember(one, NOW + timedelta(days=3))
    assert Review.objects.count() == 1
    assert Card.objects.get().stability == pytest.approx(W[2])
    later = NOW + timedelta(days=2)
    assert recall(card, later) == pytest.approx(chance(2, W[2]))
    answered(two, later, is_right=False)
    review = Review.objects.latest("reviewed_at")
    assert (review.rating, review.predicted) == (Review.Rating.AGAIN, pytest.approx(chance(2, W[2])))
    assert Card.objects.get().stability == pytest.approx(after(*first(3), 1, 2)[0])


@pytest.mark.django_db
def test_ratings_follow_tries_hints_and_certainty(skilled: Quiz, learner: User) -> None:
    skilled.certainty = Quiz.Certainty.PRACTICE
    skilled.save()
    attempt = start(learner, skilled, NOW)
    one, two, three, _ = attempt.answers.all()
    assert rating_of(answered(one, NOW, certainty=3)) is Review.Rating.EASY
    open_hint(two, 1, NOW)
    assert rating_of(answered(two, NOW, certainty=3)) is Review.Rating.HARD
    assert rating_of(answered(three, NOW, is_right=False, certainty=1)) is Review.Rating.AGAIN
    second = answered(try_again(three, NOW), NOW, certainty=2)
    assert rating_of(second) is Review.Rating.HARD
    assert list(Review.objects.order_by("pk").values_list("rating", flat=True)) == [4, 2, 1, 2]


@pytest.mark.django_db
def test_finishing_feeds_what_was_saved_and_what_is_empty_stays_out(skilled: Quiz, learner: User) -> None:
    attempt = start(learner, skilled, NOW)
    one = attempt.answers.all()[0]
    Answer.objects.filter(pk=one.pk).update(fields={"answer": [str(one.asked.key)]})
    finish(attempt, NOW)
    finish(Attempt.objects.get(pk=attempt.pk), NOW)
    assert [review.answer for review in Review.objects.all()] == [one]


@pytest.mark.django_db
def test_a_withheld_score_moves_nothing_until_it_is_released(skilled: Quiz, learner: User) -> None:
    skilled.scores_release, skilled.closes_at = "close", NOW + timedelta(days=1)
    skilled.save()
    attempt = start(learner, skilled, NOW)
    answered(attempt.answers.all()[0], NOW)
    finish(attempt, NOW)
    assert not Card.objects.exists()
    assert remember_released(NOW + timedelta(hours=1)) == 0
    assert remember_released(NOW + timedelta(days=1, minutes=1)) == 1
    assert remember_released(NOW + timedelta(days=1, minutes=2)) == 0
    assert Card.objects.get().reviewed_at is not None


@pytest.mark.django_db
def test_a_clock_set_back_makes_no_card_younger(skilled: Quiz, learner: User) -> None:
    attempt = start(learner, skilled, NOW)
    one, two, *_ = attempt.answers.all()
    answered(one, NOW)
    answered(two, NOW - timedelta(days=400))
    assert Card.objects.get().reviewed_at == NOW


@pytest.mark.django_db
def test_the_export_tells_what_is_remembered(skilled: Quiz, learner: User) -> None:
    answered(start(learner, skilled, NOW).answers.all()[0], NOW)
    (told,) = account_export(learner)["skills_remembered"]
    assert (told["skill"], told["due"]) == ("counting", NOW + timedelta(days=2))
    assert told["reviews"] == [{"when": NOW, "rating": "Good", "predicted_recall": None}]
