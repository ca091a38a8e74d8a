"""The windows of a convolution, ordered so that one product answers them all and pooling reads straight on.

Where max-pooling follows with windows that do not overlap, the positions are ordered by their place in the
pooling window: all first places, then all second ones. Pooling is then a few maxima of contiguous blocks, and
the activation, which keeps the order of numbers, needs to be taken of the largest only.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final, TypeAlias

import numpy as np

from engine.nn.arrays import Array
from engine.nn.layers import Layer
from engine.nn.plan.elementwise import FORWARD, name_of
from engine.spec.geometry import padding_of

Pair: TypeAlias = tuple[int, int]

CACHED: Final = 2**17
"""About how many numbers of windows and sums are held at a time: what the processor's second cache holds."""

SHORT: Final = 16
"""Windows whose rows are shorter than this are copied tap by tap rather than place by place."""


@dataclass(frozen=True, slots=True)
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

    def windows(self, wide: Array) -> Array:
        """A view of padded images (batch, ...): (phase, phase, batch, place, place, tap, tap, channel)."""
        image, row, column, channel = wide.strides
        rows, columns = row * self.strides[0], column * self.strides[1]
        return np.lib.stride_tricks.as_strided(
            wide,
            (*self.pool, len(wide), *self.pooled, *self.size, self.image[2]),
            (
                rows,
                columns,
                image,
                rows * self.pool[0],
                columns * self.pool[1],
                row * self.dilation[0],
                column * self.dilation[1],
                channel,
            ),
        )

    def buffer(self, images: int, slot: int, dtype: np.dtype[np.generic]) -> tuple[Array, Array]:
        """A buffer for the windows of some images: as a matrix (positions, taps + slot) whose last column is
        1, and as a view that `windows` can be copied to.
        """
        positions, taps = images * self.positions, self.taps
        axes = (*self.pool, images, *self.pooled)
        if self.size[1] * self.image[2] < SHORT:
            upright = np.ones((taps + slot, positions), dtype)
            target = (
                upright[:taps].reshape(*self.size, self.image[2], *axes).transpose(3, 4, 5, 6, 7, 0, 1, 2)
            )
            return upright.T, target
        matrix = np.ones((positions, taps + slot), dtype)
        target = matrix.reshape(*axes, taps + slot)[..., :taps].reshape(*axes, *self.size, self.image[2])
        return matrix, target


def sliding(layer: Layer, shape: tuple[int, ...], pool: Layer | None = None) -> Sliding | None:
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


def pools(layer: Layer, after: Layer) -> bool:
    """Whether `after` is a max-pooling that can be taken together with the convolution before it."""
    pooling = {"Conv1D": "MaxPooling1D", "Conv2D": "MaxPooling2D"}
    if after.kind != pooling.get(layer.kind) or name_of(layer) not in FORWARD:
        return False
    config = after.config
    return config["pool_size"] == config["strides"] and config["padding"] == "valid"


def _pair(numbers: tuple[int, ...], missing: int) -> Pair:
    return (missing, numbers[0]) if len(numbers) == 1 else (numbers[0], numbers[1])
