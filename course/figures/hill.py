"""The loss of one neuron on a few points, as a landscape: a bowl over its weight, or over weight and bias.

The mean of (x w + b - y)² is a quadratic, so its level lines are ellipses around the bottom.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from course.figures.document import Vector
from course.figures.plot import Mark, Plot

LEVELS, CORNERS = 8, 60
SAMPLES = 60  # of the curve over one weight


@dataclass(frozen=True)
class Hill:
    """loss(p) = p' H p - 2 g' p + f for a place p of one or two coordinates. H symmetric, row by row."""

    curvature: tuple[Vector, ...]
    pull: Vector
    base: float

    @property
    def bottom(self) -> Vector:
        """Where the loss is least."""
        return _vector(np.linalg.solve(np.array(self.curvature), np.array(self.pull)))

    def loss(self, place: Vector) -> float:
        """The loss at a place."""
        p, h, g = np.array(place), np.array(self.curvature), np.array(self.pull)
        return float(p @ h @ p - 2 * g @ p + self.base)

    def gradient(self, place: Vector) -> Vector:
        """The slope along each coordinate."""
        return _vector(2 * (np.array(self.curvature) @ np.array(place) - np.array(self.pull)))

    def to_json(self) -> dict[str, Any]:
        """What the browser needs to take steps."""
        return {"curvature": self.curvature, "pull": self.pull, "base": self.base}

    def marks(self, plot: Plot) -> tuple[Mark, ...]:
        """The landscape on a sheet: the curve over a weight, or level lines over weight and bias."""
        if len(self.pull) == 1:
            weights = np.linspace(plot.low_x, plot.high_x, SAMPLES + 1)
            return (Mark("hill", "curve hill", plot.path((w, self.loss((w,))) for w in map(float, weights))),)
        corners = [(x, y) for x in (plot.low_x, plot.high_x) for y in (plot.low_y, plot.high_y)]
        height = max(map(self.loss, corners)) - self.loss(self.bottom)
        return tuple(
            Mark(f"level-{n}", "contour", plot.path(self._ellipse(height * (n / LEVELS) ** 2)))
            for n in range(1, LEVELS + 1)
        )

    def _ellipse(self, height: float) -> list[tuple[float, float]]:
        """Places whose loss is so much above the bottom's, closed."""
        sizes, axes = np.linalg.eigh(np.array(self.curvature))
        angles = np.linspace(0, 2 * np.pi, CORNERS + 1)
        circle = np.stack([np.cos(angles), np.sin(angles)])
        places = np.array(self.bottom)[:, None] + axes @ (circle * np.sqrt(height / sizes)[:, None])
        return [(float(w), float(b)) for w, b in places.T]


def hill(points: Sequence[Vector], *, has_bias: bool) -> Hill:
    """The landscape of points (x, y) with at least two different x."""
    x, y = np.array(points).T
    columns = np.stack([x, np.ones_like(x)]) if has_bias else x[None]
    curvature, pull = columns @ columns.T / len(x), columns @ y / len(x)
    return Hill(tuple(map(_vector, curvature)), _vector(pull), float(np.mean(y * y)))


def _vector(values: Any) -> Vector:
    return tuple(float(value) for value in values)
