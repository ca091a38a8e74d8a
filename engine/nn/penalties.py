"""What holds weights in check: regularizers, which put a price on them, and constraints, which cut them back
after every step.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, TypeAlias

import numpy as np

from engine.errors import ShapeError
from engine.nn.arrays import Array
from engine.spec import Config, Item

EPSILON: Final = 1e-7

Regularizer: TypeAlias = Callable[[Array, Config], tuple[float, Array]]
"""Weights -> their price, and its gradient with respect to them."""

Constraint: TypeAlias = Callable[[Array, Config], Array]
"""Weights -> the nearest ones allowed."""


def l1_l2(w: Array, config: Config) -> tuple[float, Array]:
    """l1 * sum(abs(w)) + l2 * sum(w * w); a factor that the config lacks is 0."""
    l1 = config.real("l1") if "l1" in config else 0.0
    l2 = config.real("l2") if "l2" in config else 0.0
    price = l1 * np.abs(w).sum(dtype=np.float64) + l2 * np.square(w).sum(dtype=np.float64)
    return float(price), l1 * np.sign(w) + 2 * l2 * w


def orthogonality(w: Array, config: Config) -> tuple[float, Array]:
    """The mean absolute cosine between each two rows (or columns), times factor; raises ShapeError for what
    is no matrix.
    """
    if w.ndim != 2:
        raise ShapeError(
            f"OrthogonalRegularizer compares rows of a matrix; it is given an array of shape {w.shape}.",
            "Use 'l2', or give it the kernel of a Dense layer.",
        )
    rows = w if config["mode"] == "rows" else w.T
    norms = np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), EPSILON)
    units = rows / norms
    cosines = units @ units.T
    np.fill_diagonal(cosines, 0)
    count = len(rows) * (len(rows) - 1) / 2
    if count == 0:
        return 0.0, np.zeros_like(w)
    factor = config.real("factor") / count
    to_units = factor * np.sign(cosines) @ units
    gradient = (to_units - (to_units * units).sum(axis=1, keepdims=True) * units) / norms
    price = 0.5 * factor * float(np.abs(cosines).sum(dtype=np.float64))
    return price, gradient if config["mode"] == "rows" else gradient.T


REGULARIZERS: Final[dict[str, Regularizer]] = {
    "L1": l1_l2,
    "L2": l1_l2,
    "L1L2": l1_l2,
    "OrthogonalRegularizer": orthogonality,
}


def price(item: Item, w: Array) -> tuple[float, Array]:
    """What a regularizer asks for weights or outputs, and the gradient."""
    cost, gradient = REGULARIZERS[item.kind](w, item.config)
    return cost, gradient.astype(w.dtype, copy=False)


def norms_of(w: Array, config: Config) -> Array:
    """The length of each vector along the constraint's axis, kept as an axis of size 1; raises ShapeError
    for an axis that the weights do not have.
    """
    axis = config.wholes("axis") if isinstance(config["axis"], tuple) else (config.whole("axis"),)
    missing = [place for place in axis if not -w.ndim <= place < w.ndim]
    if missing:
        raise ShapeError(
            f"A constraint adds up along axis {missing[0]}; the weights have the shape {w.shape}.",
            "Use axis=0.",
        )
    lengths: Array = np.sqrt(np.square(w).sum(axis=axis, keepdims=True))
    return lengths


def max_norm(w: Array, config: Config) -> Array:
    norms = norms_of(w, config)
    scaled: Array = w * (np.clip(norms, 0, config.real("max_value")) / (EPSILON + norms))
    return scaled


def unit_norm(w: Array, config: Config) -> Array:
    scaled: Array = w / (EPSILON + norms_of(w, config))
    return scaled


def min_max_norm(w: Array, config: Config) -> Array:
    norms = norms_of(w, config)
    rate = config.real("rate")
    held = np.clip(norms, config.real("min_value"), config.real("max_value"))
    scaled: Array = w * ((rate * held + (1 - rate) * norms) / (EPSILON + norms))
    return scaled


CONSTRAINTS: Final[dict[str, Constraint]] = {
    "MaxNorm": max_norm,
    "NonNeg": lambda w, config: np.maximum(w, 0),
    "UnitNorm": unit_norm,
    "MinMaxNorm": min_max_norm,
}


def constrained(item: Item, w: Array) -> Array:
    """Weights cut back to what a constraint allows."""
    return CONSTRAINTS[item.kind](w, item.config)
