"""Activation functions in the hand: choose one, move z, see what comes out and how steep it is there.

title = "Two ways to let a number through"
functions = ["relu", "tanh", "sigmoid"]   # what can be chosen, by Keras's names
second = "tanh"                           # drawn beside the first, to compare; may be left out
z = 1.5                                   # where the slider begins
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np

import engine
from course.figures.blocks import Block
from course.figures.controls import Choice, Slider, Wishes
from course.figures.document import NetworkDocument
from course.figures.numbers import fixed, short
from course.figures.plot import Mark, Plot

# Each of these takes one number and gives one; softmax and its kin need the whole layer.
FUNCTIONS = tuple(
    name
    for name in engine.ACTIVATIONS
    if name not in ("softmax", "log_softmax", "glu", "sparsemax", "celu", "exponential")
)
MOST = 6
LOW, HIGH, STEP = -4.0, 4.0, 0.1
NONE = "none"
PLOT = Plot(LOW, HIGH, -1.5, 4.0, "z, the weighted sum", "output")
FLAT = 0.005  # a slope that reads 0.00


@dataclass(frozen=True)
class Settings:
    title: str
    functions: tuple[str, ...]
    second: str
    z: float


@dataclass(frozen=True)
class Reading:
    """One function at z."""

    part: str
    name: str
    value: str
    slope: str


@dataclass(frozen=True)
class Row:
    z: str
    cells: tuple[str, ...]


@dataclass(frozen=True)
class View:
    title: str
    sentence: str
    notices: tuple[str, ...]
    data: dict[str, Any]
    plot: Plot
    curves: tuple[Mark, ...]
    dots: tuple[Mark, ...]
    readings: tuple[Reading, ...]
    first: Choice
    second: Choice
    z: Slider
    rows: tuple[Row, ...]


def read(body: str, document: NetworkDocument | None) -> Settings:
    """The settings of a block. Raises FigureError."""
    block = Block(body)
    title = block.text("title", "What an activation does")
    functions = block.choices("functions", FUNCTIONS, ("relu", "sigmoid", "tanh", "linear"))
    if len(functions) > MOST:
        raise block.error("functions", f"functions has {len(functions)} names; up to {MOST} can be chosen.")
    second = block.choice("second", (*functions, NONE), NONE)
    z = block.number("z", LOW, HIGH, 1.0)
    block.end()
    return Settings(title, functions, second, z)


def show(settings: Settings, query: Mapping[str, str], name: str) -> View:
    """The chosen functions with their values and slopes at z; z goes in steps of a tenth."""
    wishes = Wishes(query, name)
    first = wishes.choice("f", "The function", settings.functions[0], settings.functions)
    second = wishes.choice("g", "The second function", settings.second, (*settings.functions, NONE))
    z = round(wishes.number("z", "z", settings.z, LOW, HIGH), 1)
    chosen = {"first": first} | ({} if second in (NONE, first) else {"second": second})
    return View(
        title=settings.title,
        sentence=sentence(z, [(one, *_at(one, z)) for one in chosen.values()]),
        notices=tuple(wishes.notices),
        data={
            "plot": PLOT.to_json(),
            "low": LOW,
            "step": STEP,
            "tables": {one: [_rounded(column) for column in table(one)] for one in settings.functions},
        },
        plot=PLOT,
        curves=tuple(curve for part in ("first", "second") for curve in _curves(part, chosen.get(part), z)),
        dots=tuple(_dot(part, chosen.get(part), z) for part in ("first", "second")),
        readings=tuple(_reading(part, chosen.get(part), z) for part in ("first", "second")),
        first=wishes.options("f", "Function", first, {one: one for one in settings.functions}),
        second=wishes.options(
            "g", "Beside it", second, {NONE: "nothing"} | {one: one for one in settings.functions}
        ),
        z=wishes.slider("z", "z", z, LOW, HIGH, STEP),
        rows=tuple(_row(value, chosen.values()) for value in (*range(int(LOW), int(HIGH) + 1), z)),
    )


@lru_cache(maxsize=64)
def table(name: str) -> tuple[tuple[float, ...], tuple[float, ...]]:
    """Value and slope of a function at every tenth from LOW to HIGH, by the engine."""
    z = np.round(np.arange(round(LOW / STEP), round(HIGH / STEP) + 1) * STEP, 10)
    a, backward = engine.ACTIVATIONS[name](z)
    slope = backward(np.ones_like(z))
    return tuple(map(float, a)), tuple(map(float, slope))


def sentence(z: float, readings: Sequence[tuple[str, float, float]]) -> str:
    """What the functions give at z, and what a flat place means."""
    told = "; ".join(f"{name} gives {fixed(a)}, slope {fixed(slope)}" for name, a, slope in readings)
    flat = any(abs(slope) < FLAT for _, _, slope in readings)
    return f"At z = {short(z)} {told}." + (
        " Where the slope is 0, no weight behind it learns." if flat else ""
    )


def _at(name: str, z: float) -> tuple[float, float]:
    values, slopes = table(name)
    place = round((z - LOW) / STEP)
    return values[place], slopes[place]


def _curves(part: str, name: str | None, z: float) -> tuple[Mark, Mark]:
    """The function, and its tangent at z one unit to each side."""
    if name is None:
        return Mark(part, f"curve {part}"), Mark(f"{part}-slope", "tangent")
    values, _ = table(name)
    a, slope = _at(name, z)
    points = [(LOW + STEP * n, value) for n, value in enumerate(values)]
    tangent = [(z - 1, a - slope), (z + 1, a + slope)]
    return (
        Mark(part, f"curve {part}", PLOT.path(points)),
        Mark(f"{part}-slope", "tangent", PLOT.path(tangent)),
    )


def _dot(part: str, name: str | None, z: float) -> Mark:
    if name is None:
        return Mark(part, f"dot {part} off", x="0", y="0")
    return Mark(part, f"dot {part}", x=PLOT.x(z), y=PLOT.y(_at(name, z)[0]))


def _reading(part: str, name: str | None, z: float) -> Reading:
    if name is None:
        return Reading(part, "", "", "")
    a, slope = _at(name, z)
    return Reading(part, name, fixed(a), fixed(slope))


def _row(z: float, names: Any) -> Row:
    cells = [fixed(value) for name in names for value in _at(name, z)]
    return Row(short(z), tuple(cells))


def _rounded(column: Sequence[float]) -> list[float]:
    return [round(value, 6) for value in column]
