"""Arguments that several kinds of criteria share, and what they read from an author's TOML."""

from __future__ import annotations

from typing import Any, Final, TypeAlias

import numpy as np

from engine.datasets import DATASETS, NAMES, SPLITS, Dataset, Split
from engine.evaluation.runs import Recipe, Run
from engine.evaluation.subject import Subject
from engine.nn.arrays import Array
from engine.spec import Config, Value
from engine.spec.arguments import Argument, Choice, Real, Unfit, Whole
from engine.spec.catalogue import LAYER_SPELLINGS
from engine.spec.catalogue.items import Named
from engine.spec.composites import Many
from engine.spec.wording import closest, show

MOST_SEEDS: Final = 10
MOST_EPOCHS: Final = 2000

Nested: TypeAlias = "float | list[Nested]"


class LayerName:
    """The name of a kind of layer."""

    def read(self, value: Value, /) -> Value:
        if isinstance(value, str) and value in LAYER_SPELLINGS:
            return LAYER_SPELLINGS[value]
        near = closest(value, LAYER_SPELLINGS) if isinstance(value, str) else None
        raise Unfit(self.describe(), fix=show(near) if near else None)

    def describe(self) -> str:
        return "a list of layers such as ['Dense', 'Dropout', 'Dense']"


class DatasetName(Choice):
    """The name of a data set."""

    def __init__(self) -> None:
        super().__init__(NAMES)

    def read(self, value: Value, /) -> Value:
        try:
            return super().read(value)
        except Unfit as unfit:
            raise Unfit(self.describe(), unfit.fix) from None

    def describe(self) -> str:
        return "the name of a data set such as 'xor', 'spiral' or 'animals'"


class KindName:
    """The class name of an object of a registry, by any of its spellings: 'adam' is Adam."""

    def __init__(self, named: Named) -> None:
        self.named = named

    def read(self, value: Value, /) -> Value:
        item = self.named.read(value)
        if isinstance(item, str) or item is None:
            raise Unfit(self.describe())
        return getattr(item, "kind", None)

    def describe(self) -> str:
        return self.named.describe()


class Numbers:
    """Numbers in lists in lists, every level of one length, as an array is written."""

    def __init__(self, none: bool = False) -> None:
        self.none = none

    def read(self, value: Value, /) -> Value:
        if value is None and self.none:
            return None
        try:
            array = np.array(nested(value), np.float64)
        except (ValueError, TypeError):
            raise Unfit(self.describe()) from None
        if not np.isfinite(array).all():
            raise Unfit(self.describe())
        return value

    def describe(self) -> str:
        return "a number, or lists of numbers of equal length"


class Weights:
    """All weight arrays of a network, in Keras's order."""

    def read(self, value: Value, /) -> Value:
        if value is None:
            return None
        if not isinstance(value, tuple) or not value:
            raise Unfit(self.describe())
        return tuple(Numbers().read(part) for part in value)

    def describe(self) -> str:
        return "a list of weight arrays in Keras's order: kernel, bias, kernel, bias, ..."


class Examples:
    """Inputs with the outputs that are wanted for them."""

    def read(self, value: Value, /) -> Value:
        if not isinstance(value, tuple) or not value:
            raise Unfit(self.describe())
        for row in value:
            if not isinstance(row, Config) or row.keys() != {"x", "y"}:
                raise Unfit(self.describe())
        rows = [row for row in value if isinstance(row, Config)]
        return tuple(Config({key: Numbers().read(row[key]) for key in ("x", "y")}) for row in rows)

    def describe(self) -> str:
        return "a list of rows such as [{ x = [0, 1], y = [1] }]"


def nested(value: Value) -> Any:
    """Numbers in tuples as numbers in lists; TypeError for anything else among them."""
    if isinstance(value, tuple):
        return [nested(part) for part in value]
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise TypeError("not a number")
    return float(value)


def array(config: Config, key: str) -> Array:
    """An argument of numbers, float64."""
    return np.array(nested(config[key]), np.float64)


def arrays(config: Config, key: str) -> list[Array] | None:
    """An argument of weight arrays, float64; None where there is none."""
    value = config[key]
    return [np.array(nested(part), np.float64) for part in value] if isinstance(value, tuple) else None


DATASET: Final = Argument("dataset", DatasetName(), doc="What it learns.")
SPLIT: Final = Argument("split", Choice(SPLITS), "hidden", "Which samples it is asked about.")
EPOCHS: Final = Argument(
    "epochs", Whole(1, MOST_EPOCHS, none=True), None, "The most epochs; by default what the data set needs."
)
BATCH_SIZE: Final = Argument(
    "batch_size", Whole(1, 4096, none=True), None, "By default the text's own, or 32."
)
SEEDS: Final = Argument("seeds", Whole(1, MOST_SEEDS), 1, "How many trainings, each from other weights.")
SHARE_AT_LEAST: Final = Argument("at_least", Real(least=0.0, most=1.0), doc="The smallest share allowed.")
TRAINING: Final = (DATASET, EPOCHS, BATCH_SIZE)
"""What every kind that trains the network takes."""

LAYER_LIST: Final = Many(LayerName())


def dataset_of(config: Config) -> Dataset:
    """The data set that a criterion names."""
    return DATASETS[config.text("dataset")]


def split_of(config: Config) -> Split:
    """The split that a criterion asks about."""
    return next(split for split in SPLITS if split == config["split"])


def run_of(config: Config, subject: Subject, index: int = 0) -> Run:
    """The training that a criterion asks for, the `index`-th of several; raises Unmet."""
    epochs, batch_size = config["epochs"], config["batch_size"]
    return subject.runs.run(
        Recipe(
            config.text("dataset"),
            subject.seed + index,
            epochs if isinstance(epochs, int) else None,
            batch_size if isinstance(batch_size, int) else None,
        )
    )


def needs_classes(config: Config) -> None:
    """Refuses a data set that asks for numbers."""
    if not dataset_of(config).classes:
        raise ValueError(f"needs a data set with classes, which {config.text('dataset')} has not")
