"""How reports speak: counted nouns, ordinals, lists, parameter sums."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Final

import numpy as np

from engine.nn.arrays import Array
from engine.spec import Layer, Shape, Spec, graph_weights

ORDINALS: Final = (
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
)


def ordinal(index: int) -> str:
    """`first` for 0."""
    return ORDINALS[index] if index < len(ORDINALS) else f"{index + 1}th"


def counted(number: int, noun: str, plural: str = "") -> str:
    """`1 layer`, `1,200 units`."""
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"


def sequence(parts: Sequence[object]) -> str:
    """`6, 6, 4`, or `none`."""
    return ", ".join(str(part) for part in parts) or "none"


def sample_shape(shape: Shape) -> str:
    """A sample's shape as people write it: `(8,)`."""
    inner = ", ".join("None" if size is None else str(size) for size in shape[1:])
    return f"({inner},)" if len(shape) == 2 else f"({inner})"


def parameter_sum(spec: Spec) -> str:
    """Where a network's parameters come from: `8×6 + 6, then 6×6 + 6, then 6×4 + 4`."""
    parts = []
    for layer, weights in graph_weights(spec):
        if not weights:
            continue
        if layer.kind == "Dense":
            parts.append(" + ".join("×".join(map(str, weight.shape)) for weight in weights))
        else:
            parts.append(f"{sum(weight.size for weight in weights):,} in {layer.name}")
    return ", then ".join(parts)


def layer_place(spec: Spec, layer: Layer) -> str:
    """`the second layer, "dense_1"`, inputs not counted."""
    names = [other.name for other in spec.layers if other.kind != "InputLayer"]
    return f'the {ordinal(names.index(layer.name))} layer, "{layer.name}"'


def percent(share: float) -> str:
    """`92.5%`, `90%`; never rounded up to what it is not."""
    told = f"{math.floor(1000 * share + 1e-6) / 10:.1f}"
    return f"{told.removesuffix('.0')}%"


def numbers(values: Array) -> str:
    """A few numbers as people write them: `(0, 1)`, `0.62`; only the first ones of many."""
    flat = np.asarray(values, np.float64).ravel()
    told = [f"{value + 0.0:.4g}" for value in flat[:8]] + (["..."] if flat.size > 8 else [])
    return told[0] if flat.size == 1 else f"({', '.join(told)})"
