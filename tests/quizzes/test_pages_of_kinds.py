"""Every kind on its real pages, by a plain client: asked, answered, shown again; nothing leaks."""

from collections.abc import Callable
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from quizzes.kinds import KINDS, Variant
from quizzes.models import Answer, Attempt, Question, Quiz
from quizzes.services import start
from tests.quizzes.conftest import NOW
from tests.quizzes.kinds.generated.cases import NEEDS_DATA, typed
from tests.quizzes.written import WRITTEN

pytestmark = [pytest.mark.django_db, pytest.mark.once]
COUNTS = {"parameter_count", "rounding_flips"}
SUM = {"features": ["legs", "fur", "neck"], "units": 2}


@pytest.fixture
def attempt(quiz: Quiz, make_question: Callable[..., Question], learner: User) -> Attempt:
    for name in KINDS:
        data = WRITTEN[name][0] if name in WRITTEN else SUM if name in NEEDS_DATA else {}
        make_question(name, data, slug=name.replace("_", "-"))
    return start(learner, quiz, NOW)


def right_response(answer: Answer) -> list[str]:
    variant: Variant = answer.asked
    if answer.kind == "ordering":
        return list(variant.key)
    if answer.kind in WRITTEN:
        return WRITTEN[answer.kind][1]
    return list(typed(answer.rules, variant.key)["answer"])


def test_every_written_kind_has_an_example_here() -> None:
    assert WRITTEN.keys() == {name for name, kind in KINDS.items() if not kind.is_generated}


def test_every_kind_is_asked_answered_and_shown_again(learner_client: Client, attempt: Attempt) -> None:
    answers = list(attempt.answers.in_order())
    assert len(answers) == len(KINDS)
    for answer in answers:
        here = f"{attempt.get_absolute_url()}?item={answer.position}"
        page = unescape(learner_client.get(here).content.decode())
        assert 'inputmode="decimal"' not in page, "some phones have no minus on that keyboard"
        assert ('inputmode="numeric"' in page) == (answer.kind in COUNTS)
        hidden = [text for known in answer.asked.answers for text in known.feedback]
        if answer.rules.is_generated:  # the steps of an ordering are what is put in order
            hidden += [step.text for step in answer.asked.steps]
        assert not [text for text in hidden if text in page], answer.kind
        address = reverse("quizzes:answer", args=[attempt.pk, answer.position])
        learner_client.post(address, {"action": "check", "answer": right_response(answer)})
        answer.refresh_from_db()
        assert answer.state == Answer.State.RIGHT, answer.kind
        assert '<p class="state met">' in learner_client.get(here).content.decode()
    learner_client.post(reverse("quizzes:finish", args=[attempt.pk]))
    results = learner_client.get(reverse("quizzes:results", args=[attempt.pk]))
    assert f"{len(KINDS)} of {len(KINDS)} right" in results.content.decode()


@pytest.mark.parametrize(
    ("typed_text", "state"), [("", "Not answered"), ("neither number nor network", "Could not be read")]
)
def test_results_stand_where_nothing_readable_was_answered(
    learner_client: Client, attempt: Attempt, typed_text: str, state: str
) -> None:
    for answer in attempt.answers.all():
        answer.fields = {"answer": [typed_text]}
        answer.save()
    learner_client.post(reverse("quizzes:finish", args=[attempt.pk]))
    page = learner_client.get(reverse("quizzes:results", args=[attempt.pk])).content.decode()
    assert f"0 of {len(KINDS)} right" in page
    assert f"{state}</p>" in page


def test_an_author_sees_every_answer_in_words(
    author_client: Client, quiz: Quiz, make_question: Callable[..., Question]
) -> None:
    for name in KINDS:
        data = WRITTEN[name][0] if name in WRITTEN else SUM if name in NEEDS_DATA else {}
        question = make_question(name, data, slug=name.replace("_", "-"))
        address = reverse("admin:quizzes_question_preview", args=[question.pk])
        page = author_client.get(address, {"seed": "3"}).content.decode()
        assert "Behind this variant" in page, name
        assert "{&#x27;" not in page, name
