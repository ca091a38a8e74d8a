"""Where quizzes and questions live, seen from content files: found by key, told and saved as plain values."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models

from course.content import ContentError
from course.models import Lesson, Skill
from quizzes.models import Question, Quiz
from quizzes.services import save_question, save_quiz

Values = Mapping[str, Any]
# What a file and a row call by the same name and hold in the same way.
SAME = (
    "title", "intro", "pass_percent", "attempt_limit", "attempt_delay", "password", "counts",
    "time_limit", "layout", "penalty_percent", "hint_penalty_percent", "allows_hints", "scores_release",
    "feedback_release", "keys_release", "certainty",
)  # fmt: skip
MOMENTS = ("opens_at", "closes_at")


class QuizShelf:
    """Keys are slugs. `path` is the file being loaded, for messages."""

    def __init__(self, path: str = "") -> None:
        self.path = path

    def find(self, key: str) -> Quiz | None:
        return Quiz.objects.select_related("lesson__course").filter(slug=key).first()

    def values(self, row: Quiz) -> dict[str, Any]:
        return {
            "slug": row.slug,
            "lesson": f"{row.lesson.course.slug}/{row.lesson.slug}" if row.lesson else "",
            **{name: getattr(row, name) for name in SAME},
            **{name: _moment_text(getattr(row, name)) for name in MOMENTS},
            "sequential": row.is_sequential,
            "published": row.is_published,
        }

    def save(self, row: Quiz | None, key: str, values: Values) -> Quiz:
        quiz = row or Quiz(slug=key)
        for name in SAME:
            setattr(quiz, name, values[name])
        for name in MOMENTS:
            setattr(quiz, name, datetime.fromisoformat(values[name]) if values[name] else None)
        quiz.is_sequential = values["sequential"]
        quiz.is_published = values["published"]
        quiz.lesson = self._lesson(values["lesson"])
        _save(self.path, quiz, lambda: save_quiz(quiz))
        return quiz

    def _lesson(self, name: str) -> Lesson | None:
        if not name:
            return None
        course, _, slug = name.partition("/")
        lesson = Lesson.objects.filter(course__slug=course, slug=slug).first()
        if lesson is None:
            raise ContentError(self.path, f"There is no lesson {name!r}. Write it as course/lesson.")
        return lesson


class QuestionShelf:
    """Keys are quiz/question. The quiz must exist."""

    def __init__(self, path: str = "") -> None:
        self.path = path

    def find(self, key: str) -> Question | None:
        quiz, slug = key.split("/")
        questions = Question.objects.select_related("quiz__lesson__course", "skill")
        return questions.filter(quiz__slug=quiz, slug=slug).first()

    def values(self, row: Question) -> dict[str, Any]:
        return {
            "slug": row.slug,
            "kind": row.kind,
            "title": row.title,
            "prompt": row.prompt,
            "points": row.points,
            "skill": row.skill.slug if row.skill else "",
            "explanation": row.explanation,
            "asked": row.is_asked,
            "data": row.data,
            "position": row.position,
        }

    def save(self, row: Question | None, key: str, values: Values) -> Question:
        quiz, slug = key.split("/")
        question = row or Question(quiz=Quiz.objects.get(slug=quiz), slug=slug)
        for name in ("kind", "title", "prompt", "points", "explanation", "data", "position"):
            setattr(question, name, values[name])
        question.is_asked = values["asked"]
        question.skill = self._skill(question, values["skill"])
        _save(f"{self.path}, question {slug!r}", question, lambda: save_question(question))
        return question

    def _skill(self, question: Question, slug: str) -> Skill | None:
        if not slug:
            return None
        lesson = question.quiz.lesson
        skill = Skill.objects.filter(course=lesson.course, slug=slug).first() if lesson else None
        if skill is None:
            message = f"In question {question.slug!r}: the lesson's course has no skill {slug!r}."
            raise ContentError(self.path, f"{message} Add it to course.toml, or leave it out.")
        return skill


def _moment_text(moment: datetime | None) -> str:
    return moment.astimezone(UTC).isoformat() if moment else ""


def _save(place: str, row: models.Model, save: Callable[[], None]) -> None:
    try:
        row.full_clean()
        save()
    except ValidationError as error:
        said = [f"{name}: {text}" for name, texts in error.message_dict.items() for text in texts]
        raise ContentError(place, " ".join(said)) from error
