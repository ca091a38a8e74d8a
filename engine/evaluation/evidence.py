"""What is behind a result of training, as plain data for tables and plots."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from engine.datasets import Samples
from engine.evaluation.regions import regions
from engine.evaluation.runs import Run
from engine.nn.arrays import Array
from engine.spec.strict_json import Plain


def evidence_of(run: Run, samples: Samples, values: Sequence[float]) -> dict[str, Plain]:
    """What is behind a result: curves, the result of each seed, for classes who was taken for whom, and on a
    plane the answer everywhere.
    """
    evidence: dict[str, Plain] = {
        "dataset": run.dataset.name,
        "epochs": run.epochs,
        "values": [round(float(value), 6) if np.isfinite(value) else None for value in values],
        "curves": run.curves(),
    }
    if run.dataset.classes:
        evidence["confusion"] = {
            "classes": list(run.dataset.classes),
            "matrix": confusion(run, samples).tolist(),
        }
    if (answers := regions(run)) is not None:
        evidence["regions"] = answers
    return evidence


def confusion(run: Run, samples: Samples) -> Array:
    """How often samples of a class (row) were taken for a class (column)."""
    count = len(run.dataset.classes)
    found = np.zeros((count, count), int)
    np.add.at(found, (samples.y, run.fit.chosen(run.outputs(samples))), 1)
    return found
