"""A grid of cells as SVG: all cells of one value are strips of one path, so that a large map stays small."""

from collections.abc import Hashable, Iterable
from itertools import groupby
from typing import TypeVar

Value = TypeVar("Value", bound=Hashable)


def strips(grid: Iterable[Iterable[Value]], cell: float) -> dict[Value, str]:
    """The path of each value that stands in the grid; rows from the top, cells of length `cell`."""
    paths: dict[Value, list[str]] = {}
    for row, line in enumerate(grid):
        column = 0
        for value, run in groupby(line):
            length = sum(1 for _ in run)
            place = f"M{column * cell:g} {row * cell:g}"
            paths.setdefault(value, []).append(f"{place}h{length * cell:g}v{cell:g}h{-length * cell:g}z")
            column += length
    return {value: "".join(parts) for value, parts in paths.items()}
