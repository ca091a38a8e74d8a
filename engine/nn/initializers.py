"""Where weights start: Keras's initializers, drawn from a Generator that is passed in.

The distributions are Keras's; the numbers are not, since no two libraries share a random stream.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Final, TypeAlias

import numpy as np

from engine.errors import ShapeError
from engine.nn.arrays import Array, Random
from engine.spec import Config, Item
from engine.spec.demands import makes_no_matrix

Size: TypeAlias = tuple[int, ...]
Draw: TypeAlias = Callable[[Config, Size, Random], Array]

# The standard deviation of a standard normal cut off at two of its own.
CUT_STDDEV: Final = 0.87962566103423978


def draw(item: Item, shape: Size, random: Random) -> Array:
    """A float64 array of that shape. An initializer with its own seed ignores `random`.

    Raises ShapeError for one that makes matrices where no matrix is wanted.
    """
    if makes_no_matrix(item, shape):
        raise ShapeError(
            f"{item.kind} makes a matrix; the weight it is given for has the shape {shape}.",
            "Use 'zeros', or another initializer.",
        )
    seed = item.config.get("seed")
    if isinstance(seed, int):
        random = np.random.default_rng(seed)
    return INITIALIZERS[item.kind](item.config, shape, random)


def fans(shape: Size) -> tuple[int, int]:
    """How many numbers flow into, and out of, one unit of a weight of that shape (Keras's rule)."""
    if len(shape) < 2:
        size = shape[0] if shape else 1
        return size, size
    field = math.prod(shape[:-2])
    return shape[-2] * field, shape[-1] * field


def scaled(shape: Size, random: Random, scale: float, mode: str, distribution: str) -> Array:
    """Variance scaling: numbers whose variance is `scale` over a fan. He et al. 2015; Glorot and Bengio
    2010.
    """
    fan_in, fan_out = fans(shape)
    fan = {"fan_in": fan_in, "fan_out": fan_out, "fan_avg": (fan_in + fan_out) / 2}[mode]
    variance = scale / max(1.0, fan)
    if distribution == "truncated_normal":
        return truncated_normal(shape, random, 0.0, math.sqrt(variance) / CUT_STDDEV)
    if distribution == "untruncated_normal":
        return random.normal(0.0, math.sqrt(variance), shape)
    limit = math.sqrt(3 * variance)
    return random.uniform(-limit, limit, shape)


def truncated_normal(shape: Size, random: Random, mean: float, stddev: float) -> Array:
    """Normal numbers, those further than two standard deviations from the mean drawn again."""
    drawn = random.standard_normal(math.prod(shape))
    while (far := np.flatnonzero(np.abs(drawn) > 2)).size:
        drawn[far] = random.standard_normal(far.size)
    return (mean + stddev * drawn).reshape(shape)


def orthogonal(config: Config, shape: Size, random: Random) -> Array:
    """Orthonormal rows or columns, whichever are fewer. Saxe et al. 2014."""
    rows, columns = math.prod(shape[:-1]), shape[-1]
    q, r = np.linalg.qr(random.standard_normal((max(rows, columns), min(rows, columns))))
    q = q * np.sign(np.diag(r))
    matrix = q.T if rows < columns else q
    return (config.real("gain") * matrix).reshape(shape)


def uniform(config: Config, shape: Size, random: Random) -> Array:
    """Numbers between minval and maxval, whichever of them is larger."""
    low, high = config.real("minval"), config.real("maxval")
    return low + (high - low) * random.random(shape)


def _fixed(scale: float, mode: str, distribution: str) -> Draw:
    return lambda config, shape, random: scaled(shape, random, scale, mode, distribution)


def _variance_scaling(config: Config, shape: Size, random: Random) -> Array:
    return scaled(shape, random, config.real("scale"), config.text("mode"), config.text("distribution"))


INITIALIZERS: Final[dict[str, Draw]] = {
    "GlorotUniform": _fixed(1.0, "fan_avg", "uniform"),
    "GlorotNormal": _fixed(1.0, "fan_avg", "truncated_normal"),
    "HeNormal": _fixed(2.0, "fan_in", "truncated_normal"),
    "HeUniform": _fixed(2.0, "fan_in", "uniform"),
    "LecunNormal": _fixed(1.0, "fan_in", "truncated_normal"),
    "LecunUniform": _fixed(1.0, "fan_in", "uniform"),
    "Zeros": lambda config, shape, random: np.zeros(shape),
    "Ones": lambda config, shape, random: np.ones(shape),
    "Constant": lambda config, shape, random: np.full(shape, config.real("value")),
    "RandomNormal": lambda config, shape, random: random.normal(
        config.real("mean"), config.real("stddev"), shape
    ),
    "RandomUniform": uniform,
    "TruncatedNormal": lambda config, shape, random: truncated_normal(
        shape, random, config.real("mean"), config.real("stddev")
    ),
    "VarianceScaling": _variance_scaling,
    "Orthogonal": orthogonal,
    "Identity": lambda config, shape, random: config.real("gain") * np.eye(shape[0], shape[1]),
}
"""Every initializer by its Keras name."""
