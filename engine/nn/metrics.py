"""Metrics: what a training run is watched by, added up batch by batch.

Most are means of one value per sample; those that are not (F1, AUC, ...) keep counts of their own.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, TypeAlias

import numpy as np

from engine.nn.arrays import Array
from engine.nn.losses import LOSSES, fitted
from engine.spec import Config, Item, Value

Result: TypeAlias = "float | list[float]"
Values: TypeAlias = Callable[[Array, Array, Config], Array]
"""Targets and predictions -> one value per sample (and step)."""


def accuracy(y: Array, p: Array, config: Config) -> Array:
    return (_beside(y, p) == p).astype(np.float64)


def binary_accuracy(y: Array, p: Array, config: Config) -> Array:
    return (_beside(y, p) == (p > config.real("threshold"))).astype(np.float64)


def categorical_accuracy(y: Array, p: Array, config: Config) -> Array:
    return (y.argmax(axis=-1) == p.argmax(axis=-1)).astype(np.float64)


def sparse_categorical_accuracy(y: Array, p: Array, config: Config) -> Array:
    return (_class_numbers(y, p) == p.argmax(axis=-1)).astype(np.float64)


def top_k_categorical_accuracy(y: Array, p: Array, config: Config) -> Array:
    return sparse_top_k_categorical_accuracy(y.argmax(axis=-1), p, config)


def sparse_top_k_categorical_accuracy(y: Array, p: Array, config: Config) -> Array:
    classes = _class_numbers(y, p).astype(np.int64)
    own = np.take_along_axis(p, classes[..., None], axis=-1)
    return ((p > own).sum(axis=-1) < config.whole("k")).astype(np.float64)


def _beside(y: Array, p: Array) -> Array:
    """Targets with the rank of the predictions, where one of them has a last axis of size 1."""
    if y.ndim == p.ndim - 1 and p.shape[-1] == 1:
        return y[..., None]
    return y[..., 0] if y.ndim == p.ndim + 1 and y.shape[-1] == 1 else y


def _class_numbers(y: Array, p: Array) -> Array:
    return y[..., 0] if y.ndim == p.ndim and y.shape[-1] == 1 else y


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


class Metric:
    """A metric over all batches since the last `reset`."""

    def __init__(self, item: Item) -> None:
        self.item = item
        self.config = item.config
        self.reset()

    def reset(self) -> None:
        """Forgets what was added."""
        raise NotImplementedError

    def add(self, y: Array, p: Array, mask: Array | None = None) -> None:
        """Adds a batch; `mask` (batch, steps) leaves out padded steps."""
        raise NotImplementedError

    def result(self) -> Result:
        """The metric of everything added."""
        raise NotImplementedError


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
        self.add_values(np.square(p - _beside(y, p)), mask)

    def result(self) -> Result:
        mean = super().result()
        assert isinstance(mean, float)
        return mean**0.5


class R2Score(Metric):
    """1 - residual sum of squares / total sum of squares, per output, then averaged."""

    def reset(self) -> None:
        self.rows = 0
        self.sums = self.squares = self.residual = np.zeros(1)

    def add(self, y: Array, p: Array, mask: Array | None = None) -> None:
        y = _beside(y, p).astype(np.float64)
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


class Confusion(Metric):
    """Positives and negatives, told apart by thresholds: what the metrics below count."""

    def thresholds(self) -> Array:
        """The thresholds to count at."""
        value = self.config.get("thresholds")
        if value is None:
            return np.array([-np.inf if self.config.get("top_k") else 0.5])
        return np.atleast_1d(np.array(value, dtype=np.float64))

    def reset(self) -> None:
        self.levels = self.thresholds()
        self.tp, self.fp, self.tn, self.fn = (np.zeros(len(self.levels)) for _ in range(4))

    def add(self, y: Array, p: Array, mask: Array | None = None) -> None:
        y = _beside(y, p)
        top = self.config.get("top_k")
        if isinstance(top, int):
            rank = np.argsort(np.argsort(-p, axis=-1, kind="stable"), axis=-1)
            p = np.where(rank < top, p, -np.inf)
        chosen = self.config.get("class_id")
        if isinstance(chosen, int):
            y, p = y[..., chosen], p[..., chosen]
        true, guess = y.ravel() != 0, p.ravel()
        for index, level in enumerate(self.levels):
            positive = guess > level
            self.tp[index] += (positive & true).sum()
            self.fp[index] += (positive & ~true).sum()
            self.tn[index] += (~positive & ~true).sum()
            self.fn[index] += (~positive & true).sum()

    def told(self, values: Array) -> Result:
        """One number for one threshold, a list for several."""
        return float(values[0]) if len(values) == 1 else [float(value) for value in values]


def ratio(part: Array, whole: Array) -> Array:
    """Division in which nothing over nothing is 0."""
    divided: Array = np.divide(part, whole, out=np.zeros_like(part), where=whole != 0)
    return divided


class Precision(Confusion):
    """True positives among all that were predicted positive."""

    def result(self) -> Result:
        return self.told(ratio(self.tp, self.tp + self.fp))


class Recall(Confusion):
    """True positives among all that are positive."""

    def result(self) -> Result:
        return self.told(ratio(self.tp, self.tp + self.fn))


class TruePositives(Confusion):
    """How many positives were found."""

    def result(self) -> Result:
        return self.told(self.tp)


class FalsePositives(Confusion):
    """How many negatives were taken for positives."""

    def result(self) -> Result:
        return self.told(self.fp)


class TrueNegatives(Confusion):
    """How many negatives were found."""

    def result(self) -> Result:
        return self.told(self.tn)


class FalseNegatives(Confusion):
    """How many positives were missed."""

    def result(self) -> Result:
        return self.told(self.fn)


class AUC(Confusion):
    """The area under the curve of recall over false positives, or of precision over recall."""

    def thresholds(self) -> Array:
        levels = np.linspace(0, 1, self.config.whole("num_thresholds"))
        levels[0], levels[-1] = -1e-7, 1 + 1e-7
        return levels

    def result(self) -> Result:
        recall = ratio(self.tp, self.tp + self.fn)
        method = self.config["summation_method"]
        if self.config["curve"] == "ROC":
            x, y = ratio(self.fp, self.fp + self.tn), recall
        elif method == "interpolation":
            return self._interpolated()
        else:
            x, y = recall, ratio(self.tp, self.tp + self.fp)
        pick = {"interpolation": lambda a, b: (a + b) / 2, "minoring": np.minimum, "majoring": np.maximum}
        assert isinstance(method, str)
        return float(((x[:-1] - x[1:]) * pick[method](y[:-1], y[1:])).sum())

    def _interpolated(self) -> float:
        """Davis and Goadrich 2006: true positives grow linearly between two thresholds, precision does
        not.
        """
        gained = self.tp[:-1] - self.tp[1:]
        predicted = self.tp + self.fp
        slope = ratio(gained, np.maximum(predicted[:-1] - predicted[1:], 0))
        intercept = self.tp[1:] - slope * predicted[1:]
        both = (predicted[:-1] > 0) & (predicted[1:] > 0)
        growth = np.where(both, predicted[:-1] / np.where(both, predicted[1:], 1), 1)
        area = slope * (gained + intercept * np.log(growth))
        return float(ratio(area, self.tp[1:] + self.fn[1:]).sum())


class F1Score(Metric):
    """The harmonic mean of precision and recall, per class, then averaged as asked."""

    def reset(self) -> None:
        self.tp = self.fp = self.fn = np.zeros(1)

    def add(self, y: Array, p: Array, mask: Array | None = None) -> None:
        y = _beside(y, p).astype(np.float64)
        threshold = self.config["threshold"]
        if threshold is None:
            guess = (p >= p.max(axis=-1, keepdims=True)) & (np.abs(p) > 1e-9)
        else:
            guess = p > self.config.real("threshold")
        axis = None if self.config["average"] == "micro" else 0
        self.tp = self.tp + np.atleast_1d((guess * y).sum(axis=axis))
        self.fp = self.fp + np.atleast_1d((guess * (1 - y)).sum(axis=axis))
        self.fn = self.fn + np.atleast_1d(((1 - guess) * y).sum(axis=axis))

    def result(self) -> Result:
        tiny = 1e-7
        precision = self.tp / (self.tp + self.fp + tiny)
        recall = self.tp / (self.tp + self.fn + tiny)
        scores = 2 * precision * recall / (precision + recall + tiny)
        match self.config["average"]:
            case None:
                return [float(score) for score in scores]
            case "weighted":
                support = self.tp + self.fn
                return float((scores * support / (support.sum() + tiny)).sum())
            case _:
                return float(scores.mean())


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


def is_automatic(value: Value) -> bool:
    """Whether a metric is a name whose kind follows from targets and predictions."""
    return isinstance(value, str)
