"""Every text of a content folder, tried without a database: all faults at once, each with file and line."""

from collections.abc import Iterator

from course.content import Tree
from course.facts import Facts
from course.figures import FigureError, NetworkDocument
from course.files import CourseFiles, film_path, lesson_paths, network_path, read_courses
from course.film import NO_FIGURE, FilmError, read_film
from course.markdown import MarkdownError, render
from course.placed import Figures


def text_faults(tree: Tree) -> list[str]:
    """One sentence for each fault in a lesson's text, film or network. ContentError for unreadable files."""
    return [fault for files in read_courses(tree) for fault in _faults(files)]


def _faults(files: CourseFiles) -> Iterator[str]:
    known: dict[str, NetworkDocument] = {}
    for entry in files.networks:
        try:
            known[entry.key] = NetworkDocument.load(entry.values["document"])
        except FigureError as error:
            yield f"{network_path(entry.key)}: {error}"
    terms = files.glossary.values["term"] if files.glossary else []
    meanings = {term["slug"]: term["meaning"] for term in terms}
    for lesson in files.lessons:
        document = known.get(f"{files.course.key}/{lesson.values['figure']['network']}")
        facts = Facts(document) if document else None
        try:
            render(lesson.values["text"], facts, meanings, Figures(document))
        except MarkdownError as error:
            yield from (f"{lesson_paths(lesson.key)[1]}: {problem}" for problem in error.problems)
        if lesson.values["film"]:
            yield from _film_faults(film_path(lesson.key), lesson.values["film"], document)


def _film_faults(path: str, text: str, document: NetworkDocument | None) -> Iterator[str]:
    if document is None:
        yield f"{path}: {NO_FIGURE}"
    else:
        try:
            read_film(text, document)
        except FilmError as error:
            yield from (f"{path}: {problem}" for problem in error.problems)
