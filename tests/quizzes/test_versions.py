"""Versions of questions: kept as they were asked, listed with their use, compared, and tried out again."""

from importlib import import_module

import pytest
from django.apps import apps
from django.test import Client

from accounts.models import User
from quizzes.models import Attempt, Question, Quiz
from quizzes.services import finish, save_question, start
from quizzes.services.questions import as_version
from quizzes.services.variants import variant_for
from tests.quizzes.conftest import NOW, MakeQuestion

pytestmark = pytest.mark.django_db


@pytest.fixture
def number(make_question: MakeQuestion) -> Question:
    return make_question("numeric", {"answer": 124}, explanation="Count *both* layers.")


def change(question: Question, **fields: object) -> Question:
    row = Question.objects.get(pk=question.pk)
    for name, value in fields.items():
        setattr(row, name, value)
    save_question(row)
    return row


def versions(question: Question) -> list[tuple[int, object, str]]:
    return [(one.number, one.data, one.explanation) for one in question.versions.all()]


def test_what_is_asked_begins_a_version_and_the_old_one_stays(number: Question) -> None:
    change(number, data={"answer": 120})
    assert versions(number) == [
        (1, {"answer": 124}, "Count *both* layers."),
        (2, {"answer": 120}, "Count *both* layers."),
    ]


def test_an_explanation_begins_a_version_only_once_it_was_asked(
    number: Question, quiz: Quiz, learner: User
) -> None:
    change(number, explanation="Count them.")
    assert versions(number) == [(1, {"answer": 124}, "Count them.")]
    start(learner, quiz, NOW)
    later = change(number, explanation="Count them all.")
    assert versions(number) == [(1, {"answer": 124}, "Count them."), (2, {"answer": 124}, "Count them all.")]
    assert (later.version, later.stream) == (2, 1)


def test_an_explanation_keeps_the_numbers_and_the_approved_seeds(
    make_question: MakeQuestion, quiz: Quiz, learner: User
) -> None:
    question = make_question("parameter_count", {})
    question.approved_seeds = [3]
    question.save()
    start(learner, quiz, NOW)
    drawn = variant_for(question, "somebody")
    later = change(question, explanation="Product by product.")
    assert (later.version, later.approved_seeds) == (2, [3])
    assert variant_for(later, "somebody") == drawn


def test_an_asked_version_is_never_written_again(number: Question, quiz: Quiz, learner: User) -> None:
    start(learner, quiz, NOW)
    saved_at = number.versions.get().saved_at
    change(number, position=9)
    assert number.versions.get().saved_at == saved_at


@pytest.fixture
def used(number: Question, quiz: Quiz, learner: User, other_learner: User) -> Question:
    """Version 1 was asked once, version 2 twice."""
    finish(start(learner, quiz, NOW), NOW)
    row = change(number, data={"answer": 120}, prompt="How many *weights*?")
    start(learner, quiz, NOW)
    start(other_learner, quiz, NOW)
    return row


def test_the_page_lists_versions_with_their_use_and_changes(author_client: Client, used: Question) -> None:
    page = author_client.get(f"/admin/quizzes/question/{used.pk}/versions/").content.decode()
    assert "asked in 2 attempts" in page
    assert "asked in 1 attempt<" in page
    assert "answer = 124" in page
    assert "<span>How many *weights*?</span>" in page
    assert page.index("Version 2") < page.index("Version 1")


def test_the_form_says_where_it_is_used_and_that_a_version_begins(
    author_client: Client, used: Question
) -> None:
    page = author_client.get(f"/admin/quizzes/question/{used.pk}/change/").content.decode()
    assert f'3 attempts. <a href="/admin/quizzes/answer/?question__id__exact={used.pk}&amp;' in page
    assert "What you change from here on begins version 3." in page
    address = f"/admin/quizzes/answer/?question__id__exact={used.pk}&question_version=2"
    assert "2 answers" in author_client.get(address).content.decode()


def test_an_old_version_is_tried_out_with_a_seed(author_client: Client, used: Question) -> None:
    address = f"/admin/quizzes/question/{used.pk}/preview/?seed=4&answer=124"
    then = author_client.get(f"{address}&version=1").content.decode()
    now = author_client.get(address).content.decode()
    assert "Version 1, seed 4" in then
    assert "Graded: 100% of 1 point" in then
    assert "Seed 4; nothing" in now
    assert "Graded: 0% of 1 point" in now


@pytest.mark.parametrize("version", ["3", "x", "-1", "99999999999999999999"])
def test_a_version_that_is_not_there(author_client: Client, used: Question, version: str) -> None:
    address = f"/admin/quizzes/question/{used.pk}/preview/?version={version}"
    assert author_client.get(address).status_code == 404


def test_versions_are_for_those_who_see_questions(
    author: User, author_client: Client, learner_client: Client, used: Question
) -> None:
    address = f"/admin/quizzes/question/{used.pk}/versions/"
    assert author_client.post(address).status_code == 405
    assert learner_client.get(address).status_code in (302, 403, 404)
    author.groups.clear()
    assert author_client.get(address).status_code == 403
    assert Attempt.objects.count() == 3


def test_versions_from_before_they_were_kept(number: Question) -> None:
    """What the migration does on a site with questions that were edited."""
    change(number, data={"answer": 120})
    change(number, title="Another title")
    change(number, data={"answer": 121})
    before = [one[:2] for one in versions(number)]
    number.versions.all().delete()
    migration = import_module("quizzes.migrations.0007_question_versions")
    migration.keep_versions(apps, None)
    assert [one[:2] for one in versions(number)] == before
    assert [one.stream for one in number.versions.all()] == [1, 2, 3]
    first = as_version(number, number.versions.get(number=1))
    assert first.prompt_html == "<p>Prompt <strong>1</strong>.</p>\n"
