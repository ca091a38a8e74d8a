"""Metrics that count: positives and negatives, right and wrong, told apart by thresholds."""

from __future__ import annotations

import numpy as np

from engine.nn.arrays import Array
from engine.nn.metrics.base import Metric, Result, beside


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
        y = beside(y, p)
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
        if method == "interpolation":
            heights = (y[:-1] + y[1:]) / 2
        else:
            heights = np.minimum(y[:-1], y[1:]) if method == "minoring" else np.maximum(y[:-1], y[1:])
        return float(((x[:-1] - x[1:]) * heights).sum())

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
        y = beside(y, p).astype(np.float64)
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
