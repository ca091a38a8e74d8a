"""Pooling: the largest or the mean of each window, or of a whole axis."""

from __future__ import annotations

import math
from typing import Final

from engine.spec.arguments import REQUIRED, Argument, Flag, Sizes
from engine.spec.catalogue.convolution import expects, padded_volume, padding, remedy, windowed
from engine.spec.catalogue.core import DATA_FORMAT
from engine.spec.catalogue.kinds import NUMBER, LayerKind, Work, held, volume
from engine.spec.structure import Config, Layer, Shapes


def settle(config: Config) -> Config:
    """Windows that do not overlap, where no strides are given."""
    return config if config["strides"] is not None else config.replace(strides=config["pool_size"])


def pooled_shape(layer: Layer, inputs: Shapes) -> Shapes:
    shape = inputs[0]
    return ((shape[0], *windowed(layer, shape, layer.config.wholes("pool_size")), shape[-1]),)


def pooled_cost(layer: Layer, inputs: Shapes, outputs: Shapes) -> Work:
    """One comparison or addition per value of a window."""
    x, y = held(inputs[0]), held(outputs[0])
    values = volume(outputs[0]) * math.prod(layer.config.wholes("pool_size"))
    wide, is_mean = NUMBER * padded_volume(layer, inputs[0]), layer.kind.startswith("Average")
    aside = y if is_mean and values > volume(outputs[0]) else 0
    return Work(values, wide + aside, kept=wide, back=(wide or x) + (y if is_mean else 7 * y // 4))


def global_shape(layer: Layer, inputs: Shapes) -> Shapes:
    shape = inputs[0]
    kept = (1,) * (len(shape) - 2) if layer.config.flag("keepdims") else ()
    return ((shape[0], *kept, shape[-1]),)


def global_cost(layer: Layer, inputs: Shapes, outputs: Shapes) -> Work:
    """One comparison or addition per value."""
    x, y = held(inputs[0]), held(outputs[0])
    places = 0 if "Average" in layer.kind else 2 * y
    return Work(volume(inputs[0]), x + places, kept=places, back=x)


def _pooling(what: str, does: str, rank: int) -> LayerKind:
    default = (2,) * rank if what == "Max" else REQUIRED
    size = Argument("pool_size", Sizes(rank), default, "The size of the window along each axis.")
    moves = Argument(
        "strides", Sizes(rank, none=True), None, "How far the window moves; None is its own size."
    )
    return LayerKind(
        f"{what}Pooling{rank}D",
        "pooling",
        f"Passes on the {does} of each window, channel by channel.",
        (size, moves, padding(), DATA_FORMAT),
        shape=pooled_shape,
        cost=pooled_cost,
        ranks=(rank + 2, rank + 2),
        expects=expects(rank),
        remedy=remedy(rank),
        settle=settle,
        aliases=(f"{'Max' if what == 'Max' else 'Avg'}Pool{rank}D",),
    )


def _global(what: str, does: str, rank: int) -> LayerKind:
    keep = Argument("keepdims", Flag(), False, "Whether the pooled axes stay, with size 1.")
    return LayerKind(
        f"Global{what}Pooling{rank}D",
        "pooling",
        f"Passes on the {does} of each channel over all positions.",
        (DATA_FORMAT, keep),
        shape=global_shape,
        cost=global_cost,
        ranks=(rank + 2, rank + 2),
        expects=expects(rank),
        remedy=remedy(rank),
        aliases=(f"Global{'Max' if what == 'Max' else 'Avg'}Pool{rank}D",),
    )


_KINDS: Final = (("Max", "largest value"), ("Average", "mean"))

POOLING: Final = tuple(
    make(what, does, rank) for make in (_pooling, _global) for what, does in _KINDS for rank in (1, 2, 3)
)
