"""A text as numbered lines, with the places of its findings cut out so that a page can mark them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any


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


def listing(source: str, findings: Sequence[Mapping[str, Any]] = ()) -> list[Line]:
    """The lines of `source`. Findings have line, column, end_line, end_column, from 1, ends exclusive."""
    marks: dict[int, list[tuple[int, int, int]]] = {}
    texts = source.split("\n")
    for number, finding in enumerate(findings, start=1):
        last = min(int(finding["end_line"]), len(texts))
        for line in range(int(finding["line"]), last + 1):
            start = int(finding["column"]) - 1 if line == finding["line"] else 0
            end = int(finding["end_column"]) - 1 if line == finding["end_line"] else len(texts[line - 1])
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
