"""Finding lessons and glossary terms by words: every word must occur; one in the title weighs more."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q

from course.models import Course, Lesson, Term
from course.panels import Visitor

AROUND = 90  # characters of text shown before and after the first find
AT_MOST = 30


@dataclass(frozen=True)
class Heading:
    anchor: str
    title: str


@dataclass(frozen=True)
class Hit:
    """A lesson that was found, the place in its text, and headings that name a word."""

    lesson: Lesson
    before: str
    match: str
    after: str
    headings: tuple[Heading, ...]


def find(words: Sequence[str], user: Visitor) -> list[Hit]:
    """Lessons that the visitor may read and that contain every word; best first. No words find nothing."""
    if not words:
        return []
    lessons = Lesson.objects.visible_to(user).select_related("course", "chapter").in_order()
    for word in words:
        lessons = lessons.filter(
            Q(title__icontains=word) | Q(summary__icontains=word) | Q(plain__icontains=word)
        )
    found = sorted(lessons[:AT_MOST], key=lambda lesson: -_in_title(lesson, words))
    return [_hit(lesson, words) for lesson in found]


def find_terms(words: Sequence[str], user: Visitor) -> list[Term]:
    """Glossary terms whose name has every word, in courses that the visitor may read."""
    if not words:
        return []
    terms = Term.objects.filter(course__in=Course.objects.visible_to(user)).select_related("course")
    for word in words:
        terms = terms.filter(title__icontains=word)
    return list(terms[:AT_MOST])


def _in_title(lesson: Lesson, words: Sequence[str]) -> int:
    return sum(word.casefold() in lesson.title.casefold() for word in words)


def _hit(lesson: Lesson, words: Sequence[str]) -> Hit:
    text, lower = lesson.plain, lesson.plain.lower()
    places = [(lower.find(word.lower()), word) for word in words if word.lower() in lower]
    if not places or len(lower) != len(text):
        return Hit(lesson, lesson.summary, "", "", _headings(lesson, words))
    start, word = min(places)
    end = start + len(word)
    before = text[max(0, start - AROUND) : start]
    if start > AROUND:
        before = "… " + before.partition(" ")[2]
    after = text[end : end + AROUND]
    if end + AROUND < len(text):
        after = after.rpartition(" ")[0] + " …"
    return Hit(lesson, before, text[start:end], after, _headings(lesson, words))


def _headings(lesson: Lesson, words: Sequence[str]) -> tuple[Heading, ...]:
    return tuple(
        Heading(anchor, title)
        for _, anchor, title in lesson.headings
        if any(word.casefold() in title.casefold() for word in words)
    )
