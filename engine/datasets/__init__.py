"""Data sets to learn from: points, gates, curves, sequences, small images and animals, drawn from a seed; and
a few that were measured, where `make datasets` has been run.

`DATASETS` has every one of them; `DATASETS['spiral'].split('train', seed=0)` gives its samples.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

from engine.datasets import measured
from engine.datasets.animals import ANIMALS
from engine.datasets.base import SPLITS, Dataset, Samples, Split
from engine.datasets.curves import CURVES
from engine.datasets.digits import DIGITS
from engine.datasets.logic import GATES, LOGIC, truth_table
from engine.datasets.points import POINTS
from engine.datasets.sequences import SEQUENCES
from engine.datasets.shapes import SHAPES
from engine.errors import DatasetMissing

DRAWN: Final[dict[str, Dataset]] = {
    dataset.name: dataset for dataset in (*POINTS, *LOGIC, *CURVES, *SEQUENCES, *SHAPES, *DIGITS, *ANIMALS)
}
"""Those that are always there."""

NAMES: Final = (*DRAWN, *measured.NAMES)
"""Every name a data set can have, whether or not it is there."""


class Datasets(Mapping[str, Dataset]):
    """Those that are drawn, and those of the measured whose files lie in the folder. To ask for one whose
    file does not raises DatasetMissing.
    """

    def __init__(self, folder: Path = measured.FOLDER) -> None:
        self.folder = folder

    def __getitem__(self, name: str) -> Dataset:
        if name in DRAWN:
            return DRAWN[name]
        if name not in self:
            raise DatasetMissing(name) if name in measured.NAMES else KeyError(name)
        return measured.measured(name, self.folder)

    def __contains__(self, name: object) -> bool:
        return name in DRAWN or (name in measured.NAMES and (self.folder / f"{name}.npz").is_file())

    def __iter__(self) -> Iterator[str]:
        return (name for name in NAMES if name in self)

    def __len__(self) -> int:
        return sum(1 for _ in self)


DATASETS: Final = Datasets()
"""Every data set that is there, by its name."""

__all__ = [
    "DATASETS",
    "DRAWN",
    "GATES",
    "NAMES",
    "SPLITS",
    "Dataset",
    "Datasets",
    "Samples",
    "Split",
    "truth_table",
]
