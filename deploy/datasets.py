"""Writes the measured data sets down: one small file of numbers each, with where they come from.

`make datasets` runs it in an environment that has scikit-learn; nothing else ever needs that.
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
from sklearn import datasets

from engine.datasets.measured import NAMES, measured

LOADERS = {
    "iris": datasets.load_iris,
    "wine": datasets.load_wine,
    "breast_cancer": datasets.load_breast_cancer,
    "handwritten": datasets.load_digits,
}


def main(folder: Path) -> None:
    """Writes every data set to the folder, and reads each back as the engine does."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in NAMES:
        declared = measured(name, folder)
        loaded = LOADERS[name]()
        x = np.asarray(loaded.data, np.float32).reshape(-1, *declared.shape)
        part = declared.file.with_suffix(".part")
        with part.open("wb") as file:
            np.savez_compressed(
                file,
                x=x,
                y=loaded.target.astype(np.int64),
                source=declared.source,
                citation=declared.citation,
            )
        part.replace(declared.file)
        counted = [len(declared.split(split)) for split in ("train", "validation", "hidden")]
        print(f"{name}: {' + '.join(map(str, counted))} samples. {declared.citation}")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
