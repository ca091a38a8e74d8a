"""What a trained network answers everywhere on the plane, for data sets of two numbers: grid and points."""

from __future__ import annotations

from typing import Final

import numpy as np

from engine.evaluation.runs import Run
from engine.spec.strict_json import Plain

CELLS: Final = 40
"""Rows and columns of the grid."""

MARGIN: Final = 0.08
"""How far beyond the points the plane is shown, as a share of their range."""

MOST_POINTS: Final = 150


def regions(run: Run) -> dict[str, Plain] | None:
    """The class chosen in each cell and validation points with what is said of them; None elsewhere.

    `x` and `y` are the plane's ranges, `grid` rows of class numbers from the largest y down, one digit per
    cell, `points` lists of [x, y, class, said].
    """
    if run.dataset.shape != (2,) or not run.dataset.classes:
        return None
    samples = run.samples("validation")
    low, high = samples.x.min(0).astype(np.float64), samples.x.max(0).astype(np.float64)
    spread = np.maximum(high - low, 1e-6) * MARGIN
    low, high = low - spread, high + spread
    middles = (np.arange(CELLS) + 0.5) / CELLS
    across, up = low[0] + (high[0] - low[0]) * middles, low[1] + (high[1] - low[1]) * middles[::-1]
    cells = np.stack(np.meshgrid(across, up), -1).reshape(-1, 2).astype(np.float32)
    chosen = run.fit.chosen(run.model.predict(cells)).reshape(CELLS, CELLS)
    said = run.fit.chosen(run.outputs(samples))
    grid: list[Plain] = ["".join(str(int(cell)) for cell in row) for row in chosen]
    points: list[Plain] = [
        [round(float(x), 3), round(float(y), 3), int(true), int(given)]
        for (x, y), true, given in zip(
            samples.x[:MOST_POINTS], samples.y[:MOST_POINTS], said[:MOST_POINTS], strict=True
        )
    ]
    ranges = [[round(float(low[axis]), 4), round(float(high[axis]), 4)] for axis in (0, 1)]
    return {"x": list(ranges[0]), "y": list(ranges[1]), "grid": grid, "points": points}
