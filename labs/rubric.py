"""A challenge's criteria as the TOML that the engine reads, and what an author is told about one of them."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import engine
from engine.evaluation.report import Row
from labs.evidence import Evidence, evidence_of
from labs.models import Criterion

LINES_BEFORE_SETTINGS = 3


@dataclass(frozen=True)
class Judged:
    """A criterion as the challenge's page lists it; `is_met` is None while that is not known, `table` has the
    cases that were run.
    """

    title: str
    points: str
    is_met: bool | None
    reason: str = ""
    table: Evidence | None = None


class CriterionError(ValueError):
    """Nobody can grade by this criterion; `line` counts in its settings, None when it is not about them."""

    def __init__(self, message: str, line: int | None) -> None:
        self.message, self.line = message, line
        super().__init__(f"Line {line}: {message}" if line else message)


def asked_of(criteria: Iterable[Criterion]) -> tuple[engine.Criterion, ...]:
    """A challenge's criteria as the engine knows them; none of a challenge that is still being written."""
    text = criteria_toml(criteria)
    return engine.criteria(text) if text else ()


def criteria_toml(criteria: Iterable[Criterion]) -> str:
    """All criteria of a challenge in their order, as one text."""
    return "\n".join(
        criterion_toml(criterion.kind, criterion.points, criterion.settings) for criterion in criteria
    )


def criterion_toml(kind: str, points: float, settings: str) -> str:
    """One [[criterion]] table; the author's settings stand in it as they were written."""
    worth = int(points) if float(points).is_integer() else points
    head = f"[[criterion]]\nkind = {json.dumps(kind)}\npoints = {worth}\n"
    return f"{head}{settings.replace(chr(13), '').strip()}\n"


def check_criterion(kind: str, points: float, settings: str) -> None:
    """Raises CriterionError with the line in `settings` that the author has to mend."""
    try:
        read = engine.criteria(criterion_toml(kind, points, settings))
    except engine.CriteriaError as error:
        line = error.line - LINES_BEFORE_SETTINGS
        told = f"{error.message} {error.hint}".strip()
        raise CriterionError(told, line if line > 0 else None) from error
    if len(read) != 1:
        raise CriterionError(
            "Settings describe one criterion. Remove the [[criterion]] headings from them.", None
        )


def judged(
    asked: Sequence[engine.Criterion], spec: engine.Spec | None, weights: list[Any] | None = None
) -> list[Judged]:
    """What is asked, and, for a network that was read, what of it is met already.

    Judged here is what the text alone decides, and with `weights` also what one pass of a small network
    decides, then with the reason. The rest needs the worker.
    """
    live = [one for one in asked if one.kind.is_static or (weights is not None and not one.trains)]
    try:
        report = (
            engine.evaluate_spec(spec, live, 0, engine.INTERACTIVE, weights) if spec is not None else None
        )
    except engine.BudgetExceeded:
        report = engine.evaluate_spec(spec, [one for one in live if one.kind.is_static]) if spec else None
    rows = {row.id: row for row in report.rows} if report else {}
    return [_judged(one, rows.get(one.id)) for one in asked]


def _judged(criterion: engine.Criterion, row: Row | None) -> Judged:
    points = _points(criterion.points)
    if row is None:
        return Judged(criterion.title, points, None)
    is_met = row.verdict == "met"
    if criterion.kind.is_static:
        return Judged(criterion.title, points, is_met)
    return Judged(criterion.title, points, is_met, "" if is_met else row.reason, evidence_of(row.to_dict()))


def _points(points: float) -> str:
    return f"{points:g} point" if points == 1 else f"{points:g} points"
