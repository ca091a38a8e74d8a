"""What an author does in the admin: edit a question and see it on the site, mend faults, preview seeds."""

import re
from datetime import UTC, datetime

import pytest
from django.test import Client

from quizzes.admin_forms import QuizForm
from quizzes.models import Attempt, Question, Quiz
from quizzes.services import start
from tests.quizzes.conftest import NOW, MakeQuestion

pytestmark = pytest.mark.django_db

COUNT = {"layers": [2, 2], "units": [2, 9]}


RULES: dict[str, object] = {
    "counts": "last",
    "certainty": "practice",
    "penalty_percent": 25,
    "hint_penalty_percent": 0,
    "scores_release": "finish",
    "feedback_release": "close",
    "keys_release": "close",
    "opens_at_0": "2026-11-20",
    "opens_at_1": "08:00",
    "closes_at_0": "2026-11-24",
    "closes_at_1": "18:00",
    "password": "axon",
}


def change(question: Question, **fields: object) -> dict[str, object]:
    """The admin's form of a question as it stands, with other values for some fields."""
    stands: dict[str, object] = {
        "quiz": question.quiz_id,
        "slug": question.slug,
        "position": question.position,
        "kind": question.kind,
        "title": question.title,
        "prompt": question.prompt,
        "points": question.points,
        "skill": "",
        "explanation": question.explanation,
        "is_asked": "on",
        "data": 'answers = ["yes"]',
    }
    return stands | fields


@pytest.fixture
def question(make_question: MakeQuestion) -> Question:
    return make_question("short_text", {"answers": ["yes"]})


def address(question: Question, page: str = "change") -> str:
    return f"/admin/quizzes/question/{question.pk}/{page}/"


def test_an_edit_reaches_the_site(author_client: Client, learner_client: Client, question: Question) -> None:
    form = change(question, prompt="Say **aye**.", data='answers = ["aye"]  # a comment')
    assert author_client.post(address(question), form).status_code == 302
    question.refresh_from_db()
    assert (question.data, question.version, question.history.count()) == ({"answers": ["aye"]}, 2, 2)
    learner_client.post("/quizzes/small/")
    assert (
        "Say <strong>aye</strong>."
        in learner_client.get(f"/attempts/{Attempt.objects.get().pk}/").content.decode()
    )


def test_every_choice_of_an_author_stands_on_the_page_of_a_quiz(
    author_client: Client, question: Question
) -> None:
    page = author_client.get(f"/admin/quizzes/quiz/{question.quiz_id}/change/").content.decode()
    names = re.findall(r' name="([a-z_]+?)(?:_[01])?"', page)
    assert set(QuizForm.Meta.fields) <= set(names)


def test_the_data_are_shown_as_toml(author_client: Client, question: Question) -> None:
    assert "answers = [&quot;yes&quot;]" in author_client.get(address(question)).content.decode()


@pytest.mark.parametrize(
    ("fields", "messages"),
    [
        ({"data": "answers = ["}, ["Line 1: This is not TOML: Unexpected end of file."]),
        ({"data": "answer = 3"}, [
            "answers: This must be a list of 1 to 20 texts.",
            "answer: This name has no meaning here. Did you mean “answers”?",
        ]),
        ({"kind": "numeric"}, [
            "answer: This must be a number, such as 124 or 0.5.",
            "answer: Write the number that is right.",
            "answers: This name has no meaning here. Did you mean “answer”?",
        ]),
        ({"points": "0"}, ["Ensure this value is greater than or equal to 1."]),
    ],
)  # fmt: skip
def test_faults_are_named_and_nothing_is_saved(
    author_client: Client, question: Question, fields: dict[str, object], messages: list[str]
) -> None:
    response = author_client.post(address(question), change(question, **fields))
    assert response.status_code == 200
    errors = response.context["adminform"].form.errors
    assert [message for texts in errors.values() for message in texts] == messages
    question.refresh_from_db()
    assert question.version == 1


def test_a_new_question_and_its_order(author_client: Client, quiz: Quiz, question: Question) -> None:
    form = change(question, slug="new", title="New", position=9, prompt="New?")
    assert author_client.post("/admin/quizzes/question/add/", form).status_code == 302
    assert [q.slug for q in quiz.questions.all()] == ["q1", "new"]
    page = author_client.get(f"/admin/quizzes/quiz/{quiz.pk}/change/").content.decode()
    first, second = quiz.questions.all()
    order = {
        "title": quiz.title, "slug": quiz.slug, "lesson": "", "intro": "", "pass_percent": 80,
        "attempt_limit": 2, "attempt_delay": 0, "time_limit": 0, "layout": "one",
        "is_published": "on", **RULES,
        "questions-TOTAL_FORMS": 2, "questions-INITIAL_FORMS": 2,
        "questions-0-id": first.pk, "questions-0-quiz": quiz.pk, "questions-0-position": 12,
        "questions-0-points": 1, "questions-0-is_asked": "on",
        "questions-1-id": second.pk, "questions-1-quiz": quiz.pk, "questions-1-position": 3,
        "questions-1-points": 1, "questions-1-is_asked": "on",
    }  # fmt: skip
    assert "questions-1-position" in page
    assert author_client.post(f"/admin/quizzes/quiz/{quiz.pk}/change/", order).status_code == 302
    quiz.refresh_from_db()
    assert quiz.certainty == Quiz.Certainty.PRACTICE
    assert [q.slug for q in quiz.questions.all()] == ["new", "q1"]
    quiz.refresh_from_db()
    assert (quiz.attempt_limit, quiz.counts, quiz.penalty_percent, quiz.password) == (2, "last", 25, "axon")
    assert quiz.closes_at == datetime(2026, 11, 24, 18, 0, tzinfo=UTC)
    assert quiz.is_exam


