"""More of one question, and reviews: drawn beside the quizzes, answered like them, counted by none."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from accounts.models import User
from quizzes.models import Answer, Attempt, Card, Question, Quiz
from quizzes.reviewing import queue_of
from quizzes.services import (
    NothingToAskError,
    allowance_of,
    check,
    finish,
    practice_question,
    practice_set,
    review,
    start,
)
from tests.quizzes.conftest import NOW
from tests.quizzes.test_memory import answered, skilled

__all__ = ["skilled"]
pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(days=30)


def first(quiz: Quiz) -> Question:
    return quiz.questions.order_by("position")[0]


@pytest.fixture
def due(skilled: Quiz, learner: User) -> Attempt:
    """A finished attempt by which the skill is due a month later."""
    attempt = start(learner, skilled, NOW)
    answered(attempt.answers.all()[0], NOW)
    return finish(attempt, NOW)


def test_practice_is_three_variants_and_counts_for_no_quiz(skilled: Quiz, learner: User) -> None:
    skilled.attempt_limit = 1
    skilled.save()
    made = practice_set(learner, first(skilled), NOW)
    assert (made.purpose, made.quiz, made.practice_of) == (Attempt.Purpose.PRACTICE, None, first(skilled))
    answers = list(made.answers.all())
    assert len({answer.variant_name for answer in answers}) == len(answers) == 3
    assert practice_set(learner, first(skilled), NOW) == made
    mine = Attempt.objects.for_learner(learner)
    assert allowance_of(skilled, mine.filter(quiz=skilled), NOW).left == 1
    assert not mine.of_quizzes().exists()
    done = finish(made, NOW)
    assert not done.is_passed
    assert practice_set(learner, first(skilled), NOW) != made


def test_a_written_question_is_practiced_by_a_drawn_one_of_its_skill(skilled: Quiz, learner: User) -> None:
    written, alone = skilled.questions.filter(kind="short_text").order_by("position")
    like = practice_question(learner, written, NOW)
    assert like is not None
    assert (like.kind, like.skill) == ("parameter_count", written.skill)
    assert practice_question(learner, alone, NOW) is None
    with pytest.raises(NothingToAskError):
        practice_set(learner, alone, NOW)


@pytest.mark.parametrize(
    "fields",
    [
        {"is_published": False},
        {"password": "secret"},
        {"opens_at": NOW + timedelta(days=1)},
        {"keys_release": "never"},
        {"keys_release": "close", "closes_at": NOW + timedelta(days=1)},
    ],
)
def test_nothing_is_drawn_from_what_is_shut_or_withheld(
    skilled: Quiz, learner: User, fields: dict[str, object]
) -> None:
    Quiz.objects.filter(pk=skilled.pk).update(**fields)
    assert practice_question(learner, first(skilled), NOW) is None


def test_nothing_is_drawn_from_a_lesson_not_begun(skilled: Quiz, other_learner: User) -> None:
    assert practice_question(other_learner, first(skilled), NOW) is None


def test_a_quiz_that_was_tried_gives_reviews_though_its_lesson_was_never_opened(
    skilled: Quiz, other_learner: User
) -> None:
    attempt = start(other_learner, skilled, NOW)
    answered(attempt.answers.all()[0], NOW, is_right=False)
    assert queue_of(other_learner, LATER).count == 1
    assert review(other_learner, LATER).answers.count() == 1


def test_a_review_asks_what_is_due_once(due: Attempt, skilled: Quiz, learner: User) -> None:
    with pytest.raises(NothingToAskError):
        review(learner, NOW + timedelta(days=1))
    made = review(learner, LATER)
    (answer,) = made.answers.all()
    asked_before = due.answers.all()[0].question
    assert answer.question.skill == asked_before.skill
    assert answer.question != asked_before  # the one asked longest ago, here never
    assert review(learner, LATER) == made
    check(answer, {"answer": [str(answer.asked.key)], "certainty": ["3"]}, LATER)
    finish(made, LATER)
    assert Card.objects.get().due_at is not None
    with pytest.raises(NothingToAskError):
        review(learner, LATER + timedelta(hours=1))


def test_a_practice_asks_for_certainty(skilled: Quiz, learner: User) -> None:
    answer = practice_set(learner, first(skilled), NOW).answers.all()[0]
    with pytest.raises(ValueError, match=r"^Choose how sure you are, C1, C2 or C3, then check again\.$"):
        check(answer, {"answer": ["1"]}, NOW)
    answer.refresh_from_db()
    assert (answer.is_open, answer.fields["answer"]) == (True, ["1"])
    assert check(answer, {"answer": ["1"], "certainty": ["2"]}, NOW).certainty == 2


def test_a_quiz_that_does_not_ask_stores_no_certainty(skilled: Quiz, learner: User) -> None:
    answer = start(learner, skilled, NOW).answers.all()[0]
    assert check(answer, {"answer": ["1"], "certainty": ["2"]}, NOW).certainty is None


def test_the_database_holds_one_open_set_of_each(skilled: Quiz, learner: User) -> None:
    made = practice_set(learner, first(skilled), NOW)
    twin = Attempt(
        learner=learner, purpose=Attempt.Purpose.PRACTICE, practice_of=made.practice_of, started_at=NOW
    )
    with pytest.raises(IntegrityError), transaction.atomic():
        twin.save()
    without = Attempt(learner=learner, purpose=Attempt.Purpose.QUIZ, started_at=NOW)
    with pytest.raises(IntegrityError), transaction.atomic():
        without.save()


# The pages.


@pytest.fixture
def overdue(due: Attempt) -> Attempt:
    Card.objects.update(due_at=timezone.now() - timedelta(minutes=1))
    return due


def text(client: Client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200
    return response.content.decode()


def test_the_page_of_reviews_from_empty_to_done(
    overdue: Attempt, learner: User, learner_client: Client, other_client: Client
) -> None:
    assert "Nothing due" in text(other_client, "/reviews/")
    assert other_client.post("/reviews/").status_code == 409
    page = text(learner_client, "/reviews/")
    assert "1 skill to review" in page
    assert "About 1 minute." in page
    made = learner_client.post("/reviews/")
    attempt = Attempt.objects.get(purpose=Attempt.Purpose.REVIEW)
    assert made["Location"] == f"/attempts/{attempt.pk}/"
    assert "Continue your review" in text(learner_client, "/reviews/")
    assert other_client.get(made["Location"]).status_code == 404
    page = text(learner_client, made["Location"])
    assert "How sure are you?" in page
    (answer,) = attempt.answers.all()
    address = f"/attempts/{attempt.pk}/answers/1/"
    page = learner_client.post(address, {"answer": str(answer.asked.key)}).content.decode()
    assert "Choose how sure you are, C1, C2 or C3, then check again." in page
    given = {"answer": str(answer.asked.key), "certainty": "3"}
    assert learner_client.post(address, given)["Location"].endswith("#feedback")
    assert "You said: C3, over 80% sure." in text(learner_client, f"{made['Location']}?item=1")
    learner_client.post(f"/attempts/{attempt.pk}/finish/")
    page = text(learner_client, f"/attempts/{attempt.pk}/results/")
    assert "1 of 1 right" in page
    assert "Each skill comes back when it would be about to slip." in page
    assert "Nothing due" in text(learner_client, "/reviews/")


def test_results_offer_more_and_lead_to_it(
    overdue: Attempt, learner_client: Client, other_client: Client
) -> None:
    results = f"/attempts/{overdue.pk}/results/"
    page = text(learner_client, results)
    assert page.count("Practice three more like this") == 3  # the fourth has no skill and draws nothing
    assert "New to <b>Learning</b>" in page
    address = f"/attempts/{overdue.pk}/answers/1/practice/"
    assert other_client.post(address).status_code == 404
    assert learner_client.get(address).status_code == 405
    made = learner_client.post(address)["Location"]
    assert "question 1 of 3" in text(learner_client, made)
    assert learner_client.post(f"/attempts/{overdue.pk}/answers/4/practice/")["Location"] == results
    assert learner_client.post(f"/attempts/{overdue.pk}/answers/99/practice/").status_code == 404


def test_slips_are_named_and_lead_to_their_solutions(
    skilled: Quiz, learner: User, learner_client: Client
) -> None:
    attempt = start(learner, skilled, NOW)
    answer = attempt.answers.all()[0]
    slip = next(known for known in answer.asked.answers if known.title)
    check(answer, {"answer": [str(slip.value)]}, NOW)
    finish(attempt, NOW)
    results = f"/attempts/{attempt.pk}/results/"
    link = f'<a href="#item-1">{slip.title}</a>'
    assert link in text(learner_client, results)
    Quiz.objects.update(feedback_release="never", keys_release="never")
    assert slip.title not in text(learner_client, results)


def test_practice_counts_in_no_list_of_the_quiz(
    overdue: Attempt, learner: User, learner_client: Client
) -> None:
    learner_client.post(f"/attempts/{overdue.pk}/answers/1/practice/")
    assert "Practice" not in text(learner_client, "/quizzes/small/")
    assert overdue.quiz is not None
    assert overdue.quiz.attempts.count() == 1


def test_marks_with_certainty_stand_beside_the_score(
    skilled: Quiz, learner: User, learner_client: Client
) -> None:
    Quiz.objects.update(certainty=Quiz.Certainty.MARKED)
    attempt = start(learner, Quiz.objects.get(), NOW)
    one, two, three, four = attempt.answers.all()
    answered(one, NOW, certainty=3)
    answered(two, NOW, is_right=False, certainty=3)
    answered(three, NOW, certainty=2)
    answered(four, NOW, certainty=1)
    finish(attempt, NOW)
    page = text(learner_client, f"/attempts/{attempt.pk}/results/")
    # (3 - 6 + 2 + 1) / 4 = 0; three of four right earn 1 at C2 alone: a tenth of 1 is lost.
    assert "0.00" in page
    assert "75.0%" in page
    assert "−10.0%" in page
    assert "65.0%" in page
    assert "too few to tell" in page
    assert "3 of 4 points" in page
    assert Answer.objects.get(pk=two.pk).certainty == 3
