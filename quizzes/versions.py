"""Versions of a question as their author reads them: who was asked which, and what changed between two."""

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

import tomlkit
from django.db.models import Count

from quizzes.models import Question, QuestionVersion

MOST_LINES = 600
"""A text has few lines; comparing very many would take long."""


@dataclass(frozen=True)
class Use:
    """How often a version was asked."""

    number: int
    attempts: int


@dataclass(frozen=True)
class Line:
    """One line of two texts: `css` is same, gone or new."""

    css: str
    text: str


@dataclass(frozen=True)
class Change:
    """One part of a version that differs from the version before."""

    name: str
    lines: tuple[Line, ...]


def uses(question: Question) -> list[Use]:
    """Every version that was asked, with the number of attempts that asked it."""
    counted = question.answers.order_by().values_list("question_version")
    found = counted.annotate(Count("attempt", distinct=True)).order_by("question_version")
    return [Use(number, attempts) for number, attempts in found]


def parts(version: QuestionVersion) -> dict[str, str]:
    """What a version asks and tells, as texts by name."""
    return {
        "Kind": version.kind,
        "Title": version.title,
        "Prompt": version.prompt,
        "What the kind needs": tomlkit.dumps(version.data),
        "Points": str(version.points),
        "Explanation": version.explanation,
    }


def changes(before: QuestionVersion, after: QuestionVersion) -> list[Change]:
    """The parts in which two versions differ, line by line."""
    older, newer = parts(before), parts(after)
    return [
        Change(name, tuple(_lines(older[name].splitlines(), newer[name].splitlines())))
        for name in newer
        if older[name] != newer[name]
    ]


def _lines(before: list[str], after: list[str]) -> Iterator[Line]:
    before, after = before[:MOST_LINES], after[:MOST_LINES]
    for what, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if what == "equal":
            yield from (Line("same", line) for line in before[a:b])
        else:
            yield from (Line("gone", line) for line in before[a:b])
            yield from (Line("new", line) for line in after[c:d])
