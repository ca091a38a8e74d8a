"""A recurrent layer unrolled in time: the same few weights at every step, and a state that is handed on.

title = "One layer, six steps"
sequence = [1, 0, 0, 0, 0, 0]           # 2 to 8 inputs, one number each
kernel = [1.0, 1.5]                     # what each unit makes of the input; 1 to 3 units
recurrent = [[1.2, -1.5], [0.0, 0.0]]   # row: from the unit a step ago; column: to the unit now
bias = [0.0, 0.0]
step = 3                                # the step and the unit it begins with
unit = 1
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from course.figures.blocks import Block
from course.figures.controls import Choice, Slider, Wishes
from course.figures.document import Matrix, NetworkDocument, Vector
from course.figures.numbers import fixed, plain, sign
from course.figures.unrolled import (
    INPUTS,
    WIDTH,
    Line,
    Node,
    State,
    Unrolled,
    Weights,
    column_x,
    lines,
    nodes,
    row_y,
    unroll,
)

FEWEST, MOST = 2, 8
MOST_UNITS = 3
KERNEL = (1.0, 1.5)
RECURRENT = ((1.2, -1.5), (0.0, 0.0))  # the first unit holds on, the second notices a change
SEQUENCE = (1.0, 0.0, 0.0, 0.0, 0.0, 0.0)
WEIGHTS = 4.0


@dataclass(frozen=True)
class Settings:
    title: str
    sequence: Vector
    weights: Weights
    step: int
    unit: int


@dataclass(frozen=True)
class Term:
    """One line of the worked sum."""

    name: str
    value: str
    weight: str
    product: str
    css: str


@dataclass(frozen=True)
class Trail:
    """What is left of one input in the state in view: the state less what it would be had the input been 0.

    The bar is in percent of its ground, from the middle.
    """

    name: str
    text: str
    bar_x: str
    bar_width: str
    sign: str


@dataclass(frozen=True)
class View:
    title: str
    sentence: str
    notices: tuple[str, ...]
    data: dict[str, Any]
    inputs: tuple[Slider, ...]
    step: Slider
    unit: Choice
    width: int
    height: float
    columns: tuple[tuple[str, float], ...]
    rows: tuple[tuple[str, float], ...]
    nodes: tuple[Node, ...]
    lines: tuple[Line, ...]
    caption: str
    terms: tuple[Term, ...]
    z: str
    state: str
    trails: tuple[Trail, ...]
    heads: tuple[str, ...]
    table: tuple[tuple[str, tuple[str, ...]], ...]


def read(body: str, document: NetworkDocument | None) -> Settings:
    """The settings of a block. Raises FigureError."""
    block = Block(body)
    title = block.text("title", "A recurrent layer, unrolled in time")
    sequence = block.numbers("sequence", least=FEWEST, most=MOST, default=SEQUENCE, within=INPUTS[1])
    kernel = block.numbers("kernel", least=1, most=MOST_UNITS, default=KERNEL, within=WEIGHTS)
    units = len(kernel)
    bias = block.numbers("bias", least=units, most=units, default=(0.0,) * units, within=WEIGHTS)
    weights = Weights(kernel, _recurrent(block, units), bias)
    step, unit = (
        block.whole("step", 1, len(sequence), min(3, len(sequence))),
        block.whole("unit", 1, units, 1),
    )
    block.end()
    return Settings(title, sequence, weights, step, unit)


def _recurrent(block: Block, units: int) -> Matrix:
    rows = block.raw("recurrent")
    if rows is None and units == len(RECURRENT):
        return RECURRENT
    fits = isinstance(rows, list) and len(rows) == units
    if not fits or not all(isinstance(row, list) and len(row) == units for row in rows):
        raise block.error(
            "recurrent", f"recurrent is a square with one row for each of the {units} units of kernel."
        )
    if not all(type(value) in (int, float) and abs(value) <= WEIGHTS for row in rows for value in row):
        raise block.error("recurrent", f"recurrent holds numbers from {-WEIGHTS:g} to {WEIGHTS:g} only.")
    return tuple(tuple(float(value) for value in row) for row in rows)


def show(settings: Settings, query: Mapping[str, str], name: str) -> View:
    """The layer on the sequence that the reader asks for, up to the step in view."""
    wishes = Wishes(query, name)
    state = _state(settings, wishes)
    seen = unroll(state.x, state.weights)
    steps, units = len(state.x), len(state.weights.kernel)
    return View(
        title=settings.title,
        sentence=_sentence(state, seen),
        notices=tuple(wishes.notices),
        data={
            "kernel": state.weights.kernel,
            "recurrent": state.weights.recurrent,
            "bias": state.weights.bias,
        },
        inputs=tuple(
            wishes.slider(f"x{k + 1}", f"Input of step {k + 1}", x, *INPUTS) for k, x in enumerate(state.x)
        ),
        step=wishes.slider("step", "Step", state.step + 1, 1, steps, 1),
        unit=wishes.options(
            "unit", "Unit", str(state.unit + 1), {str(u + 1): f"unit {u + 1}" for u in range(units)}
        ),
        width=WIDTH,
        height=row_y(units) + 40,
        columns=tuple((str(k + 1), column_x(k, steps)) for k in range(steps)),
        rows=(*((f"unit {u + 1}", row_y(u)) for u in range(units)), ("input", row_y(units))),
        nodes=tuple(nodes(state, seen)),
        lines=tuple(lines(state, seen)),
        caption=f"Unit {state.unit + 1} at step {state.step + 1}",
        terms=_terms(state, seen),
        z=fixed(seen.z[state.step][state.unit]),
        state=fixed(seen.h[state.step][state.unit]),
        trails=tuple(_trail(state, seen, k) for k in range(steps)),
        heads=tuple(f"step {k + 1}" for k in range(steps)),
        table=_table(state, seen),
    )


def _state(settings: Settings, wishes: Wishes) -> State:
    x = tuple(
        wishes.number(f"x{k + 1}", f"The input of step {k + 1}", value, *INPUTS)
        for k, value in enumerate(settings.sequence)
    )
    key = "at" if "at" in wishes.query else "step"
    step = wishes.whole(key, "The step", settings.step, 1, len(x))
    unit = wishes.whole("unit", "The unit", settings.unit, 1, len(settings.weights.kernel))
    return State(x, settings.weights, step - 1, unit - 1)


def _terms(state: State, seen: Unrolled) -> tuple[Term, ...]:
    """The input's part, what each unit of the last step hands on, the bias."""
    before = seen.h[state.step - 1] if state.step else (0.0,) * len(state.weights.kernel)
    handed = [
        _term(f"unit {j + 1}, a step ago", value, state.weights.recurrent[j][state.unit])
        for j, value in enumerate(before)
    ]
    now = _term(f"input of step {state.step + 1}", state.x[state.step], state.weights.kernel[state.unit])
    return (now, *handed, _term("bias", 1.0, state.weights.bias[state.unit]))


