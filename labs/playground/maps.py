"""What a unit answers everywhere on the plane, as SVG paths: bands of strength, and where it is zero."""

from collections.abc import Iterator
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
    across = {(row, at): f"{x:g} {row + 0.5:g}" for row, at, x in _crossings(values)}
    down = {(row, at): f"{at + 0.5:g} {y:g}" for at, row, y in _crossings(values.T)}
    mixed = signs[:-1, :-1] + signs[:-1, 1:] * 1 + signs[1:, :-1] + signs[1:, 1:]
    parts = []
    for row, at in np.argwhere((mixed > 0) & (mixed < 4)).tolist():
        around = (
            across.get((row, at)),
            down.get((row, at + 1)),
            across.get((row + 1, at)),
            down.get((row, at)),
        )
        ends = [end for end in around if end]
        parts += [f"M{one}L{other}" for one, other in zip(ends[::2], ends[1::2], strict=True)]
    return "".join(parts)


def _crossings(values: Grid) -> Iterator[tuple[int, int, float]]:
    """Where neighbors in a row differ in sign: the row, the left neighbor, and the place between them."""
    signs = values >= 0
    rows, columns = np.nonzero(signs[:, 1:] != signs[:, :-1])
    start, end = values[rows, columns], values[rows, columns + 1]
    places = np.round(columns + 0.5 + start / (start - end), 2)
    return zip(rows.tolist(), columns.tolist(), places.tolist(), strict=True)
