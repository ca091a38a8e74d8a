"""Metrics that are the mean of one value per sample."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Final, TypeAlias

import numpy as np

from engine.nn.arrays import Array
from engine.nn.losses import LOSSES, fitted
from engine.nn.metrics.base import Metric, Result, beside, class_numbers
from engine.spec import Config

Values: TypeAlias = Callable[[Array, Array, Config], Array]
"""Targets and predictions -> one value per sample (and step)."""


def accuracy(y: Array, p: Array, config: Config) -> Array:
    return _right(beside(y, p) == p)


def binary_accuracy(y: Array, p: Array, config: Config) -> Array:
    return _right(beside(y, p) == (p > config.real("threshold")))


def categorical_accuracy(y: Array, p: Array, config: Config) -> Array:
    return _right(y.argmax(axis=-1) == p.argmax(axis=-1))


def sparse_categorical_accuracy(y: Array, p: Array, config: Config) -> Array:
    return _right(class_numbers(y, p) == p.argmax(axis=-1))


def top_k_categorical_accuracy(y: Array, p: Array, config: Config) -> Array:
    return sparse_top_k_categorical_accuracy(y.argmax(axis=-1), p, config)


def sparse_top_k_categorical_accuracy(y: Array, p: Array, config: Config) -> Array:
    classes = class_numbers(y, p).astype(np.int64)
    own = np.take_along_axis(p, classes[..., None], axis=-1)
    return _right((p > own).sum(axis=-1) < config.whole("k"))


def _right(hits: Array) -> Array:
    """1 for a hit, 0 for a miss."""
    return hits.astype(np.float64)


def _by_loss(kind: str, sign: float = 1.0) -> Values:
    def values(y: Array, p: Array, config: Config) -> Array:
        return sign * LOSSES[kind](fitted(y, p, kind), p, config)[0]

    return values


MEANS: Final[dict[str, Values]] = {
    "Accuracy": accuracy,
    "BinaryAccuracy": binary_accuracy,
    "CategoricalAccuracy": categorical_accuracy,
    "SparseCategoricalAccuracy": sparse_categorical_accuracy,
    "TopKCategoricalAccuracy": top_k_categorical_accuracy,
    "SparseTopKCategoricalAccuracy": sparse_top_k_categorical_accuracy,
    "LogCoshError": _by_loss("LogCosh"),
    "CosineSimilarity": _by_loss("CosineSimilarity", -1.0),
    **{
        kind: _by_loss(kind)
        for kind in (
            "MeanSquaredError",
            "MeanAbsoluteError",
            "MeanAbsolutePercentageError",
            "MeanSquaredLogarithmicError",
            "BinaryCrossentropy",
            "CategoricalCrossentropy",
            "SparseCategoricalCrossentropy",
            "KLDivergence",
            "Poisson",
            "Hinge",
            "SquaredHinge",
            "CategoricalHinge",
        )
    },
}
"""Metrics that are the mean of one value per sample."""


class Mean(Metric):
    """The mean of one value per sample."""

    def reset(self) -> None:
        self.total = self.count = 0.0

    def add(self, y: Array, p: Array, mask: Array | None = None) -> None:
        self.add_values(MEANS[self.item.kind](y, p, self.config), mask)

    def add_values(self, values: Array, mask: Array | None) -> None:
        """Adds values (batch, ...)."""
        if mask is None:
            self.total += float(values.mean(dtype=np.float64)) * len(values) if values.size else 0.0
            self.count += len(values)
            return
        while values.ndim > mask.ndim:
            values = values.mean(axis=-1)
        self.total += float((values * mask).sum()) / mask.shape[-1]
        self.count += float(mask.sum()) / mask.shape[-1]

    def result(self) -> Result:
        return self.total / self.count if self.count else 0.0


class RootMeanSquaredError(Mean):
    """The root of the mean squared error over all samples."""

    def add(self, y: Array, p: Array, mask: Array | None = None) -> None:
        self.add_values(np.square(p - beside(y, p)), mask)

    def result(self) -> Result:
        mean = super().result()
        assert isinstance(mean, float)
        return math.sqrt(mean)


class R2Score(Metric):
    """1 - residual sum of squares / total sum of squares, per output, then averaged."""

    def reset(self) -> None:
        self.rows = 0
        self.sums = self.squares = self.residual = np.zeros(1)

    def add(self, y: Array, p: Array, mask: Array | None = None) -> None:
        y = beside(y, p).astype(np.float64)
        self.sums = self.sums + y.sum(axis=0)
        self.squares = self.squares + (y * y).sum(axis=0)
        self.residual = self.residual + np.square(y - p).sum(axis=0)
        self.rows += len(y)

    def result(self) -> Result:
        total = self.squares - self.sums * self.sums / max(self.rows, 1)
        scores = 1 - np.divide(self.residual, total, out=np.ones_like(total), where=total != 0)
        how = self.config["class_aggregation"]
        if how is None:
            return [float(score) for score in scores]
        weights = total if how == "variance_weighted_average" and total.sum() else np.ones_like(total)
        score = float((scores * weights).sum() / weights.sum())
        regressors = self.config.whole("num_regressors")
        if regressors and regressors < self.rows - 1:
            score = 1 - (1 - score) * (self.rows - 1) / (self.rows - regressors - 1)
        return score
