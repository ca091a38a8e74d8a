"""A challenge's board: networks by accuracy, parameters and epochs, those that none betters, and a chart.

A network is on the front when no other is at least as good in everything and better in something: more
accurate, smaller, sooner done.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from course.figures.plot import Plot
from engine.evaluation.wording import percent
from labs.models import BoardEntry

MOST_ROWS = 200
PADDING = 0.08
RADII = (5, 7, 9)


@dataclass(frozen=True)
class Row:
    """One network: its figures as texts, whether it is on the front and whether it is the visitor's own."""

    entry: BoardEntry
    accuracy: str
    parameters: str
    epochs: str
    is_front: bool
    is_own: bool


class Column(NamedTuple):
    """A head of the table: the address part that sorts by it, and `aria-sort` where it does now."""

    name: str
    title: str
    sort: str
    order: str


class Dot(NamedTuple):
    """A network on the chart, in percent of the sheet; the radius grows with its epochs."""

    x: str
    y: str
    radius: int
    css: str
    name: str
    is_own: bool


@dataclass(frozen=True)
class Board:
    """The table and the chart. `plot` is None where accuracies are not asked for: there is one axis then."""

    rows: tuple[Row, ...]
    columns: tuple[Column, ...]
    total: int
    sentence: str
    plot: Plot | None
    dots: tuple[Dot, ...]
    has_accuracy: bool
    has_epochs: bool


class Figures(NamedTuple):
    """What is compared; smaller is better in all three."""

    error: float
    parameters: int
    epochs: int


def board(entries: Iterable[BoardEntry], own: BoardEntry | None, sort: str) -> Board:
    """The board of these entries, sorted by a column of SORTS, with a minus the other way round."""
    found = list(entries)
    front = front_of([figures(entry) for entry in found])
    has_accuracy = any(entry.accuracy is not None for entry in found)
    has_epochs = any(entry.epochs for entry in found)
    key, is_down = sort.removeprefix("-"), sort.startswith("-")
    if key not in SORTS or (key == "accuracy" and not has_accuracy):
        key = "accuracy" if has_accuracy else "parameters"
        is_down = False
    ordered = sorted(found, key=lambda one: (SORTS[key](one), figures(one), one.pk), reverse=is_down)
    own_pk = own.pk if own else None
    listed = ordered[:MOST_ROWS] + [one for one in ordered[MOST_ROWS:] if one.pk == own_pk]
    rows = tuple(_row(one, figures(one) in front, one.pk == own_pk) for one in listed)
    plot = _plot(listed) if has_accuracy else None
    return Board(
        rows,
        tuple(_columns(key, is_down, has_accuracy, has_epochs)),
        len(found),
        _sentence(rows, len(found)),
        plot,
        tuple(_dots(rows, plot)) if plot else (),
        has_accuracy,
        has_epochs,
    )


def figures(entry: BoardEntry) -> Figures:
    return Figures(1 - (entry.accuracy or 0.0), entry.parameters, entry.epochs or 0)


def front_of(measured: Iterable[Figures]) -> set[Figures]:
    """The figures that no others better."""
    front: list[Figures] = []
    for one in sorted(set(measured)):  # whoever betters it comes before it
        if not any(all(a <= b for a, b in zip(other, one, strict=True)) for other in front):
            front.append(one)
    return set(front)


SORTS: dict[str, Callable[[BoardEntry], object]] = {
    "accuracy": lambda entry: -(entry.accuracy or 0.0),
    "parameters": lambda entry: entry.parameters,
    "epochs": lambda entry: entry.epochs or 0,
    "name": lambda entry: entry.pseudonym.lower(),
}
"""What the table sorts by, the best first."""

TITLES = {"name": "Name", "accuracy": "Accuracy", "parameters": "Parameters", "epochs": "Epochs"}
FALLING = ("accuracy",)
"""Columns whose best value is the largest."""


def _columns(key: str, is_down: bool, has_accuracy: bool, has_epochs: bool) -> Iterable[Column]:
    hidden = {"accuracy": not has_accuracy, "epochs": not has_epochs}
    for name, title in TITLES.items():
        if hidden.get(name):
            continue
        is_falling = (name in FALLING) != is_down
        order = ("descending" if is_falling else "ascending") if name == key else ""
        yield Column(name, title, f"-{name}" if name == key and not is_down else name, order)


def _row(entry: BoardEntry, is_front: bool, is_own: bool) -> Row:
    accuracy = "" if entry.accuracy is None else percent(entry.accuracy)
    epochs = "" if entry.epochs is None else f"{entry.epochs:,}"
    return Row(entry, accuracy, f"{entry.parameters:,}", epochs, is_front, is_own)


def _sentence(rows: Sequence[Row], total: int) -> str:
    count = sum(row.is_front for row in rows)
    shown = f"{total:,} network{'' if total == 1 else 's'}" + (
        f", {len(rows)} of them shown" if total > len(rows) else ""
    )
    return f"{shown}; {count} on the front: no other betters them in one figure and matches them in the rest."


def _plot(entries: Sequence[BoardEntry]) -> Plot:
    low, high = _span([entry.parameters for entry in entries], least=1.0)
    bottom, top = _span([100 * (entry.accuracy or 0.0) for entry in entries], least=1.0)
    return Plot(max(low, 0.0), high, max(bottom, 0.0), min(top, 100.5), "parameters", "accuracy, in percent")


def _span(values: Sequence[float], least: float) -> tuple[float, float]:
    room = max((max(values) - min(values)) * PADDING, least)
    return min(values) - room, max(values) + room


def _dots(rows: Sequence[Row], plot: Plot) -> Iterable[Dot]:
    """Those on the front last, one's own on top of all: what is drawn later covers what is below."""
    longest = max((row.entry.epochs or 0 for row in rows), default=0)
    for row in sorted(rows, key=lambda row: (row.is_own, row.is_front)):
        entry = row.entry
        share = (entry.epochs or 0) / longest if longest else 0.0
        yield Dot(
            plot.x(entry.parameters),
            plot.y(100 * (entry.accuracy or 0.0)),
            RADII[min(int(share * len(RADII)), len(RADII) - 1)],
            "front" if row.is_front else "behind-front",
            entry.pseudonym,
            row.is_own,
        )
