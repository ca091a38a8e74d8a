"""Points of the plane with a number each, drawn as TensorFlow Playground draws them: -1 or 1 where two
classes are to be told apart, anything between where numbers are to be met. `moons` is our own.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from functools import lru_cache, partial
from typing import Final, NamedTuple, TypeAlias

import numpy as np

from engine.datasets.base import Numbers
from engine.playground.own import OWN, Point
from engine.playground.own import read as read_own
from engine.playground.randomness import SeededRandom

Draw: TypeAlias = Callable[[SeededRandom, int, float], Iterator[Point]]

CLASS_COUNT: Final = 500
REGRESSION_COUNT: Final = 1200


class Points(NamedTuple):
    """Samples in the order of training: `at` float64 (count, 2), `labels` float64 (count,). The first `train`
    are learned, the others held out.
    """

    at: Numbers
    labels: Numbers
    train: int


@lru_cache(maxsize=32)
def drawn(dataset: str, seed: str, noise: int, share: int, own: str = "") -> tuple[Points, SeededRandom]:
    """The points, `noise` and `share` in percent, and the stream of random numbers after them. Neither may be
    changed: copy the stream before you draw from it. One point at least is learned, and one held out.
    """
    random = SeededRandom(seed)
    given = read_own(own) if dataset == OWN else ALL[dataset](random, _count(dataset), noise / 100)
    points = list(given)
    for left in range(len(points), 0, -1):
        chosen = math.floor(random.random() * left)
        points[left - 1], points[chosen] = points[chosen], points[left - 1]
    table = np.array(points, np.float64)
    table.setflags(write=False)
    train = min(max(len(points) * share // 100, 1), len(points) - 1)
    return Points(table[:, :2], table[:, 2], train), random


def _count(dataset: str) -> int:
    return REGRESSION_COUNT if dataset in REGRESSION else CLASS_COUNT


def circle(random: SeededRandom, count: int, noise: float) -> Iterator[Point]:
    """A disc and the ring around it."""
    radius = 5.0
    for low, high in ((0.0, radius * 0.5), (radius * 0.7, radius)):
        for _ in range(count // 2):
            distance = random.uniform(low, high)
            angle = random.uniform(0, 2 * math.pi)
            x, y = distance * math.sin(angle), distance * math.cos(angle)
            seen = math.hypot(*_shaken(random, x, y, radius, noise))
            yield x, y, 1.0 if seen < radius * 0.5 else -1.0


def xor(random: SeededRandom, count: int, noise: float) -> Iterator[Point]:
    """Four squares, classed by whether both coordinates have one sign."""
    for _ in range(count):
        x, y = _padded(random.uniform(-5, 5)), _padded(random.uniform(-5, 5))
        seen_x, seen_y = _shaken(random, x, y, 5.0, noise)
        yield x, y, 1.0 if seen_x * seen_y >= 0 else -1.0


def gauss(random: SeededRandom, count: int, noise: float) -> Iterator[Point]:
    """Two clouds."""
    variance = 0.5 + 3.5 * (noise / 0.5)
    for middle, label in ((2.0, 1.0), (-2.0, -1.0)):
        for _ in range(count // 2):
            yield _normal(random, middle, variance), _normal(random, middle, variance), label


def spiral(random: SeededRandom, count: int, noise: float) -> Iterator[Point]:
    """Two arms that wind around each other almost twice."""
    half = count / 2
    for turned, label in ((0.0, 1.0), (math.pi, -1.0)):
        for place in range(count // 2):
            distance = place / half * 5
            angle = 1.75 * place / half * 2 * math.pi + turned
            x = distance * math.sin(angle) + random.uniform(-1, 1) * noise
            yield x, distance * math.cos(angle) + random.uniform(-1, 1) * noise, label


def moons(random: SeededRandom, count: int, noise: float) -> Iterator[Point]:
    """Two half moons that reach into each other."""
    for side in (1.0, -1.0):
        for _ in range(count // 2):
            angle = random.uniform(0, math.pi)
            x = side * (3.2 * math.cos(angle) - 1.6) + _normal(random, 0, 0.04 + 2 * noise)
            yield x, side * (3.2 * math.sin(angle) - 0.8) + _normal(random, 0, 0.04 + 2 * noise), side


def plane(random: SeededRandom, count: int, noise: float) -> Iterator[Point]:
    """A slope: the sum of both coordinates."""
    for x, y, seen_x, seen_y in _scattered(random, count, noise):
        share = (seen_x + seen_y + 10) / 20
        yield x, y, -1 * (1 - share) + share


def hills(random: SeededRandom, count: int, noise: float) -> Iterator[Point]:
    """Three hills and three hollows in turn."""
    for x, y, seen_x, seen_y in _scattered(random, count, noise):
        label = 0.0
        for across, up, sign in _HILLS:
            height = sign * (1 - min(math.hypot(seen_x - across, seen_y - up) / 2, 1.0))
            if abs(height) > abs(label):
                label = height
        yield x, y, label


_HILLS: Final = ((-4, 2.5, 1), (0, 2.5, -1), (4, 2.5, 1), (-4, -2.5, -1), (0, -2.5, 1), (4, -2.5, -1))


def _scattered(random: SeededRandom, count: int, noise: float) -> Iterator[tuple[float, float, float, float]]:
    for _ in range(count):
        x, y = random.uniform(-6, 6), random.uniform(-6, 6)
        yield x, y, *_shaken(random, x, y, 6.0, noise)


def _shaken(random: SeededRandom, x: float, y: float, radius: float, noise: float) -> tuple[float, float]:
    """Where a point is taken to be when its label is given."""
    shake = partial(random.uniform, -radius, radius)
    return x + shake() * noise, y + shake() * noise


def _padded(value: float) -> float:
    return value + (0.3 if value > 0 else -0.3)


def _normal(random: SeededRandom, mean: float, variance: float) -> float:
    """A normal number by Marsaglia's polar method; of each pair the first."""
    while True:
        first, second = 2 * random.random() - 1, 2 * random.random() - 1
        square = first * first + second * second
        if 0 < square <= 1:
            return mean + math.sqrt(variance) * (math.sqrt(-2 * math.log(square) / square) * first)


CLASSIFICATION: Final[dict[str, Draw]] = {
    "circle": circle,
    "xor": xor,
    "gauss": gauss,
    "spiral": spiral,
    "moons": moons,
}
REGRESSION: Final[dict[str, Draw]] = {"reg-plane": plane, "reg-gauss": hills}
ALL: Final = {**CLASSIFICATION, **REGRESSION}
