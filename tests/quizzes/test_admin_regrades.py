"""Regrades in the admin: begun with a reason, looked at, put in force, undone, and told to the learner."""

import csv
from io import StringIO

import pytest
from django.test import Client

from accounts.models import User
from quizzes.models import Attempt, Question, Quiz, Regrade
from quizzes.services import check, finish, save_question, start
from tests.conftest import SignIn
from tests.labs.test_challenge_pages import text_of
from tests.quizzes.conftest import NOW, MakeQuestion

pytestmark = pytest.mark.django_db

FORM = {"rule": "key", "reason": "The key was wrong: biases count too."}


@pytest.fixture
def number(make_question: MakeQuestion) -> Question:
    return make_question("numeric", {"answer": 124}, title="How many")


@pytest.fixture
def taken(learner: User, quiz: Quiz, number: Question) -> Attempt:
    """A finished attempt that was not yet right, under a key that is another one by now."""
    attempt = start(learner, quiz, NOW)
    check(attempt.answers.get(), {"answer": ["120"]}, NOW)
    finish(attempt, NOW)
    number.data = {"answer": 120}
    save_question(number)
    return attempt


def address(quiz: Quiz) -> str:
    return f"/admin/quizzes/quiz/{quiz.pk}/regrade/"


def begin(client: Client, quiz: Quiz, **fields: object) -> str:
    response = client.post(address(quiz), FORM | fields)
    assert response.status_code == 302, response.content.decode()
    return str(response["Location"]).removesuffix("change/")


def read(client: Client, where: str) -> str:
    return text_of(client.get(where, follow=True).content.decode())


def test_an_author_looks_commits_and_undoes(
    author_client: Client, learner: User, client_for: SignIn, quiz: Quiz, taken: Attempt
) -> None:
    where = begin(author_client, quiz)
    page = read(author_client, f"{where}change/")
    assert "1 of 1 attempt tried. Learners see nothing of this yet." in page
    assert "learner 1 Mar 2026, 12:00 0 of 1 1 of 1 Raised" in page
    result = f"/attempts/{taken.pk}/results/"
    assert "Graded again" not in read(client_for(learner), result)

    page = text_of(author_client.post(f"{where}commit/", follow=True).content.decode())
    assert "It is in force: learners see the results shown here, and why." in page
    told = read(client_for(learner), result)
    assert "0 to 1 points. The reason: The key was wrong: biases count too." in told
    assert "1 of 1 right" in told
    page = text_of(author_client.post(f"{where}undo/", follow=True).content.decode())
    assert "Undone: the results are again as they were." in page
    assert "Graded again" not in read(client_for(learner), result)
    log = read(author_client, "/admin/quizzes/regrade/")
    assert "The key was wrong: biases count too." in log
    assert Regrade.objects.get().started_by.username == "author"  # type: ignore[union-attr]


def test_a_question_that_does_not_count_says_so(
    author_client: Client, learner: User, client_for: SignIn, quiz: Quiz, number: Question, taken: Attempt
) -> None:
    for rule, said in (("void", "Does not count"), ("given", "Points for everybody")):
        where = begin(author_client, quiz, rule=rule, question=number.pk)
        author_client.post(f"{where}commit/")
        assert said in read(client_for(learner), f"/attempts/{taken.pk}/results/")


def test_while_scores_are_kept_back_nothing_is_told(
    author_client: Client, learner: User, client_for: SignIn, quiz: Quiz, taken: Attempt
) -> None:
    author_client.post(f"{begin(author_client, quiz)}commit/")
    Quiz.objects.update(scores_release="never", feedback_release="never", keys_release="never")
    assert "Graded again" not in read(client_for(learner), f"/attempts/{taken.pk}/results/")


def test_what_moved_is_said_and_nothing_is_changed(
    author_client: Client, quiz: Quiz, number: Question, taken: Attempt
) -> None:
    where = begin(author_client, quiz)
    number.data = {"answer": 121}
    save_question(number)
    page = text_of(author_client.post(f"{where}commit/", follow=True).content.decode())
    assert (
        "Nothing was changed. The question “How many” was changed since the dry run. Start a new dry run."
        in page
    )


def test_the_file_has_before_and_after_and_no_formulas(
    author_client: Client, quiz: Quiz, taken: Attempt, learner: User
) -> None:
    learner.username = "=1+1"
    learner.save()
    where = begin(author_client, quiz)
    response = author_client.get(f"{where}file/")
    assert (
        response["Content-Disposition"] == f'attachment; filename="small-regrade-{where.split("/")[-2]}.csv"'
    )
    row = next(csv.DictReader(StringIO(response.content.decode())))
    assert (row["learner"], row["points_before"], row["points_after"], row["change"]) == (
        "'=1+1", "0.0", "1.0", "Raised",
    )  # fmt: skip


def test_the_form_needs_a_reason_and_a_question_where_it_matters(author_client: Client, quiz: Quiz) -> None:
    page = read(author_client, f"{address(quiz)}?reason=Typed+before")
    assert "Typed before" in page
    page = text_of(author_client.post(address(quiz), {"rule": "void", "reason": " "}).content.decode())
    assert "2 things to mend" in page
    assert "Reason: This field is required." in page
    assert "Question: Choose the question that this is about." in page
    assert not Regrade.objects.exists()


def test_a_question_of_another_quiz_is_no_choice(
    author_client: Client, quiz: Quiz, taken: Attempt, number: Question
) -> None:
    other = Quiz.objects.create(slug="other", title="Other")
    page = author_client.post(address(other), FORM | {"question": number.pk}).content.decode()
    assert "Select a valid choice." in page
    assert not Regrade.objects.exists()


def test_regrades_are_for_those_who_may_grade_again(
    author: User, author_client: Client, quiz: Quiz, taken: Attempt
) -> None:
    where = begin(author_client, quiz)
    author.groups.clear()
    for end in ("change/", "file/"):
        assert author_client.get(where + end).status_code == 403
    for end in ("commit/", "undo/", "go-on/"):
        assert author_client.post(where + end).status_code == 403
    assert author_client.post(address(quiz), FORM).status_code == 403
    assert Regrade.objects.get().state == Regrade.State.READY


def test_what_is_not_there_and_what_is_not_allowed(author_client: Client, quiz: Quiz, taken: Attempt) -> None:
    where = begin(author_client, quiz)
    for end in ("commit/", "undo/", "go-on/"):
        assert author_client.get(where + end).status_code == 405
        assert author_client.post(f"/admin/quizzes/regrade/0/{end}").status_code == 404
    assert author_client.get("/admin/quizzes/regrade/0/change/").status_code == 404
    assert author_client.get("/admin/quizzes/regrade/x/change/").status_code == 404
    assert author_client.post(f"{where}change/").status_code == 403
    assert author_client.get("/admin/quizzes/quiz/0/regrade/").status_code == 404
