"""Every shipped film: of a length for one sitting, slow enough to read, its numbers the engine's."""

import re
from pathlib import Path

import pytest

from course.film import Film, read_film
from tests.course.figures.networks import ANIMALS, ROOT

FILMS = sorted((ROOT / "content" / "neural-networks").glob("*/film.toml"))
LETTERS_PER_SECOND = 16  # beside a figure; subtitles alone run at 17


def film_of(path: Path) -> Film:
    return read_film(path.read_text(), ANIMALS)


def test_every_lesson_has_one() -> None:
    lessons = {path.parent.name for path in (ROOT / "content" / "neural-networks").glob("*/lesson.toml")}
    assert {path.parent.name for path in FILMS} == lessons


def test_the_example_of_the_authoring_guide_plays() -> None:
    guide = (ROOT / "docs" / "authoring.md").read_text()
    example = guide.partition("```toml\n# film.toml\n")[2].partition("```")[0]
    assert [scene.title for scene in read_film(example, ANIMALS).scenes] == [
        "A cat arrives",
        "Product by product",
        "Another animal",
    ]


@pytest.mark.parametrize("path", FILMS, ids=lambda path: path.parent.name)
def test_its_length(path: Path) -> None:
    assert 60 <= film_of(path).seconds <= 150


@pytest.mark.parametrize("path", FILMS, ids=lambda path: path.parent.name)
def test_a_caption_can_be_read_while_its_scene_lasts(path: Path) -> None:
    slow = [
        scene.title
        for scene in film_of(path).scenes
        if len(scene.caption) > LETTERS_PER_SECOND * scene.seconds
    ]
    assert slow == []


@pytest.mark.parametrize("path", FILMS, ids=lambda path: path.parent.name)
def test_no_decimal_or_percentage_stands_in_a_caption_that_the_engine_could_give(path: Path) -> None:
    words = re.sub(r"\{\{.*?\}\}", "", " ".join(re.findall(r'caption = "(.*)"', path.read_text())))
    assert re.findall(r"(?<![a-z])\d+\.\d+|\d+ ?%|−\d", words) == []


@pytest.mark.parametrize("path", FILMS, ids=lambda path: path.parent.name)
def test_its_figure_moves(path: Path) -> None:
    scenes = film_of(path).scenes
    assert len({state for scene in scenes for state in scene.states}) > len(scenes)
    assert sum(len(scene.states) > 1 for scene in scenes) >= 3
