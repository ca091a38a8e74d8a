"""Points that somebody brings along, written as text for an address: four characters each, those of the
positive class before a dot, those of the negative class after it. A coordinate counts STEPs from -REACH.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final, TypeAlias

Point: TypeAlias = tuple[float, float, float]
"""x, y and the number to learn."""

OWN: Final = "own"
"""The name of the data set that these points are."""

REACH: Final = 6.0
STEP: Final = 0.005
LEVELS: Final = 2401
MOST_POINTS: Final = 300
FEWEST_OF_A_CLASS: Final = 2
LONGEST: Final = 4 * MOST_POINTS + 1
"""Characters."""

DIGITS: Final = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
_VALUES: Final = {digit: value for value, digit in enumerate(DIGITS)}


def write(points: Iterable[Point]) -> str:
    """The points as text; coordinates are rounded to STEP and kept within REACH."""
    sides: dict[bool, list[str]] = {True: [], False: []}
    for x, y, label in points:
        sides[label >= 0].append(_digits(x) + _digits(y))
    return f"{''.join(sides[True])}.{''.join(sides[False])}"


def read(text: str) -> list[Point]:
    """The points that a text stands for. Raises ValueError with what it must be."""
    sides = text.split(".")
    if len(text) > LONGEST or len(sides) != 2 or any(len(side) % 4 for side in sides):
        raise ValueError(f"at most {MOST_POINTS} points of four characters, a dot between the classes")
    if min(map(len, sides)) < 4 * FEWEST_OF_A_CLASS:
        raise ValueError(f"points of two classes, at least {FEWEST_OF_A_CLASS} of each")
    return [point for side, label in zip(sides, (1.0, -1.0), strict=True) for point in _points(side, label)]


def _points(side: str, label: float) -> Iterator[Point]:
    for at in range(0, len(side), 4):
        yield _number(side[at : at + 2]), _number(side[at + 2 : at + 4]), label


def _digits(value: float) -> str:
    level = round((min(max(value, -REACH), REACH) + REACH) / STEP)
    return DIGITS[level // 64] + DIGITS[level % 64]


def _number(digits: str) -> float:
    high, low = _VALUES.get(digits[0], LEVELS), _VALUES.get(digits[1], LEVELS)
    level = 64 * high + low
    if level >= LEVELS:
        raise ValueError(f"points with coordinates from {-REACH:g} to {REACH:g}")
    return round(level * STEP - REACH, 3)
