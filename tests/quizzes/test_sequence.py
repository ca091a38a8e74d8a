"""A quiz in sequence: one question after the other, no way back, and nothing told of what is to come."""

import json

import pytest
from django.core.serializers.json import DjangoJSONEncoder
from django.test import Client

from accounts.models import User
from quizzes.export import account_export
from quizzes.models import Answer, Attempt, Question, Quiz
from quizzes.services import OutOfTurnError, flag, move_on, save, start
from quizzes.views.answering import OUT_OF_TURN
from tests.quizzes.conftest import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.data]
AS_JSON = {"accept": "application/json"}


@pytest.fixture
def ordered(quiz: Quiz, questions: list[Question], learner: User) -> Attempt:
    quiz.is_sequential = True
    quiz.save()
    return start(learner, quiz, NOW)


def page(client: Client, attempt: Attempt, query: str = "") -> str:
    return client.get(f"/attempts/{attempt.pk}/{query}").content.decode()


def press(client: Client, attempt: Attempt, position: int, action: str, **fields: object) -> object:
    address = f"/attempts/{attempt.pk}/answers/{position}/"
    return client.post(address, {"action": action, **fields}, follow=True)


def nth(attempt: Attempt, position: int) -> Answer:
    return attempt.answers.get(position=position, number=1)


def test_only_the_question_whose_turn_it_is_takes_an_answer(ordered: Attempt) -> None:
    fields = {"answer": ["1"]}
    with pytest.raises(OutOfTurnError):
        save(nth(ordered, 2), fields, NOW)
    move_on(nth(ordered, 1), NOW)
    for position in (1, 3):
        with pytest.raises(OutOfTurnError):
            save(nth(ordered, position), fields, NOW)
        with pytest.raises(OutOfTurnError):
            flag(nth(ordered, position), True, NOW)
        with pytest.raises(OutOfTurnError):
            move_on(nth(ordered, position), NOW)
    assert save(nth(ordered, 2), fields, NOW).version == 1


def test_a_question_that_was_left_out_holds_up_nobody(ordered: Attempt) -> None:
    nth(ordered, 2).delete()
    move_on(nth(ordered, 1), NOW)
    assert save(nth(ordered, 3), {"answer": ["1"]}, NOW).version == 1


def test_the_way_through(ordered: Attempt, learner_client: Client) -> None:
    for position in (1, 2, 3, 4):
        text = page(learner_client, ordered, "?item=1")
        assert f"Question {position} of 4" in text
        press(learner_client, ordered, position, "next", answer="")
    response = learner_client.get(f"/attempts/{ordered.pk}/", follow=True)
    assert response.redirect_chain == [(f"/attempts/{ordered.pk}/finish/", 302)]
    assert "Back to the questions" not in response.content.decode()
    learner_client.post(f"/attempts/{ordered.pk}/finish/")
    ordered.refresh_from_db()
    assert not ordered.is_open


def test_what_is_typed_is_kept_by_going_on(ordered: Attempt, learner_client: Client) -> None:
    option = nth(ordered, 1).variant["shown"]["options"][0]["id"]
    press(learner_client, ordered, 1, "next", answer=option)
    assert nth(ordered, 1).fields == {"answer": [option]}


def test_going_back_is_refused_with_a_reason(ordered: Attempt, learner_client: Client) -> None:
    press(learner_client, ordered, 1, "next")
    option = nth(ordered, 1).variant["shown"]["options"][0]["id"]
    for action in ("save", "check", "next", "skip", "again", "flag", "hint"):
        response = press(learner_client, ordered, 1, action, answer=option)
        assert OUT_OF_TURN in response.content.decode(), action
        assert "Question 2 of 4" in response.content.decode()
    assert nth(ordered, 1).fields == {}
    reply = learner_client.post(
        f"/attempts/{ordered.pk}/answers/1/", {"answer": option, "action": "save"}, headers=AS_JSON
    )
    assert (reply.status_code, reply.json()) == (409, {"closed": True})


def test_questions_to_come_have_no_titles(quiz: Quiz, ordered: Attempt, learner_client: Client) -> None:
    press(learner_client, ordered, 1, "next")
    text = page(learner_client, ordered)
    assert "Title 1" in text
    assert "Title 2" in text
    for address in (f"/attempts/{ordered.pk}/", f"/attempts/{ordered.pk}/finish/", "/quizzes/small/"):
        told = learner_client.get(address).content.decode()
        assert "Title 3" not in told, address
        assert "Title 4" not in told, address
    assert "?item=" not in text
    exported = json.dumps(account_export(ordered.learner), cls=DjangoJSONEncoder)
    assert "Title 2" in exported
    assert "Title 3" not in exported


def test_after_the_end_everything_is_told(ordered: Attempt, learner_client: Client) -> None:
    learner_client.post(f"/attempts/{ordered.pk}/finish/")
    text = learner_client.get(f"/attempts/{ordered.pk}/results/").content.decode()
    assert "Title 4" in text
    assert "Title 4" in json.dumps(account_export(ordered.learner), cls=DjangoJSONEncoder)
