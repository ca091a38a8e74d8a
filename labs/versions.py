"""Two texts of a network side by side: which lines came and went, and what became of its layers."""

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

import engine

MOST_LINES = 600
"""A text has few lines; comparing very many would take long."""


@dataclass(frozen=True)
class DiffLine:
    """One line: `css` is same, gone or new, `mark` what a screen reader and a printer see of it."""

    css: str
    mark: str
    text: str


@dataclass(frozen=True)
class Difference:
    """From an older text to a newer one."""

    lines: tuple[DiffLine, ...]
    sentence: str

    @property
    def is_none(self) -> bool:
        return all(line.css == "same" for line in self.lines)


def difference(older: str, newer: str) -> Difference:
    """What changed, line by line and in one sentence about the networks."""
    before, after = older.splitlines()[:MOST_LINES], newer.splitlines()[:MOST_LINES]
    return Difference(tuple(_lines(before, after)), _sentence(older, newer))


def _lines(before: list[str], after: list[str]) -> Iterator[DiffLine]:
    for what, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if what == "equal":
            yield from (DiffLine("same", "", line) for line in before[a:b])
        else:
            yield from (DiffLine("gone", "\N{MINUS SIGN}", line) for line in before[a:b])
            yield from (DiffLine("new", "+", line) for line in after[c:d])


def _sentence(older: str, newer: str) -> str:
    one, other = engine.read(older).spec, engine.read(newer).spec
    if one is None or other is None:
        return "One of the two cannot be read as a network yet."
    if one == other:
        return "Both are the same network."
    counts = [engine.estimate(spec).parameters for spec in (one, other)]
    if counts[0] == counts[1]:
        return f"Both have {counts[0]:,} parameters."
    more = counts[1] - counts[0]
    return f"From {counts[0]:,} to {counts[1]:,} parameters, {abs(more):,} {'more' if more > 0 else 'fewer'}."
