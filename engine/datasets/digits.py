"""Digits drawn by a pen: 12 by 12 pixels, one channel, values 0 to 1, every one written a little otherwise.

A digit is a few strokes through known points (`strokes.toml`). Each drawing moves the points, turns, leans,
stretches and shifts the whole, presses the pen more or less, and then asks of every pixel how far it lies
from the line.
"""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Final

import numpy as np

from engine.datasets.base import Drawn, Numbers, Random, balanced

SIDE: Final = 12
CLASSES: Final = tuple("0123456789")
BETWEEN: Final = 4
"""How many straight pieces join two points of a stroke."""

WOBBLE: Final = 0.025
NOISE: Final = 0.04


def digits(random: Random, count: int) -> tuple[Numbers, Numbers]:
    """Drawings of all ten digits."""
    y = balanced(count, len(CLASSES))
    light = np.zeros((count, SIDE * SIDE))
    for digit in range(len(CLASSES)):
        light[y == digit] = drawings(random, digit, int((y == digit).sum()))
    seen = np.clip(light + random.normal(0, NOISE, light.shape), 0, 1)
    return seen.reshape(count, SIDE, SIDE, 1), y


def drawings(random: Random, digit: int, count: int) -> Numbers:
    """`count` drawings of a digit, (count, pixels), 0 to 1, without noise."""
    hand = placed(random, count)
    pen = random.uniform(0.5, 0.8, (count, 1))
    nearest = np.full((count, SIDE * SIDE), np.inf)
    for points in strokes()[digit]:
        moved = points + random.normal(0, WOBBLE, (count, *points.shape))
        line = smooth((moved - 0.5) @ hand[:, :2] + hand[:, 2:])
        nearest = np.minimum(nearest, distances(line))
    light: Numbers = np.clip(pen + 0.5 - nearest, 0, 1)
    return light


def placed(random: Random, count: int) -> Numbers:
    """For each drawing how it lies on the page: (count, 3, 2), a 2 by 2 map and, below it, a shift."""
    angle, lean = random.normal(0, 0.1, count), random.normal(0, 0.12, count)
    wide, high = random.uniform(0.8, 1.05, (2, count)) * (SIDE - 2)
    hand = np.empty((count, 3, 2))
    hand[:, 0] = np.stack([wide * np.cos(angle), wide * np.sin(angle)], axis=1)
    hand[:, 1] = np.stack([-high * (np.sin(angle) + lean), high * np.cos(angle)], axis=1)
    hand[:, 2] = SIDE / 2 + random.normal(0, 0.4, (count, 2))
    return hand


def smooth(points: Numbers) -> Numbers:
    """A smooth line (Catmull and Rom's) through the points of each drawing: (count, pieces + 1, 2)."""
    before = np.concatenate([points[:, :1], points[:, :-2]], axis=1)[:, :, None]
    here, there = points[:, :-1, None], points[:, 1:, None]
    after = np.concatenate([points[:, 2:], points[:, -1:]], axis=1)[:, :, None]
    t = (np.arange(BETWEEN) / BETWEEN)[:, None]
    curve = 0.5 * (
        2 * here
        + (there - before) * t
        + (2 * before - 5 * here + 4 * there - after) * t**2
        + (3 * here - before - 3 * there + after) * t**3
    )
    return np.concatenate([curve.reshape(len(points), -1, 2), points[:, -1:]], axis=1)


def distances(line: Numbers) -> Numbers:
    """How far each pixel's middle lies from the nearest piece of each drawing's line: (count, pixels)."""
    line = line.astype(np.float32)
    rows, columns = np.divmod(np.arange(SIDE * SIDE), SIDE)
    pixels = np.stack([columns, rows], axis=1).astype(np.float32) + np.float32(0.5)
    nearest = np.full((len(line), len(pixels)), np.inf, np.float32)
    for piece in range(line.shape[1] - 1):
        start, way = line[:, piece, None], line[:, piece + 1, None] - line[:, piece, None]
        length = np.maximum((way * way).sum(axis=-1), 1e-12)
        share = np.clip(((pixels - start) * way).sum(axis=-1) / length, 0, 1)
        gap = pixels - start - share[..., None] * way
        nearest = np.minimum(nearest, (gap * gap).sum(axis=-1))
    far: Numbers = np.sqrt(nearest)
    return far


@cache
def strokes() -> tuple[tuple[Numbers, ...], ...]:
    """For each digit its strokes: points (points, 2), across and down, 0 to 1."""
    told = tomllib.loads((Path(__file__).parent / "strokes.toml").read_text("utf-8"))
    return tuple(tuple(np.array(stroke) for stroke in told[name]) for name in CLASSES)


DIGITS: Final = (
    Drawn(
        "digits", "Digits drawn by a pen, 12 by 12 pixels; the ten classes are 0 to 9.",
        ("light",), (SIDE, SIDE, 1), digits, classes=CLASSES, train=1000, validation=200, hidden=300,
        epochs=20,
    ),
)  # fmt: skip
