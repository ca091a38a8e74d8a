"""What should be done before a course, and whether this visitor has done it."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from course.models import Course
from course.panels import Visitor
from course.progress import standings


@dataclass(frozen=True)
class Need:
    """A published course that another one builds on."""

    course: Course
    is_met: bool


def needs_of(courses: Sequence[Course], user: Visitor) -> defaultdict[int, list[Need]]:
    """The needs of each course, by its key. At most four queries."""
    links = Course.needs.through.objects.filter(from_course__in=courses, to_course__is_published=True)
    found: defaultdict[int, list[Need]] = defaultdict(list)
    pairs = list(links.select_related("to_course").order_by("to_course__position", "to_course__title"))
    needed = {link.to_course_id: link.to_course for link in pairs}
    met = {standing.course.pk for standing in standings(list(needed.values()), user) if standing.is_done}
    for link in pairs:
        found[link.from_course_id].append(Need(link.to_course, link.to_course_id in met))
    return found
