"""Where a plan's buffers lie: each begins where a line of the processor's cache does.

NumPy's own begin at multiples of 16 bytes, so that wide loads may touch two lines. Aligned, a product of one
sample gains 6%, an LSTM on a batch 2 to 5.
"""

from __future__ import annotations

import math
from typing import Final

import numpy as np

from engine.nn.arrays import Array

CACHE_LINE: Final = 64
"""Bytes."""


def aligned(shape: tuple[int, ...], dtype: np.dtype[np.generic]) -> Array:
    """An array of that shape, its numbers not set yet."""
    size = math.prod(shape)
    room = np.empty(size + CACHE_LINE // dtype.itemsize, dtype)
    start = -address(room) % CACHE_LINE // dtype.itemsize
    return room[start : start + size].reshape(shape)


def address(array: Array) -> int:
    """Where an array begins."""
    found: int = array.__array_interface__["data"][0]
    return found
