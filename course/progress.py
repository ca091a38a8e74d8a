"""How far a visitor is: lessons done, in progress or new, counted from acts, in three queries."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from accounts.models import User
from course.models import Act, Chapter, Course, Lesson, Progress
from course.panels import Visitor


class State(StrEnum):
    NEW = "new"
    NOW = "now"
    DONE = "done"


STATE_WORDS = {State.NEW: "Not started", State.NOW: "In progress", State.DONE: "Done"}


@dataclass(frozen=True)
class LessonStanding:
    """One lesson as this visitor has it."""

    lesson: Lesson
    state: State

    @property
    def words(self) -> str:
        return STATE_WORDS[self.state]


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
    def minutes(self) -> int:
        return sum(standing.lesson.minutes for standing in self.lessons)

    @property
    def next(self) -> Lesson | None:
        """Where to go on: the first lesson that is not done."""
        return next((s.lesson for s in self.lessons if s.state is not State.DONE), None)

    @property
    def chapters(self) -> list[tuple[Chapter | None, list[LessonStanding]]]:
        """The lessons under the chapters they stand in."""
        grouped: dict[Chapter | None, list[LessonStanding]] = defaultdict(list)
        for standing in self.lessons:
            grouped[standing.lesson.chapter].append(standing)
        return list(grouped.items())

    def place(self, lesson: Lesson) -> int | None:
        """The lesson's number in the course, counted from 1; None for one that is not listed."""
        places = (n for n, standing in enumerate(self.lessons, start=1) if standing.lesson == lesson)
        return next(places, None)


def standings(courses: Sequence[Course], user: Visitor) -> list[CourseStanding]:
    """Where the visitor stands in each of the courses. At most three queries."""
    lessons = (
        Lesson.objects.listed().filter(course__in=courses).in_order().select_related("chapter", "course")
    )
    acts, opened = _traces(courses, user)
    by_course: dict[int, list[LessonStanding]] = defaultdict(list)
    for lesson in lessons.defer("text", "html", "plain"):
        state = _state(lesson, acts[lesson.pk], is_opened=lesson.pk in opened)
        by_course[lesson.course_id].append(LessonStanding(lesson, state))
    return [CourseStanding(course, tuple(by_course[course.pk])) for course in courses]


def required_acts(lesson: Lesson) -> set[str]:
    """What completes the lesson: what its author asks for, else reading the text."""
    return set(lesson.acts) or {Act.Name.TEXT_READ.value}


def _traces(courses: Sequence[Course], user: Visitor) -> tuple[defaultdict[int, set[str]], set[int]]:
    acts: defaultdict[int, set[str]] = defaultdict(set)
    if not isinstance(user, User):
        return acts, set()
    found = Act.objects.for_learner(user).filter(lesson__course__in=courses)
    for lesson, name in found.values_list("lesson", "name"):
        acts[lesson].add(name)
    visits = Progress.objects.for_learner(user).filter(lesson__course__in=courses)
    return acts, set(visits.values_list("lesson", flat=True))


def _state(lesson: Lesson, acts: set[str], *, is_opened: bool) -> State:
    if required_acts(lesson) <= acts:
        return State.DONE
    return State.NOW if acts or is_opened else State.NEW
