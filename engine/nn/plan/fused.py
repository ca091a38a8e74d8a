"""Losses taken together with the last layer's activation, where the two gradients meet in `p - y`.

Keras keeps probabilities within EPSILON of 0 and 1 and lets no gradient pass beyond. Where that bound is met,
the loss is worked out as the layers do it, so that the numbers are the same.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from enum import Enum
from typing import Final, TypeAlias

import numpy as np

from engine.nn.activations import logistic
from engine.nn.arrays import Array
from engine.nn.losses import EPSILON, SPARSE, Loss, fitted
from engine.nn.plan.elementwise import constant

BINARY: Final = "BinaryCrossentropy"

PAIRS: Final = frozenset(
    (
        (BINARY, "sigmoid"),
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
    """The targets as columns (outputs, samples) as `measure` wants them; None when it does not know this loss
    with this activation.
    """
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
    if not is_binary or not is_one_hot:
        return None
    return 1 - 2 * rows.T if kind == BINARY else rows.T


class Ending(Enum):
    """What of the last layer comes before the loss."""

    WHOLE = "the activation, there and back"
    OUTPUTS = "the activation; the gradient is the sums' already"
    SUMS = "the weighted sums alone"


def ending_of(loss: Loss) -> Ending:
    """Where `measure` takes over from the last layer."""
    match loss.item.kind:
        case "MeanSquaredError":
            return Ending.WHOLE
        case "BinaryCrossentropy":
            return Ending.SUMS
        case _:
            return Ending.OUTPUTS


def measure(loss: Loss, p: Array, gradient: Array) -> Measure:
    """The step that compares the outputs p (outputs, batch) with targets; or its sums, see `ending_of`."""
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


def _binary(loss: Loss, z: Array, gradient: Array) -> Measure:
    """From the sums z and targets as signs, 1 for class 0 and -1 for class 1: with u = exp(sign * z) the loss
    is log(1 + u) and its slope sign * u / (1 + u).
    """
    scale, one = constant(1 / z.size, z), constant(1, z)
    raised, logs = np.empty_like(z), np.empty_like(z)
    flat, ones, share = logs.reshape(-1), np.ones(z.size, z.dtype), 1 / z.size
    multiply, exp, log, add, divide, sum_of = np.multiply, np.exp, np.log, np.add, np.divide, flat.dot

    def step(signs: Array) -> float:
        multiply(z, signs, raised)
        exp(raised, raised)
        add(raised, one, logs)
        divide(raised, logs, gradient)
        log(logs, logs)
        total = float(sum_of(ones))
        if not total < SAFE and not (raised < 1 / EPSILON - 1).all():
            p = logistic(z.T)
            value, back = loss((1 - signs.T) / 2, p)
            gradient[...] = (back * p * (1 - p)).T
            return value
        multiply(gradient, signs, gradient)
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
