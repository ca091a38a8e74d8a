"""Real data sets: numbers that somebody measured. They are declared here and kept in files, which
`make datasets` writes once.

Every sample stands in one split for good, each class with its share in all of them; a seed only orders them.
Measures are scaled so that those to train on have mean 0 and deviation 1, pixels from 0 to 1.
"""

from __future__ import annotations

import tomllib
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np

from engine.datasets.base import SPLITS, Dataset, Numbers, Samples, Split, stream
from engine.errors import DatasetMissing

FOLDER: Final = Path(__file__).parents[2] / "var" / "datasets"
"""Where `make datasets` leaves its files."""

_KNOWN: Final[dict[str, dict[str, Any]]] = tomllib.loads(
    (Path(__file__).parent / "measured.toml").read_text("utf-8")
)
NAMES: Final = tuple(_KNOWN)


@dataclass(frozen=True, slots=True)
class Measured(Dataset):
    """A data set in a file: `x` (samples, *shape) and `y`, as they were measured. `source` and `citation`
    say where from.
    """

    source: str
    citation: str
    file: Path

    def split(self, split: Split, seed: int = 0) -> Samples:
        """The samples of a split, ordered by the seed. Raises DatasetMissing where the file is not there or
        holds something else.
        """
        x, y = self._read()
        rows = np.split(
            apportioned(y, stream(0, self.name, "train")), np.cumsum([self.train, self.validation])
        )
        here = rows[SPLITS.index(split)]
        return self.samples(self._scaled(x, rows[0])[here], y[here], stream(seed, self.name, split))

    def _read(self) -> tuple[Numbers, Numbers]:
        count = self.train + self.validation + self.hidden
        try:
            with self.file.open("rb") as file, np.load(file) as kept:
                x, y = kept["x"], kept["y"]
        except FileNotFoundError:
            raise DatasetMissing(self.name) from None
        except (OSError, ValueError, KeyError, zipfile.BadZipFile):
            raise DatasetMissing(self.name, "is damaged") from None
        if x.shape != (count, *self.shape) or set(np.unique(y)) != set(range(len(self.classes))):
            raise DatasetMissing(self.name, "is damaged")
        return x.astype(np.float64), y

    def _scaled(self, x: Numbers, train: Numbers) -> Numbers:
        zero, one = (0.0, x.max()) if len(self.shape) > 1 else (x[train].mean(axis=0), x[train].std(axis=0))
        scaled: Numbers = (x - zero) / one
        return scaled


def measured(name: str, folder: Path = FOLDER) -> Measured:
    """The data set of that name, in a folder; its file need not be there."""
    known = _KNOWN[name]
    train, validation, hidden = known["splits"]
    return Measured(
        name, known["doc"], tuple(known["features"]), tuple(known["shape"]), known["source"],
        known["citation"], folder / f"{name}.npz", classes=tuple(known["classes"]), train=train,
        validation=validation, hidden=hidden, epochs=known["epochs"],
    )  # fmt: skip


def apportioned(y: Numbers, random: np.random.Generator) -> Numbers:
    """All rows in random order, but so that each stretch of them holds every class in its proportion."""
    order = random.permutation(len(y))
    places = np.empty(len(y))
    for kind in np.unique(y):
        own = order[y[order] == kind]
        places[own] = (np.arange(len(own)) + 0.5) / len(own)
    return order[np.argsort(places[order], kind="stable")]
