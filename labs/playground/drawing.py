"""A run as it is drawn: the network with a map in each unit, and the plane with its points."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from engine.playground import FEATURES, Points, Run
from engine.playground.points import drawn
from labs.playground.maps import REACH, Grid, Map, cells, heat_maps

UNIT_CELLS, PLANE_CELLS = 20, 50
PITCH_X, PITCH_Y, TOP = 120, 72, 44
HALF = 26  # of a unit's square
OUTPUT = "output"
FEATURE_NAMES = dict(
    zip(
        FEATURES,
        ("x", "y", "x squared", "y squared", "x times y", "sin x", "sin y"),
        strict=True,
    )
)


class Edge(NamedTuple):
    """A weight as a line: `width` grows with its size; `sign` is pos or neg."""

    path: str
    width: float
    sign: str


class Unit(NamedTuple):
    """A square with what the unit answers over the plane; `x` and `y` are its upper left corner."""

    name: str
    x: float
    y: float
    map: Map
    is_dead: bool


class Column(NamedTuple):
    """The heading over a layer."""

    x: float
    name: str
    note: str


@dataclass(frozen=True)
class Figure:
    """The network. Maps are UNIT_CELLS wide and stand in squares twice HALF wide; `label` is in words."""

    label: str
    width: int
    height: int
    columns: tuple[Column, ...]
    edges: tuple[Edge, ...]
    units: tuple[Unit, ...]
    scale: float = 2 * HALF / UNIT_CELLS
    size: int = 2 * HALF


class Dots(NamedTuple):
    """Points of one kind as one path."""

    css: str
    path: str


@dataclass(frozen=True)
class Plane:
    """What a unit answers everywhere, and all points. `title` says whose answers they are."""

    title: str
    is_output: bool
    map: Map
    dots: tuple[Dots, ...]


def unit_names(run: Run) -> tuple[tuple[str, ...], ...]:
    """The names of all units, layer by layer, inputs first."""
    settings = run.settings
    hidden = (
        tuple(f"h{layer}.{unit}" for unit in range(1, units + 1))
        for layer, units in enumerate(settings.hidden, 1)
    )
    return (tuple(FEATURE_NAMES[name] for name in settings.features), *hidden, (OUTPUT,))


def dead_units(run: Run) -> tuple[str, ...]:
    """Units of hidden layers that answer 0 to every training point, where relu lets nothing through."""
    if run.settings.activation != "relu":
        return ()
    answers = run.outputs(run.inputs[: run.points.train])[:-1]
    return tuple(
        name
        for names, found in zip(unit_names(run)[1:-1], answers, strict=True)
        for name, column in zip(names, found.T, strict=True)
        if not column.any()
    )


def figure(run: Run, dead: Sequence[str]) -> Figure:
    """The network as it is now; `dead` are the names of dead units."""
    shape, names = run.settings.shape, unit_names(run)
    height = max(shape) * PITCH_Y
    places = _places(shape)
    maps = {**{FEATURE_NAMES[name]: _feature_map(name) for name in run.settings.features}, **unit_maps(run)}
    units = [
        Unit(name, x - HALF, y - HALF, maps[name], name in dead)
        for layer in range(len(shape))
        for name, (x, y) in zip(names[layer], places[layer], strict=True)
    ]
    edges = [
        Edge(path, abs(width), "neg" if width < 0 else "pos")
        for path, width in zip(_paths(shape), widths(run), strict=True)
    ]
    return Figure(label(run), PITCH_X * len(shape), TOP + height, _columns(shape), tuple(edges), tuple(units))


def label(run: Run) -> str:
    """The figure in words."""
    layers = ", ".join(column.note for column in _columns(run.settings.shape))
    return (
        f"The network {layers}, after {run.epoch} epoch{'' if run.epoch == 1 else 's'}. "
        "Each square shows what its unit answers over the plane; the tables below have every weight."
    )


def unit_maps(run: Run) -> dict[str, Map]:
    """The map of each hidden unit and of the output, by name."""
    answers = np.concatenate(run.outputs(_seen(run.settings.features, UNIT_CELLS)), axis=1)
    maps = heat_maps(answers.T.reshape(-1, UNIT_CELLS, UNIT_CELLS))
    return dict(zip((name for names in unit_names(run)[1:] for name in names), maps, strict=True))


def widths(run: Run) -> list[float]:
    """The width of each weight's line, layer by layer, from input to input; below 0 for a negative weight."""
    weights = np.concatenate([kernel.ravel() for kernel in run.kernels])
    sizes = np.nan_to_num(np.minimum(0.5 + np.abs(weights) * 1.6, 6), nan=0.5)
    found: list[float] = np.where(weights >= 0, sizes, -sizes).round(1).tolist()
    return found


