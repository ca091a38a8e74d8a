"""Curves to follow: one number in, one number out, with a little noise."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Final

import numpy as np

from engine.datasets.base import Drawn, Numbers, Random


def along(
    random: Random, count: int, curve: Callable[[Numbers], Numbers], noise: float
) -> tuple[Numbers, Numbers]:
    """Points near a curve over -1..1."""
    x = random.uniform(-1, 1, (count, 1))
    return x, curve(x) + random.normal(0, noise, (count, 1))


def plane(random: Random, count: int) -> tuple[Numbers, Numbers]:
    """A slope over two features that lie within -1 and 1."""
    x = random.uniform(-1, 1, (count, 2))
    return x, 0.5 * x[:, :1] - 0.8 * x[:, 1:] + 0.2 + random.normal(0, 0.02, (count, 1))


def _curve(name: str, doc: str, curve: Callable[[Numbers], Numbers], epochs: int) -> Drawn:
    return Drawn(
        name, doc, ("x",), (1,), partial(along, curve=curve, noise=0.03), targets=("y",), epochs=epochs
    )


CURVES: Final = (
    _curve("line", "A straight line, y = 0.8 x - 0.3.", lambda x: 0.8 * x - 0.3, 60),
    _curve("parabola", "A parabola, y = 2 x² - 1.", lambda x: 2 * x * x - 1, 100),
    _curve("sine", "Two waves, y = sin(2π x).", lambda x: np.sin(2 * np.pi * x), 300),
    _curve("step", "A step at 0: y is 0 below and 1 above it.", lambda x: (x > 0).astype(float), 100),
    Drawn(
        "plane", "A slope over two features.", ("x1", "x2"), (2,), plane, targets=("y",), epochs=60
    ),
)  # fmt: skip
