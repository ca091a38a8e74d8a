"""From course rows back to the content files: the stored texts, changed only where a row differs."""

import json
from collections.abc import Iterator
from datetime import date
from typing import Any

from course import files
from course.content import file_values, rewrite, stored_text
from course.models import Course, CourseNetwork, Lesson
from course.shelves import CourseShelf, GlossaryShelf, LessonShelf, NetworkShelf, OutlineShelf


def dump() -> dict[str, str]:
    """Text by path relative to the content folder, for every course, network and lesson."""
    return dict(_dump())


def _dump() -> Iterator[tuple[str, str]]:
    for course in Course.objects.select_related("successor"):
        yield files.course_path(course.slug), _course_text(course)
        yield from _glossary_file(course)
    for network in CourseNetwork.objects.select_related("course"):
        yield _network_file(network)
    for lesson in Lesson.objects.select_related("course", "network"):
        yield from _lesson_files(lesson)


def _course_text(course: Course) -> str:
    base = file_values("course.course", course.slug) | file_values("course.outline", course.slug)
    values = {**CourseShelf().values(course), **OutlineShelf().values(course)}
    return rewrite(stored_text(files.course_path(course.slug)), _with_day(base), _with_day(values))


def _glossary_file(course: Course) -> Iterator[tuple[str, str]]:
    path = files.glossary_path(course.slug)
    text, values = stored_text(path), GlossaryShelf().values(course)
    if text or values["term"]:
        yield path, rewrite(text, file_values("course.glossary", course.slug), values)


def _network_file(network: CourseNetwork) -> tuple[str, str]:
    key = f"{network.course.slug}/{network.slug}"
    path = files.network_path(key)
    values = NetworkShelf().values(network)
    if values == file_values("course.network", key):
        return path, stored_text(path)
    return path, json.dumps(network.document, indent=1, ensure_ascii=False) + "\n"


def _lesson_files(lesson: Lesson) -> Iterator[tuple[str, str]]:
    key = f"{lesson.course.slug}/{lesson.slug}"
    settings_path, text_path = files.lesson_paths(key)
    base, values = file_values("course.lesson", key), LessonShelf().values(lesson)
    yield from _film_file(files.film_path(key), values.pop("film"))
    yield text_path, values.pop("text")
    yield settings_path, rewrite(stored_text(settings_path), _with_days(base), _with_days(values))


def _film_file(path: str, text: str) -> Iterator[tuple[str, str]]:
    """A storyboard that was taken away leaves an empty file, so that it does not come back."""
    if text or stored_text(path):
        yield path, text


def _with_day(values: dict[str, Any]) -> dict[str, Any]:
    """The day of the last check as a true date, which TOML writes without quotes."""
    checked = values.get("checked")
    return {**values, "checked": date.fromisoformat(checked) if checked else ""}


def _with_days(values: dict[str, Any]) -> dict[str, Any]:
    """Revisions with true dates, which TOML writes without quotes."""
    revisions = [{**r, "date": date.fromisoformat(r["date"])} for r in values.get("revision", [])]
    return {**values, "revision": revisions}