@lru_cache(maxsize=32)
def _seen(names: tuple[str, ...], count: int) -> Grid:
    """What a network with these features sees of count x count cells: (count * count, features)."""
    at = cells(count)
    return np.stack([FEATURES[name](at[:, 0], at[:, 1]) for name in names], axis=1)


@cache
def _feature_map(name: str) -> Map:
    """What an input sees; it never changes."""
    at = cells(UNIT_CELLS)
    return _map(np.clip(FEATURES[name](at[:, 0], at[:, 1]) / REACH, -1, 1), UNIT_CELLS)


@lru_cache(maxsize=64)
def _columns(shape: tuple[int, ...]) -> tuple[Column, ...]:
    last = len(shape) - 1
    told = []
    for layer, units in enumerate(shape):
        name = "input" if not layer else "output" if layer == last else f"hidden {layer}"
        plural = "" if units == 1 else "s"
        note = f"{units} feature{plural}" if not layer else f"{units} unit{plural}"
        told.append(Column(PITCH_X * (layer + 0.5), name, note))
    return tuple(told)


def _places(shape: Sequence[int]) -> list[list[tuple[float, float]]]:
    """The middles of all squares, layer by layer."""
    height = max(shape) * PITCH_Y
    return [
        [
            (PITCH_X * (layer + 0.5), TOP + height / 2 + (unit - (units - 1) / 2) * PITCH_Y - 8)
            for unit in range(units)
        ]
        for layer, units in enumerate(shape)
    ]


def _paths(shape: Sequence[int]) -> Iterator[str]:
    """A line for each weight, in the order of `widths`."""
    for before, after in pairwise(_places(shape)):
        for x1, y1 in before:
            for x2, y2 in after:
                middle = (x1 + x2) / 2
                yield f"M{x1 + HALF:g} {y1:g}C{middle:g} {y1:g} {middle:g} {y2:g} {x2 - HALF:g} {y2:g}"


def plane(run: Run, look: str = OUTPUT) -> Plane:
    """What the unit of that name says everywhere; for a name that there is not, the output."""
    name, answers = unit_answers(run, look, _seen(run.settings.features, PLANE_CELLS))
    title = "What the network answers" if name == OUTPUT else f"What {name} answers"
    return Plane(title, name == OUTPUT, _map(answers, PLANE_CELLS), _dots(run.settings.source))


def unit_answers(run: Run, look: str, inputs: Grid) -> tuple[str, Grid]:
    """The unit of that name, or the output where there is none, and what it answers to inputs: (count,)."""
    names, answers = unit_names(run)[1:], run.outputs(inputs)
    layer = next((place for place, layer in enumerate(names) if look in layer), -1)
    unit = names[layer].index(look) if layer >= 0 else 0
    return names[layer][unit], answers[layer][:, unit]


@lru_cache(maxsize=64)
def _dots(source: tuple[str, str, int, int, str]) -> tuple[Dots, ...]:
    return dots(drawn(*source)[0], PLANE_CELLS)


def dots(points: Points, side: float, size: float = 0.9) -> tuple[Dots, ...]:
    """Points in a square of `side`: round for positive, square for negative, held-out ones apart."""
    across = (points.at[:, 0] + REACH) / (2 * REACH) * side
    down = (REACH - points.at[:, 1]) / (2 * REACH) * side
    paths: dict[str, list[str]] = {}
    for place, (x, y, label) in enumerate(
        zip(across.tolist(), down.tolist(), points.labels.tolist(), strict=True)
    ):
        part = "train" if place < points.train else "held"
        if label >= 0:
            paths.setdefault(f"round {part}", []).append(f"M{x:.2f} {y:.2f}h0")
        else:
            corner = f"M{x - size / 2:.2f} {y - size / 2:.2f}"
            paths.setdefault(f"corner {part}", []).append(f"{corner}h{size}v{size}h-{size}z")
    return tuple(Dots(css, "".join(parts)) for css, parts in sorted(paths.items()))


def _map(values: Grid, count: int) -> Map:
    return heat_maps(values.reshape(1, count, count))[0]
