"""A plot that keeps its text legible at any width: curves stretch with the sheet, words and dots do not.

Places are percents of the sheet: curves in a nested sheet of 100 by 100 that is stretched, labels and dots by
percent. course/figures/_plot.html draws it; frontend/figures/plot.js has the same sums.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from course.figures.numbers import plain, short

MOST_TICKS = 7
BEYOND = 60.0  # how far a curve may leave the sheet, in percent: it is cut at the edge anyway


@dataclass(frozen=True)
class Tick:
    place: str
    label: str
    is_zero: bool


@dataclass(frozen=True)
class Mark:
    """A curve (d) or a dot (x, y) on a plot; `part` is what the script calls it."""

    part: str
    css: str
    d: str = ""
    x: str = ""
    y: str = ""


@dataclass(frozen=True)
class Plot:
    """What both axes reach, and what they are called."""

    low_x: float
    high_x: float
    low_y: float
    high_y: float
    x_name: str
    y_name: str

    @property
    def x_ticks(self) -> tuple[Tick, ...]:
        return tuple(
            Tick(self.x(value), short(value, 3), value == 0) for value in ticks(self.low_x, self.high_x)
        )

    @property
    def y_ticks(self) -> tuple[Tick, ...]:
        return tuple(
            Tick(self.y(value), short(value, 3), value == 0) for value in ticks(self.low_y, self.high_y)
        )

    def x(self, value: float) -> str:
        """The place of a value from left to right."""
        return _percent((value - self.low_x) / (self.high_x - self.low_x))

    def y(self, value: float) -> str:
        """The place of a value from top to bottom."""
        return _percent((self.high_y - value) / (self.high_y - self.low_y))

    def path(self, points: Iterable[tuple[float, float]]) -> str:
        """A line through the points, as the `d` of a path."""
        return "M" + "L".join(f"{self.x(x)} {self.y(y)}" for x, y in points)

    def to_json(self) -> dict[str, Any]:
        """What the browser needs to find places."""
        return {"x": [self.low_x, self.high_x], "y": [self.low_y, self.high_y]}


def ticks(low: float, high: float) -> Sequence[float]:
    """Round values between two ends, at most seven."""
    rough = (high - low) / MOST_TICKS
    size = 10.0 ** math.floor(math.log10(rough))
    step = next(size * times for times in (1, 2, 2.5, 5, 10) if size * times >= rough * (1 - 1e-9))
    first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
    return [round(step * n, 10) + 0.0 for n in range(first, last + 1)]


def _percent(share: float) -> str:
    return plain(round(100 * min(max(share, -BEYOND / 100), 1 + BEYOND / 100), 3))
