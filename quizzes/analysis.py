"""How well questions measure: classical item analysis, its statistics defined as in Moodle's quiz report.

Variances and covariances are those of a sample (n − 1). Scores come as a table: a row per attempt, a column
per question, None where an attempt was not asked a question. What cannot be told is None.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp, lgamma, log, log1p, sqrt

FEWEST = 10  # attempts below which the numbers say little
POOR_EFFICIENCY = 15.0  # percent; below it a question hardly tells learners apart
LEVEL = 0.99


@dataclass(frozen=True)
class ItemStatistics:
    """One question. `facility` and `deviation` are shares of its points, the others percent."""

    n: int
    facility: float | None
    deviation: float | None
    discrimination: float | None  # 100 r(score, score of the rest)
    efficiency: float | None  # 100 cov / the covariance both orders would give if they agreed
    weight: float | None  # its share in the spread of the total

    @property
    def is_few(self) -> bool:
        return self.n < FEWEST

    @property
    def is_poor(self) -> bool:
        return not self.is_few and self.efficiency is not None and self.efficiency < POOR_EFFICIENCY


def item_statistics(
    scores: Sequence[Sequence[float | None]], maxima: Sequence[float]
) -> list[ItemStatistics]:
    """The statistics of every question; `maxima` are the points each is worth."""
    totals = [sum(score or 0.0 for score in row) for row in scores]
    columns = [
        [
            (own, total - own)
            for row, total in zip(scores, totals, strict=True)
            if (own := row[item]) is not None
        ]
        for item in range(len(maxima))
    ]
    spreads = [_spread(column) for column in columns]
    whole = sum(spread for spread in spreads if spread is not None)
    return [
        _statistics(column, most, spread, whole)
        for column, most, spread in zip(columns, maxima, spreads, strict=True)
    ]


def _statistics(
    column: list[tuple[float, float]], most: float, spread: float | None, whole: float
) -> ItemStatistics:
    own, rest = [a for a, _ in column], [b for _, b in column]
    shared = covariance(own, rest)
    return ItemStatistics(
        n=len(own),
        facility=mean(own) / most if own else None,
        deviation=_root(covariance(own, own), most),
        discrimination=_percent(shared, _product(covariance(own, own), covariance(rest, rest))),
        efficiency=_percent(shared, covariance(sorted(own), sorted(rest))),
        weight=100 * spread / whole if spread is not None and whole else None,
    )


def _spread(column: list[tuple[float, float]]) -> float | None:
    """The root of the covariance with the total; None where that is negative or cannot be told."""
    shared = covariance([a for a, _ in column], [a + b for a, b in column])
    return None if shared is None or shared < 0 else sqrt(shared)


def mean(values: Sequence[float]) -> float:
    return sum(values) / len(values)


def covariance(one: Sequence[float], other: Sequence[float]) -> float | None:
    """The covariance of two samples of the same length; None for fewer than two values."""
    if len(one) < 2:
        return None
    a, b = mean(one), mean(other)
    return sum((x - a) * (y - b) for x, y in zip(one, other, strict=True)) / (len(one) - 1)


def _root(variance: float | None, most: float) -> float | None:
    return None if variance is None else sqrt(variance) / most


def _product(one: float | None, other: float | None) -> float | None:
    return None if one is None or other is None else sqrt(one * other)


def _percent(part: float | None, whole: float | None) -> float | None:
    # What is not spread at all may still differ from 0 in the last bits.
    return None if part is None or whole is None or whole < 1e-12 else 100 * part / whole


def binomial_band(n: int, p: float, level: float = LEVEL) -> tuple[int, int]:
    """The smallest and the largest count of n that lie inside the central `level` of the binomial spread."""
    if p <= 0 or p >= 1:
        return (0, 0) if p <= 0 else (n, n)
    tail = (1 - level) / 2
    low, total = None, 0.0
    for count in range(n + 1):
        total += exp(_log_choose(n, count) + count * log(p) + (n - count) * log1p(-p))
        if low is None and total > tail:
            low = count
        if total >= 1 - tail:
            return low or 0, count
    return low or 0, n


def _log_choose(n: int, k: int) -> float:
    return lgamma(n + 1) - lgamma(k + 1) - lgamma(n - k + 1)
