"""All questions on one page: one form, with a prefix for each question's fields, and no JavaScript needed."""

import re
from datetime import timedelta
from urllib.parse import unquote
from uuid import uuid4

import pytest
from django.http import QueryDict
from django.test import Client
from django.utils import timezone

from accounts.models import User
from quizzes.forms import parts
from quizzes.models import Answer, Attempt, Question, Quiz
from quizzes.policies import Release
from quizzes.services import check, finish, save, start
from quizzes.views.answering import TOO_LATE
from tests.conftest import PASSWORD
from tests.quizzes.conftest import NOW, right_fields

pytestmark = pytest.mark.django_db


@pytest.fixture
def together(quiz: Quiz, questions: list[Question], learner: User) -> Attempt:
    quiz.layout = "all"
    quiz.save()
    return start(learner, quiz, NOW)


def address(attempt: Attempt) -> str:
    return f"/attempts/{attempt.pk}/answers/"


def page(client: Client, attempt: Attempt) -> str:
    return client.get(f"/attempts/{attempt.pk}/").content.decode()


def filled(attempt: Attempt, **more: object) -> dict[str, object]:
    """The form of the page with everything right."""
    form: dict[str, object] = {"tab": "a" * 8}
    for answer in attempt.answers.all():
        form[f"p{answer.position}-answer"] = right_fields(answer)["answer"]
        form[f"p{answer.position}-version"] = answer.version
    return form | more


def states(attempt: Attempt) -> list[str]:
    return [answer.state for answer in attempt.answers.in_order()]


def test_the_parts_of_a_form() -> None:
    form = QueryDict("tab=x&p1-answer=a&p1-answer=b&p12-hint=2&p0-answer=c&p1-UP=d&answer=e&p1-action=hint")
    assert {place: dict(part.lists()) for place, part in parts(form).items()} == {
        1: {"answer": ["a", "b"], "action": ["hint"], "tab": ["x"]},
        12: {"hint": ["2"], "tab": ["x"]},
    }


def test_every_question_stands_on_the_page_with_fields_of_its_own(
    together: Attempt, learner_client: Client
) -> None:
    text = page(learner_client, together)
    for position in (1, 2, 3, 4):
        assert f"Title {position}</h2>" in text
        assert f'name="p{position}-answer"' in text
        assert f'name="p{position}-version" value="0"' in text
    assert 'name="answer"' not in text
    ids = re.findall(r' id="([^"]+)"', text)
    assert len(ids) == len(set(ids))


def test_checking_all_checks_what_is_answered(together: Attempt, learner_client: Client) -> None:
    form = filled(together, action="check")
    del form["p2-answer"]
    form["p4-answer"] = "  "
    response = learner_client.post(address(together), form)
    assert (response.status_code, response["Location"]) == (302, f"/attempts/{together.pk}/")
    assert states(together) == ["right", "open", "right", "open"]
    assert "2 of 4 right so far" in page(learner_client, together)


def test_what_cannot_be_read_is_named_and_the_others_are_checked(
    together: Attempt, learner_client: Client
) -> None:
    form = filled(together, action="check") | {"p3-answer": "one half"}
    text = learner_client.post(address(together), form).content.decode()
    assert states(together) == ["right", "right", "open", "right"]
    assert '<a href="#item-3">Question 3</a>: “one half” cannot be read as a number.' in text
    assert 'value="one half"' in text


def test_saving_keeps_everything_and_grades_nothing(together: Attempt, learner_client: Client) -> None:
    learner_client.post(address(together), filled(together, action="save"))
    assert states(together) == ["open"] * 4
    given = [answer.fields["answer"] for answer in together.answers.all()]
    assert given == [[t.strip() for t in right_fields(a)["answer"]] for a in together.answers.all()]
    learner_client.post(address(together), filled(together, action="save"))
    assert [answer.version for answer in together.answers.all()] == [1, 1, 1, 1]


def test_the_button_of_one_question_keeps_the_others(together: Attempt, learner_client: Client) -> None:
    form = filled(together) | {"p3-action": "hint", "p3-hint": "1"}
    response = learner_client.post(address(together), form)
    assert response["Location"] == f"/attempts/{together.pk}/#p3-hints"
    assert all(answer.is_answered for answer in together.answers.all())
    text = page(learner_client, together)
    assert "Count layer by layer." in text
    assert 'id="p3-hints"' in text
    form = filled(together) | {"p1-action": "flag"}
    assert learner_client.post(address(together), form)["Location"] == f"/attempts/{together.pk}/#item-1"
    assert together.answers.get(position=1).is_flagged


