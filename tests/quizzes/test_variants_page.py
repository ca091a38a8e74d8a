"""The variant lab in the admin: seeds side by side, vetted and approved; attempts ask what is approved."""

import json
import re

import pytest
from django.contrib.auth.models import Permission
from django.test import Client

from accounts.models import User
from quizzes.kinds import Variant
from quizzes.models import Attempt, Question, Quiz
from quizzes.services import approve_seeds, check, save_question, start, try_again
from quizzes.services.variants import seeded_variant
from tests.quizzes.conftest import NOW, SINGLE, MakeQuestion

pytestmark = pytest.mark.django_db

COUNT = {"layers": [2, 2], "units": [2, 9]}


@pytest.fixture
def question(make_question: MakeQuestion) -> Question:
    return make_question("parameter_count", COUNT)


def address(question: Question, page: str = "variants") -> str:
    return f"/admin/quizzes/question/{question.pk}/{page}/"


def as_stored(variant: Variant) -> object:
    return json.loads(json.dumps(variant.to_json()))


def body(page: str) -> str:
    return page[page.index("<main") : page.index("</main>")]


def test_twelve_seeds_stand_side_by_side(author_client: Client, question: Question) -> None:
    page = body(author_client.get(address(question), {"from": "13"}).content.decode())
    assert re.findall(r"<h2 id=\"seed-\d+\">Seed (\d+)</h2>", page) == [str(n) for n in range(13, 25)]
    assert "Seeds 13 to 24" in page
    variant = seeded_variant(question, 13)
    assert f"<strong>{variant.key}</strong>" in page
    for known in variant.answers[1:]:
        assert f"{known.title} ({known.code})" in page
    assert "preview/?seed=13" in page
    assert "No list of seeds: every try draws numbers of its own." in page


@pytest.mark.parametrize("text", ["", "x", "-4", "0", "99999", "9²"])
def test_any_beginning_gives_a_page(author_client: Client, question: Question, text: str) -> None:
    assert author_client.get(address(question), {"from": text}).status_code == 200


def test_every_kind_of_the_small_quiz_has_a_page(author_client: Client, questions: list[Question]) -> None:
    for question in questions:
        assert "Seed 12" in author_client.get(address(question)).content.decode()


def test_what_is_vetted_can_be_approved(author_client: Client, question: Question) -> None:
    page = author_client.post(address(question), {"do": "vet"}).content.decode()
    assert "200 of 200 seeds pass" in page
    assert "Approve the" in page
    question.refresh_from_db()
    assert question.approved_seeds == []
    author_client.post(address(question), {"do": "vetted"})
    question.refresh_from_db()
    asked = [repr(seeded_variant(question, seed).shown) for seed in question.approved_seeds]
    assert len(asked) > 100
    assert len(set(asked)) == len(asked)
    page = author_client.post(address(question), {"do": "none"}, follow=True).content.decode()
    assert "No list: every try draws numbers of its own." in page
    question.refresh_from_db()
    assert question.approved_seeds == []


def test_ticked_seeds_join_those_of_other_pages(author_client: Client, question: Question) -> None:
    approve_seeds(question, [2, 40])
    form = {"do": "ticked", "seed": ["1", "3", "99", "x"]}
    response = author_client.post(address(question), form, follow=True)
    assert "Attempts ask out of 3 approved seeds from now on." in response.content.decode()
    question.refresh_from_db()
    assert question.approved_seeds == [1, 3, 40]
    assert question.version == 1
    assert question.history.count() == 3


def test_attempts_ask_the_approved_seeds_only(quiz: Quiz, question: Question, learner: User) -> None:
    approve_seeds(question, [5, 8, 21])
    allowed = [as_stored(seeded_variant(question, seed)) for seed in (5, 8, 21)]
    attempt = start(learner, quiz, NOW)
    answer = attempt.answers.get()
    asked = [answer.variant]
    for _ in range(3):
        check(answer, {"answer": ["1"]}, NOW)
        answer = try_again(answer, NOW)
        answer.refresh_from_db()
        asked.append(answer.variant)
    assert all(one in allowed for one in asked)
    assert len({repr(one) for one in asked[:3]}) == 3
    assert asked[3] == asked[0]


def test_a_changed_question_loses_its_list(author_client: Client, question: Question) -> None:
    approve_seeds(question, [5])
    question.title = "Another title"
    save_question(question)
    question.refresh_from_db()
    assert question.approved_seeds == [5]
    question.prompt = "Another prompt"
    save_question(question)
    question.refresh_from_db()
    assert question.approved_seeds == []


def test_a_question_that_cannot_be_asked_says_why(author_client: Client, question: Question) -> None:
    Question.objects.filter(pk=question.pk).update(data={"units": 3})
    page = author_client.post(address(question), {"do": "vet"}).content.decode()
    assert "units: This must be the smallest and the largest whole number, within [1, 64]." in page


def test_learners_do_not_come_in(client: Client, learner_client: Client, question: Question) -> None:
    for visitor in (client, learner_client):
        assert visitor.get(address(question)).status_code in (302, 403)
        visitor.post(address(question), {"do": "vetted"})
    question.refresh_from_db()
    assert question.approved_seeds == []


def test_who_may_only_look_cannot_approve(
    client: Client, question: Question, django_user_model: type[User]
) -> None:
    reader = django_user_model.objects.create_user("reader", password="x", is_staff=True)
    reader.user_permissions.add(Permission.objects.get(codename="view_question"))
    client.force_login(reader)
    page = client.get(address(question)).content.decode()
    assert "Vet 200 seeds" not in page
    assert client.post(address(question), {"do": "vetted"}).status_code == 403


def test_wrong_ways_in(author_client: Client, question: Question) -> None:
    assert author_client.put(address(question)).status_code == 405
    assert author_client.get("/admin/quizzes/question/x/variants/").status_code == 404
    assert author_client.get("/admin/quizzes/question/99999/variants/").status_code == 404


def test_a_written_question_is_the_same_for_every_seed_but_for_its_order(
    author_client: Client, make_question: MakeQuestion, learner: User
) -> None:
    question = make_question("single_choice", SINGLE)
    page = author_client.get(address(question)).content.decode()
    assert "CANARY A layer stores no pictures." in page
    assert not Attempt.objects.exists()