@pytest.mark.parametrize(
    ("fields", "messages"),
    [
        (
            {"closes_at_0": "2026-11-20", "closes_at_1": "08:00"},
            ["The quiz must close after it opens."],
        ),
        (
            {"closes_at_0": "", "closes_at_1": ""},
            ["This waits for the close of the quiz. Say when it closes."] * 2,
        ),
        (
            {"scores_release": "close", "keys_release": "finish"},
            ["This would tell the score before scores are released. Choose a later moment."],
        ),
    ],
)
def test_rules_that_contradict_each_other_are_named(
    author_client: Client, quiz: Quiz, fields: dict[str, object], messages: list[str]
) -> None:
    form = {
        "title": quiz.title, "slug": quiz.slug, "lesson": "", "intro": "", "pass_percent": 80,
        "attempt_limit": 0, "attempt_delay": 0, "time_limit": 0, "layout": "one", **RULES, **fields,
        "questions-TOTAL_FORMS": 0, "questions-INITIAL_FORMS": 0,
    }  # fmt: skip
    response = author_client.post(f"/admin/quizzes/quiz/{quiz.pk}/change/", form)
    errors = response.context["adminform"].form.errors
    assert [message for texts in errors.values() for message in texts] == messages


def test_a_preview_asks_any_seed_and_stores_nothing(
    author_client: Client, make_question: MakeQuestion
) -> None:
    question = make_question("parameter_count", COUNT)

    def asked(seed: int) -> str:
        page = author_client.get(address(question, "preview"), {"seed": seed}).content.decode()
        assert f"Seed {seed}; nothing here is stored" in page
        return page[page.index("<h1>") :].partition("</main>")[0]

    page = asked(7)
    assert page == asked(7)
    assert page != asked(8)
    key = re.search(r'<th scope="row">(\d+)</th><td>1</td>', page)
    assert key is not None
    graded = author_client.get(address(question, "preview"), {"seed": 7, "answer": key[1]}).content.decode()
    assert "Graded: 100% of 1 point" in graded
    refused = author_client.get(address(question, "preview"), {"seed": 7, "answer": "x"}).content.decode()
    assert "“x” cannot be read as a number." in refused
    assert not Attempt.objects.exists()


def test_a_preview_says_why_a_question_cannot_be_asked(
    author_client: Client, make_question: MakeQuestion
) -> None:
    still = {"features": ["a", "b", "c"], "units": 2, "kernel": [[0, 0]] * 3, "bias": [0, 0]}
    question = make_question("weighted_sum", still)
    page = author_client.get(address(question, "preview")).content.decode()
    assert "None of 200 seeds gives a variant of kind weighted_sum. Widen its ranges." in page
    Question.objects.filter(pk=question.pk).update(data={})
    page = author_client.get(address(question, "preview")).content.decode()
    assert "features: This must be a list of 3 to 8 texts." in page


def test_lists_search_and_filter(author_client: Client, attempt: Attempt) -> None:
    for page in (
        "quiz/",
        "quiz/?q=small",
        "question/?q=Title",
        "question/?kind__exact=numeric",
        "attempt/",
        "attempt/?q=learner&status__exact=open",
        "answer/?state__exact=open",
        f"attempt/{attempt.pk}/change/",
        f"question/{attempt.answers.all()[0].question_id}/history/",
    ):
        assert author_client.get(f"/admin/quizzes/{page}").status_code == 200, page


def test_learners_work_is_read_only(author_client: Client, attempt: Attempt) -> None:
    assert author_client.post(f"/admin/quizzes/attempt/{attempt.pk}/change/", {}).status_code == 403
    assert (
        author_client.post(f"/admin/quizzes/attempt/{attempt.pk}/delete/", {"post": "yes"}).status_code == 403
    )
    assert author_client.get("/admin/quizzes/attempt/add/").status_code == 403


def test_a_used_question_cannot_be_deleted(
    author_client: Client, quiz: Quiz, question: Question, learner: object
) -> None:
    start(learner, quiz, NOW)  # type: ignore[arg-type]
    page = author_client.post(address(question, "delete"), {"post": "yes"})
    assert page.status_code == 200
    assert Question.objects.filter(pk=question.pk).exists()


def test_learners_see_nothing_of_it(learner_client: Client, client: Client, question: Question) -> None:
    for visitor in (client, learner_client):
        for page in (address(question), address(question, "preview")):
            assert visitor.get(page).status_code in (302, 403, 404)
