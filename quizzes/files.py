"""Quiz files: a quiz's own values and its questions; no database here.

They lie beside their lesson as `<course>/<lesson>/quiz.toml`, or, without a lesson of their own, as
`quizzes/<slug>.toml`:

    title = "…"
    pass_percent = 80
    [[question]]
    slug = "what-is-a-layer"
    kind = "single_choice"
    title = "…"
    prompt = "…"
    [question.data]
    …                       what the kind needs, see quizzes/kinds
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import PurePosixPath
from typing import Any

from course.content import ContentError, Entry, Table, Tree, read_toml
from quizzes.policies import Counts, Release

PATTERNS = ("*/*/quiz.toml", "quizzes/*.toml")
CERTAINTIES = ["off", "practice", "marked"]
MAX_DELAY = 525_600  # minutes: a year
MAX_TIME = 1_440  # minutes: a day
QUIZ, QUESTION = "quizzes.quiz", "quizzes.question"


class Layout(StrEnum):
    """What a page of an attempt shows."""

    ONE = "one"
    ALL = "all"


@dataclass(frozen=True)
class QuizFile:
    """One file: the quiz, its questions in order (keys are quiz/question), and where it lies."""

    path: str
    quiz: Entry
    questions: tuple[Entry, ...]


def read_quizzes(tree: Tree) -> Iterator[QuizFile]:
    """Every quiz of the content folder. Raises ContentError."""
    for pattern in PATTERNS:
        for path, text in tree.matching(pattern):
            yield read_quiz(path, text)


def read_quiz(path: str, text: str) -> QuizFile:
    """The quiz that one file describes, defaults filled in. Raises ContentError."""
    table = Table(path, read_toml(path, text))
    try:
        return _read_quiz(path, table)
    except ContentError as error:
        raise ContentError(path, error.message, _line_of(error.message, text)) from error


def _read_quiz(path: str, table: Table) -> QuizFile:
    values = _values(PurePosixPath(path), table)
    slug = values["slug"]
    questions = tuple(_question(slug, n, one) for n, one in enumerate(table.tables("question")))
    table.done()
    keys = [entry.key for entry in questions]
    for entry in questions:
        if keys.count(entry.key) > 1:
            raise ContentError(path, f"Two questions have the slug {entry.values['slug']!r}. Rename one.")
    return QuizFile(path, Entry(QUIZ, slug, values), questions)


def _line_of(message: str, text: str) -> int | None:
    """The line of the quiz's own value that a message names at its start, if it stands in the file."""
    named = re.match(r"(?:There is no value named )?`(\w+)`", message)
    if named is None:
        return None
    for number, line in enumerate(text.splitlines(), start=1):
        if line.lstrip().startswith("["):
            return None
        if re.match(rf"\s*{named[1]}\s*=", line):
            return number
    return None


def _values(place: PurePosixPath, table: Table) -> dict[str, Any]:
    is_beside_lesson = place.name == "quiz.toml"
    return {
        "slug": table.text("slug", place.parent.name if is_beside_lesson else place.stem, at_most=80),
        "lesson": table.text("lesson", str(place.parent) if is_beside_lesson else "", at_most=200),
        "title": table.text("title", at_most=120),
        "intro": table.text("intro", "", at_most=8_000),
        "pass_percent": table.integer("pass_percent", 80, at_least=1, at_most=100),
        "attempt_limit": table.integer("attempt_limit", 0, at_least=0, at_most=100),
        "attempt_delay": table.integer("attempt_delay", 0, at_least=0, at_most=MAX_DELAY),
        "time_limit": table.integer("time_limit", 0, at_least=0, at_most=MAX_TIME),
        "layout": table.choice("layout", [*map(str, Layout)], Layout.ONE.value),
        "sequential": table.truth("sequential", False),
        "opens_at": table.moment_or_none("opens_at"),
        "closes_at": table.moment_or_none("closes_at"),
        "password": table.text("password", "", at_most=60),
        "counts": table.choice("counts", [*map(str, Counts)], Counts.BEST.value),
        "penalty_percent": table.integer("penalty_percent", 0, at_least=0, at_most=100),
        "hint_penalty_percent": table.integer("hint_penalty_percent", 0, at_least=0, at_most=100),
        "allows_hints": table.truth("allows_hints", False),
        "scores_release": table.choice("scores_release", [*map(str, Release)], Release.NOW.value),
        "feedback_release": table.choice("feedback_release", [*map(str, Release)], Release.NOW.value),
        "keys_release": table.choice("keys_release", [*map(str, Release)], Release.NOW.value),
        "certainty": table.choice("certainty", CERTAINTIES, "off"),
        "published": table.truth("published", True),
    }


def _question(quiz: str, position: int, table: Table) -> Entry:
    slug = table.text("slug", at_most=80)
    values = {
        "slug": slug,
        "kind": table.text("kind", at_most=24),
        "title": table.text("title", at_most=120),
        "prompt": table.text("prompt", at_most=8_000),
        "points": table.integer("points", 1, at_least=1, at_most=100),
        "skill": table.text("skill", "", at_most=80),
        "explanation": table.text("explanation", "", at_most=8_000),
        "asked": table.truth("asked", True),
        "data": table.raw("data", {}),
        "position": position,
    }
    table.done()
    return Entry(QUESTION, f"{quiz}/{slug}", values)
