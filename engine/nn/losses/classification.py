"""Losses for classes: how little is believed of what is true."""

from __future__ import annotations

import numpy as np

from engine.nn.activations import log_softmax, logistic, softmax, softplus
from engine.nn.arrays import Array, Backward
from engine.nn.losses.base import EPSILON, averaged, clipped, summed
from engine.spec import Config


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
