"""Losses: one number that says how far predictions are from their targets, and which way is down.

A loss function takes targets `y` and predictions `p` (batch, ..., outputs) and returns one value per sample,
with the last axis gone, together with the way back to `p`. `Loss` averages these values as Keras does.
Probabilities are kept within EPSILON of 0 and 1, Keras's own bound, so that no logarithm is infinite.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Final, TypeAlias

import numpy as np

from engine.errors import ShapeError
from engine.nn.activations import log_softmax, logistic, softmax, softplus
from engine.nn.arrays import Array, Backward
from engine.spec import Config, Item

EPSILON: Final = 1e-7

LossFunction: TypeAlias = Callable[[Array, Array, Config], tuple[Array, Backward]]


def averaged(values: Array, slopes: Array) -> tuple[Array, Backward]:
    """The mean over the last axis of values whose slopes with respect to `p` are known one by one."""
    count = values.shape[-1]
    return values.mean(axis=-1), lambda gradient: gradient[..., None] * slopes / count


def summed(values: Array, slopes: Array) -> tuple[Array, Backward]:
    """The sum over the last axis of such values."""
    return values.sum(axis=-1), lambda gradient: gradient[..., None] * slopes


def mean_squared_error(y: Array, p: Array, config: Config) -> tuple[Array, Backward]:
    error = p - y
    return averaged(error * error, 2 * error)


def mean_absolute_error(y: Array, p: Array, config: Config) -> tuple[Array, Backward]:
    error = p - y
    return averaged(np.abs(error), np.sign(error))


def mean_absolute_percentage_error(y: Array, p: Array, config: Config) -> tuple[Array, Backward]:
    size = np.maximum(np.abs(y), EPSILON)
    error = (p - y) / size
    return averaged(100 * np.abs(error), 100 * np.sign(error) / size)


def mean_squared_logarithmic_error(y: Array, p: Array, config: Config) -> tuple[Array, Backward]:
    held = np.maximum(p, EPSILON)
    error = np.log(held + 1) - np.log(np.maximum(y, EPSILON) + 1)
    return averaged(error * error, 2 * error / (held + 1) * (p > EPSILON))


def cosine_similarity(y: Array, p: Array, config: Config) -> tuple[Array, Backward]:
    """Minus the cosine of the angle between target and prediction: -1 is the best."""
    axis = config.whole("axis") if "axis" in config else -1
    y_unit = y / np.maximum(np.linalg.norm(y, axis=axis, keepdims=True), EPSILON)
    norm = np.maximum(np.linalg.norm(p, axis=axis, keepdims=True), EPSILON)
    p_unit = p / norm
    cosine = (y_unit * p_unit).sum(axis=axis, keepdims=True)

    def backward(gradient: Array) -> Array:
        slopes: Array = (cosine * p_unit - y_unit) / norm
        return np.expand_dims(gradient, axis) * slopes

    return -cosine.squeeze(axis), backward


def huber(y: Array, p: Array, config: Config) -> tuple[Array, Backward]:
    delta = config.real("delta") if "delta" in config else 1.0
    error = p - y
    size = np.abs(error)
    values = np.where(size <= delta, 0.5 * error * error, delta * size - 0.5 * delta * delta)
    return averaged(values, np.clip(error, -delta, delta))


def log_cosh(y: Array, p: Array, config: Config) -> tuple[Array, Backward]:
    error = p - y
    return averaged(error + softplus(-2 * error)[0] - math.log(2), np.tanh(error))


def clipped(p: Array) -> tuple[Array, Array]:
    """Probabilities kept away from 0 and 1, and where they were within already."""
    return np.clip(p, EPSILON, 1 - EPSILON), (p >= EPSILON) & (p <= 1 - EPSILON)


def smoothed(y: Array, config: Config, middle: float) -> Array:
    """Targets drawn towards `middle`."""
    smoothing = config.real("label_smoothing")
    return y * (1 - smoothing) + smoothing * middle if smoothing else y


def binary_crossentropy(y: Array, p: Array, config: Config) -> tuple[Array, Backward]:
    y = smoothed(y, config, 0.5)
    if config.flag("from_logits"):
        return averaged(softplus(p)[0] - y * p, logistic(p) - y)
    held, inside = clipped(p)
    values = -(y * np.log(held) + (1 - y) * np.log(1 - held))
    return averaged(values, (held - y) / (held * (1 - held)) * inside)


def binary_focal_crossentropy(y: Array, p: Array, config: Config) -> tuple[Array, Backward]:
    """Crossentropy times (1 - p_true) ** gamma: a sample that is easy already counts little. Lin et al.
    2017.
    """
    y = smoothed(y, config, 0.5)
    gamma, alpha = config.real("gamma"), config.real("alpha")
    share = logistic(p) if config.flag("from_logits") else p
    held, inside = clipped(share)
    entropy = -(y * np.log(held) + (1 - y) * np.log(1 - held))
    entropy_slope = (held - y) / (held * (1 - held)) * inside
    missing = 1 - (y * share + (1 - y) * (1 - share))
    factor = missing**gamma
    factor_slope = gamma * missing ** (gamma - 1) * (1 - 2 * y) if gamma else 0.0
    weight = y * alpha + (1 - y) * (1 - alpha) if config.flag("apply_class_balancing") else 1.0
    slopes = weight * (factor_slope * entropy + factor * entropy_slope)
    if config.flag("from_logits"):
        slopes = slopes * share * (1 - share)
    return averaged(weight * factor * entropy, slopes)


def shares(p: Array, axis: int) -> tuple[Array, Backward]:
    """Predictions divided by their sum and kept away from 0 and 1."""
    total = p.sum(axis=axis, keepdims=True)
    share = p / total
    held, inside = clipped(share)

    def backward(gradient: Array) -> Array:
        kept = gradient * inside
        back: Array = (kept - (kept * share).sum(axis=axis, keepdims=True)) / total
        return back

    return held, backward


def categorical_crossentropy(y: Array, p: Array, config: Config) -> tuple[Array, Backward]:
    y = smoothed(y, config, 1 / y.shape[-1])
    return _crossentropy(y, p, config.whole("axis"), config.flag("from_logits"))


def sparse_categorical_crossentropy(y: Array, p: Array, config: Config) -> tuple[Array, Backward]:
    """The same for class numbers (batch, ...) in place of one-hot rows."""
    one_hot = one_hot_of(y, p.shape[-1], p.dtype)
    ignored = config.get("ignore_class")
    values, backward = _crossentropy(one_hot, p, -1, config.flag("from_logits"))
    if not isinstance(ignored, int):
        return values, backward
    counted = y != ignored
    return values * counted, lambda gradient: backward(gradient * counted)


def one_hot_of(y: Array, classes: int, dtype: np.dtype[np.generic]) -> Array:
    """One row per class number, 1 at the class. Numbers outside are rows of zeros."""
    made: Array = (y[..., None] == np.arange(classes)).astype(dtype)
    return made


def _crossentropy(y: Array, p: Array, axis: int, from_logits: bool) -> tuple[Array, Backward]:
    if from_logits:
        logs, logs_backward = log_softmax(p)
        return -(y * logs).sum(axis=-1), lambda gradient: logs_backward(-gradient[..., None] * y)
    held, held_backward = shares(p, axis)

    def backward(gradient: Array) -> Array:
        return held_backward(-np.expand_dims(gradient, axis) * y / held)

    return -(y * np.log(held)).sum(axis=axis), backward


def categorical_focal_crossentropy(y: Array, p: Array, config: Config) -> tuple[Array, Backward]:
    y = smoothed(y, config, 1 / y.shape[-1])
    gamma, alpha = config.real("gamma"), config.real("alpha")
    first_backward: Backward = lambda gradient: gradient  # noqa: E731
    if config.flag("from_logits"):
        p, first_backward = softmax(p)
    held, held_backward = shares(p, -1)
    factor = alpha * (1 - held) ** gamma
    factor_slope = -alpha * gamma * (1 - held) ** (gamma - 1) if gamma else 0.0
    values = -y * np.log(held)
    slopes = factor_slope * values - factor * y / held

    def backward(gradient: Array) -> Array:
        return first_backward(held_backward(gradient[..., None] * slopes))

    return (factor * values).sum(axis=-1), backward


def signed(y: Array) -> Array:
    """Targets 0 and 1 as -1 and 1; others as they are."""
    return 2 * y - 1 if np.isin(y, (0, 1)).all() else y


def hinge(y: Array, p: Array, config: Config) -> tuple[Array, Backward]:
    y = signed(y)
    gap = 1 - y * p
    return averaged(np.maximum(gap, 0), -y * (gap > 0))


def squared_hinge(y: Array, p: Array, config: Config) -> tuple[Array, Backward]:
    y = signed(y)
    gap = np.maximum(1 - y * p, 0)
    return averaged(gap * gap, -2 * y * gap)


def categorical_hinge(y: Array, p: Array, config: Config) -> tuple[Array, Backward]:
    others = (1 - y) * p
    rival = others.argmax(axis=-1)[..., None]
    gap = np.take_along_axis(others, rival, -1)[..., 0] - (y * p).sum(axis=-1) + 1
    slopes = -y
    np.put_along_axis(slopes, rival, np.take_along_axis(1 - 2 * y, rival, -1), -1)
    return np.maximum(gap, 0), lambda gradient: (gradient * (gap > 0))[..., None] * slopes


def kl_divergence(y: Array, p: Array, config: Config) -> tuple[Array, Backward]:
    y, held = np.clip(y, EPSILON, 1), np.clip(p, EPSILON, 1)
    inside = (p >= EPSILON) & (p <= 1)
    return summed(y * np.log(y / held), -y / held * inside)


def poisson(y: Array, p: Array, config: Config) -> tuple[Array, Backward]:
    return averaged(p - y * np.log(p + EPSILON), 1 - y / (p + EPSILON))


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
