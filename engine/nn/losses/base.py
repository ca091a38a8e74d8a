"""What loss functions are made of: means and sums whose slopes are known, and Keras's bound on shares."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, TypeAlias

import numpy as np

from engine.nn.arrays import Array, Backward
from engine.spec import Config

EPSILON: Final = 1e-7

LossFunction: TypeAlias = Callable[[Array, Array, Config], tuple[Array, Backward]]
"""Targets y and predictions p (batch, ..., outputs) -> one value per sample, and the way back to p."""


def averaged(values: Array, slopes: Array) -> tuple[Array, Backward]:
    """The mean over the last axis of values whose slopes with respect to `p` are known one by one."""
    count = values.shape[-1]
    return values.mean(axis=-1), lambda gradient: gradient[..., None] * slopes / count


def summed(values: Array, slopes: Array) -> tuple[Array, Backward]:
    """The sum over the last axis of such values."""
    return values.sum(axis=-1), lambda gradient: gradient[..., None] * slopes


def clipped(p: Array) -> tuple[Array, Array]:
    """Probabilities kept away from 0 and 1, and where they were within already."""
    return np.clip(p, EPSILON, 1 - EPSILON), (p >= EPSILON) & (p <= 1 - EPSILON)
