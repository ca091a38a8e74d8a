"""The shipped course as its files are: outline, texts, settings, and each lesson as it is rendered."""

import json
import re
import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from course.facts import Facts
from course.figures import NetworkDocument
from course.markdown import Rendered, render
from course.placed import Figures
from quizzes.files import read_quiz

FOLDER = Path(__file__).parents[2] / "content" / "neural-networks"
DOCUMENT = NetworkDocument.load(json.loads((FOLDER / "networks" / "animals.json").read_text()))
COURSE = tomllib.loads((FOLDER / "course.toml").read_text())
TERMS = tomllib.loads((FOLDER / "glossary.toml").read_text())["term"]
SKILLS = {skill["slug"] for skill in COURSE["skill"]}
LESSONS = [slug for chapter in COURSE["chapter"] for slug in chapter["lessons"]]


def text_of(slug: str) -> str:
    return (FOLDER / slug / "text.md").read_text()


def settings_of(slug: str) -> dict[str, Any]:
    return tomllib.loads((FOLDER / slug / "lesson.toml").read_text())


def questions_of(slug: str) -> list[Mapping[str, Any]]:
    path = f"neural-networks/{slug}/quiz.toml"
    return [entry.values for entry in read_quiz(path, (FOLDER.parent / path).read_text()).questions]


@cache
def rendered(slug: str) -> Rendered:
    meanings = {term["slug"]: term["meaning"] for term in TERMS}
    return render(text_of(slug), Facts(DOCUMENT), meanings, Figures(DOCUMENT))


def words_of(slug: str) -> list[str]:
    """What is read, without the meanings of words that open on demand."""
    shown = re.sub(r'<span class="meaning".*?</span>', "", rendered(slug).html)
    return re.sub(r"<[^>]+>", " ", shown).split()
