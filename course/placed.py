"""Figures that stand in a lesson's text: tried when it is rendered, shown as the address asks."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from course.figures.document import NetworkDocument
from course.figures.errors import FigureError
from course.figures.kinds import KINDS, Kind, Shown
from course.markdown import Problem

Pairs = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Figures:
    """What a text with this network may place: the course.markdown.FigureSource."""

    document: NetworkDocument | None

    @property
    def kinds(self) -> Collection[str]:
        return KINDS

    def problems(self, kind: str, body: str) -> Sequence[Problem]:
        """Read the block and draw it once."""
        try:
            KINDS[kind].show(KINDS[kind].read(body, self.document), {}, kind)
        except FigureError as error:
            return [Problem(line, message) for line, message in error.places]
        return []


@dataclass(frozen=True)
class Placed:
    """One figure on the page. `keep`: what else the address carries, for its form to carry on. `fragments`:
    the HTML that its template has made of it, see course/templatetags/fragments.py.
    """

    name: str
    kind: Kind[Any]
    shown: Shown
    keep: Pairs
    fragments: dict[object, str] = field(default_factory=dict, repr=False, compare=False)


def placed(
    stored: Iterable[Mapping[str, Any]], document: NetworkDocument | None, query: Pairs
) -> dict[str, Placed]:
    """The figures of a lesson by name, each in the state that the address asks of it."""
    return {one["name"]: _placed(one["name"], one["kind"], one["body"], document, query) for one in stored}


def own_pairs(stored: Iterable[Mapping[str, Any]], query: Pairs) -> Pairs:
    """The part of an address that is about figures in the text."""
    prefixes = tuple(f"{one['name']}." for one in stored)
    return tuple(pair for pair in query if pair[0].startswith(prefixes))


def _placed(name: str, kind: str, body: str, document: NetworkDocument | None, query: Pairs) -> Placed:
    prefix = f"{name}."
    own = tuple((key.removeprefix(prefix), value) for key, value in query if key.startswith(prefix))
    keep = tuple(pair for pair in query if not pair[0].startswith(prefix))
    return _drawn(name, kind, body, document, own, keep)


@lru_cache(maxsize=128)
def _drawn(
    name: str, kind: str, body: str, document: NetworkDocument | None, own: Pairs, keep: Pairs
) -> Placed:
    """The same block in the same state is the same for every reader."""
    shown = KINDS[kind].show(KINDS[kind].read(body, document), dict(own), name)
    return Placed(name, KINDS[kind], shown, keep)
