"""What a metric is: something added up batch by batch."""

from __future__ import annotations

from typing import TypeAlias

import numpy as np

from engine.nn.arrays import Array
from engine.spec import Item

Result: TypeAlias = "float | list[float]"


def beside(y: Array, p: Array) -> Array:
    """Targets with the rank of the predictions, where one of them has a last axis of size 1."""
    if y.ndim == p.ndim - 1 and p.shape[-1] == 1:
        return np.expand_dims(y, -1)
    return np.squeeze(y, -1) if y.ndim == p.ndim + 1 and y.shape[-1] == 1 else y


def class_numbers(y: Array, p: Array) -> Array:
    """Class numbers without a last axis of size 1."""
    return np.squeeze(y, -1) if y.ndim == p.ndim and y.shape[-1] == 1 else y


class Metric:
    """A metric over all batches since the last `reset`."""

    def __init__(self, item: Item) -> None:
        self.item = item
        self.config = item.config
        self.reset()

    def reset(self) -> None:
        """Forgets what was added."""
        raise NotImplementedError

    def add(self, y: Array, p: Array, mask: Array | None = None) -> None:
        """Adds a batch; `mask` (batch, steps) leaves out padded steps."""
        raise NotImplementedError

    def result(self) -> Result:
        """The metric of everything added."""
        raise NotImplementedError
