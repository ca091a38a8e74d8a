"""A quiz's questions as files, taken from the admin by those who may see the right answers."""

import pytest
from django.test import Client

from quizzes.interchange import FORMATS, decode
from quizzes.models import Question, Quiz
from tests.quizzes.conftest import MakeQuestion

pytestmark = pytest.mark.django_db


def address(quiz: Quiz, name: str = "") -> str:
    return f"/admin/quizzes/quiz/{quiz.pk}/files/{name}"


def test_the_page_says_what_each_format_lacks(
    author_client: Client, quiz: Quiz, questions: list[Question], make_question: MakeQuestion
) -> None:
    make_question("ordering", {"steps": ["multiply", "add"]}, title="The <order>")
    page = author_client.get(address(quiz)).content.decode()
    assert "5 questions. Each format says what it does not carry" in page
    assert "The &lt;order&gt;" in page
    assert "Moodle has no question of this kind." in page
    assert "Aiken carries single choice only." in page
    link = f'href="{address(quiz)}"'
    assert link in author_client.get(f"/admin/quizzes/quiz/{quiz.pk}/change/").content.decode()


@pytest.mark.parametrize("name", FORMATS)
def test_a_file_is_read_again(
    author_client: Client, quiz: Quiz, questions: list[Question], name: str
) -> None:
    response = author_client.get(address(quiz, f"{name}/"))
    form = FORMATS[name]
    assert response["Content-Disposition"] == f'attachment; filename="small{form.suffix}"'
    items = form.read(decode(response.content))
    written = [item.question.prompt for item in items if item.question]
    assert written == [row.prompt for row in questions][: len(written)] or name == "aiken"
    assert len(written) == (1 if name == "aiken" else 4)


def test_drawn_questions_are_frozen_as_often_as_asked(
    author_client: Client, quiz: Quiz, make_question: MakeQuestion
) -> None:
    count = make_question("parameter_count", {}, title="How many")
    make_question("build_to_spec", {}, title="Build one")
    Question.objects.filter(pk=count.pk).update(approved_seeds=[7, 9, 11])
    page = author_client.get(f"{address(quiz)}?variants=2").content.decode()
    assert "2 questions. Each format says what it does not carry" in page
    assert "It is judged as a whole: many answers can be right, so it has no plain form." in page
    text = author_client.get(f"{address(quiz, 'moodle/')}?variants=2").content.decode()
    assert "How many (seed 7)" in text
    assert "How many (seed 9)" in text
    assert "How many (seed 11)" not in text
    for odd in ("0", "x", "-1", "99999"):
        assert author_client.get(f"{address(quiz)}?variants={odd}").status_code == 200


def test_nobody_else_gets_the_keys(
    learner_client: Client, client: Client, quiz: Quiz, questions: list[Question]
) -> None:
    for visitor in (client, learner_client):
        for page in (address(quiz), address(quiz, "gift/")):
            response = visitor.get(page)
            assert response.status_code in (302, 403, 404)
            assert b"CANARY" not in response.content


def test_what_is_not_there_and_what_is_not_allowed(author_client: Client, quiz: Quiz) -> None:
    assert author_client.get(address(quiz, "qti/")).status_code == 404
    assert author_client.get("/admin/quizzes/quiz/0/files/").status_code == 404
    assert author_client.post(address(quiz)).status_code == 405
    assert author_client.post(address(quiz, "gift/")).status_code == 405
