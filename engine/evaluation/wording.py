"""How reports speak: counted nouns, ordinals, lists, parameter sums."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

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
