"""Two submissions for one challenge side by side: points, figures, criteria, text, weights; the best one."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from engine.evaluation.wording import percent
from labs.changes import Change, changed_weights
from labs.measures import Measures, mean_told, measured
from labs.models import Status, Submission, Verdict
from labs.versions import Difference, difference

NONE = "none"


@dataclass(frozen=True)
class Pair:
    """One figure of both, as texts; `change` says how the second differs, and is empty where it does not."""

    name: str
    one: str
    other: str
    change: str = ""


@dataclass(frozen=True)
class Judgment:
    """One criterion's result for one of them; `mean` is that of its trainings, where the value is one's."""

    is_met: bool
    value: str
    mean: str
    points: str


@dataclass(frozen=True)
class Asked:
    """One criterion, and what came of it for both."""

    title: str
    one: Judgment | None
    other: Judgment | None


@dataclass(frozen=True)
class Comparison:
    """All of it; `weights` are those set by hand that differ."""

    figures: tuple[Pair, ...]
    criteria: tuple[Asked, ...]
    text: Difference
    weights: tuple[Change, ...]
    more_weights: int


def compare(one: Submission, other: Submission) -> Comparison:
    """From one graded submission to another of the same challenge."""
    changes = changed_weights(one.source, one.weights, other.source, other.weights)
    return Comparison(
        figures_of(one, other),
        tuple(_criteria(one, other)),
        difference(one.source, other.source),
        changes.shown,
        changes.more,
    )


def figures_of(one: Submission, other: Submission) -> tuple[Pair, ...]:
    """Points and measures of both."""
    left, right = measured(one), measured(other)
    pairs = [
        Pair("Points", _points(one), _points(other), _change(one.points, other.points)),
        Pair(_accuracy(left, right), _share(left), _share(right), _percents(left.accuracy, right.accuracy)),
        _whole("Parameters", left.parameters, right.parameters),
        _whole("Operations of one pass", left.flops, right.flops),
        _whole("Epochs", left.epochs, right.epochs),
    ]
    return tuple(pair for pair in pairs if not pair.one == pair.other == NONE)


def best_of(submissions: Iterable[Submission]) -> Submission | None:
    """The best of those that are graded: passed before not, then more points, then the first in the list."""
    graded = [one for one in submissions if one.status == Status.GRADED]
    return max(graded, key=_rank, default=None)


def _rank(submission: Submission) -> tuple[bool, float]:
    share = (submission.points or 0.0) / submission.points_possible if submission.points_possible else 0.0
    return submission.verdict == Verdict.PASSED, share


def _criteria(one: Submission, other: Submission) -> Iterable[Asked]:
    left, right = _rows(one), _rows(other)
    for title in dict.fromkeys([*right, *left]):
        yield Asked(title, _judgment(left.get(title)), _judgment(right.get(title)))


def _rows(submission: Submission) -> dict[str, Mapping[str, Any]]:
    return {str(row["title"]): row for row in (submission.report or {}).get("rows", ())}


def _judgment(row: Mapping[str, Any] | None) -> Judgment | None:
    if row is None:
        return None
    points = f"{row['earned']:g} of {row['points']:g}"
    return Judgment(row["verdict"] == "met", str(row["value"]), mean_told(row), points)


def _points(submission: Submission) -> str:
    return f"{submission.points or 0:g} of {submission.points_possible or 0:g}"


def _accuracy(one: Measures, other: Measures) -> str:
    """What its figure is called, so that nobody takes the mean for one training's value."""
    most = max(one.trainings, other.trainings)
    return f"Accuracy, mean of {most} trainings" if most > 1 else "Accuracy"


def _share(measures: Measures) -> str:
    return NONE if measures.accuracy is None else percent(measures.accuracy)


def _percents(one: float | None, other: float | None) -> str:
    if one is None or other is None:
        return ""
    return _change(round(100 * one, 1), round(100 * other, 1), "percentage point")


def _whole(name: str, one: int | None, other: int | None) -> Pair:
    return Pair(name, _number(one), _number(other), "" if None in (one, other) else _change(one, other))


def _number(value: int | None) -> str:
    return NONE if value is None else f"{value:,}"


def _change(one: float | None, other: float | None, unit: str = "") -> str:
    more = round((other or 0) - (one or 0), 6)
    counted = f" {unit}{'' if abs(more) == 1 else 's'}" if unit else ""
    return f"{abs(more):,g}{counted} {'more' if more > 0 else 'less'}" if more else ""
