"""Marks of upkeep: what was updated when, and whether somebody still looks after it."""

from datetime import date

import pytest

from course.models import Course
from course.updates import marks

TODAY = date(2026, 11, 22)
OLD, RECENT, LATEST = date(2024, 5, 3), date(2026, 3, 1), date(2026, 11, 1)


@pytest.mark.parametrize(
    ("updated_on", "checked_on", "successor", "said"),
    [
        (None, None, None, []),
        (OLD, None, None, [("Updated", OLD)]),
        (OLD, OLD, None, [("Updated", OLD)]),
        (RECENT, None, None, [("Maintained, updated", RECENT)]),
        (RECENT, RECENT, None, [("Maintained, updated", RECENT)]),
        (RECENT, LATEST, None, [("Updated", RECENT), ("Maintained, last checked", LATEST)]),
        (OLD, LATEST, None, [("Updated", OLD), ("Maintained, last checked", LATEST)]),
        (None, LATEST, None, [("Maintained, last checked", LATEST)]),
        (RECENT, LATEST, 7, [("Updated", RECENT)]),
    ],
)
def test_marks(
    updated_on: date | None, checked_on: date | None, successor: int | None, said: list[tuple[str, date]]
) -> None:
    course = Course(checked_on=checked_on, successor_id=successor)
    assert [(mark.words, mark.day) for mark in marks(course, updated_on, TODAY)] == said
