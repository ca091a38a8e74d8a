"""What a text leaves open, a data set can say: `num_classes`, `x_train.shape`, an input shape nobody gave."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from engine import language
from engine.datasets import DATASETS, Dataset
from engine.evaluation.authoring import Criterion
from engine.language import Reading

ROUNDS: Final = 4
"""One answer may bring up the next question; this many times."""

TARGETS: Final = re.compile(r"y|y_.+|(train_|test_)?(labels?|targets?)", re.IGNORECASE)
CLASSES: Final = re.compile(
    r"(num|n|nb|number_of)_?(classes|labels|outputs?|categories)|(output|target)_(dim|size|shape)|classes",
    re.IGNORECASE,
)
FEATURES: Final = re.compile(
    r"(num|n|nb|number_of)_?(features|inputs?|columns|cols)|(input|feature)_(dim|size)|n_?feats?|features",
    re.IGNORECASE,
)
SHAPE: Final = re.compile(r"(input|in|image|img|sample|data)_?(shape|dims)|shape", re.IGNORECASE)
STEPS: Final = re.compile(
    r"(time|n)_?steps|(input|max|seq|sequence)_?(len|length)|window(_size)?|look_?back", re.IGNORECASE
)


def offered(dataset: Dataset, name: str) -> int | tuple[int | None, ...] | None:
    """What a data set says about a name that a text leaves open, the usual meaning of such names taken for
    granted; None when it says nothing.
    """
    name = name.rpartition(".")[0] + ".shape" if name.endswith(".shape") else name.rpartition(".")[2]
    outputs = len(dataset.classes or dataset.targets)
    if name.endswith(".shape"):
        owner = name.removesuffix(".shape").rpartition(".")[2]
        return (None, outputs) if TARGETS.fullmatch(owner) else (None, *dataset.shape)
    if CLASSES.fullmatch(name):
        return outputs
    if SHAPE.fullmatch(name):
        return dataset.shape
    if STEPS.fullmatch(name) and len(dataset.shape) == 2:
        return dataset.shape[0]
    if FEATURES.fullmatch(name):
        return dataset.shape[-1]
    return None


def read_for(text: str, criteria: Iterable[Criterion]) -> Reading:
    """Reads a text that answers criteria: what it leaves open, the first of their data sets that knows says.
    Never raises.
    """
    names = [criterion.config.get("dataset") for criterion in criteria]
    known = [DATASETS[name] for name in dict.fromkeys(names) if isinstance(name, str)]
    reading = language.read(text)
    values: dict[str, object] = {}
    for _ in range(ROUNDS):
        asked = {hole.name for hole in reading.holes if hole.name is not None}
        fresh = dict(_answered(asked - values.keys(), known))
        if not fresh:
            break
        values |= fresh
        reading = language.read(text, values)
    return reading


def _answered(names: Iterable[str], datasets: Sequence[Dataset]) -> Iterator[tuple[str, object]]:
    """The names that a data set says something about, with what the first one says."""
    for name in names:
        found = [value for dataset in datasets if (value := offered(dataset, name)) is not None]
        if found:
            yield name, found[0]
