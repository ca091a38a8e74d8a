"""Points in the plane, in classes that a line can or cannot part. Coordinates lie within about -1 and 1."""

from __future__ import annotations

from functools import partial
from typing import Final

import numpy as np

from engine.datasets.base import Drawn, Numbers, Random, balanced

PLANE: Final = ("x1", "x2")
INSIDE_OUTSIDE: Final = ("inside", "outside")


def blobs(random: Random, count: int) -> tuple[Numbers, Numbers]:
    """Three round clouds around the corners of a triangle."""
    y = balanced(count, 3)
    angle = 2 * np.pi * y / 3 + np.pi / 2
    return 0.7 * around(angle) + random.normal(0, 0.16, (count, 2)), y


def circles(random: Random, count: int) -> tuple[Numbers, Numbers]:
    """A disc, and a ring around it."""
    y = balanced(count, 2)
    radius = np.where(y == 0, random.uniform(0, 0.5, count), random.uniform(0.7, 1, count))
    return scattered(random, radius, 0.02), y


def rings(random: Random, count: int) -> tuple[Numbers, Numbers]:
    """Three rings, one inside another."""
    y = balanced(count, 3)
    return scattered(random, (y + 1) / 3 - random.uniform(0, 0.15, count), 0.02), y


def moons(random: Random, count: int) -> tuple[Numbers, Numbers]:
    """Two half circles that reach into each other."""
    y = balanced(count, 2)
    bow = around(random.uniform(0, np.pi, count))
    lower = np.array([1.0, 0.5]) - bow
    x = np.where(y[:, None] == 0, bow, lower) - np.array([0.5, 0.25])
    return 0.65 * x + random.normal(0, 0.06, (count, 2)), y


def spiral(random: Random, count: int, arms: int = 2) -> tuple[Numbers, Numbers]:
    """Arms that wind around one another once and a half or more."""
    y = balanced(count, arms)
    way = np.sqrt(random.uniform(0.005, 1, count))
    angle = 1.75 * 2 * np.pi * way + 2 * np.pi * y / arms
    return way[:, None] * around(angle) + random.normal(0, 0.015, (count, 2)), y


def xor(random: Random, count: int) -> tuple[Numbers, Numbers]:
    """Points of a square, classed by whether their two coordinates have the same sign."""
    corner = balanced(count, 4)
    signs = np.stack([corner % 2, corner // 2], axis=1) * 2 - 1
    x = signs * random.uniform(0.06, 1, (count, 2)) + random.normal(0, 0.02, (count, 2))
    return x, (signs[:, 0] != signs[:, 1]).astype(int)


def around(angle: Numbers) -> Numbers:
    """Points of the unit circle."""
    return np.stack([np.cos(angle), np.sin(angle)], axis=-1)


def scattered(random: Random, radius: Numbers, noise: float) -> Numbers:
    """Points at these distances from the middle, in any direction."""
    where = radius[:, None] * around(random.uniform(0, 2 * np.pi, len(radius)))
    return where + random.normal(0, noise, where.shape)


POINTS: Final = (
    Drawn(
        "blobs", "Three clouds of points; straight lines part them.", PLANE, (2,), blobs,
        classes=("red", "green", "blue"), epochs=30,
    ),
    Drawn(
        "circles", "A disc and the ring around it; no straight line parts them.", PLANE, (2,), circles,
        classes=INSIDE_OUTSIDE, epochs=60,
    ),
    Drawn(
        "rings", "Three rings, one inside another.", PLANE, (2,), rings,
        classes=("inner", "middle", "outer"), train=600, epochs=120,
    ),
    Drawn(
        "moons", "Two half moons that reach into each other.", PLANE, (2,), moons,
        classes=("upper", "lower"), epochs=60,
    ),
    Drawn(
        "spiral", "Two arms that wind around each other almost twice.", PLANE, (2,), spiral,
        classes=("first", "second"), train=500, epochs=300,
    ),
    Drawn(
        "spiral3", "Three arms that wind around one another.", PLANE, (2,), partial(spiral, arms=3),
        classes=("first", "second", "third"), train=750, hidden=300, epochs=300,
    ),
    Drawn(
        "xor", "Points of a square: is exactly one coordinate positive?", PLANE, (2,), xor,
        classes=("same", "different"), epochs=60,
    ),
)  # fmt: skip
