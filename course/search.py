"""Finding lessons and glossary terms by words: every word must occur; where and how often decides the order.

A word finds what begins with it, and its own singular; inside of other words it counts least.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce
from operator import or_

from django.db.models import Q

from course.models import Course, Lesson, LessonQuerySet, Term
from course.panels import Visitor

WINDOW = 200  # characters of text shown around a find
AT_MOST = 30
CANDIDATES = 300  # lessons looked at, in the order of their courses
IN_TITLE, IN_HEADING, IN_SUMMARY, OFTEN = 20, 5, 3, 5


@dataclass(frozen=True)
class Heading:
    anchor: str
    title: str


@dataclass(frozen=True)
class Piece:
    """A stretch of a lesson's text; a match is a whole word that was looked for."""

    text: str
    is_match: bool


@dataclass(frozen=True)
class Hit:
    """A lesson that was found, the place in its text with most of the words, and headings that name one."""

    lesson: Lesson
    pieces: tuple[Piece, ...]
    headings: tuple[Heading, ...]


def find(words: Sequence[str], user: Visitor) -> list[Hit]:
    """Lessons that the visitor may read and that contain every word; best first. No words find nothing."""
    lessons = _readable(user)
    for word in words:
        lessons = lessons.filter(_in_lesson(word))
    return _hits(lessons, words) if words else []


def find_some(words: Sequence[str], user: Visitor) -> list[Hit]:
    """Lessons that contain at least one of several words, for when none contains them all."""
    if len(words) < 2:
        return []
    return _hits(_readable(user).filter(reduce(or_, map(_in_lesson, words))), words)


def find_terms(words: Sequence[str], user: Visitor) -> list[Term]:
    """Glossary terms with every word in name or meaning, those named so first, in courses one may read."""
    if not words:
        return []
    terms = Term.objects.filter(course__in=Course.objects.visible_to(user)).select_related("course")
    for word in words:
        terms = terms.filter(Q(title__icontains=_stem(word)) | Q(meaning__icontains=_stem(word)))
    patterns = [_beginning(word) for word in words]
    found = [term for term in terms if all(_begins(p, f"{term.title} {term.meaning}") for p in patterns)]
    return sorted(found, key=lambda term: -sum(_begins(p, term.title) for p in patterns))[:AT_MOST]


def _readable(user: Visitor) -> LessonQuerySet:
    return (
        Lesson.objects.visible_to(user).select_related("course", "chapter").defer("text", "html").in_order()
    )


def _in_lesson(word: str) -> Q:
    stem = _stem(word)
    return Q(title__icontains=stem) | Q(summary__icontains=stem) | Q(plain__icontains=stem)


def _stem(word: str) -> str:
    """The word without a plural's s: "weights" finds "weight" too, as "weight" finds "weights" anyway."""
    is_plural = len(word) > 3 and word[-1] in "sS" and word[-2] not in "sSiIuUaA"
    return word[:-1] if is_plural else word


def _beginning(word: str) -> re.Pattern[str]:
    """Whole words that begin with this one; a word that begins with a mark is found anywhere."""
    return re.compile(rf"(?<!\w){re.escape(_stem(word))}\w*", re.IGNORECASE)


def _begins(pattern: re.Pattern[str], text: str) -> bool:
    return pattern.search(text) is not None


def _hits(lessons: LessonQuerySet, words: Sequence[str]) -> list[Hit]:
    patterns = [_beginning(word) for word in words]
    found = sorted(lessons[:CANDIDATES], key=lambda lesson: -_score(lesson, patterns))
    return [
        Hit(lesson, _snippet(lesson, words, patterns), _headings(lesson, patterns))
        for lesson in found[:AT_MOST]
    ]


def _score(lesson: Lesson, patterns: Sequence[re.Pattern[str]]) -> int:
    headings = " ".join(title for _, _, title in lesson.headings)
    return sum(
        IN_TITLE * _begins(pattern, lesson.title)
        + IN_HEADING * _begins(pattern, headings)
        + IN_SUMMARY * _begins(pattern, lesson.summary)
        + min(OFTEN, len(pattern.findall(lesson.plain)))
        for pattern in patterns
    )


def _snippet(lesson: Lesson, words: Sequence[str], patterns: Sequence[re.Pattern[str]]) -> tuple[Piece, ...]:
    """The stretch of the text with the most different words, every find marked; else the summary."""
    text = lesson.plain
    places = [(found.start(), n) for n, pattern in enumerate(patterns) for found in pattern.finditer(text)]
    if not places:
        inside = re.compile("|".join(re.escape(_stem(word)) for word in words), re.IGNORECASE)
        found = inside.search(text)
        return _cut(text, found.start(), inside) if found else (Piece(lesson.summary, False),)
    places.sort()
    best = max(places, key=lambda place: (len(_near(places, place[0])), -place[0]))
    return _cut(text, best[0], re.compile("|".join(pattern.pattern for pattern in patterns), re.IGNORECASE))


def _near(places: Sequence[tuple[int, int]], start: int) -> set[int]:
    """Which of the words occur within the window that begins a little before `start`."""
    return {word for place, word in places if 0 <= place - start < WINDOW * 2 // 3}


def _cut(text: str, start: int, marked: re.Pattern[str]) -> tuple[Piece, ...]:
    """The window around a place, cut between words, with its finds as pieces of their own."""
    first = max(0, start - WINDOW // 3)
    first = text.find(" ", first, start) + 1 if first else 0
    last = min(len(text), first + WINDOW)
    last = max(text.rfind(" ", start, last), start) if last < len(text) else last
    window, pieces, at = text[first:last] if last > start else text[first:], [], 0
    for found in marked.finditer(window):
        pieces += [Piece(window[at : found.start()], False), Piece(found[0], True)]
        at = found.end()
    pieces.append(Piece(window[at:], False))
    before = [Piece("… ", False)] if first else []
    after = [Piece(" …", False)] if first + len(window) < len(text) else []
    return tuple(piece for piece in (*before, *pieces, *after) if piece.text)


def _headings(lesson: Lesson, patterns: Sequence[re.Pattern[str]]) -> tuple[Heading, ...]:
    return tuple(
        Heading(anchor, title)
        for _, anchor, title in lesson.headings
        if any(_begins(pattern, title) for pattern in patterns)
    )
