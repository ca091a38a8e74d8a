"""From item analysis on: accept what many answered, ask an unfair variant no more."""

import pytest
from django.contrib.auth.models import Permission
from django.test import Client

from accounts.models import User
from quizzes.models import Question, Quiz
from quizzes.services import approve_seeds, check, finish, start
from tests.labs.test_challenge_pages import text_of
from tests.quizzes.conftest import NOW, TEXT, MakeQuestion

pytestmark = pytest.mark.django_db


@pytest.fixture
def word(make_question: MakeQuestion) -> Question:
    return make_question("short_text", TEXT, title="Which word")


@pytest.fixture
def drawn(make_question: MakeQuestion) -> Question:
    question = make_question("parameter_count", {})
    approve_seeds(question, [3, 4])
    return question


def act(client: Client, question: Question, what: str, **sent: object) -> str:
    response = client.post(f"/admin/quizzes/question/{question.pk}/{what}/", sent, follow=True)
    return text_of(response.content.decode())


def answered(quiz: Quiz, learner: User, text: str) -> None:
    attempt = start(learner, quiz, NOW)
    for answer in attempt.answers.all():
        check(answer, {"answer": [text]}, NOW)
    finish(attempt, NOW)


def test_an_answer_is_accepted_and_graded_again(
    author_client: Client, quiz: Quiz, word: Question, learner: User
) -> None:
    answered(quiz, learner, "ReLU")
    page = author_client.get(f"/admin/quizzes/quiz/{quiz.pk}/analysis/").content.decode()
    assert f'action="/admin/quizzes/question/{word.pk}/accept/"' in page
    assert 'name="text" value="ReLU"' in page
    page = act(author_client, word, "accept", text="ReLU")
    assert "“ReLU” is right from version 2 on. Grade again what was finished before." in page
    assert "“ReLU” is right too." in page
    word.refresh_from_db()
    assert word.data == {"answers": ["softmax", "ReLU"]}


def test_a_long_answer_is_offered_as_it_was_given(
    author_client: Client, quiz: Quiz, word: Question, learner: User
) -> None:
    long = "the function that turns a row of logits into probabilities, of course"
    answered(quiz, learner, long)
    page = author_client.get(f"/admin/quizzes/quiz/{quiz.pk}/analysis/").content.decode()
    assert f'name="text" value="{long}"' in page
    assert '<td class="text">the function that turns a row of logits into probabilities,…</td>' in page


@pytest.mark.parametrize("text", ["softmax", "SOFTMAX.", " ", "..."])
def test_what_is_right_already_is_not_accepted_twice(
    author_client: Client, word: Question, text: str
) -> None:
    page = act(author_client, word, "accept", text=text)
    assert f"Nothing was changed. “{text.strip()}” is accepted already, or says nothing." in page
    word.refresh_from_db()
    assert word.version == 1


def test_only_short_texts_accept_one_more(author_client: Client, drawn: Question) -> None:
    page = act(author_client, drawn, "accept", text="5")
    assert "Nothing was changed. Only a question that asks for a short text can accept one more." in page


def test_a_variant_is_asked_no_more_but_never_the_last(author_client: Client, drawn: Question) -> None:
    assert "Seed 4 is asked no more; 1 seed stays" in act(author_client, drawn, "exclude", seed="4")
    for seed, said in (("4", "This seed is not on the list."), ("3", "It is the last seed on the list")):
        assert said in act(author_client, drawn, "exclude", seed=seed)
    drawn.refresh_from_db()
    assert drawn.approved_seeds == [3]


def test_actions_are_posted_by_those_who_may_change_questions(
    author: User, author_client: Client, learner_client: Client, word: Question
) -> None:
    for what in ("accept", "exclude"):
        where = f"/admin/quizzes/question/{word.pk}/{what}/"
        assert author_client.get(where).status_code == 405
        assert learner_client.post(where).status_code in (302, 403)
        assert author_client.post(f"/admin/quizzes/question/0/{what}/").status_code == 404
    author.groups.clear()
    author.user_permissions.add(Permission.objects.get(codename="view_question"))
    for what in ("accept", "exclude"):
        assert author_client.post(f"/admin/quizzes/question/{word.pk}/{what}/").status_code == 403
