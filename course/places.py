"""Where in a lesson a reader stopped, told by its headings; what stands under one of level two is a part."""

from dataclasses import dataclass

from course.models import Lesson


@dataclass(frozen=True)
class Place:
    """A heading, the part of the text it belongs to (0: before the first), and how many parts there are."""

    anchor: str
    title: str
    part: int
    parts: int

    @property
    def words(self) -> str:
        return f"part {self.part} of {self.parts}"


def place_in(lesson: Lesson, anchor: str) -> Place | None:
    """The place with this anchor; None where the text has no such heading (any more)."""
    part, found = 0, None
    for level, name, title in lesson.headings:
        part += level == 2
        if name == anchor:
            found = (title, part)
    return Place(anchor, found[0], found[1], part) if found else None
