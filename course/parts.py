"""A lesson's text in the order it is read: stretches of HTML, predictions, figures."""

from collections.abc import Mapping
from dataclasses import dataclass

from course.markdown import FIGURE, MARK
from course.models import Lesson
from course.placed import Placed
from course.predictions import Commitment, Question, questions


@dataclass(frozen=True)
class Part:
    """A stretch of the text's HTML, or the question or figure that stands there."""

    html: str = ""
    question: Question | None = None
    figure: Placed | None = None


def parts(lesson: Lesson, commitments: Mapping[str, Commitment], figures: Mapping[str, Placed]) -> list[Part]:
    """The text in order, every question with the reader's commitment, every figure in its state."""
    asked = {question.name: question for question in questions(lesson, commitments)}
    first, *rest = MARK.split(lesson.html)
    found = [Part(html=first)]
    for what, name, html in zip(rest[::3], rest[1::3], rest[2::3], strict=True):
        found.append(Part(figure=figures[name]) if what == FIGURE else Part(question=asked[name]))
        found.append(Part(html=html))
    return found
