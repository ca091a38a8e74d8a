"""The samples of a training, some batches at a time, laid out as the steps want them."""

from __future__ import annotations

import numpy as np

from engine.nn.arrays import Array


class Samples:
    """Some batches in the order in which they come, laid out as the steps want them."""

    def __init__(
        self, x: Array, y: Array, targets: Array | None, size: int, count: int, sideways: bool
    ) -> None:
        self.x, self.y, self.targets = x, y, targets
        self.size, self.count = size, count
        if sideways:
            slabs = np.empty((count, x.shape[1] + 1, size), x.dtype)
            slabs[:, -1] = 1
            self._into = slabs[:, :-1].transpose(0, 2, 1)
            self.batches = list(slabs)
        else:
            self._into = np.empty((count, size, *x.shape[1:]), x.dtype)
            self.batches = list(self._into)
        chosen = y if targets is None else targets
        shape = (size, *y.shape[1:]) if targets is None else (len(targets), size)
        self._answers = np.empty((count, *shape), chosen.dtype)
        self.answers = list(self._answers)

    def load(self, rows: Array | slice) -> None:
        """Fills the batches with these samples."""
        self._into[...] = self.x[rows].reshape(self._into.shape)
        if self.targets is None:
            self._answers[...] = self.y[rows].reshape(self._answers.shape)
        else:
            found = self.targets[:, rows].reshape(len(self.targets), self.count, self.size)
            self._answers[...] = found.transpose(1, 0, 2)
