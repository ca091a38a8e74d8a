"""One unit of an LSTM over time: gates that let in, keep and show, and the memory behind them.

title = "A memory with three gates"
sequence = [1, 0, 0, -1, 0, 0]     # 2 to 8 inputs, one number each
kernel = [4.0, 5.0, 2.0, 0.0]      # the input's weight in: input gate, forget gate, candidate, output gate
recurrent = [0.0, 0.0, 0.0, 0.0]   # of the unit's own output a step ago, likewise
bias = [-2.0, 3.0, 0.0, 2.0]
step = 4                           # the step it begins with
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np

import engine
from course.figures.blocks import Block
from course.figures.controls import Slider, Wishes
from course.figures.document import NetworkDocument, Vector
from course.figures.numbers import NIL, fixed, percent, short
from course.figures.scene import fill

FEWEST, MOST = 2, 8
INPUTS = (-2.0, 2.0)
WEIGHTS = 10.0
GATES = 4
ROWS = {
    "x": "input",
    "input_gate": "input gate",
    "candidate": "candidate",
    "forget_gate": "forget gate",
    "memory": "memory",
    "output_gate": "output gate",
    "h": "output",
}


@dataclass(frozen=True)
class Weights:
    """Of an LSTM with one unit and one input, each in Keras's order: input, forget, candidate, output."""

    kernel: Vector
    recurrent: Vector
    bias: Vector


@dataclass(frozen=True)
class Settings:
    title: str
    sequence: Vector
    weights: Weights
    step: int


@dataclass(frozen=True)
class Cell:
    """One number at one step; "?" while it is not computed. `is_now`: of the step in view."""

    text: str
    exact: str
    css: str
    is_negative: bool
    is_now: bool


@dataclass(frozen=True)
class View:
    title: str
    sentence: str
    notices: tuple[str, ...]
    data: dict[str, Any]
    step: Slider
    inputs: tuple[Slider, ...]
    heads: tuple[str, ...]
    rows: tuple[tuple[str, tuple[Cell, ...]], ...]
    sums: tuple[str, ...]


def read(body: str, document: NetworkDocument | None) -> Settings:
    """The settings of a block. Raises FigureError."""
    block = Block(body)
    title = block.text("title", "An LSTM: a memory with three gates")
    sequence = block.numbers(
        "sequence", least=FEWEST, most=MOST, default=(1, 0, 0, -1, 0, 0), within=INPUTS[1]
    )
    weights = Weights(
        _gates(block, "kernel", (4.0, 5.0, 2.0, 0.0)),
        _gates(block, "recurrent", (0.0, 0.0, 0.0, 0.0)),
        _gates(block, "bias", (-2.0, 3.0, 0.0, 2.0)),
    )
    step = block.whole("step", 1, len(sequence), min(4, len(sequence)))
    block.end()
    return Settings(title, sequence, weights, step)


def _gates(block: Block, key: str, default: Vector) -> Vector:
    return block.numbers(key, least=GATES, most=GATES, default=default, within=WEIGHTS)


def show(settings: Settings, query: Mapping[str, str], name: str) -> View:
    """The unit on the sequence that the reader asks for, up to the step in view."""
    wishes = Wishes(query, name)
    x = tuple(
        wishes.number(f"x{k + 1}", f"The input of step {k + 1}", value, *INPUTS)
        for k, value in enumerate(settings.sequence)
    )
    step = wishes.whole("step", "The step", settings.step, 1, len(x)) - 1
    seen = walk(x, settings.weights)
    return View(
        title=settings.title,
        sentence=_sentence(seen, step),
        notices=tuple(wishes.notices),
        data={
            "kernel": settings.weights.kernel,
            "recurrent": settings.weights.recurrent,
            "bias": settings.weights.bias,
        },
        step=wishes.slider("step", "Step", step + 1, 1, len(x), 1),
        inputs=tuple(
            wishes.slider(f"x{k + 1}", f"Input of step {k + 1}", value, *INPUTS) for k, value in enumerate(x)
        ),
        heads=tuple(str(k + 1) for k in range(len(x))),
        rows=tuple(
            (label, tuple(_cell(value, k, step, is_input=row == "x") for k, value in enumerate(seen[row])))
            for row, label in ROWS.items()
        ),
        sums=_sums(seen, step),
    )


@lru_cache(maxsize=256)
def walk(x: Vector, weights: Weights) -> dict[str, Vector]:
    """The engine's LSTM on the sequence: every row of ROWS, a number for each step."""
    source = f"Sequential([Input(({len(x)}, 1)), LSTM(1, return_sequences=True)])"
    model = engine.build(engine.parse(source), dtype="float64", budget=engine.INTERACTIVE)
    model.set_weights([np.array([weights.kernel]), np.array([weights.recurrent]), np.array(weights.bias)])
    found = engine.trace(model, np.array(x)[:, None]).layers[-1]
    told = found.notes | {"x": found.x[0], "h": found.a}
    return {row: tuple(float(value) for value in told[row][:, 0]) for row in ROWS}


def _cell(value: float, at: int, step: int, *, is_input: bool) -> Cell:
    if at > step and not is_input:
        return Cell("?", "?", "unknown", is_negative=False, is_now=False)
    css = fill(value, INPUTS[1] if is_input else 1.0)
    return Cell(short(value), fixed(value), css, is_negative=value < -NIL, is_now=at == step)


def _sums(seen: Mapping[str, Vector], step: int) -> tuple[str, ...]:
    """How the memory and the output of a step are made."""
    before = seen["memory"][step - 1] if step else 0.0
    keep, let_in, offer = (seen[row][step] for row in ("forget_gate", "input_gate", "candidate"))
    return (
        f"memory = {fixed(keep)} × {fixed(before)} + {fixed(let_in)} × {fixed(offer)} "
        f"= {fixed(seen['memory'][step])}",
        f"output = {fixed(seen['output_gate'][step])} × {fixed(float(np.tanh(seen['memory'][step])))} "
        f"= {fixed(seen['h'][step])}",
    )


def _sentence(seen: Mapping[str, Vector], step: int) -> str:
    """What the gates do at a step, and what becomes of the memory."""
    before = seen["memory"][step - 1] if step else 0.0
    return (
        f"Step {step + 1}: the forget gate keeps {percent(seen['forget_gate'][step])} of the memory, "
        f"the input gate lets in {percent(seen['input_gate'][step])} of the candidate. "
        f"The memory goes from {fixed(before)} to {fixed(seen['memory'][step])}."
    )
