"""What a unit answers everywhere on the plane, as SVG paths: bands of strength, and where it is zero."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from course.figures.strips import strips

Grid = npt.NDArray[np.float64]

REACH = 6.0
"""The plane is shown from -REACH to REACH in both directions."""

EDGES = (-0.7, -0.35, 0.0, 0.35, 0.7)
BANDS = ("n3", "n2", "n1", "p1", "p2", "p3")


@dataclass(frozen=True)
class Map:
    """`bands` are (class, path) in a square of `side` units; `zero` is the line between the signs."""

    side: int
    bands: tuple[tuple[str, str], ...]
    zero: str


def cells(count: int) -> Grid:
    """The middles of count x count cells, row by row from the top: (count * count, 2)."""
    along = ((np.arange(count) + 0.5) / count * 2 - 1) * REACH
    return np.stack(np.meshgrid(along, along[::-1]), -1).reshape(-1, 2)


def heat_map(values: Grid) -> Map:
    """The map of a square of values, one unit of length for each cell."""
    known = np.nan_to_num(values, nan=0.0, posinf=1.0, neginf=-1.0)
    levels = np.searchsorted(EDGES, known, side="right")
    paths = strips(levels.tolist(), 1)
    bands = tuple((BANDS[level], paths[level]) for level in sorted(paths))
    return Map(len(values), bands, _zero_line(known))


def _zero_line(values: Grid) -> str:
    """Where linear interpolation between middles of cells is zero, square by square."""
    signs = values >= 0
    mixed = signs[:-1, :-1] + signs[:-1, 1:] * 1 + signs[1:, :-1] + signs[1:, 1:]
    parts = []
    for row, column in np.argwhere((mixed > 0) & (mixed < 4)).tolist():
        corners = [(row, column), (row, column + 1), (row + 1, column + 1), (row + 1, column)]
        ends = [
            _between(values, corners[k], corners[(k + 1) % 4])
            for k in range(4)
            if signs[corners[k]] != signs[corners[(k + 1) % 4]]
        ]
        parts += [
            f"M{x1:g} {y1:g}L{x2:g} {y2:g}" for (x1, y1), (x2, y2) in zip(ends[::2], ends[1::2], strict=True)
        ]
    return "".join(parts)


def _between(values: Grid, one: tuple[int, int], other: tuple[int, int]) -> tuple[float, float]:
    start, end = float(values[one]), float(values[other])
    share = start / (start - end)
    row = one[0] + share * (other[0] - one[0])
    column = one[1] + share * (other[1] - one[1])
    return round(column + 0.5, 2), round(row + 0.5, 2)
