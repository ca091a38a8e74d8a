"""Whether a text is kept up: the day of its last update, and of the last time somebody found it right."""

from dataclasses import dataclass
from datetime import date, timedelta

from course.models import Course

FRESH = timedelta(days=365)
"""A course that nobody has updated or checked for longer is not called maintained."""


@dataclass(frozen=True)
class Mark:
    """A short remark with the day it speaks of, such as "Updated" and 22 November 2026."""

    words: str
    day: date


def marks(course: Course, updated_on: date | None, today: date) -> list[Mark]:
    """What to say of a course, or of a lesson of it, that was last updated on that day."""
    checked_on = course.checked_on
    latest = max(filter(None, (updated_on, checked_on)), default=None)
    is_maintained = latest is not None and today - latest <= FRESH and course.successor_id is None
    if not is_maintained:
        return [Mark("Updated", updated_on)] if updated_on else []
    if updated_on and (checked_on is None or checked_on <= updated_on):
        return [Mark("Maintained, updated", updated_on)]
    told = [Mark("Updated", updated_on)] if updated_on else []
    return [*told, Mark("Maintained, last checked", checked_on)] if checked_on else told
