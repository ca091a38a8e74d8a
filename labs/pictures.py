"""Pictures of a network that was trained for its grading: curves, answers everywhere, what is taken for what.

Made from the evidence of a report's rows; plain numbers in, plain geometry out. Several criteria on one data
set share a training, so each data set is shown once.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from math import floor, log10
from typing import Any, NamedTuple

from course.figures.strips import strips

WIDTH, HEIGHT = 100, 100  # of a curve; it is stretched to the room there is
SIDE = 400  # of the plane
TABLE_ROWS = 12
SHAPES = ("circle", "square", "triangle", "diamond")
"""Classes differ by shape as well as by color; a data set with more of them has no plane."""


class Count(NamedTuple):
    """One cell of a confusion matrix: `css` says whether it is a hit, a slip or nothing."""

    number: int
    css: str


@dataclass(frozen=True)
class Confusion:
    """True classes down, what the network said across; `shares` are recalls in percent."""

    classes: tuple[str, ...]
    rows: tuple[tuple[str, tuple[Count, ...], str], ...]
    sentence: str


@dataclass(frozen=True)
class Curve:
    """One value after each epoch. `path` is drawn in a box of WIDTH by HEIGHT, `ticks` stand from the top."""

    title: str
    css: str
    path: str
    ticks: tuple[str, ...]
    first: int
    last: int
    end: str
    table: tuple[tuple[int, str], ...]


class Point(NamedTuple):
    """A sample on the plane; `is_missed` when the network says another class."""

    x: float
    y: float
    shape: str
    number: int
    is_missed: bool


@dataclass(frozen=True)
class Plane:
    """The answer everywhere: an area per class, the borders between them, and samples."""

    areas: tuple[tuple[int, str], ...]
    border: str
    points: tuple[Point, ...]
    classes: tuple[tuple[int, str, str], ...]
    sentence: str
    side: int = SIDE


@dataclass(frozen=True)
class Pictures:
    """All that is shown of one training."""

    dataset: str
    curves: tuple[Curve, ...]
    confusion: Confusion | None
    plane: Plane | None


def pictures(rows: Iterable[Mapping[str, Any]]) -> list[Pictures]:
    """One per data set that the rows of a report trained on, in their order."""
    found: dict[str, Mapping[str, Any]] = {}
    for row in rows:
        evidence = row.get("evidence", {})
        if "curves" in evidence and "dataset" in evidence:
            found.setdefault(evidence["dataset"], evidence)
    return [_pictures(name, evidence) for name, evidence in found.items()]


def _pictures(name: str, evidence: Mapping[str, Any]) -> Pictures:
    confusion = evidence.get("confusion")
    regions = evidence.get("regions")
    classes = confusion["classes"] if confusion else ()
    return Pictures(
        name,
        tuple(_curves(evidence["curves"])),
        _confusion(confusion) if confusion else None,
        _plane(regions, classes) if regions and len(classes) <= len(SHAPES) else None,
    )


def _curves(told: Mapping[str, Sequence[Any]]) -> Iterable[Curve]:
    epochs: Sequence[int] = told["epoch"]
    for name, values in told.items():
        if name != "epoch" and any(value is not None for value in values):
            yield _curve(name, epochs, values)


def _curve(name: str, epochs: Sequence[int], values: Sequence[float | None]) -> Curve:
    top = 1.0 if name.endswith("accuracy") else ceiling(max(value for value in values if value is not None))
    span = max(epochs[-1] - epochs[0], 1)
    spots = [
        (round((epoch - epochs[0]) / span * WIDTH, 2), round(HEIGHT * (1 - value / top), 2))
        if value is not None
        else None
        for epoch, value in zip(epochs, values, strict=True)
    ]
    known = [value for value in values if value is not None]
    kept = sorted({round(k * (len(epochs) - 1) / (TABLE_ROWS - 1)) for k in range(TABLE_ROWS)})
    return Curve(
        title="Training loss" if name == "loss" else name.capitalize(),
        css="c-train" if name == "loss" else "c-held",
        path=line_path(spots),
        ticks=(f"{top:g}", f"{top / 2:g}", "0"),
        first=epochs[0],
        last=epochs[-1],
        end=f"{known[-1]:.3f}",
        table=tuple((epochs[k], _decimals(values[k])) for k in kept),
    )


def line_path(spots: Sequence[tuple[float, float] | None]) -> str:
    """An SVG path through the spots, broken where one is missing. A single spot is a short dash."""
    parts = []
    for is_known, run in groupby(spots, key=lambda spot: spot is not None):
        if is_known:
            places = [f"{x:g} {y:g}" for x, y in filter(None, run)]
            parts.append("M" + "L".join(places) + ("h1" if len(places) == 1 else ""))
    return "".join(parts)


def ceiling(value: float) -> float:
    """The next of 1, 2, 5, 10, 20, ... above: an axis that ends on a round number."""
    if value <= 0:
        return 1.0
    power: float = 10.0 ** floor(log10(value))
    return next(step * power for step in (1, 2, 5, 10) if step * power >= value)


def _decimals(value: float | None) -> str:
    return "not a number" if value is None else f"{value:.3f}"


def _confusion(told: Mapping[str, Any]) -> Confusion:
    classes, matrix = told["classes"], told["matrix"]
    rows = []
    for place, (name, counts) in enumerate(zip(classes, matrix, strict=True)):
        cells = tuple(
            Count(number, "none" if not number else "hit" if at == place else "slip")
            for at, number in enumerate(counts)
        )
        total = sum(counts)
        rows.append((name, cells, f"{counts[place] / total:.0%}" if total else "none"))
    return Confusion(tuple(classes), tuple(rows), _largest_slip(classes, matrix))


def _largest_slip(classes: Sequence[str], matrix: Sequence[Sequence[int]]) -> str:
    slips = [
        (number, true, said)
        for true, counts in enumerate(matrix)
        for said, number in enumerate(counts)
        if said != true and number
    ]
    if not slips:
        return "Nothing is mistaken for anything else."
    number, true, said = max(slips, key=lambda slip: slip[0])
    times = "once" if number == 1 else f"{number} times"
    return f"The largest confusion: {classes[true]} taken for {classes[said]}, {times}."


def _plane(told: Mapping[str, Any], classes: Sequence[str]) -> Plane:
    grid: Sequence[str] = told["grid"]
    areas = strips(grid, SIDE / len(grid))
    points = tuple(
        Point(
            round((x - told["x"][0]) / (told["x"][1] - told["x"][0]) * SIDE, 1),
            round((told["y"][1] - y) / (told["y"][1] - told["y"][0]) * SIDE, 1),
            SHAPES[true],
            true + 1,
            true != said,
        )
        for x, y, true, said in told["points"]
    )
    missed = sum(point.is_missed for point in points)
    sentence = (
        "Every point lies on its own side."
        if not missed
        else f"The {'ringed point is' if missed == 1 else f'{missed} ringed points are'} on another side."
    )
    return Plane(
        tuple((number + 1, areas.get(str(number), "")) for number in range(len(classes))),
        _border(grid),
        points,
        tuple((place + 1, name, SHAPES[place]) for place, name in enumerate(classes)),
        sentence,
    )


def _border(grid: Sequence[str]) -> str:
    """The lines between cells of different classes."""
    cell, size = SIDE / len(grid), range(len(grid))
    right = [
        f"M{(column + 1) * cell:g} {row * cell:g}v{cell:g}"
        for row in size
        for column in size[:-1]
        if grid[row][column] != grid[row][column + 1]
    ]
    below = [
        f"M{column * cell:g} {(row + 1) * cell:g}h{cell:g}"
        for row in size[:-1]
        for column in size
        if grid[row][column] != grid[row + 1][column]
    ]
    return "".join(right + below)
