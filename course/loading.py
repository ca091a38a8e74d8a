"""From the content folder to course rows: courses, their words, networks and lessons, then the outline."""

from typing import Any

from course import services
from course.content import Entry, Outcome, Shelf, Tree, remember_files, report_missing, upsert
from course.files import CourseFiles, read_courses
from course.shelves import CourseShelf, GlossaryShelf, LessonShelf, NetworkShelf, OutlineShelf

SHELVES: dict[str, Shelf[Any]] = {
    "course.course": CourseShelf(),
    "course.glossary": GlossaryShelf(),
    "course.network": NetworkShelf(),
    "course.lesson": LessonShelf(),
    "course.outline": OutlineShelf(),
}


def load(tree: Tree, *, overwrite: bool) -> list[Outcome]:
    """Bring the rows up to date with the files, one outcome per row. Call it inside a transaction.

    Raises ContentError for a file that cannot be read or that names what does not exist.
    """
    courses = read_courses(tree)
    entries = [entry for stage in _stages(courses) for entry in stage]
    outcomes = [upsert(entry, SHELVES[entry.kind], overwrite=overwrite)[1] for entry in entries]
    for kind in SHELVES:
        outcomes += report_missing(kind, [entry.key for entry in entries if entry.kind == kind])
    remember_files(tree, [path for course in courses for path in course.paths])
    services.render_lessons()
    return outcomes


def _stages(courses: list[CourseFiles]) -> list[list[Entry]]:
    """Rows before the rows that refer to them: a successor may be any course, so all outlines come last."""
    return [
        [files.course for files in courses],
        [files.glossary for files in courses if files.glossary],
        [entry for files in courses for entry in files.networks],
        [entry for files in courses for entry in files.lessons],
        [files.outline for files in courses],
    ]
