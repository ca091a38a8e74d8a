"""A small quiz with one question of each fixed kind, and canaries where nothing may leak from."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from accounts.models import User
from quizzes.kinds.choice import option_id
from quizzes.models import Answer, Attempt, Question, Quiz
from quizzes.services import save_question, save_quiz, start

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)

SINGLE = {
    "options": [
        {"text": "a weighted sum", "is_right": True, "feedback": "CANARY right"},
        {"text": "a stored picture", "feedback": "CANARY A layer stores no pictures."},
        {"text": "a `random` guess", "feedback": "CANARY Nothing is random here."},
    ]
}
MULTIPLE = {
    "options": [
        {"text": "weights", "is_right": True},
        {"text": "biases", "is_right": True},
        {"text": "inputs", "feedback": "CANARY Inputs are data."},
    ]
}
NUMERIC = {
    "answer": 124.25,
    "unit": "units of something",
    "steps": ["CANARY step"],
    "hints": ["Count layer by layer."],
    "slips": [
        {"value": 108, "title": "CANARY Biases left out", "feedback": "CANARY 108 counts the weights."}
    ],
}
TEXT = {
    "answers": ["softmax"],
    "slips": [{"text": "relu", "title": "CANARY Hidden", "feedback": "CANARY That one is hidden."}],
}

MakeQuestion = Callable[..., Question]


@pytest.fixture
def quiz(db: None) -> Quiz:
    row = Quiz(slug="small", title="A small quiz", intro="Four *questions*.", is_published=True)
    save_quiz(row)
    return row


@pytest.fixture
def make_question(quiz: Quiz) -> MakeQuestion:
    def make(kind: str, data: dict[str, Any], **fields: Any) -> Question:
        place = quiz.questions.count() + 1
        values = {"slug": f"q{place}", "title": f"Title {place}", "prompt": f"Prompt **{place}**."}
        question = Question(quiz=quiz, kind=kind, data=data, position=place, **(values | fields))
        question.full_clean()
        save_question(question)
        return question

    return make


@pytest.fixture
def questions(make_question: MakeQuestion) -> list[Question]:
    return [
        make_question("single_choice", SINGLE, explanation="CANARY explained."),
        make_question("multiple_choice", MULTIPLE, points=2),
        make_question("numeric", NUMERIC),
        make_question("short_text", TEXT),
    ]


@pytest.fixture
def attempt(questions: list[Question], quiz: Quiz, learner: User) -> Attempt:
    return start(learner, quiz, NOW)


def right_fields(answer: Answer) -> dict[str, list[str]]:
    """A response to a question of the small quiz that is right."""
    return {
        "single_choice": {"answer": [option_id("a weighted sum")]},
        "multiple_choice": {"answer": [option_id("weights"), option_id("biases")]},
        "numeric": {"answer": ["124,25"]},
        "short_text": {"answer": [" SoftMax. "]},
    }[answer.kind]
