"""A text as numbered lines in color, with the places of its findings cut out so that a page can mark them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Protocol

from labs.colors import colored_lines


class Ranged(Protocol):
    """A place in a text: lines and columns from 1, the end column exclusive."""

    @property
    def line(self) -> int: ...
    @property
    def column(self) -> int: ...
    @property
    def end_line(self) -> int: ...
    @property
    def end_column(self) -> int: ...


@dataclass(frozen=True)
class Part:
    """A piece of a line in one color; `finding` is the number, from 1, of the finding it belongs to."""

    text: str
    color: str = ""
    finding: int | None = None


@dataclass(frozen=True)
class Line:
    number: int
    parts: tuple[Part, ...]

    @property
    def is_bad(self) -> bool:
        return any(part.finding for part in self.parts)


@dataclass(frozen=True)
class Mark:
    """A range of one line, columns from 0, the end exclusive."""

    start: int
    end: int
    finding: int


def listing(source: str, findings: Sequence[Ranged] = ()) -> list[Line]:
    """The lines of `source`, marked at the places of `findings`; a line break at the end begins no line."""
    pieces = list(colored_lines(source))
    if len(pieces) > 1 and not pieces[-1] and all(finding.line < len(pieces) for finding in findings):
        pieces.pop()
    lengths = [sum(len(text) for text, _ in line) for line in pieces]
    marks = _marks(findings, lengths)
    return [
        Line(number, tuple(_parts(line, marks.get(number, []))))
        for number, line in enumerate(pieces, start=1)
    ]


def _marks(findings: Sequence[Ranged], lengths: Sequence[int]) -> dict[int, list[Mark]]:
    """Marks by line, in order; where two overlap, the first is kept whole. None is empty."""
    marks: dict[int, list[Mark]] = {}
    for number, finding in enumerate(findings, start=1):
        for line in range(finding.line, min(finding.end_line, len(lengths)) + 1):
            start = finding.column - 1 if line == finding.line else 0
            end = finding.end_column - 1 if line == finding.end_line else lengths[line - 1]
            marks.setdefault(line, []).append(Mark(start, max(end, start + 1), number))
    return {line: list(_apart(found)) for line, found in marks.items()}


def _apart(marks: list[Mark]) -> Iterator[Mark]:
    at = 0
    for mark in sorted(marks, key=lambda mark: (mark.start, mark.finding)):
        if mark.end > at:
            yield Mark(max(mark.start, at), mark.end, mark.finding)
            at = mark.end


def _parts(pieces: Sequence[tuple[str, str]], marks: Sequence[Mark]) -> Iterator[Part]:
    """The pieces of one line, cut where a mark begins or ends. A mark past the end marks a blank."""
    edges = sorted({edge for mark in marks for edge in (mark.start, mark.end)})
    at = 0
    for text, color in pieces:
        cuts = [at, *(edge for edge in edges if at < edge < at + len(text)), at + len(text)]
        for start, end in pairwise(cuts):
            inside = next((mark.finding for mark in marks if mark.start <= start < mark.end), None)
            yield Part(text[start - at : end - at], color, inside)
        at += len(text)
    for mark in marks:
        if mark.start >= at:
            yield Part(" ", "", mark.finding)
