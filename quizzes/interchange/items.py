"""What passes between a file of another program and this one: questions, and what is said about each.

A `Question` here is plain data, the same that a quiz file holds. Reading gives an `Item` for each question of
the file, with every problem at its line; writing gives a text, and a note on everything that it cannot carry.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from course.markdown import MarkdownError, render
from quizzes.kinds import KINDS, JsonObject

LONGEST_TITLE = 120
LONGEST_PROMPT = 8_000
MOST_POINTS = 100


@dataclass(frozen=True)
class Question:
    """A question as a file carries it: `prompt`, `explanation` in Markdown, `data` as its kind wants it."""

    title: str
    prompt: str
    kind: str
    data: JsonObject
    explanation: str = ""
    points: int = 1


@dataclass(frozen=True)
class Problem:
    """Something about a question of a file: fatal when the question cannot be taken for it."""

    line: int
    reason: str
    is_fatal: bool = False


@dataclass(frozen=True)
class Item:
    """One question of a file, where it begins, and its problems. There is no question where one is fatal."""

    line: int
    title: str
    question: Question | None
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True)
class Note:
    """What a written file lacks of a question, or why it lacks all of it."""

    title: str
    reason: str
    is_left_out: bool = False


@dataclass(frozen=True)
class Written:
    text: str
    notes: tuple[Note, ...] = ()


class RefusedError(Exception):
    """The question that is being read cannot be taken; the message says why."""

    def __init__(self, reason: str, line: int = 0) -> None:
        super().__init__(reason)
        self.line = line


@dataclass
class Reading:
    """One question while it is read: the line it begins at, its title as far as known, and its problems."""

    line: int
    title: str = ""
    problems: list[Problem] = field(default_factory=list)

    def warn(self, reason: str, line: int = 0) -> None:
        problem = Problem(line or self.line, reason)
        if problem not in self.problems:
            self.problems.append(problem)

    def refused(self, error: RefusedError) -> Item:
        problem = Problem(error.line or self.line, str(error), is_fatal=True)
        return Item(self.line, self.title or "Untitled", None, (*self.problems, problem))

    def done(self, question: Question) -> Item:
        """The item, its title made to fit, with everything that its kind and its Markdown complain about."""
        title = " ".join((question.title or self.title or question.prompt).split())
        if len(title) > LONGEST_TITLE:
            title = title[: LONGEST_TITLE - 1].rstrip() + "…"
            if question.title:
                self.warn(f"The title is longer than {LONGEST_TITLE} characters and is cut.")
        question = replace(question, title=title or "Untitled")
        fatal = tuple(Problem(self.line, reason, is_fatal=True) for reason in faults(question))
        return Item(self.line, question.title, None if fatal else question, (*self.problems, *fatal))


def faults(question: Question) -> list[str]:
    """Why a question cannot be asked here; empty when it can."""
    found = []
    if not question.prompt.strip():
        found.append("There is no question text.")
    for name, text in (("question text", question.prompt), ("explanation", question.explanation)):
        if len(text) > LONGEST_PROMPT:
            found.append(f"The {name} has {len(text)} characters; at most {LONGEST_PROMPT} fit.")
        else:
            found += _markdown_faults(name, text)
    if not 1 <= question.points <= MOST_POINTS:
        found.append(f"{question.points} points do not fit; a question is worth 1 to {MOST_POINTS}.")
    return found + [str(fault) for fault in KINDS[question.kind].validate(question.data)]


def _markdown_faults(name: str, text: str) -> list[str]:
    try:
        render(text)
    except MarkdownError as error:
        return [f"In the {name}, {str(problem)[0].lower()}{str(problem)[1:]}" for problem in error.problems]
    return []


def kept(data: Mapping[str, Any], **values: Any) -> JsonObject:
    """The data with those of the values that hold something."""
    return {**data, **{name: value for name, value in values.items() if value}}
