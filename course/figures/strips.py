"""A grid of cells as SVG: all cells of one value are strips of one path, so that a large map stays small."""

import re
from collections.abc import Iterable

ALIKE = re.compile(r"(.)\1*")


def strips(rows: Iterable[str], cell: float) -> dict[str, str]:
    """The path of each value that stands in the grid, one character to a cell; rows from the top, cells of
    length `cell`. The browser draws the playground's maps by the same rule (frontend/playground/strips.js).
    """
    lines = list(rows)
    most = max(len(lines), *(len(line) for line in lines)) if lines else 0
    at = [f"{place * cell:g}" for place in range(most + 1)]
    paths: dict[str, list[str]] = {}
    for row, line in enumerate(lines):
        for found in ALIKE.finditer(line):
            start, end = found.span()
            length = at[end - start]
            paths.setdefault(found[1], []).append(f"M{at[start]} {at[row]}h{length}v{at[1]}h-{length}z")
    return {value: "".join(parts) for value, parts in paths.items()}
