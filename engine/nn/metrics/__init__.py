"""Metrics: what a training run is watched by, added up batch by batch.

Most are means of one value per sample; those that are not (F1, AUC, ...) keep counts of their own.
"""

from __future__ import annotations

from typing import Final

from engine.nn.arrays import Array
from engine.nn.metrics.base import Metric, Result
from engine.nn.metrics.counts import (
    AUC,
    F1Score,
    FalseNegatives,
    FalsePositives,
    Precision,
    Recall,
    TrueNegatives,
    TruePositives,
)
from engine.nn.metrics.means import MEANS, Mean, R2Score, RootMeanSquaredError
from engine.spec import Item

METRICS: Final[dict[str, type[Metric]]] = {
    **dict.fromkeys(MEANS, Mean),
    "RootMeanSquaredError": RootMeanSquaredError,
    "R2Score": R2Score,
    "Precision": Precision,
    "Recall": Recall,
    "TruePositives": TruePositives,
    "FalsePositives": FalsePositives,
    "TrueNegatives": TrueNegatives,
    "FalseNegatives": FalseNegatives,
    "AUC": AUC,
    "F1Score": F1Score,
}
"""Every metric by its Keras class name."""


def metric(item: Item) -> Metric:
    """A fresh metric."""
    return METRICS[item.kind](item)


def automatic(name: str, y: Array, p: Array) -> str:
    """The kind that 'accuracy' or 'crossentropy' means for these targets and predictions (Keras's rule)."""
    what = "Accuracy" if name in ("accuracy", "acc") else "Crossentropy"
    if p.shape[-1] == 1:
        return f"Binary{what}"
    sparse = y.ndim < p.ndim or y.shape[-1] == 1
    return f"{'SparseCategorical' if sparse else 'Categorical'}{what}"


__all__ = ["METRICS", "Metric", "Result", "automatic", "metric"]
