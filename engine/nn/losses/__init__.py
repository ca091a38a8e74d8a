"""Losses: one number that says how far predictions are from their targets, and which way is down.

A loss function takes targets `y` and predictions `p` (batch, ..., outputs) and returns one value per sample,
with the last axis gone, together with the way back to `p`. `Loss` averages these values as Keras does.
Probabilities are kept within EPSILON of 0 and 1, Keras's own bound, so that no logarithm is infinite.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from engine.errors import ShapeError
from engine.nn.arrays import Array
from engine.nn.losses.base import EPSILON, LossFunction
from engine.nn.losses.classification import (
    binary_crossentropy,
    binary_focal_crossentropy,
    categorical_crossentropy,
    categorical_focal_crossentropy,
    categorical_hinge,
    hinge,
    kl_divergence,
    sparse_categorical_crossentropy,
    squared_hinge,
)
from engine.nn.losses.regression import (
    cosine_similarity,
    huber,
    log_cosh,
    mean_absolute_error,
    mean_absolute_percentage_error,
    mean_squared_error,
    mean_squared_logarithmic_error,
    poisson,
)
from engine.spec import Item

LOSSES: Final[dict[str, LossFunction]] = {
    "MeanSquaredError": mean_squared_error,
    "MeanAbsoluteError": mean_absolute_error,
    "MeanAbsolutePercentageError": mean_absolute_percentage_error,
    "MeanSquaredLogarithmicError": mean_squared_logarithmic_error,
    "CosineSimilarity": cosine_similarity,
    "Huber": huber,
    "LogCosh": log_cosh,
    "BinaryCrossentropy": binary_crossentropy,
    "BinaryFocalCrossentropy": binary_focal_crossentropy,
    "CategoricalCrossentropy": categorical_crossentropy,
    "CategoricalFocalCrossentropy": categorical_focal_crossentropy,
    "SparseCategoricalCrossentropy": sparse_categorical_crossentropy,
    "Hinge": hinge,
    "SquaredHinge": squared_hinge,
    "CategoricalHinge": categorical_hinge,
    "KLDivergence": kl_divergence,
    "Poisson": poisson,
}
"""Every loss by its Keras class name."""

SPARSE: Final = "SparseCategoricalCrossentropy"


class Loss:
    """A loss as training uses it: one number per batch, and the gradient with respect to the predictions."""

    def __init__(self, item: Item) -> None:
        self.item = item
        self.function = LOSSES[item.kind]
        self.reduction = item.config.get("reduction", "sum_over_batch_size")

    def __call__(self, y: Array, p: Array, mask: Array | None = None) -> tuple[float, Array]:
        """The loss of a batch and its gradient, shaped like `p`.

        `mask` (batch, steps) leaves out padded steps. Raises ShapeError when y and p do not fit.
        """
        y = fitted(y, p, self.item.kind)
        values, backward = self.function(y, p, self.item.config)
        weight = self._weight(values, y, mask)
        total = float((values * weight).sum(dtype=np.float64))
        return total, backward(np.broadcast_to(weight, values.shape).astype(p.dtype))

    def _weight(self, values: Array, y: Array, mask: Array | None) -> Array:
        """How much each value counts in the sum."""
        counted = None if mask is None else mask.reshape(mask.shape + (1,) * (values.ndim - mask.ndim))
        ignored = self.item.config.get("ignore_class")
        if isinstance(ignored, int):
            kept = y != ignored
            counted = kept if counted is None else counted & kept
        if self.reduction == "sum":
            return np.ones(1) if counted is None else counted.astype(np.float64)
        if counted is None:
            return np.full(1, 1 / max(values.size, 1))
        # Keras divides by the part of the mask that counts, so that padding changes no mean.
        share = counted.sum() / counted.size
        return counted / (values.size * share) if share else np.zeros(1)


def fitted(y: Array, p: Array, kind: str) -> Array:
    """Targets in the shape that a loss wants beside predictions p, or a ShapeError."""
    if kind == SPARSE:
        if y.ndim == p.ndim and y.shape[-1] == 1:
            y = y[..., 0]
        wanted = p.shape[:-1]
        hint = f"{kind} takes class numbers; for one-hot rows use CategoricalCrossentropy."
    else:
        if y.ndim == p.ndim - 1 and p.shape[-1] == 1:
            y = y[..., None]
        elif y.ndim == p.ndim + 1 and y.shape[-1] == 1:
            y = y[..., 0]
        wanted = p.shape
        hint = "One target is needed for each output."
        if kind == "CategoricalCrossentropy" and y.shape == p.shape[:-1]:
            hint = "For class numbers use SparseCategoricalCrossentropy; or give one-hot rows."
    if y.shape != wanted:
        raise ShapeError(f"y must have the shape {wanted}, beside the predictions; it has {y.shape}.", hint)
    return y


__all__ = ["EPSILON", "LOSSES", "SPARSE", "Loss", "LossFunction", "fitted"]
