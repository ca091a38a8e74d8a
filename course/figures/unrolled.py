"""A SimpleRNN with one input, unrolled in time: its pass by the engine, and where everything is drawn."""

from dataclasses import dataclass
from functools import lru_cache
from math import hypot
from typing import Any

import numpy as np

import engine
from course.figures.document import Matrix, Vector
from course.figures.numbers import NIL, inside_node, sign
from course.figures.scene import fill, line_width

INPUTS = (-2.0, 2.0)
LEFT, RIGHT, TOP, PITCH, WIDTH = 52, 22, 24, 56, 336
RADIUS = 15


@dataclass(frozen=True)
class Weights:
    """Of a SimpleRNN with one input: kernel (units,), recurrent (units, units), bias (units,)."""

    kernel: Vector
    recurrent: Matrix
    bias: Vector


@dataclass(frozen=True)
class Unrolled:
    """A pass through time: states and sums (steps, units); without[k] are the states had input k been 0."""

    h: Matrix
    z: Matrix
    without: tuple[Matrix, ...]


@dataclass(frozen=True)
class State:
    """What the reader chose. `step` and `unit` count from 0."""

    x: Vector
    weights: Weights
    step: int
    unit: int


@dataclass(frozen=True)
class Node:
    """An input, or a unit at a step; `row` 0 is the first unit, inputs stand below the last."""

    key: str
    x: float
    y: float
    text: str
    css: str
    is_negative: bool


@dataclass(frozen=True)
class Line:
    """What is handed on: from a state to the next, or from an input to a state."""

    key: str
    x1: float
    y1: float
    x2: float
    y2: float
    css: str
    width: float


@lru_cache(maxsize=256)
def unroll(x: Vector, weights: Weights) -> Unrolled:
    """The engine's SimpleRNN on the sequence, and on the sequence with each input set to 0."""
    steps, units = len(x), len(weights.kernel)
    source = f"Sequential([Input(({steps}, 1)), SimpleRNN({units}, return_sequences=True)])"
    model = engine.build(engine.parse(source), dtype="float64", budget=engine.INTERACTIVE)
    model.set_weights([np.array([weights.kernel]), np.array(weights.recurrent), np.array(weights.bias)])
    found = engine.trace(model, np.array(x)[:, None]).layers[-1]
    silenced = np.array(x) * (1 - np.eye(steps))
    without = model.predict(silenced[..., None])
    assert found.z is not None
    return Unrolled(_matrix(found.a), _matrix(found.z), tuple(_matrix(one) for one in without))


def _matrix(array: Any) -> Matrix:
    return tuple(tuple(float(value) for value in row) for row in array)


def column_x(step: int, steps: int) -> float:
    """Where a step stands."""
    return round(LEFT + (WIDTH - LEFT - RIGHT) * step / (steps - 1), 1)


def row_y(row: int) -> float:
    """Where a row stands: units from the top, then the inputs."""
    return float(TOP + PITCH * row)


def nodes(state: State, seen: Unrolled) -> list[Node]:
    """Units and inputs, step by step; a state that is not computed yet shows a question mark."""
    steps, units = len(state.x), len(state.weights.kernel)
    found = []
    for k in range(steps):
        for row in range(units + 1):
            value = state.x[k] if row == units else seen.h[k][row] if k <= state.step else None
            css = "unknown" if value is None else fill(value, INPUTS[1] if row == units else 1.0)
            is_pinned = (k, row) == (state.step, state.unit)
            found.append(
                Node(
                    key=f"{k}.{row}",
                    x=column_x(k, steps),
                    y=row_y(row),
                    text="?" if value is None else inside_node(value),
                    css=f"n {css}{' me' if is_pinned else ''}",
                    is_negative=value is not None and value < -NIL,
                )
            )
    return found


def lines(state: State, seen: Unrolled) -> list[Line]:
    """Every weight at every step; strong where it leads to the unit in view."""
    steps, units = len(state.x), len(state.weights.kernel)
    found = []
    for k in range(steps):
        for unit in range(units):
            for source in [*range(units), units] if k else [units]:
                is_input = source == units
                weight = state.weights.kernel[unit] if is_input else state.weights.recurrent[source][unit]
                if weight == 0:
                    continue
                value = state.x[k] if is_input else seen.h[k - 1][source]
                is_strong = (k, unit) == (state.step, state.unit)
                start = (k if is_input else k - 1, source)
                product = weight * value
                css = f"e {sign(product)}" if is_strong else "e far"
                width = line_width(product, 1.0) if is_strong else 0.8
                found.append(Line(f"{k}.{source}.{unit}", *_ends(start, (k, unit), steps), css, width))
    return found


def _ends(start: tuple[int, int], end: tuple[int, int], steps: int) -> tuple[float, float, float, float]:
    """From rim to rim of two nodes."""
    x1, y1 = column_x(start[0], steps), row_y(start[1])
    x2, y2 = column_x(end[0], steps), row_y(end[1])
    length = hypot(x2 - x1, y2 - y1)
    dx, dy = (x2 - x1) / length * (RADIUS + 1), (y2 - y1) / length * (RADIUS + 1)
    return round(x1 + dx, 1), round(y1 + dy, 1), round(x2 - dx, 1), round(y2 - dy, 1)
