"""How far a visitor is: lessons done, in progress or new, counted from acts, in three queries."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.db.models import OuterRef, Subquery

from accounts.models import User
from course.models import Act, Chapter, Course, Lesson, Progress, Revision
from course.panels import Visitor
from course.places import Place, place_in


class State(StrEnum):
    NEW = "new"
    NOW = "now"
    DONE = "done"


STATE_WORDS = {State.NEW: "Not started", State.NOW: "In progress", State.DONE: "Done"}


@dataclass(frozen=True)
class LessonStanding:
    """One lesson as this visitor has it, and when it was last updated."""

    lesson: Lesson
    number: int  # in the course, counted from 1
    state: State
    updated_on: date | None = None
    visit: Progress | None = None

    @property
    def words(self) -> str:
        return STATE_WORDS[self.state]

    @property
    def place(self) -> Place | None:
        """Where the learner stopped reading."""
        return place_in(self.lesson, self.visit.heading) if self.visit else None

    @property
    def has_news(self) -> bool:
        """Whether there is an update that the learner has not seen."""
        seen = self.visit.updates_seen_at.date() if self.visit else None
        return seen is not None and self.updated_on is not None and self.updated_on > seen


@dataclass(frozen=True)
class CourseStanding:
    """One course as this visitor has it, its published lessons in order."""

    course: Course
    lessons: tuple[LessonStanding, ...]

    @property
    def total(self) -> int:
        return len(self.lessons)

    @property
    def done(self) -> int:
        return sum(standing.state is State.DONE for standing in self.lessons)

    @property
    def is_started(self) -> bool:
        return any(standing.state is not State.NEW for standing in self.lessons)

    @property
    def is_done(self) -> bool:
        return self.total > 0 and self.done == self.total

    @property
    def minutes(self) -> int:
        return sum(standing.lesson.minutes for standing in self.lessons)

    @property
    def duration(self) -> str:
        """All lessons together, such as "1 h 10 min"."""
        hours, minutes = divmod(self.minutes, 60)
        return " ".join(
            [*([f"{hours} h"] if hours else []), *([f"{minutes} min"] if minutes or not hours else [])]
        )

    @property
    def next(self) -> LessonStanding | None:
        """Where to go on: the lesson opened last that is not done, or else the first that is not."""
        open_ = [standing for standing in self.lessons if standing.state is not State.DONE]
        visited = [standing for standing in open_ if standing.visit]
        latest = max(visited, key=lambda s: s.visit.opened_at.timestamp() if s.visit else 0, default=None)
        return latest or next(iter(open_), None)

    @property
    def updated_on(self) -> date | None:
        return max((s.updated_on for s in self.lessons if s.updated_on), default=None)

    @property
    def chapters(self) -> list[tuple[Chapter | None, list[LessonStanding]]]:
        """The lessons under the chapters they stand in."""
        grouped: dict[Chapter | None, list[LessonStanding]] = defaultdict(list)
        for standing in self.lessons:
            grouped[standing.lesson.chapter].append(standing)
        return list(grouped.items())

    def place(self, lesson: Lesson) -> int | None:
        """The lesson's number in the course, counted from 1; None for one that is not listed."""
        return next((standing.number for standing in self.lessons if standing.lesson == lesson), None)


def standings(courses: Sequence[Course], user: Visitor) -> list[CourseStanding]:
    """Where the visitor stands in each of the courses. At most three queries."""
    newest = Revision.objects.filter(lesson=OuterRef("pk")).order_by("-date").values("date")[:1]
    lessons = (
        Lesson.objects.listed()
        .filter(course__in=courses)
        .in_order()
        .select_related("chapter", "course")
        .annotate(updated_on=Subquery(newest))
    )
    acts, visits = _traces(courses, user)
    by_course: dict[int, list[LessonStanding]] = defaultdict(list)
    for lesson in lessons.defer("text", "html", "plain"):
        visit = visits.get(lesson.pk)
        state = _state(lesson, acts[lesson.pk], is_opened=visit is not None)
        mine = by_course[lesson.course_id]
        updated_on = getattr(lesson, "updated_on", None)
        mine.append(LessonStanding(lesson, len(mine) + 1, state, updated_on, visit))
    return [CourseStanding(course, tuple(by_course[course.pk])) for course in courses]


def required_acts(lesson: Lesson) -> set[str]:
    """What completes the lesson: what its author asks for, else reading the text."""
    return set(lesson.acts) or {Act.Name.TEXT_READ.value}


def _traces(
    courses: Sequence[Course], user: Visitor
) -> tuple[defaultdict[int, set[str]], dict[int, Progress]]:
    acts: defaultdict[int, set[str]] = defaultdict(set)
    if not isinstance(user, User):
        return acts, {}
    found = Act.objects.for_learner(user).filter(lesson__course__in=courses)
    for lesson, name in found.values_list("lesson", "name"):
        acts[lesson].add(name)
    visits = Progress.objects.for_learner(user).filter(lesson__course__in=courses)
    return acts, {visit.lesson_id: visit for visit in visits}


def _state(lesson: Lesson, acts: set[str], *, is_opened: bool) -> State:
    if required_acts(lesson) <= acts:
        return State.DONE
    return State.NOW if acts or is_opened else State.NEW
