"""Losses taken together with the last layer's activation, where the two gradients meet in `p - y`.

Keras keeps probabilities within EPSILON of 0 and 1 and lets no gradient pass beyond. Where that bound is met,
the loss is worked out as the layers do it, so that the numbers are the same.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Final, TypeAlias

import numpy as np

from engine.nn.arrays import Array
from engine.nn.losses import EPSILON, SPARSE, Loss, fitted
from engine.nn.plan.elementwise import constant

PAIRS: Final = frozenset(
    (
        ("BinaryCrossentropy", "sigmoid"),
        ("CategoricalCrossentropy", "softmax"),
        (SPARSE, "softmax"),
    )
)
"""Losses and activations whose gradients meet in `p - y`. The mean squared error goes with any activation."""

Measure: TypeAlias = Callable[[Array], float]
"""Targets (outputs, batch) -> the loss; fills the gradient's buffer on its way."""

SAFE: Final = -math.log(EPSILON)
"""While all losses of a batch together are below this, no probability of a true class is below EPSILON."""


def columns_of_targets(loss: Loss, activation: str | None, y: Array, outputs: int) -> Array | None:
    """The targets as columns (outputs, samples) when `measure` knows this loss; None when it does not."""
    config, kind = loss.item.config, loss.item.kind
    if loss.reduction != "sum_over_batch_size" or config.get("from_logits") is True:
        return None
    if (
        config.get("label_smoothing")
        or config.get("ignore_class") is not None
        or config.get("axis", -1) != -1
    ):
        return None
    if (kind, activation) not in PAIRS and (kind != "MeanSquaredError" or activation in (None, "softmax")):
        return None
    rows = fitted(y, np.broadcast_to(np.zeros((), y.dtype), (len(y), outputs)), kind)
    if kind == SPARSE:
        one_hot: Array = (rows == np.arange(outputs)[:, None]).astype(y.dtype)
        return one_hot
    is_binary = kind == "MeanSquaredError" or ((rows == 0) | (rows == 1)).all()
    is_one_hot = kind != "CategoricalCrossentropy" or (rows.sum(axis=-1) == 1).all()
    return rows.T if is_binary and is_one_hot else None


def includes_activation(loss: Loss) -> bool:
    """Whether the gradient that `measure` leaves is already the one with respect to the last sums."""
    return loss.item.kind != "MeanSquaredError"


def measure(loss: Loss, p: Array, gradient: Array) -> Measure:
    """The step that compares the outputs p (outputs, batch) with targets."""
    match loss.item.kind:
        case "MeanSquaredError":
            return _squares(p, gradient)
        case "BinaryCrossentropy":
            return _binary(loss, p, gradient)
        case _:
            return _categorical(loss, p, gradient)


def _squares(p: Array, gradient: Array) -> Measure:
    error, scale = np.empty_like(p), constant(2 / p.size, p)
    flat, share = error.reshape(-1), 1 / p.size
    subtract, multiply, dot = np.subtract, np.multiply, flat.dot

    def step(y: Array) -> float:
        subtract(p, y, error)
        multiply(error, scale, gradient)
        return float(dot(flat)) * share

    return step


def _binary(loss: Loss, p: Array, gradient: Array) -> Measure:
    scale, one, missed = constant(1 / p.size, p), constant(1, p), np.empty_like(p)
    flat, ones, share = missed.reshape(-1), np.ones(p.size, p.dtype), 1 / p.size
    subtract, multiply, absolute, log, add = np.subtract, np.multiply, np.abs, np.log, flat.dot

    def step(y: Array) -> float:
        subtract(p, y, gradient)
        absolute(gradient, missed)
        subtract(one, missed, missed)
        log(missed, missed)
        total = -float(add(ones))
        if not total < SAFE and (np.abs(gradient) > 1 - EPSILON).any():
            value, back = loss(y.T, p.T)
            gradient[...] = (back * p.T * (1 - p.T)).T
            return value
        multiply(gradient, scale, gradient)
        return total * share

    return step


def _categorical(loss: Loss, p: Array, gradient: Array) -> Measure:
    classes, batch = len(p), p.shape[1]
    share: float = 1 / batch
    scale, own = constant(share, p), np.empty_like(p)
    add_up, ones, true = np.ones(classes, p.dtype).dot, np.ones(batch, p.dtype), np.empty(batch, p.dtype)
    subtract, multiply, log, add = np.subtract, np.multiply, np.log, true.dot

    def step(y: Array) -> float:
        multiply(p, y, own)
        add_up(own, true)
        subtract(p, y, gradient)
        log(true, true)
        total = -float(add(ones))
        if not total < SAFE and (true < -SAFE).any():
            targets = y.argmax(axis=0) if loss.item.kind == SPARSE else y.T
            value, back = loss(targets, p.T)
            gradient[...] = (p.T * (back - (back * p.T).sum(axis=-1, keepdims=True))).T
            return value
        multiply(gradient, scale, gradient)
        return total * share

    return step
