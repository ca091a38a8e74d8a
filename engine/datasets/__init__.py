"""Data sets to learn from, drawn from a seed: points, gates, curves, sequences, small images, animals.

`DATASETS` declares every one of them; `DATASETS['spiral'].split('train', seed=0)` draws its samples.
"""

from __future__ import annotations

from typing import Final

from engine.datasets.animals import ANIMALS
from engine.datasets.base import SPLITS, Dataset, Samples, Split
from engine.datasets.curves import CURVES
from engine.datasets.digits import DIGITS
from engine.datasets.logic import GATES, LOGIC, truth_table
from engine.datasets.points import POINTS
from engine.datasets.sequences import SEQUENCES
from engine.datasets.shapes import SHAPES

DATASETS: Final[dict[str, Dataset]] = {
    dataset.name: dataset for dataset in (*POINTS, *LOGIC, *CURVES, *SEQUENCES, *SHAPES, *DIGITS, *ANIMALS)
}
"""Every data set by its name."""

__all__ = ["DATASETS", "GATES", "SPLITS", "Dataset", "Samples", "Split", "truth_table"]
