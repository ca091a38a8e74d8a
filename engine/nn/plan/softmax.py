"""Softmax over the first axis of a buffer (classes, batch)."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from engine.nn.arrays import Array

ONES_UP_TO = 64
"""Up to this many classes a product with ones is quicker than a sum along an axis."""


def raised(z: Array) -> Callable[[], Array]:
    """A step that turns z into exp(z), scaled per column, in place, and returns the columns' sums in a
    buffer of z's shape (a view that repeats them, where there are many classes).

    Without the largest z subtracted, exp may overflow. The sum of all squares bounds every z, so where it is
    small nothing needs to be subtracted; asking it costs less than finding each column's largest.
    """
    classes, batch = z.shape
    flat, largest, sums = z.reshape(-1), np.empty(batch, z.dtype), np.empty_like(z)
    exp, subtract, top = np.exp, np.subtract, np.maximum.reduce
    bound = (0.9 * float(np.log(np.finfo(z.dtype).max))) ** 2
    ones = np.ones((classes, classes), z.dtype) if classes <= ONES_UP_TO else None
    one_row = sums[:1]
    repeated = np.broadcast_to(one_row, z.shape)

    def step() -> Array:
        if not flat.dot(flat) < bound:
            top(z, 0, out=largest)
            subtract(z, largest, z)
        exp(z, z)
        if ones is None:
            np.add.reduce(z, 0, out=one_row[0])
            return repeated
        ones.dot(z, sums)
        return sums

    return step


def shares(z: Array) -> Callable[[], object]:
    """A step that turns z into its softmax, in place."""
    raise_z, divide = raised(z), np.divide
    return lambda: divide(z, raise_z(), z)


def fresh_shares(z: Array) -> Callable[[], Array]:
    """A step that returns the softmax of z as a fresh array (batch, classes); z is used up."""
    classes, batch = z.shape
    raise_z, divide, dtype = raised(z), np.divide, z.dtype
    if batch == 1 and classes <= ONES_UP_TO:
        return _fresh_shares_of_one(z)

    def step() -> Array:
        sums = raise_z()
        answer = np.empty((batch, classes), dtype)
        divide(z.T, sums.T, answer)
        return answer

    return step


def _fresh_shares_of_one(z: Array) -> Callable[[], Array]:
    """The same for a single sample, where even the bound costs more than looking at the sum afterwards."""
    classes = len(z)
    exp, divide = np.exp, np.divide
    row, raised_row, sums = z.reshape(1, classes), np.empty((1, classes), z.dtype), np.empty(classes, z.dtype)
    column = raised_row.reshape(classes)
    ones = np.ones((classes, classes), z.dtype)
    low, high = 1e-30, float(np.finfo(z.dtype).max)
    first, total, sums_row = sums.item, ones.dot, sums.reshape(1, classes)

    def step() -> Array:
        exp(row, raised_row)
        total(column, sums)
        if not low < first(0) < high:
            exp(row - row.max(), raised_row)
            total(column, sums)
        answer: Array = divide(raised_row, sums_row)
        return answer

    return step
