"""From quizzes back to content files: the stored texts, changed only where a row says something else."""

from collections.abc import Mapping
from datetime import datetime
from fnmatch import fnmatchcase
from typing import Any

from course.content import rewrite
from course.models import ContentFile
from quizzes.files import PATTERNS, QuizFile, read_quiz
from quizzes.models import Quiz
from quizzes.shelves import MOMENTS, QuestionShelf, QuizShelf


def dump() -> dict[str, str]:
    """Text by path relative to the content folder, for every quiz."""
    stored = {
        file.path: file.text
        for file in ContentFile.objects.all()
        if any(fnmatchcase(file.path, pattern) for pattern in PATTERNS)
    }
    read = {path: read_quiz(path, text) for path, text in stored.items()}
    paths = {file.quiz.key: path for path, file in read.items()}
    quizzes = Quiz.objects.select_related("lesson__course").prefetch_related("questions__skill")
    texts: dict[str, str] = {}
    for quiz in quizzes:
        path = paths.get(quiz.slug) or _new_path(quiz, taken=set(stored) | set(texts))
        base = _file_values(read[path]) if path in read else {}
        texts[path] = rewrite(stored.get(path, ""), base, _row_values(quiz))
    return texts


def _new_path(quiz: Quiz, taken: set[str]) -> str:
    """Beside its lesson when there is none yet, else among the quizzes that stand alone."""
    if quiz.lesson is not None:
        path = f"{quiz.lesson.course.slug}/{quiz.lesson.slug}/quiz.toml"
        if path not in taken:
            return path
    return f"quizzes/{quiz.slug}.toml"


def _file_values(file: QuizFile) -> dict[str, Any]:
    return {
        **_with_moments(file.quiz.values),
        "question": [_placed(entry.values) for entry in file.questions],
    }


def _row_values(quiz: Quiz) -> dict[str, Any]:
    shelf = QuestionShelf()
    questions = [_placed(shelf.values(question)) for question in quiz.questions.all()]
    return {**_with_moments(QuizShelf().values(quiz)), "question": questions}


def _with_moments(values: Mapping[str, Any]) -> dict[str, Any]:
    """A quiz's values with true moments, which TOML writes without quotes."""
    moments = {name: datetime.fromisoformat(values[name]) for name in MOMENTS if values[name]}
    return {**values, **moments}


def _placed(values: Mapping[str, Any]) -> dict[str, Any]:
    """A question's values without its position: its place in the file says it."""
    return {name: value for name, value in values.items() if name != "position"}
