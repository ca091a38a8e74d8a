"""Learners who have more time, as an author writes it down in the admin."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from quizzes.export import account_export
from quizzes.models import Accommodation, Quiz
from quizzes.services import start
from tests.quizzes.conftest import MakeQuestion

pytestmark = pytest.mark.django_db
ADD = "/admin/quizzes/accommodation/add/"


def form(**fields: object) -> dict[str, object]:
    return {"learner": "learner", "quiz": "", "time_factor": "1.5", "extra_minutes": "0"} | fields


def told(client: Client, **fields: object) -> str:
    """The page that says what is not right yet."""
    response = client.post(ADD, form(**fields))
    assert response.status_code == 200
    return response.content.decode()


def test_an_author_gives_a_learner_more_time_at_once(
    author_client: Client, learner: User, quiz: Quiz, make_question: MakeQuestion
) -> None:
    make_question("short_text", {"answers": ["yes"]})
    quiz.time_limit = 10
    quiz.save()
    running = start(learner, quiz, timezone.now())
    response = author_client.post(ADD, form(), follow=True)
    assert "Attempts under way that now end later: 1." in response.content.decode()
    running.refresh_from_db()
    assert running.deadline == running.started_at + timedelta(minutes=15)
    row = Accommodation.objects.get()
    assert 'value="learner"' in author_client.get(f"{ADD[:-4]}{row.pk}/change/").content.decode()
    assert account_export(learner)["extra_time"] == [
        {"quiz": "every quiz", "time_factor": 1.5, "extra_minutes": 0}
    ]


def test_what_cannot_be_is_said(author_client: Client, learner: User) -> None:
    assert "Nobody signs in as “somebody”. Names are told apart by every letter." in told(
        author_client, learner="somebody"
    )
    assert "Ensure this value is greater than or equal to 1." in told(author_client, time_factor="0.5")
    assert "Ensure this value is less than or equal to 3." in told(author_client, time_factor="3.5")
    Accommodation.objects.create(learner=learner, time_factor=Decimal(2))
    assert "This learner has a row for every quiz already. Change that one." in told(author_client)


def test_learners_do_not_see_them(learner_client: Client, client: Client) -> None:
    for visitor in (learner_client, client):
        assert visitor.get(ADD).status_code == 302
