"""One input through a network of the lab: what every layer gives, and the sums of a layer term by term."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import prod
from typing import Any

import numpy as np

import engine
from engine.explain import LayerTrace
from engine.spec import input_shapes
from labs.evidence import shown
from labs.holding import WeightFault, numbers_of

MOST_VALUES = 64
MOST_SUMS = 16
MOST_TERMS = 16


@dataclass(frozen=True)
class Sum:
    """One unit's weighted sum, written out, with what its activation makes of it."""

    unit: int
    terms: str
    z: str
    output: str


@dataclass(frozen=True)
class TracedLayer:
    """One layer's part of a pass. `sums` are empty where it computes none, or too many to read."""

    name: str
    kind: str
    shape: str
    values: str
    z: str
    activation: str
    sums: tuple[Sum, ...]


@dataclass(frozen=True)
class Preset:
    """An input to begin with."""

    name: str
    text: str


def input_shape(spec: engine.Spec) -> tuple[int, ...] | None:
    """The shape of one sample; None where there are several inputs or an open dimension."""
    shapes = input_shapes(spec)
    if len(shapes) != 1 or any(size is None for size in shapes[0][1:]):
        return None
    return tuple(size for size in shapes[0][1:] if size is not None)


def presets(shape: tuple[int, ...]) -> list[Preset]:
    """Inputs that say something about any network; none where they are too long to read."""
    size = prod(shape)
    if size > MOST_VALUES:
        return []
    first = [1, *[0] * (size - 1)]
    counted = {"all zero": [0] * size, "all one": [1] * size, "only the first": first}
    counted["rising"] = list(range(1, size + 1))
    return [Preset(name, ", ".join(map(str, values))) for name, values in counted.items()]


def traced(spec: engine.Spec, arrays: Sequence[Any], text: str) -> list[TracedLayer]:
    """A pass of the input that was typed. Raises WeightFault."""
    shape = input_shape(spec)
    if shape is None:
        raise WeightFault("Only networks with one input of a known shape can be run here.")
    numbers = numbers_of(text)
    if len(numbers) != prod(shape):
        told = "×".join(map(str, shape))
        raise WeightFault(f"The network takes {prod(shape):,} numbers ({told}); {len(numbers):,} were typed.")
    try:
        model = engine.build(spec, budget=engine.INTERACTIVE)
        model.set_weights(arrays)
        passed = engine.trace(model, np.reshape(numbers, shape), engine.INTERACTIVE)
    except engine.EngineError as error:
        raise WeightFault(str(error)) from error
    return [_layer(layer) for layer in passed.layers]


def _layer(layer: LayerTrace) -> TracedLayer:
    return TracedLayer(
        layer.name,
        layer.kind,
        "×".join(map(str, layer.a.shape)) or "1",
        _values(layer.a),
        _values(layer.z) if layer.z is not None else "",
        layer.activation or "",
        tuple(_sums(layer)),
    )


def _sums(layer: LayerTrace) -> Iterable[Sum]:
    """Of a Dense layer on a plain vector, as far as a person would read."""
    z = layer.z
    if layer.kind != "Dense" or z is None or z.ndim != 1 or z.size > MOST_SUMS:
        return
    for unit in range(z.size):
        terms = layer.sum(unit)
        if len(terms) > MOST_TERMS + 1:
            return
        told = " + ".join(
            shown(term.weight) if term.name == "bias" else f"{shown(term.weight)} × {shown(term.input)}"
            for term in terms
        )
        yield Sum(unit + 1, told, shown(float(z[unit])), shown(float(layer.a[unit])))


def _values(array: Any) -> str:
    flat = array.ravel()
    rest = f" and {flat.size - MOST_VALUES:,} more" if flat.size > MOST_VALUES else ""
    return shown([None if not np.isfinite(value) else float(value) for value in flat[:MOST_VALUES]]) + rest
