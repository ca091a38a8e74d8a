"""A course's small picture: the shape of the network it is about, as points and lines."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

WIDTH, HEIGHT, MARGIN = 72, 56, 5


@dataclass(frozen=True)
class Glyph:
    """Points (x, y) and lines (x1, y1, x2, y2) in a box of `width` by `height`."""

    points: tuple[tuple[float, float], ...]
    lines: tuple[tuple[float, float, float, float], ...]
    width: int = WIDTH
    height: int = HEIGHT


def glyph(sizes: Sequence[int]) -> Glyph:
    """The picture of layers with these many units, each column centered."""
    pitch = (HEIGHT - 2 * MARGIN) / max(max(sizes) - 1, 1)
    step = (WIDTH - 2 * MARGIN) / max(len(sizes) - 1, 1)
    columns = [
        [
            (round(MARGIN + n * step, 1), round(HEIGHT / 2 + (k - (units - 1) / 2) * pitch, 1))
            for k in range(units)
        ]
        for n, units in enumerate(sizes)
    ]
    pairs = pairwise(columns)
    lines = tuple((*start, *end) for left, right in pairs for start in left for end in right)
    return Glyph(tuple(point for column in columns for point in column), lines)
