"""What units answer everywhere on the plane, as SVG paths: bands of strength, and where they are zero."""

from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from course.figures.strips import strips

Grid = npt.NDArray[np.float64]
Places = npt.NDArray[np.intp]

REACH = 6.0
"""The plane is shown from -REACH to REACH in both directions."""

EDGES = (-0.7, -0.35, 0.0, 0.35, 0.7)
BANDS = ("n3", "n2", "n1", "p1", "p2", "p3")
NEGATIVE = 3
"""So many of the bands, from the first, are below zero."""


@dataclass(frozen=True)
class Map:
    """A square of `side` cells, one unit of length each: `levels` has a digit for each cell, row by row from
    the top, which is its band; `zero` is the line between the signs.
    """

    side: int
    levels: str
    zero: str

    @cached_property
    def bands(self) -> tuple[tuple[str, str], ...]:
        """(class, path) of every band; the path is empty where the map has none of it."""
        side = self.side
        paths = strips((self.levels[start : start + side] for start in range(0, side * side, side)), 1)
        return tuple((band, paths.get(str(level), "")) for level, band in enumerate(BANDS))

    @property
    def hatched(self) -> str:
        """All that is below zero."""
        return "".join(path for _, path in self.bands[:NEGATIVE])


@lru_cache(maxsize=8)
def cells(count: int) -> Grid:
    """The middles of count x count cells, row by row from the top: (count * count, 2)."""
    along = ((np.arange(count) + 0.5) / count * 2 - 1) * REACH
    made = np.stack(np.meshgrid(along, along[::-1]), -1).reshape(-1, 2)
    made.setflags(write=False)
    return made


def heat_maps(values: Grid) -> list[Map]:
    """The maps of squares of values: (count, side, side)."""
    known = np.nan_to_num(values, nan=0.0, posinf=1.0, neginf=-1.0)
    count, side, _ = known.shape
    levels = np.searchsorted(EDGES, known.ravel(), side="right")
    digits = (levels + ord("0")).astype(np.uint8).tobytes().decode("ascii")
    cells = side * side
    lines = _zero_lines(known)
    return [Map(side, digits[place * cells : (place + 1) * cells], lines[place]) for place in range(count)]


def _zero_lines(values: Grid) -> list[str]:
    """Where linear interpolation between middles of cells is zero, square by square."""
    is_above = values >= 0
    across, spots = _crossings(values, is_above, 0)
    down, others = _crossings(values.swapaxes(1, 2), is_above.swapaxes(1, 2), len(spots))
    down = down.swapaxes(1, 2)
    texts = [f"{x:g} {y:g}" for x, y in spots] + [f"{x:g} {y:g}" for y, x in others]
    around = np.stack([across[:, :-1], down[:, :, 1:], across[:, 1:], down[:, :, :-1]], -1)
    is_mixed = (around >= 0).any(-1)
    ends = around[is_mixed]
    is_saddle = (ends >= 0).all(-1)
    # A square that is no saddle has two crossings, which are numbered: sorted, they stand last.
    pairs = np.sort(ends, axis=1)[:, 2:]
    pairs[is_saddle] = ends[is_saddle][:, :2]
    parts = [f"M{texts[one]}L{texts[other]}" for one, other in pairs.tolist()]
    for place in np.nonzero(is_saddle)[0].tolist():
        one, other = ends[place, 2:].tolist()
        parts[place] += f"M{texts[one]}L{texts[other]}"
    until = [0, *is_mixed.sum(axis=(1, 2)).cumsum().tolist()]
    return ["".join(parts[start:end]) for start, end in pairwise(until)]


def _crossings(
    values: Grid, is_above: npt.NDArray[np.bool_], first: int
) -> tuple[Places, list[tuple[float, float]]]:
    """Where neighbors in a row differ in sign: for each pair the number of its crossing, counted from
    `first`, or -1; and of each crossing the places along the row and across it.
    """
    found = np.nonzero(is_above[:, :, 1:] != is_above[:, :, :-1])
    numbers = np.full((len(values), values.shape[1], values.shape[2] - 1), -1)
    numbers[found] = np.arange(first, first + len(found[0]))
    of_map, row, column = found
    start, end = values[of_map, row, column], values[of_map, row, column + 1]
    along = np.round(column + 0.5 + start / (start - end), 2)
    return numbers, list(zip(along.tolist(), (row + 0.5).tolist(), strict=True))
