"""Kinds that draw their numbers are edited in typed fields; every fault stands at its field."""

from typing import Any

import pytest
from django.test import Client

from quizzes.kinds import KINDS
from quizzes.kinds.parameters import Declared
from quizzes.models import Question, Quiz
from quizzes.parameter_forms import PREFIX, has_parameter_form, parameter_form
from tests.quizzes.conftest import MakeQuestion

pytestmark = pytest.mark.django_db

SUM = {"features": ["legs", "fur", "neck"], "units": 4, "inputs": [0, 3], "is_of_lesson": True}


def address(question: Question) -> str:
    return f"/admin/quizzes/question/{question.pk}/change/"


def filled(question: Question, **fields: object) -> dict[str, object]:
    stands: dict[str, object] = {
        "quiz": question.quiz_id, "slug": question.slug, "position": question.position,
        "title": question.title, "prompt": question.prompt, "points": question.points,
        "skill": "", "explanation": "", "is_asked": "on",
    }  # fmt: skip
    return stands | {PREFIX + name: value for name, value in fields.items()}


@pytest.fixture
def question(make_question: MakeQuestion) -> Question:
    return make_question("weighted_sum", SUM)


def errors(response: Any) -> dict[str, list[str]]:
    assert response.status_code == 200
    return {name: list(told) for name, told in response.context["adminform"].form.errors.items()}


def test_the_fields_show_what_the_data_say(author_client: Client, question: Question) -> None:
    page = author_client.get(address(question)).content.decode()
    assert 'value="legs, fur, neck"' in page
    assert 'name="data_inputs_1" value="3"' in page
    assert 'name="data_units" value="4"' in page
    assert "2 to 8. Left empty: 3." in page
    assert "[[options]]" not in page


def test_an_edit_is_kept_and_empty_fields_take_defaults(author_client: Client, question: Question) -> None:
    form = filled(
        question, features="legs, fur, neck , size", units="", inputs_0="1", inputs_1="2", activation="tanh"
    )
    assert author_client.post(address(question), form).status_code == 302
    question.refresh_from_db()
    assert question.data == {
        "features": ["legs", "fur", "neck", "size"], "inputs": [1, 2], "activation": "tanh",
    }  # fmt: skip
    assert (question.kind, question.version) == ("weighted_sum", 2)


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"features": "legs, fur"}, {"data_features": ["This must be a list of 3 to 8 texts."]}),
        ({"features": ""}, {"data_features": ["This field is required."]}),
        (
            {"features": "a, b, a"},
            {"data_features": ["One of these texts stands here twice. Remove one."]},
        ),
        ({"units": "9"}, {"data_units": ["Ensure this value is less than or equal to 8."]}),
        ({"units": "x"}, {"data_units": ["Enter a whole number."]}),
        (
            {"inputs_0": "2", "inputs_1": "2"},
            {"data_inputs": ["The largest input must be larger than the smallest."]},
        ),
        ({"inputs_0": "2"}, {"data_inputs": ["Write both numbers, or none for the default."]}),
        (
            {"inputs_0": "3", "inputs_1": "1"},
            {"data_inputs": ["This must be the smallest and the largest whole number, within [-9, 9]."]},
        ),
        (
            {"units": "1", "inputs_0": "2", "inputs_1": "2"},
            {
                "data_units": ["Ensure this value is greater than or equal to 2."],
                "data_inputs": ["The largest input must be larger than the smallest."],
            },
        ),
    ],
)
def test_every_fault_stands_at_its_field(
    author_client: Client, question: Question, fields: dict[str, object], told: dict[str, list[str]]
) -> None:
    form = filled(question, **{"features": "legs, fur, neck", **fields})
    assert errors(author_client.post(address(question), form)) == told
    question.refresh_from_db()
    assert (question.data, question.version) == (SUM, 1)


def test_a_list_of_numbers_is_read(author_client: Client, make_question: MakeQuestion) -> None:
    question = make_question("parameter_count", {})
    form = filled(question, sizes="8, 6, x")
    message = "“x” is not a whole number. Write them like this: 8, 6, 6, 4."
    assert errors(author_client.post(address(question), form)) == {"data_sizes": [message]}
    assert author_client.post(address(question), filled(question, sizes="8,6,6,4")).status_code == 302
    question.refresh_from_db()
    assert question.data == {"sizes": [8, 6, 6, 4]}


def test_what_fields_cannot_hold_stays_toml(author_client: Client, make_question: MakeQuestion) -> None:
    given = {"features": ["a", "b", "c"], "units": 2, "kernel": [[1, 0.5]] * 3, "bias": [0.5, 1]}
    question = make_question("weighted_sum", given)
    page = author_client.get(address(question)).content.decode()
    assert "kernel = " in page
    assert "data_features" not in page


def test_toml_is_one_link_away(author_client: Client, question: Question) -> None:
    assert '<a href="?as=toml">Write it as TOML</a>' in author_client.get(address(question)).content.decode()
    assert "is_of_lesson = true" in author_client.get(address(question) + "?as=toml").content.decode()
    form = filled(question) | {"kind": "short_text", "data": 'answers = ["yes"]'}
    assert author_client.post(address(question) + "?as=toml", form).status_code == 302
    question.refresh_from_db()
    assert question.kind == "short_text"


@pytest.mark.parametrize("name", [name for name, kind in KINDS.items() if isinstance(kind, Declared)])
def test_every_declared_kind_has_a_form_that_keeps_its_data(quiz: Quiz, name: str) -> None:
    data = {"features": ["legs", "fur", "neck"]} if name == "weighted_sum" else {}
    question = Question(
        quiz=quiz, slug="q", kind=name, title="T", prompt="P", data=data, points=1, position=0
    )
    assert has_parameter_form(question)
    form_class = parameter_form(question)
    blank = form_class(instance=question)
    assert "data" not in blank.fields
    values = filled(question, **({"features": "legs, fur, neck"} if data else {}))
    form = form_class(values, instance=question)
    assert form.is_valid(), form.errors
    assert form.instance.data == data


def test_all_generated_kinds_declare_their_parameters() -> None:
    assert {name for name, kind in KINDS.items() if kind.is_generated} == {
        name for name, kind in KINDS.items() if isinstance(kind, Declared)
    }
