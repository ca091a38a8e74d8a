"""Who answers for how much of a sample's loss, written out: the engine's gradients as worked sums.

delta of an output: share minus truth. delta of a hidden unit: the deltas behind it, each over its weight,
added up, times the slope of the unit's activation. gradient of a weight: what came in times delta.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

import engine
from course.figures.document import NetworkDocument, Vector
from course.figures.forward import Pass, run
from course.figures.learning import Gradients, gradients, samples, stepped
from course.figures.lines import unit_words
from course.figures.numbers import MINUS, fixed, inside_node, short, sign
from course.figures.state import Focus, unit_id

PLACES = 3


@dataclass(frozen=True)
class Part:
    """What one unit behind gives back: weight times delta."""

    name: str
    weight: str
    delta: str
    product: str
    css: str


@dataclass(frozen=True)
class Weight:
    """One weight into the unit, or its bias: what came in, its gradient, and one step."""

    name: str
    input: str
    gradient: str
    before: str
    after: str
    css: str
    is_bias: bool


@dataclass(frozen=True)
class Blamed:
    """One unit with its delta, as number, in short for a node, and in a sentence."""

    key: str
    name: str
    layer: int
    place: int
    delta: str
    short: str
    css: str
    told: str
    arrived: str
    slope: str
    parts: tuple[Part, ...]
    weights: tuple[Weight, ...]


@dataclass(frozen=True)
class Sample:
    """One sample's way back; `units` by id, from the first layer to the output."""

    told: str
    stepped: str
    inputs: tuple[str, ...]
    units: dict[str, Blamed]


@lru_cache(maxsize=32)
def blame(document: NetworkDocument, name: str, rate: float) -> Sample:
    """The way back of a sample that is named like its class, and one step at the rate."""
    x = samples(document)[name]
    seen, back, after = run(document, x), gradients(document, name), stepped(document, name, rate)
    loss, then = fixed(back.loss), fixed(gradients(after, name).loss)
    return Sample(
        told=f"The loss of the {name} is {loss}.",
        stepped=f"One step at learning rate {short(rate, 3)} takes the loss of the {name} from {loss} to "
        f"{then}.",
        inputs=tuple(inside_node(value) for value in x),
        units={one.key: one for one in _units(document, seen, back, after, name)},
    )


def _units(
    document: NetworkDocument, seen: Pass, back: Gradients, after: NetworkDocument, name: str
) -> Iterator[Blamed]:
    for layer, deltas in enumerate(back.deltas, start=1):
        for unit, delta in enumerate(deltas):
            focus = Focus(layer, unit)
            arrived, steep = _worked(document, seen, back, focus)
            yield Blamed(
                key=unit_id(document, focus),
                name=unit_words(document, focus),
                layer=layer,
                place=unit,
                delta=fixed(delta, PLACES),
                short=inside_node(delta),
                css=sign(delta),
                told=_told(document, seen, back, focus, name),
                arrived=arrived,
                slope=steep,
                parts=_parts(document, back, focus),
                weights=_weights(document, seen, back, after, focus),
            )


def _told(document: NetworkDocument, seen: Pass, back: Gradients, focus: Focus, name: str) -> str:
    delta = fixed(back.deltas[focus.layer - 1][focus.unit], PLACES)
    words = unit_words(document, focus)
    column = seen.columns[focus.layer - 1]
    if focus.layer == len(seen.columns):
        share, truth = fixed(column.a[focus.unit], PLACES), 1 if words == name else 0
        return f"For {words} delta is share minus truth: {share} {MINUS} {truth} = {delta}."
    arrived, steep = _worked(document, seen, back, focus)
    return (
        f"To {words} {arrived} comes back over its weights; times the slope of {column.activation}, "
        f"{steep}, its delta is {delta}."
    )


def _worked(document: NetworkDocument, seen: Pass, back: Gradients, focus: Focus) -> tuple[str, str]:
    """What comes back to a hidden unit, and the slope it is multiplied by; nothing for an output."""
    column = seen.columns[focus.layer - 1]
    if focus.layer == len(seen.columns):
        return "", ""
    steep = slope(column.activation, column.z, focus.unit)
    return fixed(arriving(document, back, focus), PLACES), short(steep, PLACES)


def arriving(document: NetworkDocument, back: Gradients, focus: Focus) -> float:
    """The sum of weight times delta over the units behind a hidden unit."""
    row, deltas = document.kernels[focus.layer][focus.unit], back.deltas[focus.layer]
    return sum(weight * delta for weight, delta in zip(row, deltas, strict=True))


def slope(activation: str, z: Vector, unit: int) -> float:
    """How steep a layer's activation is at one of its sums."""
    _, backward = engine.ACTIVATIONS[activation](np.array(z))
    return float(backward(np.eye(len(z))[unit])[unit])


def _parts(document: NetworkDocument, back: Gradients, focus: Focus) -> tuple[Part, ...]:
    if focus.layer == len(document.biases):
        return ()
    row, deltas = document.kernels[focus.layer][focus.unit], back.deltas[focus.layer]
    return tuple(
        Part(
            unit_words(document, Focus(focus.layer + 1, n)),
            fixed(weight, 2, signed=True),
            fixed(delta, PLACES),
            fixed(weight * delta, PLACES),
            sign(weight * delta),
        )
        for n, (weight, delta) in enumerate(zip(row, deltas, strict=True))
    )


def _weights(
    document: NetworkDocument, seen: Pass, back: Gradients, after: NetworkDocument, focus: Focus
) -> tuple[Weight, ...]:
    layer, unit = focus.layer, focus.unit
    rows = [
        _weight(
            unit_words(document, Focus(layer - 1, n)),
            arrived,
            back.kernels[layer - 1][n][unit],
            document.kernels[layer - 1][n][unit],
            after.kernels[layer - 1][n][unit],
        )
        for n, arrived in enumerate(seen.source(layer))
    ]
    bias = _weight(
        "bias",
        None,
        back.biases[layer - 1][unit],
        document.biases[layer - 1][unit],
        after.biases[layer - 1][unit],
    )
    return (*rows, bias)


def _weight(name: str, arrived: float | None, gradient: float, before: float, after: float) -> Weight:
    return Weight(
        name,
        "" if arrived is None else short(arrived),
        fixed(gradient, PLACES),
        fixed(before, PLACES),
        fixed(after, PLACES),
        sign(gradient),
        arrived is None,
    )
