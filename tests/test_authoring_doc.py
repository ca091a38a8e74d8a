"""The course that docs/authoring.md shows is a real one: it loads, and every kind it names exists."""

import re
import textwrap
from pathlib import Path

import pytest
from django.core.management import call_command

from course.figures.kinds import KINDS as FIGURES
from course.models import Lesson
from engine.datasets import NAMES
from engine.evaluation.kinds import KINDS as CRITERIA
from labs.models import Challenge
from quizzes.kinds import KINDS
from quizzes.models import Question
from tests.course.figures.networks import ANIMALS

ROOT = Path(__file__).parent.parent
TEXT = (ROOT / "docs" / "authoring.md").read_text()
# A fence may hold another one, indented; the first line names the file.
EXAMPLE = re.compile(
    r"^```(?:toml|markdown)\n(?:# |<!-- )(demo/\S+)(?: -->)?\n(.+?)^```$", re.DOTALL | re.MULTILINE
)


def examples() -> dict[str, str]:
    return {path: textwrap.dedent(text).replace("\n    ", "\n") for path, text in EXAMPLE.findall(TEXT)}


def first_column(heading: str) -> set[str]:
    """The names in backquotes in the first column of the table under that heading."""
    table = TEXT.split(f"| {heading} |", 1)[1].split("\n\n", 1)[0]
    cells = re.findall(r"^\| (.+?) \|", table, flags=re.MULTILINE)
    return {name for cell in cells for name in re.findall(r"`([a-z0-9_]+)`", cell)}


@pytest.mark.django_db
def test_the_example_course_loads(tmp_path: Path) -> None:
    for path, text in examples().items():
        file = tmp_path / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)

    call_command("load_content", root=tmp_path, verbosity=0)

    assert Lesson.objects.get().title == "What a layer is"
    assert Question.objects.count() == 3
    assert Challenge.objects.get().criteria.count() == 2


def test_every_kind_of_question_is_documented() -> None:
    assert first_column("Kind") == KINDS.keys()


def test_every_kind_of_criterion_is_documented() -> None:
    assert first_column("Criterion") == CRITERIA.keys()


def test_every_data_set_is_documented() -> None:
    assert first_column("Data set") == set(NAMES)


def test_every_kind_of_figure_has_an_example_that_can_be_shown() -> None:
    shown = re.findall(r"^```(\w+)\n(.*?)^```$", TEXT, re.DOTALL | re.MULTILINE)
    examples = [(kind, body) for kind, body in shown if kind in FIGURES]
    for kind, body in examples:
        FIGURES[kind].show(FIGURES[kind].read(body, ANIMALS), {}, f"{kind}-1")
    assert {kind for kind, _ in examples} == set(FIGURES)
