"""A weighted sum as a waterfall over a real table: one column per product that is not 0, then bias, then z.

`waterfall(terms, bias, z, mark)` serves the figure and the quiz results (`mark` is the learner's own answer,
drawn as a line). Numbers that are not computed yet are None and come out as "?".
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import takewhile
from typing import NamedTuple

from course.figures.numbers import NIL, fixed, places_for, short, sign

HEIGHT, PAD = 104, 8
EDITED = " edited"
BAR, WIDEST_BAR = 0.6, 12.0  # of a column's width, and in percent of the whole


class Term(NamedTuple):
    """One product of the sum, in the order the engine's trace writes it."""

    name: str
    weight: float
    input: float | None
    product: float | None
    is_edited: bool = False


@dataclass(frozen=True)
class Cell:
    """One column of the table. `key` links it to its line in the network: the term's place, "b" or "z"."""

    key: str
    name: str
    input: str
    weight: str
    weight_css: str
    total: str
    css: str


@dataclass(frozen=True)
class Bar:
    """One bar, in percent of the width and in units of the height; `is_nil` is a bar of no height."""

    key: str
    css: str
    x: float
    y: float
    width: float
    height: float
    is_nil: bool

    @property
    def end(self) -> float:
        return round(self.x + self.width, 2)


@dataclass(frozen=True)
class Carry:
    """The thin line that hands a running sum to the next bar."""

    x1: float
    x2: float
    y: float


@dataclass(frozen=True)
class Waterfall:
    """Table and picture of one weighted sum."""

    cells: tuple[Cell, ...]
    bars: tuple[Bar, ...]
    carries: tuple[Carry, ...]
    axis: float
    mark: float | None
    mark_text: str
    zeros: tuple[str, ...]
    height: int = HEIGHT

    @property
    def span(self) -> int:
        return len(self.cells)


def waterfall(
    terms: Iterable[Term | tuple[str, float, float | None, float | None]],
    bias: float,
    z: float | None,
    mark: float | None = None,
    *,
    is_bias_edited: bool = False,
) -> Waterfall:
    """Lay out the sum of `terms` and `bias`.

    terms: (name, weight, input, product) each; a term whose product is 0 is left out and named in `.zeros`.
    z: the engine's sum, or None while it is hidden: only products have bars then.
    mark: a value drawn as a line.
    is_bias_edited: whether the reader changed the bias; a changed weight says so in its term.
    """
    all_terms = [Term(*term) for term in terms]
    kept = [(i, term) for i, term in enumerate(all_terms) if not _is_silent(term)]
    cells = _cells(kept, bias, z, is_bias_edited)
    zeros = tuple(term.name for term in all_terms if _is_silent(term))
    mark_text = "" if mark is None else fixed(mark, 2)
    products = [term.product for _, term in kept]
    steps = _under_way(products) if z is None else _steps([p or 0.0 for p in products], bias, z)
    if not steps:
        return Waterfall(tuple(cells), (), (), HEIGHT / 2, None, mark_text, zeros)
    levels = [0.0, *(level for step in steps for level in step), *([] if mark is None else [mark])]
    low, high = min(levels), max(levels)
    span = high - low if high - low > NIL else 1.0

    def y(value: float) -> float:
        return round(PAD + (high - value) / span * (HEIGHT - 2 * PAD), 1)

    bars = _bars([cell.key for cell in cells], [cell.css for cell in cells], [(y(a), y(b)) for a, b in steps])
    ends = [y(end) for _, end in steps]
    return Waterfall(
        cells=tuple(cells),
        bars=tuple(bars),
        carries=tuple(Carry(a.end, b.x, end) for a, b, end in zip(bars, bars[1:], ends, strict=False)),
        axis=y(0),
        mark=None if mark is None else y(mark),
        mark_text=mark_text,
        zeros=zeros,
    )


def _is_silent(term: Term) -> bool:
    """Whether a term is left out: it adds nothing, and nobody changed it."""
    if term.is_edited:
        return False
    return term.weight == 0 or (term.product is not None and abs(term.product) < NIL)


def _cells(
    kept: Sequence[tuple[int, Term]], bias: float, z: float | None, is_bias_edited: bool
) -> list[Cell]:
    places = places_for([*(term.weight for _, term in kept), bias])
    cells = [
        Cell(
            key=str(i),
            name=term.name,
            input="?" if term.input is None else short(term.input),
            weight=fixed(term.weight, places, signed=True),
            weight_css=f"{sign(term.weight)}{EDITED if term.is_edited else ''}",
            total="?" if term.product is None else fixed(term.product, 2, signed=True),
            css="zero" if term.product is None else sign(term.product),
        )
        for i, term in kept
    ]
    bias_css = f"{sign(bias)}{EDITED if is_bias_edited else ''}"
    cells.append(Cell("b", "bias", "", "", "", fixed(bias, 2, signed=True), bias_css))
    cells.append(Cell("z", "z", "", "", "", "?" if z is None else fixed(z, 2), f"sum {sign(z or 0.0)}"))
    return cells


def _under_way(products: Sequence[float | None]) -> list[tuple[float, float]]:
    """The bars of a sum that is being made: its products so far; none before the first that is not 0."""
    known = list(takewhile(lambda product: product is not None, products))
    return _steps([p or 0.0 for p in known], 0.0, 0.0)[:-2] if any(known) else []


def _steps(products: Sequence[float], bias: float, z: float) -> list[tuple[float, float]]:
    """Where each bar begins and ends: a running sum, and z from zero."""
    found, running = [], 0.0
    for product in (*products, bias):
        found.append((running, running + product))
        running += product
    return [*found, (0.0, z)]


def _bars(keys: Sequence[str], css: Sequence[str], ends: Sequence[tuple[float, float]]) -> list[Bar]:
    step = 100 / len(keys)
    width = min(step * BAR, WIDEST_BAR)
    return [
        Bar(
            key=key,
            css=css[n],
            x=round((n + 0.5) * step - width / 2, 2),
            y=min(start, end),
            width=round(width, 2),
            height=round(abs(start - end), 1),
            is_nil=abs(start - end) < 0.5,
        )
        for n, (key, (start, end)) in enumerate(zip(keys, ends, strict=False))
    ]
