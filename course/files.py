"""The course's part of the content folder, as plain data: which files there are and what their values mean.

<course>/course.toml              the course, its skills, chapters and the order of lessons
<course>/glossary.toml            the course's words, if it explains any
<course>/networks/<name>.json     networks that lessons show
<course>/<lesson>/lesson.toml     title, figure, resources, revisions
<course>/<lesson>/text.md         the lesson's Markdown
<course>/<lesson>/film.toml       its film's storyboard, if it has one: see course.film
"""

import json
import re
from dataclasses import dataclass
from typing import Any

from course import skills
from course.content.entry import Entry
from course.content.table import Table
from course.content.toml import read_toml
from course.content.tree import ContentError, Tree

LEVELS = ["first-steps", "going-deeper"]
NEEDS, SLUG = re.compile(r"\s*needs\s*="), re.compile(r"""\s*slug\s*=\s*["']([a-z0-9_-]+)["']""", re.I)
RESOURCE_KINDS = ["link", "keras", "json", "npz"]


@dataclass(frozen=True)
class CourseFiles:
    """One course as its files describe it. The outline refers to lessons, so it is laid down after them."""

    course: Entry
    glossary: Entry | None
    networks: tuple[Entry, ...]
    lessons: tuple[Entry, ...]
    outline: Entry
    paths: tuple[str, ...]


def read_courses(tree: Tree) -> list[CourseFiles]:
    """Every course of the tree, in order of its folder's name. ContentError says what cannot be read."""
    return [_read_course(tree, path, text) for path, text in tree.matching("*/course.toml")]


