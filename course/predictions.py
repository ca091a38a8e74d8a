"""Predictions on the page: the questions of a lesson's text, and what this reader has committed to.

A learner's predictions are rows, a visitor's stay in the session. What a question reveals is part of the page
only once it has a commitment.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from html import unescape
from typing import Any

from django.contrib.sessions.backends.base import SessionBase
from django.utils.html import strip_tags

from accounts.models import User
from course import services
from course.models import Act, Lesson, Prediction
from course.panels import Visitor

KEY = "predictions"


@dataclass(frozen=True)
class Commitment:
    """What a reader said: the words of the option, and how sure they were."""

    choice: str
    sureness: str

    @property
    def words(self) -> str:
        """How it is told back: "llama, fairly sure"."""
        return f"{self.choice}, {Prediction.Sureness(self.sureness).label}"


@dataclass(frozen=True)
class Question:
    """One prediction of a lesson's text, as this reader finds it."""

    name: str
    question: str
    lead: str
    options: tuple[str, ...]
    right: int
    reveal: str
    commitment: Commitment | None = None

    @property
    def words(self) -> list[str]:
        """The options without marks."""
        return [" ".join(unescape(strip_tags(option)).split()) for option in self.options]

    @property
    def is_right(self) -> bool:
        return self.commitment is not None and self.commitment.choice == self.words[self.right]

    @property
    def right_option(self) -> str:
        return self.options[self.right]


def questions(lesson: Lesson, commitments: Mapping[str, Commitment] | None = None) -> list[Question]:
    """The lesson's predictions; a commitment to an option that is gone counts no more."""
    return [_question(stored, commitments or {}) for stored in lesson.predictions]


def commitments(lesson: Lesson, user: Visitor, session: SessionBase) -> dict[str, Commitment]:
    """What the reader has said in this lesson, by the question's name."""
    kept = session.get(KEY, {}).get(str(lesson.pk), {})
    said = {name: Commitment(choice, sureness) for name, (choice, sureness) in kept.items()}
    if isinstance(user, User) and lesson.predictions:
        mine = Prediction.objects.for_learner(user).filter(lesson=lesson)
        said |= {row.question: Commitment(row.choice, row.sureness) for row in mine}
    return said


def commit(
    lesson: Lesson, user: Visitor, session: SessionBase, question: Question, commitment: Commitment
) -> None:
    """Keep what the reader said. A learner who has answered every question of the lesson did the act."""
    if not isinstance(user, User):
        _keep(session, lesson, question.name, [commitment.choice, commitment.sureness])
        return
    Prediction.objects.update_or_create(
        learner=user,
        lesson=lesson,
        question=question.name,
        defaults={"choice": commitment.choice, "sureness": commitment.sureness},
    )
    said = commitments(lesson, user, session)
    if all(asked.commitment for asked in questions(lesson, said)):
        services.record_act(user, lesson, Act.Name.PREDICTED)


def forget(lesson: Lesson, user: Visitor, session: SessionBase, question: Question) -> None:
    """Take a prediction back, to make it anew. The act stays: it was done."""
    _keep(session, lesson, question.name, None)
    if isinstance(user, User):
        Prediction.objects.for_learner(user).filter(lesson=lesson, question=question.name).delete()


def _question(stored: Mapping[str, Any], said: Mapping[str, Commitment]) -> Question:
    question = Question(**{**stored, "options": tuple(stored["options"])})
    commitment = said.get(question.name)
    if commitment is None or commitment.choice not in question.words:
        return question
    return Question(**{**stored, "options": question.options, "commitment": commitment})


def _keep(session: SessionBase, lesson: Lesson, name: str, said: list[str] | None) -> None:
    everything = session.get(KEY, {})
    here = {key: value for key, value in everything.get(str(lesson.pk), {}).items() if key != name}
    if said is None and not everything:
        return
    session[KEY] = {**everything, str(lesson.pk): here if said is None else {**here, name: said}}
