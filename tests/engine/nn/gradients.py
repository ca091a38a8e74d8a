"""Central differences: the oracle that every way back is held to."""

from collections.abc import Callable

import numpy as np

from engine.nn.arrays import Array

STEP = 1e-6


def numeric(loss: Callable[[], float], array: Array) -> Array:
    """The gradient of `loss()` with respect to an array that it reads, by moving one number at a time."""
    found = np.zeros_like(array)
    for index in np.ndindex(array.shape):
        held = array[index]
        array[index] = held + STEP
        above = loss()
        array[index] = held - STEP
        below = loss()
        array[index] = held
        found[index] = (above - below) / (2 * STEP)
    return found


def assert_close(got: Array, expected: Array, what: str) -> None:
    """Agreement to 1e-6 of the gradient's norm."""
    scale = max(float(np.linalg.norm(expected)), 1e-3)
    error = float(np.linalg.norm(got - expected)) / scale
    assert error < 1e-6, f"{what}: off by {error:.2e} of the norm\n{got}\n{expected}"
