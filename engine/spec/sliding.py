"""A plan's convolution: how its windows lie, and how many of them are taken at a time.

Where max-pooling follows with windows that do not overlap, the positions are ordered by their place in the
pooling window: all first places, then all second ones. Pooling is then a few maxima of contiguous blocks, and
the activation, which keeps the order of numbers, needs to be taken of the largest only.
"""

from __future__ import annotations

import math
from typing import Final, TypeAlias

from engine.records import record
from engine.spec.geometry import padding_of
from engine.spec.line import Described, name_of

Pair: TypeAlias = tuple[int, int]

CACHED: Final = 2**17
"""About how many numbers of windows and sums are held at a time: what the processor's second cache holds."""


@record
class Sliding:
    """A convolution's geometry on images (height, width, channels); a sequence is an image of height 1."""

    image: tuple[int, int, int]
    size: Pair
    strides: Pair
    dilation: Pair
    pads: tuple[Pair, Pair]
    pool: Pair
    filters: int

    @property
    def wide(self) -> tuple[int, int, int]:
        """The image with its padding."""
        height, width, channels = self.image
        (top, bottom), (left, right) = self.pads
        return height + top + bottom, width + left + right, channels

    @property
    def places(self) -> Pair:
        """How many windows there are along each axis."""
        height, width = (
            (length - (size - 1) * rate - 1) // step + 1
            for length, size, step, rate in zip(
                self.wide, self.size, self.strides, self.dilation, strict=False
            )
        )
        return height, width

    @property
    def pooled(self) -> Pair:
        """How many of them are left after pooling."""
        return self.places[0] // self.pool[0], self.places[1] // self.pool[1]

    @property
    def taps(self) -> int:
        """How many numbers one window holds."""
        return math.prod(self.size) * self.image[2]

    @property
    def phases(self) -> int:
        """How many places one pooling window has."""
        return math.prod(self.pool)

    @property
    def positions(self) -> int:
        """How many windows of one image are answered."""
        return self.phases * math.prod(self.pooled)

    def chunk(self, batch: int) -> int:
        """How many images to treat together."""
        return max(1, min(batch, CACHED // (self.positions * (self.taps + self.filters))))


def sliding(layer: Described, shape: tuple[int, ...], pool: Described | None = None) -> Sliding | None:
    """The geometry of a Conv1D or Conv2D for inputs (batch, ...), with the pooling layer that follows."""
    config = layer.config
    if layer.kind not in ("Conv1D", "Conv2D") or config["groups"] != 1 or name_of(layer) is None:
        return None
    size, strides, dilation = (config.wholes(name) for name in ("kernel_size", "strides", "dilation_rate"))
    pads = tuple(
        padding_of(length, kernel, step, rate, config.text("padding"))
        for length, kernel, step, rate in zip(shape[1:-1], size, strides, dilation, strict=True)
    )
    pooled = pool.config.wholes("pool_size") if pool is not None else (1,) * len(size)
    flat = len(size) == 1
    found = Sliding(
        ((1, *shape[1:]) if flat else shape[1:]),  # type: ignore[arg-type]
        _pair(size, 1),
        _pair(strides, 1),
        _pair(dilation, 1),
        ((0, 0), *pads) if flat else pads,  # type: ignore[arg-type]
        _pair(pooled, 1),
        config.whole("filters"),
    )
    return found if 0 not in found.pooled else None


def _pair(numbers: tuple[int, ...], missing: int) -> Pair:
    return (missing, numbers[0]) if len(numbers) == 1 else (numbers[0], numbers[1])
