"""A training plan in the making: buffers for values and for their gradients, steps there and steps back."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from engine.nn.arrays import Array, Random
from engine.nn.plan.building import copying
from engine.nn.plan.elementwise import Step
from engine.nn.plan.memory import aligned


@dataclass(slots=True)
class Feed:
    """Where the first step finds the batch: another array at every step, always of the same shape."""

    batch: Array


class Track:
    """Like `Building`, with the way back. What the next step reads is `columns` (a slab whose last row is 1)
    or `rows`; `gradient` has the shape of their values, or is None where nobody asks for it.
    """

    def __init__(self, shape: tuple[int, ...], dtype: np.dtype[np.generic], noise: Random) -> None:
        self.shape = shape
        self.dtype = dtype
        self.noise = noise
        self.feed = Feed(np.empty(0, dtype))
        self.is_fed_columns = False
        self.forward: list[Step] = []
        self.backward: list[Step] = []
        self.columns: Array | None = None
        self.rows: Array | None = None
        self.gradient: Array | None = None

    @property
    def at_start(self) -> bool:
        """Whether the next step reads the batch itself."""
        return self.columns is None and self.rows is None

    def slab(self, features: int) -> Array:
        """A fresh buffer for columns, ones in its last row."""
        slab = aligned((features + 1, math.prod(self.shape[:-1])), self.dtype)
        slab[-1] = 1
        return slab

    def become_columns(self, slab: Array, gradient: Array | None) -> None:
        """The next step reads this slab, and may fill its gradient (features, samples)."""
        self.columns, self.rows, self.gradient = slab, None, gradient
        self.shape = (*self.shape[:-1], len(slab) - 1)

    def become_rows(self, rows: Array, gradient: Array | None) -> None:
        """The next step reads this buffer, and may fill its gradient."""
        self.columns, self.rows, self.gradient = None, rows, gradient
        self.shape = rows.shape

    def take_rows(self) -> Array:
        """The buffer in the layers' own layout."""
        if self.rows is not None:
            return self.rows
        rows = np.empty(self.shape, self.dtype)
        if self.columns is None:
            feed = self.feed

            def enter() -> None:
                rows[...] = feed.batch

            self.forward.append(enter)
            self.become_rows(rows, None)
            return rows
        values, gradient, before = self.columns[:-1].T, np.empty_like(rows), self.gradient
        self.forward.append(copying(rows.reshape(values.shape), values))
        if before is not None:
            self.backward.append(copying(before.T, gradient.reshape(before.T.shape)))
        self.become_rows(rows, gradient)
        return rows

    def take_columns(self) -> Array:
        """The slab of columns; at the start the batch comes as one."""
        if self.columns is not None:
            return self.columns
        rows, before, features = self.take_rows(), self.gradient, self.shape[-1]
        slab = self.slab(features)
        values = slab[:-1].T
        gradient = None if before is None else np.empty(slab[:-1].shape, self.dtype)
        self.forward.append(copying(values, rows.reshape(values.shape)))
        if before is not None and gradient is not None:
            self.backward.append(copying(before.reshape(values.shape), gradient.T))
        self.become_columns(slab, gradient)
        return slab