def newest_first(revisions: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Revisions in the one order in which rows and files are compared."""
    return sorted(revisions, key=lambda revision: (revision["date"], revision["change"]), reverse=True)


def course_path(slug: str) -> str:
    return f"{slug}/course.toml"


def glossary_path(slug: str) -> str:
    return f"{slug}/glossary.toml"


def lesson_paths(key: str) -> tuple[str, str]:
    """The settings and the text of the lesson "<course>/<lesson>"."""
    return f"{key}/lesson.toml", f"{key}/text.md"


def film_path(key: str) -> str:
    """The storyboard of the lesson "<course>/<lesson>"."""
    return f"{key}/film.toml"


def network_path(key: str) -> str:
    """The file of the network "<course>/<name>"."""
    course, name = key.split("/")
    return f"{course}/networks/{name}.json"


def _read_course(tree: Tree, path: str, text: str) -> CourseFiles:
    slug = path.partition("/")[0]
    table = Table(path, read_toml(path, text))
    course = Entry("course.course", slug, _course_values(table))
    outline = Entry("course.outline", slug, _outline_values(table))
    table.done()
    _check_skills(path, text, course.values["skill"])
    networks = [(p, _network(p, json_text)) for p, json_text in tree.matching(f"{slug}/networks/*.json")]
    lessons = [(p, _lesson(tree, p, toml)) for p, toml in tree.matching(f"{slug}/*/lesson.toml")]
    texts = [lesson_paths(entry.key)[1] for _, entry in lessons]
    words_path = glossary_path(slug)
    glossary = _glossary(words_path, tree.files[words_path]) if words_path in tree.files else None
    films = [film_path(entry.key) for _, entry in lessons if film_path(entry.key) in tree.files]
    paths = [path, *(p for p, _ in networks), *(p for p, _ in lessons), *texts, *films]
    paths += [words_path] if glossary else []
    return CourseFiles(
        course, glossary, tuple(e for _, e in networks), tuple(e for _, e in lessons), outline, tuple(paths)
    )


def _course_values(table: Table) -> dict[str, Any]:
    return {
        "title": table.text("title", at_most=120),
        "outcome": table.text("outcome", at_most=240),
        "about": table.text("about", "", at_most=4_000),
        "level": table.choice("level", LEVELS, LEVELS[0]),
        "position": table.integer("position", 0),
        "published": table.truth("published", True),
        "checked": table.day_or_none("checked"),
        "skill": [_skill(skill) for skill in table.tables("skill")],
    }


def _skill(table: Table) -> dict[str, Any]:
    values = _named(table, is_last=False) | {"needs": sorted(set(table.texts("needs", [])))}
    table.done()
    return values


def _check_skills(path: str, text: str, told: list[dict[str, Any]]) -> None:
    """Raises ContentError where skills need what does not exist, or each other in a circle."""
    if found := skills.fault({skill["slug"]: skill["needs"] for skill in told}):
        name, message = found
        raise ContentError(path, message, _line_of_needs(text, name))


def _line_of_needs(text: str, slug: str) -> int | None:
    """Where the needs of a skill stand in course.toml; None where they are written in another way."""
    name, line = "", None
    for number, words in enumerate(text.splitlines(), start=1):
        if words.startswith("["):
            name, line = "", None
        elif found := NEEDS.match(words):
            line = number
        elif found := SLUG.match(words):
            name = found[1]
        if name == slug and line:
            return line
    return None


def _outline_values(table: Table) -> dict[str, Any]:
    chapters = [
        {**_named(chapter, is_last=False), "lessons": chapter.texts("lessons")}
        for chapter in table.tables("chapter")
    ]
    return {
        "successor": table.text("successor", ""),
        "needs": sorted(set(table.texts("needs", []))),
        "chapter": chapters,
    }


def _named(table: Table, *, is_last: bool = True) -> dict[str, Any]:
    values = {"slug": table.text("slug", at_most=50), "title": table.text("title", at_most=120)}
    if is_last:
        table.done()
    return values


def _glossary(path: str, text: str) -> Entry:
    table = Table(path, read_toml(path, text))
    terms = []
    for term in table.tables("term"):
        meaning = {"meaning": term.text("meaning", at_most=300)}
        terms.append(_named(term, is_last=False) | meaning)
        term.done()
    table.done()
    values = {"term": sorted(terms, key=lambda term: term["slug"])}
    return Entry("course.glossary", path.partition("/")[0], values)


def _network(path: str, text: str) -> Entry:
    course, _, name = path.split("/")
    try:
        document = json.loads(text)
    except ValueError as error:
        raise ContentError(path, f"This is not JSON: {error}.") from error
    if not isinstance(document, dict):
        raise ContentError(path, "The file must hold one JSON object, in braces.")
    return Entry("course.network", f"{course}/{name.removesuffix('.json')}", {"document": document})


def _lesson(tree: Tree, path: str, text: str) -> Entry:
    key = path.removesuffix("/lesson.toml")
    text_path = lesson_paths(key)[1]
    if text_path not in tree.files:
        raise ContentError(text_path, "The lesson's text is missing. Write it in this file.")
    table = Table(path, read_toml(path, text))
    values = _lesson_values(table) | {"text": tree.files[text_path]}
    values |= {"film": tree.files.get(film_path(key), "")}
    table.done()
    return Entry("course.lesson", key, values)


def _lesson_values(table: Table) -> dict[str, Any]:
    figure = table.table("figure")
    values = {
        "title": table.text("title", at_most=120),
        "summary": table.text("summary", at_most=240),
        "minutes": table.integer("minutes", 15, at_least=1, at_most=600),
        "skills": sorted(table.texts("skills", [])),
        "published": table.truth("published", True),
        "acts": table.texts("acts", []),
        "figure": {
            **{name: figure.text(name, "", at_most=50) for name in ("network", "preset", "focus")},
            "hide": sorted(set(figure.texts("hide", []))),
        },
        "resource": [_resource(resource) for resource in table.tables("resource")],
        "revision": newest_first([_revision(revision) for revision in table.tables("revision")]),
    }
    figure.done()
    return values


def _resource(table: Table) -> dict[str, Any]:
    values = {
        "kind": table.choice("kind", RESOURCE_KINDS, RESOURCE_KINDS[0]),
        "title": table.text("title", at_most=120),
        "about": table.text("about", "", at_most=240),
        "url": table.text("url", "", at_most=200),
        "licence": table.text("licence", "", at_most=80),
    }
    table.done()
    return values


def _revision(table: Table) -> dict[str, Any]:
    values = {"date": table.day("date"), "change": table.text("change", at_most=400)}
    table.done()
    return values
