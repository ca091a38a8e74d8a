"""The windows of a convolution as arrays: a view of them all, and a buffer that one product reads."""

from __future__ import annotations

from typing import Final

import numpy as np

from engine.nn.arrays import Array
from engine.nn.plan.memory import aligned
from engine.spec.sliding import Sliding

SHORT: Final = 16
"""Windows whose rows are shorter than this are copied tap by tap rather than place by place."""


def windows_of(geometry: Sliding, wide: Array) -> Array:
    """A view of padded images (batch, ...): (phase, phase, batch, place, place, tap, tap, channel)."""
    image, row, column, channel = wide.strides
    rows, columns = row * geometry.strides[0], column * geometry.strides[1]
    return np.lib.stride_tricks.as_strided(
        wide,
        (*geometry.pool, len(wide), *geometry.pooled, *geometry.size, geometry.image[2]),
        (
            rows,
            columns,
            image,
            rows * geometry.pool[0],
            columns * geometry.pool[1],
            row * geometry.dilation[0],
            column * geometry.dilation[1],
            channel,
        ),
    )


def buffer_for(geometry: Sliding, images: int, slot: int, dtype: np.dtype[np.generic]) -> tuple[Array, Array]:
    """A buffer for the windows of some images: as a matrix (positions, taps + slot) whose last column is
    1, and as a view that windows can be copied to.
    """
    positions, taps = images * geometry.positions, geometry.taps
    axes = (*geometry.pool, images, *geometry.pooled)
    if geometry.size[1] * geometry.image[2] < SHORT:
        upright = aligned((taps + slot, positions), dtype)
        upright.fill(1)
        target = (
            upright[:taps].reshape(*geometry.size, geometry.image[2], *axes).transpose(3, 4, 5, 6, 7, 0, 1, 2)
        )
        return upright.T, target
    matrix = aligned((positions, taps + slot), dtype)
    matrix.fill(1)
    target = matrix.reshape(*axes, taps + slot)[..., :taps].reshape(*axes, *geometry.size, geometry.image[2])
    return matrix, target
