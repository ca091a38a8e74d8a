"""How much memory grading a network takes at its fullest: the limit for the process that grades it comes from
here.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from engine.datasets import DATASETS, SPLITS
from engine.evaluation.authoring import Criterion
from engine.spec import Spec
from engine.spec.memory import predicting, training

BATCH: Final = 32
"""Samples in a batch, where neither the text nor the criterion says."""

PROBES: Final = 256
"""About how many samples networks are probed with, and compared by."""


def needed_bytes(spec: Spec, criteria: Sequence[Criterion]) -> int:
    """The largest of a prediction of probing samples, and, for each data set that the criteria name, of a
    training on it and of a prediction of its largest split.
    """
    most = predicting(spec, PROBES)
    for criterion in criteria:
        dataset = DATASETS.get(str(criterion.config.get("dataset")))
        if dataset is None:
            continue
        given = criterion.config.get("batch_size") or (spec.fit.batch_size if spec.fit is not None else None)
        size = given if isinstance(given, int) else BATCH
        largest = max(map(dataset.count, SPLITS))
        most = max(most, predicting(spec, largest), training(spec, spec.compiled, dataset.train, size))
    return most