def test_a_graded_question_is_tried_again_from_the_page(together: Attempt, learner_client: Client) -> None:
    check(together.answers.get(position=3), {"answer": ["1"]}, NOW)
    assert "Try again" in page(learner_client, together)
    learner_client.post(address(together), {"p3-action": "again"})
    assert together.answers.filter(position=3).count() == 2
    assert "Question 3 of 4, try 2" in page(learner_client, together)


def test_finishing_keeps_what_is_typed_and_asks_once_more(together: Attempt, learner_client: Client) -> None:
    response = learner_client.post(address(together), filled(together, action="finish"))
    assert response["Location"] == f"/attempts/{together.pk}/finish/"
    learner_client.post(response["Location"])
    together.refresh_from_db()
    assert together.points == together.points_possible


def test_an_exam_is_saved_as_a_whole_and_says_nothing_of_it(
    together: Attempt, quiz: Quiz, learner_client: Client
) -> None:
    quiz.scores_release = quiz.feedback_release = quiz.keys_release = Release.FINISH
    quiz.save()
    assert "Save all answers" in page(learner_client, together)
    learner_client.post(address(together), filled(together, action="check"))
    assert states(together) == ["open"] * 4
    assert all(answer.is_answered for answer in together.answers.all())
    text = page(learner_client, together)
    assert "4 of 4 answered" in text
    assert "CANARY" not in text


def test_two_tabs_are_told_apart_question_by_question(together: Attempt, learner_client: Client) -> None:
    learner_client.post(address(together), {"tab": "b" * 8, "p4-answer": "relu", "p4-version": 0})
    learner_client.post(address(together), filled(together, action="check") | {"p4-version": "0"})
    last = together.answers.get(position=4)
    assert (last.state, last.fields, len(last.others)) == ("open", {"answer": ["SoftMax."]}, 1)
    assert states(together)[:3] == ["right"] * 3
    text = page(learner_client, together)
    assert f'href="/attempts/{together.pk}/?item=4#conflict"' in text
    alone = learner_client.get(f"/attempts/{together.pk}/?item=4").content.decode()
    assert "Two tabs, two answers" in alone
    assert "All questions on one page" in alone


def test_after_the_end_it_is_refused_with_a_reason(together: Attempt, learner_client: Client) -> None:
    long_ago = timezone.now() - timedelta(hours=1)
    Attempt.objects.update(started_at=long_ago, deadline=long_ago + timedelta(minutes=10))
    save(together.answers.get(position=4), {"answer": ["softmax"]}, long_ago)
    response = learner_client.post(address(together), filled(together, action="check"), follow=True)
    assert TOO_LATE in response.content.decode()
    assert states(together) == ["unanswered", "unanswered", "unanswered", "right"]


def test_what_a_signed_out_learner_sends_waits_for_the_sign_in(
    together: Attempt, learner: User, client: Client
) -> None:
    response = client.post(address(together), filled(together, action="check"))
    assert unquote(response["Location"]) == f"/accounts/sign-in/?next=/attempts/{together.pk}/"
    client.post(response["Location"], {"username": learner.username, "password": PASSWORD})
    assert "Saved" in page(client, together)
    assert all(answer.is_answered for answer in together.answers.all())
    assert states(together) == ["open"] * 4


def test_other_peoples_finished_and_nobodys(
    together: Attempt, learner_client: Client, other_client: Client
) -> None:
    assert other_client.post(address(together), filled(together)).status_code == 404
    assert learner_client.post(f"/attempts/{uuid4()}/answers/").status_code == 404
    assert learner_client.get(address(together)).status_code == 405
    learner_client.post(address(together), {"p9-answer": "x", "p9-version": "0", "action": "check"})
    finish(together, NOW)
    response = learner_client.post(address(together), filled(together))
    assert response["Location"] == f"/attempts/{together.pk}/results/"
    assert not Answer.objects.exclude(state="unanswered").exists()
