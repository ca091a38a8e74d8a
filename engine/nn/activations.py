"""Activation functions, Keras's by their names: what a unit answers to its weighted sum.

Each takes an array of sums `z` and returns the outputs together with the way back (see `engine.nn.arrays`).
Formulas stand beside their names in `engine.spec.catalogue.activations`. Where a function has a kink, the
derivative there is the one that Keras's backends use.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import cache, partial
from typing import Final, TypeAlias

import numpy as np

from engine.nn.arrays import Array, Backward
from engine.spec import Item, Value

Activation: TypeAlias = Callable[[Array], tuple[Array, Backward]]

SELU_ALPHA: Final = 1.6732632423543772
SELU_SCALE: Final = 1.0507009873554805


def linear(z: Array) -> tuple[Array, Backward]:
    return z, lambda gradient: gradient


def relu(
    z: Array, negative_slope: float = 0.0, max_value: float | None = None, threshold: float = 0.0
) -> tuple[Array, Backward]:
    """`z` above the threshold, `negative_slope * (z - threshold)` below it, never more than `max_value`."""
    if negative_slope == 0.0 and max_value is None and threshold == 0.0:
        return np.maximum(z, 0), lambda gradient: gradient * (z > 0)
    above = z > threshold
    a = np.where(above, z, negative_slope * (z - threshold))
    slope = np.where(above, 1, negative_slope).astype(z.dtype)
    if max_value is not None:
        slope *= a < max_value
        a = np.minimum(a, max_value)
    return a.astype(z.dtype, copy=False), lambda gradient: gradient * slope


def leaky_relu(z: Array, negative_slope: float = 0.2) -> tuple[Array, Backward]:
    slope = np.where(z > 0, 1, negative_slope).astype(z.dtype)
    return z * slope, lambda gradient: gradient * slope


def relu6(z: Array) -> tuple[Array, Backward]:
    return relu(z, max_value=6.0)


def sigmoid(z: Array) -> tuple[Array, Backward]:
    a = logistic(z)
    return a, lambda gradient: gradient * a * (1 - a)


def logistic(z: Array) -> Array:
    """1 / (1 + exp(-z)), written so that `exp` never overflows."""
    small: Array = np.exp(-np.abs(z))
    share: Array = np.where(z >= 0, np.ones((), z.dtype), small) / (1 + small)
    return share


def tanh(z: Array) -> tuple[Array, Backward]:
    a = np.tanh(z)
    return a, lambda gradient: gradient * (1 - a * a)


def softmax(z: Array, axis: int | tuple[int, ...] = -1) -> tuple[Array, Backward]:
    """Shares that sum to 1. Subtracting the largest `z` first changes no share and keeps `exp` finite."""
    raised = np.exp(z - z.max(axis=axis, keepdims=True))
    a = raised / raised.sum(axis=axis, keepdims=True)
    return a, lambda gradient: a * (gradient - (gradient * a).sum(axis=axis, keepdims=True))


def log_softmax(z: Array) -> tuple[Array, Backward]:
    shifted = z - z.max(axis=-1, keepdims=True)
    a = shifted - np.log(np.exp(shifted).sum(axis=-1, keepdims=True))
    return a, lambda gradient: gradient - np.exp(a) * gradient.sum(axis=-1, keepdims=True)


def elu(z: Array, alpha: float = 1.0) -> tuple[Array, Backward]:
    a = np.where(z > 0, z, alpha * np.expm1(np.minimum(z, 0))).astype(z.dtype, copy=False)
    return a, lambda gradient: gradient * np.where(z > 0, 1, a + alpha).astype(z.dtype, copy=False)


def selu(z: Array) -> tuple[Array, Backward]:
    a, backward = elu(z, SELU_ALPHA)
    return SELU_SCALE * a, lambda gradient: backward(SELU_SCALE * gradient)


def softplus(z: Array) -> tuple[Array, Backward]:
    return np.logaddexp(z, np.zeros((), z.dtype)), lambda gradient: gradient * logistic(z)


def softsign(z: Array) -> tuple[Array, Backward]:
    scale = 1 / (1 + np.abs(z))
    return z * scale, lambda gradient: gradient * scale * scale


def exponential(z: Array) -> tuple[Array, Backward]:
    a = np.exp(z)
    return a, lambda gradient: gradient * a


def silu(z: Array) -> tuple[Array, Backward]:
    share = logistic(z)
    a = z * share
    return a, lambda gradient: gradient * (share + a * (1 - share))


def gelu(z: Array) -> tuple[Array, Backward]:
    """The exact form, by the normal distribution function."""
    below = normal_cdf(z)
    density = np.exp(-0.5 * z * z) / math.sqrt(2 * math.pi)
    return z * below, lambda gradient: gradient * (below + z * density)


def normal_cdf(z: Array) -> Array:
    """P(X <= z) for a standard normal X, to about 1e-14. NumPy has no error function, so one is fitted.

    With t = 2 / (2 + u) and u = abs(z) / sqrt(2), log(erfc(u) / t) + u * u is smooth on 0 <= u <= 6, and a
    Chebyshev series of degree 27 in t meets it to rounding; beyond 6 the tail is below 1e-17.
    """
    u = np.minimum(np.abs(z, dtype=np.float64) / math.sqrt(2), 6.0)
    t = 2 / (2 + u)
    tail = 0.5 * t * np.exp(_erfc_series()(t) - u * u)
    below: Array = np.where(z < 0, tail, 1 - tail).astype(z.dtype)
    return below


@cache
def _erfc_series() -> np.polynomial.Chebyshev:
    def smooth(t: Array) -> Array:
        u = 2 / t - 2
        return np.log([math.erfc(value) for value in u]) - np.log(t) + u * u

    return np.polynomial.Chebyshev.interpolate(smooth, 27, domain=[0.25, 1.0])


def mish(z: Array) -> tuple[Array, Backward]:
    soft, soft_backward = softplus(z)
    bent, bent_backward = tanh(soft)
    return z * bent, lambda gradient: gradient * bent + soft_backward(bent_backward(gradient * z))


def hard_sigmoid(z: Array) -> tuple[Array, Backward]:
    inside = (z > -3) & (z < 3)
    return np.clip(z / 6 + 0.5, 0, 1), lambda gradient: gradient * inside / 6


def hard_silu(z: Array) -> tuple[Array, Backward]:
    share, share_backward = hard_sigmoid(z)
    return z * share, lambda gradient: gradient * share + share_backward(gradient * z)


def hard_tanh(z: Array) -> tuple[Array, Backward]:
    inside = (z > -1) & (z < 1)
    return np.clip(z, -1, 1), lambda gradient: gradient * inside


def hard_shrink(z: Array, threshold: float = 0.5) -> tuple[Array, Backward]:
    kept = np.abs(z) > threshold
    return z * kept, lambda gradient: gradient * kept


def soft_shrink(z: Array, threshold: float = 0.5) -> tuple[Array, Backward]:
    kept = np.abs(z) > threshold
    return (z - np.sign(z) * threshold) * kept, lambda gradient: gradient * kept


def tanh_shrink(z: Array) -> tuple[Array, Backward]:
    bent = np.tanh(z)
    return z - bent, lambda gradient: gradient * bent * bent


def log_sigmoid(z: Array) -> tuple[Array, Backward]:
    return -np.logaddexp(-z, np.zeros((), z.dtype)), lambda gradient: gradient * logistic(-z)


def glu(z: Array) -> tuple[Array, Backward]:
    """The one activation that changes the shape: half of the last axis gates the other half."""
    first, second = np.split(z, 2, axis=-1)
    share = logistic(second)

    def backward(gradient: Array) -> Array:
        return np.concatenate([gradient * share, gradient * first * share * (1 - share)], axis=-1)

    return first * share, backward


def squareplus(z: Array, b: float = 4.0) -> tuple[Array, Backward]:
    root = np.sqrt(z * z + b)
    return (z + root) / 2, lambda gradient: gradient * (1 + z / root) / 2


def sparse_plus(z: Array) -> tuple[Array, Backward]:
    slope, _ = sparse_sigmoid(z)
    a = np.where(z < 1, slope * slope, z).astype(z.dtype, copy=False)
    return a, lambda gradient: gradient * slope


def sparse_sigmoid(z: Array) -> tuple[Array, Backward]:
    inside = (z > -1) & (z < 1)
    return np.clip((z + 1) / 2, 0, 1), lambda gradient: gradient * inside / 2


def sparsemax(z: Array) -> tuple[Array, Backward]:
    """Shares that sum to 1, small ones exactly 0. Martins and Astudillo 2016, algorithm 1.

    Keras up to 3.15 adds up the running sums where the algorithm takes the last of them, so its shares do
    not sum to 1 when more than one is left; this is the algorithm's own threshold.
    """
    falling = -np.sort(-z, axis=-1)
    ranks = np.arange(1, z.shape[-1] + 1)
    sums = np.cumsum(falling, axis=-1) - 1
    count = (ranks * falling > sums).sum(axis=-1, keepdims=True)
    level = np.take_along_axis(sums, count - 1, axis=-1) / count
    a = np.maximum(z - level, 0).astype(z.dtype, copy=False)
    kept = a > 0

    def backward(gradient: Array) -> Array:
        mean = (gradient * kept).sum(axis=-1, keepdims=True) / count
        inside: Array = (gradient - mean) * kept
        return inside.astype(z.dtype, copy=False)

    return a, backward


ACTIVATIONS: Final[dict[str, Activation]] = {
    "linear": linear,
    "relu": relu,
    "sigmoid": sigmoid,
    "tanh": tanh,
    "softmax": softmax,
    "elu": elu,
    "selu": selu,
    "celu": elu,
    "softplus": softplus,
    "softsign": softsign,
    "exponential": exponential,
    "relu6": relu6,
    "leaky_relu": leaky_relu,
    "silu": silu,
    "gelu": gelu,
    "mish": mish,
    "hard_sigmoid": hard_sigmoid,
    "hard_silu": hard_silu,
    "hard_tanh": hard_tanh,
    "hard_shrink": hard_shrink,
    "soft_shrink": soft_shrink,
    "tanh_shrink": tanh_shrink,
    "log_sigmoid": log_sigmoid,
    "log_softmax": log_softmax,
    "glu": glu,
    "squareplus": squareplus,
    "sparse_plus": sparse_plus,
    "sparse_sigmoid": sparse_sigmoid,
    "sparsemax": sparsemax,
}
"""Every activation by its Keras name: the one place where a name in a text meets a function."""


def activation(value: Value) -> Activation:
    """The function that a config's `activation` means: a name, or a layer such as LeakyReLU(0.1) as an
    Item.
    """
    if isinstance(value, str):
        return ACTIVATIONS[value]
    assert isinstance(value, Item)
    return _from_layer(value)


def _from_layer(item: Item) -> Activation:
    config = item.config
    match item.kind:
        case "ReLU":
            most = config["max_value"]
            return partial(
                relu,
                negative_slope=config.real("negative_slope"),
                max_value=None if most is None else config.real("max_value"),
                threshold=config.real("threshold"),
            )
        case "LeakyReLU":
            return partial(leaky_relu, negative_slope=config.real("negative_slope"))
        case "ELU":
            return partial(elu, alpha=config.real("alpha"))
        case _:
            axis = config["axis"]
            return partial(
                softmax, axis=config.wholes("axis") if isinstance(axis, tuple) else config.whole("axis")
            )
