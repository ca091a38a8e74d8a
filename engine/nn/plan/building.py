"""A plan in the making: the buffers that the next step reads, and the steps so far."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import TypeAlias

import numpy as np

from engine.nn.arrays import Array
from engine.nn.plan.elementwise import Step
from engine.nn.plan.memory import aligned
from engine.spec.line import COPIED

Enter: TypeAlias = Callable[[Array], object]
"""The first step: takes a batch into the plan's buffers."""

Leave: TypeAlias = Callable[[], Array]
"""The last step: returns the answer as a fresh array."""


class Building:
    """What the next step reads is either `columns`, a buffer (features + 1, samples) whose last row is 1,
    or `rows`, a buffer as the layers have it. `lead` is the shape in front of the features.
    """

    def __init__(self, shape: tuple[int, ...], dtype: np.dtype[np.generic]) -> None:
        self.dtype = dtype
        self.shape = shape
        self.enter: Enter | None = None
        self.steps: list[Step] = []
        self.leave: Leave | None = None
        self.columns: Array | None = None
        self.rows: Array | None = None

    @property
    def lead(self) -> tuple[int, ...]:
        """All axes but the last: each combination is one column."""
        return self.shape[:-1]

    def slab(self, features: int, samples: int) -> Array:
        """A fresh buffer for columns, ones in its last row."""
        slab = aligned((features + 1, samples), self.dtype)
        slab[-1] = 1
        return slab

    def become_columns(self, slab: Array) -> None:
        """The next step reads this slab; `shape` keeps its leading axes."""
        self.columns, self.rows = slab, None
        self.shape = (*self.lead, len(slab) - 1)

    def become_rows(self, rows: Array) -> None:
        """The next step reads this buffer."""
        self.columns, self.rows = None, rows
        self.shape = rows.shape

    def take_rows(self) -> Array:
        """The buffer in the layers' own layout, filled by the steps so far."""
        if self.columns is not None:
            rows, values = np.empty(self.shape, self.dtype), self.columns[:-1].T
            target = rows.reshape(values.shape)
            self.steps.append(copying(target, values))
            self.become_rows(rows)
        elif self.rows is None:
            rows = np.empty(self.shape, self.dtype)
            self.enter = entering(rows)
            self.become_rows(rows)
        assert self.rows is not None
        return self.rows

    def take_columns(self) -> Array:
        """The slab of columns, filled by the steps so far."""
        if self.columns is None:
            features, samples = self.shape[-1], math.prod(self.lead)
            slab = self.slab(features, samples)
            if self.rows is None:
                target = slab[:-1].T.reshape(self.shape) if samples == 1 else slab[:-1].T
                self.enter = entering(target) if len(self.shape) == 2 else reshaping(target, features)
            else:
                self.steps.append(copying(slab[:-1].T, self.rows.reshape(samples, features)))
            self.become_columns(slab)
        assert self.columns is not None
        return self.columns

    def is_wide(self) -> bool:
        """Whether what comes next is too large to be worth turning on its side."""
        return self.columns is None and math.prod(self.shape) > COPIED


def entering(target: Array) -> Enter:
    """Copies a batch into a buffer of its shape."""

    def enter(x: Array) -> None:
        target[...] = x

    return enter


def reshaping(target: Array, features: int) -> Enter:
    """Copies a batch of sequences into a buffer (samples, features)."""

    def enter(x: Array) -> None:
        target[...] = x.reshape(-1, features)

    return enter


def copying(target: Array, source: Array) -> Step:
    """Copies one buffer into another."""

    def step() -> None:
        target[...] = source

    return step
