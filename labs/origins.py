"""Where the network in the lab's editor came from, as a short text in its form: `draft:…`, `submission:…`,
`shared:…` or `lesson:course/lesson`. By it the weights come along without travelling with every request; the
few that were set by hand in a challenge's form stand nowhere else, and are the text: `given:[[[1, 2]], [0]]`.
"""

import json
import re
from collections.abc import Callable, Mapping
from typing import Any, TypeAlias
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet

import engine
from accounts.models import User
from course.models import Lesson
from labs.models import Draft, Submission
from labs.weights import given_weights, weight_tables

Person: TypeAlias = User | AnonymousUser
Weights: TypeAlias = list[Any] | None

MOST_GIVEN = 8_000
"""Characters of weights that were set by hand."""
LESSON = re.compile(r"([-\w]{1,80})/([-\w]{1,80})")


def weights_of(origin: str, person: Person) -> Weights:
    """The weights that a network has where it came from, in Keras's order; None without any, or where this
    person may not look.
    """
    kind, _, key = origin.partition(":")
    return KINDS[kind](key, person) if kind in KINDS else None


def given_origin(fields: Mapping[str, Any], source: str) -> str:
    """The origin of a form whose weights were set by hand; empty without such fields, and for fields that do
    not fit its text.
    """
    given = given_weights(fields)
    tables = weight_tables(engine.read(source).spec, given) if given else None
    return f"given:{json.dumps(tables.arrays)}" if tables and tables.arrays else ""


def draft_of(origin: str, person: Person) -> Draft | None:
    """The draft of this person's that the editor shows."""
    kind, _, key = origin.partition(":")
    own = Draft.objects.for_learner(person)
    return own.filter(pk=named).first() if kind == "draft" and (named := _uuid(key)) else None


def _given(text: str, person: Person) -> Weights:
    try:
        arrays = engine.weights_from_json(text) if len(text) <= MOST_GIVEN else []
    except engine.EngineError:
        return None
    return [array.tolist() for array in arrays] or None


def _of_draft(key: str, person: Person) -> Weights:
    return _first(Draft.objects.for_learner(person), pk=_uuid(key))


def _of_submission(key: str, person: Person) -> Weights:
    return _first(Submission.objects.for_learner(person), pk=_uuid(key))


def _of_shared(key: str, person: Person) -> Weights:
    return _first(Draft.objects.all(), shared_as=_uuid(key))


def _of_lesson(key: str, person: Person) -> Weights:
    named = LESSON.fullmatch(key)
    lessons = Lesson.objects.visible_to(person).select_related("network")
    lesson = lessons.filter(course__slug=named[1], slug=named[2]).first() if named else None
    if lesson is None or lesson.network is None:
        return None
    set_by_lesson = lesson.network.document["weights"]
    layers = zip(set_by_lesson["W"], set_by_lesson["b"], strict=True)
    return [array for layer in layers for array in layer]


KINDS: dict[str, Callable[[str, Person], Weights]] = {
    "draft": _of_draft,
    "submission": _of_submission,
    "shared": _of_shared,
    "lesson": _of_lesson,
    "given": _given,
}


def _first(rows: QuerySet[Any], **named: UUID | None) -> Weights:
    if None in named.values():
        return None
    found: Weights = rows.filter(**named).values_list("weights", flat=True).first()
    return found


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
