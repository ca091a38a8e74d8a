"""The memory of skills in the admin: looked at by those who may look at answers, changed by nobody."""

import pytest
from django.test import Client

from accounts.models import User
from quizzes.models import Card, Question, Quiz, Review
from quizzes.services import check, finish, start
from tests.labs.test_challenge_pages import text_of
from tests.quizzes.conftest import NOW
from tests.quizzes.test_memories import number

__all__ = ["number"]
pytestmark = pytest.mark.django_db


@pytest.fixture
def card(quiz: Quiz, number: Question, learner: User) -> Card:
    attempt = start(learner, quiz, NOW)
    check(attempt.answers.get(), {"answer": ["124"]}, NOW)
    finish(attempt, NOW)
    return Card.objects.get()


def test_an_author_sees_a_card_and_the_answers_that_moved_it(author_client: Client, card: Card) -> None:
    listed = text_of(author_client.get("/admin/quizzes/card/").content.decode())
    assert "learner counting" in listed
    page = text_of(author_client.get(f"/admin/quizzes/card/{card.pk}/change/").content.decode())
    assert "How many" in page
    assert "Good" in page
    assert "Days until nine in ten: 2.3" in page
    review = card.reviews.get()
    assert author_client.get(f"/admin/quizzes/review/{review.pk}/change/").status_code == 200
    assert author_client.get("/admin/quizzes/review/").status_code == 200


def test_nobody_changes_it(author_client: Client, admin_client: Client, card: Card) -> None:
    for client in (author_client, admin_client):
        for name, pk in (("card", card.pk), ("review", card.reviews.get().pk)):
            assert client.get(f"/admin/quizzes/{name}/add/").status_code == 403
            assert client.post(f"/admin/quizzes/{name}/{pk}/change/", {"rating": 1}).status_code == 403
            assert client.post(f"/admin/quizzes/{name}/{pk}/delete/", {"post": "yes"}).status_code == 403
    assert (Card.objects.count(), Review.objects.get().rating) == (1, Review.Rating.GOOD)


def test_a_learner_is_sent_away(learner_client: Client, card: Card) -> None:
    assert learner_client.get(f"/admin/quizzes/card/{card.pk}/change/").status_code in (302, 403, 404)
