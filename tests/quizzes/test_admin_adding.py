"""A new question in the admin: choose its kind, fill in what the kind needs."""

import re

import pytest
from django.test import Client

from course.content import read_toml
from quizzes.kinds import KINDS
from quizzes.kinds.random import Pcg32
from quizzes.models import Question, Quiz
from tests.quizzes.conftest import NUMERIC, MakeQuestion

pytestmark = pytest.mark.django_db
ADD = "/admin/quizzes/question/add/"
WRITTEN = [kind.name for kind in KINDS.values() if not kind.is_generated]


def form(quiz: Quiz, kind: str, **fields: object) -> dict[str, object]:
    stands: dict[str, object] = {
        "quiz": quiz.pk, "slug": "new", "position": 3, "kind": kind, "title": "New", "prompt": "New?",
        "points": 1, "skill": "", "explanation": "", "is_asked": "on",
    }  # fmt: skip
    return stands | fields


@pytest.mark.parametrize("kind", WRITTEN)
def test_a_written_kind_begins_with_a_sample_that_can_be_asked(kind: str) -> None:
    rules = KINDS[kind]
    data = read_toml("data", rules.sample)
    assert rules.validate(data) == []
    assert rules.generate(data, Pcg32(1, 1)).key


def test_the_kind_is_chosen_first(author_client: Client, quiz: Quiz) -> None:
    there = author_client.get(f"/admin/quizzes/quiz/{quiz.pk}/change/").content.decode()
    assert f'<a href="{ADD}?quiz={quiz.pk}">Add a question</a>' in there
    page = author_client.get(f"{ADD}?quiz={quiz.pk}").content.decode()
    links = re.findall(rf'href="{ADD}\?kind=([a-z_]+)&amp;quiz={quiz.pk}"', page)
    assert sorted(links) == sorted(KINDS)
    assert "What kind of question?" in author_client.get(f"{ADD}?kind=nonsense").content.decode()


def test_a_written_question_is_a_sample_written_over(
    author_client: Client, quiz: Quiz, make_question: MakeQuestion
) -> None:
    make_question("numeric", NUMERIC)
    address = f"{ADD}?kind=short_text&quiz={quiz.pk}"
    shown = author_client.get(address).context["adminform"].form
    assert shown["data"].value() == KINDS["short_text"].sample
    assert (shown["kind"].value(), shown["position"].value()) == ("short_text", 2)
    sent = form(quiz, "short_text", data=KINDS["short_text"].sample)
    assert author_client.post(address, sent).status_code == 302
    assert Question.objects.get(slug="new").data["answers"] == ["softmax"]


def test_a_drawn_question_has_a_field_for_each_parameter(author_client: Client, quiz: Quiz) -> None:
    address = f"{ADD}?kind=weighted_sum&quiz={quiz.pk}"
    page = author_client.get(address).content.decode()
    assert 'name="data_features"' in page
    assert 'name="data"' not in page
    refused = author_client.post(address, form(quiz, "weighted_sum"))
    assert refused.context["adminform"].form.errors == {"data_features": ["This field is required."]}
    sent = form(quiz, "single_choice", data_features="legs, fur, neck", data_units="2")
    assert author_client.post(address, sent).status_code == 302
    question = Question.objects.get(slug="new")
    assert (question.kind, question.data) == (
        "weighted_sum",
        {"features": ["legs", "fur", "neck"], "units": 2},
    )


def test_who_may_not_add_is_refused(learner_client: Client, client: Client) -> None:
    for page in (client.get(ADD), learner_client.get(ADD)):
        assert page.status_code == 302
        assert page["Location"].startswith("/admin/login/")


def test_a_forged_address_is_no_fault(author_client: Client) -> None:
    for query in ("kind=short_text&quiz=x", "kind=short_text&quiz=99999999999999", "quiz=<b>"):
        assert author_client.get(f"{ADD}?{query}").status_code == 200


def test_an_empty_quiz_leads_its_author_there(
    author_client: Client, learner_client: Client, quiz: Quiz
) -> None:
    page = author_client.get("/quizzes/small/").content.decode()
    assert f'href="{ADD}?quiz={quiz.pk}">Add the first one</a>' in page
    page = learner_client.get("/quizzes/small/").content.decode()
    assert "The author is still writing.</p>" in page
    for gone in (ADD, "What it asks"):
        assert gone not in page
