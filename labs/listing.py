"""A text as numbered lines, with the places of its findings cut out so that a page can mark them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol


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
    """A piece of a line; `finding` is the number of the finding it belongs to, from 1, or None."""

    text: str
    finding: int | None = None


@dataclass(frozen=True)
class Line:
    number: int
    parts: tuple[Part, ...]

    @property
    def is_bad(self) -> bool:
        return any(part.finding for part in self.parts)


def listing(source: str, findings: Sequence[Ranged] = ()) -> list[Line]:
    """The lines of `source`, marked at the places of `findings`; a line break at the end begins no line."""
    marks: dict[int, list[tuple[int, int, int]]] = {}
    texts = source.split("\n")
    if len(texts) > 1 and not texts[-1] and all(finding.line < len(texts) for finding in findings):
        texts.pop()
    for number, finding in enumerate(findings, start=1):
        for line in range(finding.line, min(finding.end_line, len(texts)) + 1):
            start = finding.column - 1 if line == finding.line else 0
            end = finding.end_column - 1 if line == finding.end_line else len(texts[line - 1])
            marks.setdefault(line, []).append((start, max(end, start + 1), number))
    return [Line(n, tuple(_parts(text, sorted(marks.get(n, []))))) for n, text in enumerate(texts, start=1)]


def _parts(text: str, marks: list[tuple[int, int, int]]) -> list[Part]:
    """Cuts the line at the marks; where two overlap, the first wins. A mark past the end marks a blank."""
    parts, at = [], 0
    for start, end, number in marks:
        start = max(start, at)
        if start >= end:
            continue
        parts += [Part(text[at:start]), Part(text[start:end] or " ", number)]
        at = end
    parts.append(Part(text[at:]))
    return [part for part in parts if part.text]
