"""A data set looked at before anything learns from it: some samples, and what a network answers to them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import numpy as np

from engine.budget import Budget
from engine.datasets import DATASETS, Dataset, Samples
from engine.errors import BudgetExceeded, ShapeError
from engine.evaluation.fitting import fit_for
from engine.evaluation.report import Unmet
from engine.nn import build
from engine.nn.arrays import Array
from engine.spec import Spec

MOST: Final = 4
"""How many samples are shown."""


@dataclass(frozen=True, slots=True, eq=False)
class Glance:
    """Training samples: `x` float32 (samples, *shape), `wanted` and `answers` class numbers, int64
    (samples,), or numbers, float32 (samples, outputs). `answers` is None where the network cannot be asked;
    `misfit` and `advice` then say why, where that is known before it learns.
    """

    dataset: Dataset
    x: Array
    wanted: Array
    answers: Array | None = None
    misfit: str = ""
    advice: str = ""


def glance(name: str, spec: Spec | None, budget: Budget) -> Glance:
    """The first training samples of a data set, of as many classes as there are, with what the network
    answers with its first weights. Raises DatasetMissing.
    """
    dataset = DATASETS[name]
    shown = _first(dataset)
    if spec is None:
        return Glance(dataset, shown.x, shown.y)
    try:
        model = build(spec, budget=budget)
        fit = fit_for(model, dataset)
        outputs = model.predict(shown.x)
    except Unmet as misfit:
        return Glance(dataset, shown.x, shown.y, None, misfit.reason, misfit.advice)
    except (BudgetExceeded, ShapeError, ValueError):  # too large, or it takes other numbers: grading tells
        return Glance(dataset, shown.x, shown.y)
    return Glance(dataset, shown.x, shown.y, fit.chosen(outputs) if dataset.classes else outputs)


@lru_cache(maxsize=32)
def _first(dataset: Dataset) -> Samples:
    """The first sample of each class; of numbers, the first ones."""
    samples = dataset.split("train")
    places = np.unique(samples.y, return_index=True)[1] if dataset.classes else np.arange(len(samples))
    return Samples(samples.x[places[:MOST]], samples.y[places[:MOST]])
