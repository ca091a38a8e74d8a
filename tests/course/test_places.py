"""Where in a lesson a reader stopped: parts are counted by headings of level two."""

import pytest

from course.models import Lesson
from course.places import Place, place_in

LESSON = Lesson(
    headings=[[3, "before", "Before"], [2, "one", "One"], [3, "detail", "A detail"], [2, "two", "Two"]]
)


@pytest.mark.parametrize(
    ("anchor", "place"),
    [
        ("before", Place("before", "Before", 0, 2)),
        ("one", Place("one", "One", 1, 2)),
        ("detail", Place("detail", "A detail", 1, 2)),
        ("two", Place("two", "Two", 2, 2)),
        ("gone", None),
        ("", None),
    ],
)
def test_places(anchor: str, place: Place | None) -> None:
    assert place_in(LESSON, anchor) == place


def test_a_place_in_words() -> None:
    assert Place("detail", "A detail", 1, 2).words == "part 1 of 2"