def _term(name: str, value: float, weight: float) -> Term:
    product = value * weight
    return Term(name, fixed(value), fixed(weight), fixed(product, signed=True), sign(product))


def _trail(state: State, seen: Unrolled, k: int) -> Trail:
    name = f"step {k + 1}"
    if k > state.step:
        return Trail(name, "?", "50", "0", "zero")
    left = seen.h[state.step][state.unit] - seen.without[k][state.step][state.unit]
    width = min(abs(left), 1.0) * 50
    start = 50 - width if left < 0 else 50.0
    return Trail(name, fixed(left, signed=True), plain(start), plain(width), sign(left))


def _sentence(state: State, seen: Unrolled) -> str:
    """What the unit adds up, and what is left of the first input."""
    z, h = seen.z[state.step][state.unit], seen.h[state.step][state.unit]
    x = state.x[state.step] * state.weights.kernel[state.unit]
    handed = z - x - state.weights.bias[state.unit]
    told = (
        f"Step {state.step + 1}: unit {state.unit + 1} gets {fixed(x)} from the input and {fixed(handed)} "
        f"from the step before; tanh makes {fixed(h)} of the sum."
    )
    if state.step == 0:
        return told
    left = h - seen.without[0][state.step][state.unit]
    return f"{told} Of it, {fixed(left, signed=True)} is due to the input of step 1."


def _table(state: State, seen: Unrolled) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Inputs and states in rows, a column for each step; what is not computed yet is a question mark."""
    units = [
        (
            f"unit {u + 1}",
            tuple(fixed(row[u]) if k <= state.step else "?" for k, row in enumerate(seen.h)),
        )
        for u in range(len(state.weights.kernel))
    ]
    return (("input", tuple(fixed(x) for x in state.x)), *units)
