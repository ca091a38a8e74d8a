"""Grading: a learner's text against an author's criteria. The same text, criteria and seed always give the
same report.
"""

from __future__ import annotations

from collections.abc import Sequence

from engine import language
from engine.budget import Budget
from engine.evaluation.authoring import Criterion
from engine.evaluation.report import Report, Row, tidy
from engine.evaluation.subject import Subject
from engine.spec import Spec


def evaluate(text: str, criteria: Sequence[Criterion], seed: int = 0, budget: Budget | None = None) -> Report:
    """The report on a text of Keras code. A text that does not read gives the verdict 'invalid'.

    Raises BudgetExceeded when the network, or what a criterion asks of it, costs more than `budget` allows.
    """
    reading = language.read(text)
    if reading.spec is None:
        return Report((), _possible(criteria), seed, reading.diagnostics)
    return evaluate_spec(reading.spec, criteria, seed, budget)


def evaluate_spec(
    spec: Spec, criteria: Sequence[Criterion], seed: int = 0, budget: Budget | None = None
) -> Report:
    """The report on a network that is already read."""
    subject = Subject(spec, seed, budget)
    if budget is not None:
        budget.check(subject.cost)
    rows = tuple(_row(criterion, subject) for criterion in criteria)
    return Report(rows, _possible(criteria), seed)


def _row(criterion: Criterion, subject: Subject) -> Row:
    finding = criterion.kind.judge(criterion.config, subject)
    return Row(
        id=criterion.id,
        kind=criterion.kind.name,
        title=criterion.title,
        points=tidy(criterion.points),
        earned=tidy(criterion.points * finding.share),
        verdict="met" if finding.share == 1.0 else "not yet",
        reason=finding.reason,
        advice=finding.advice,
        value=finding.value,
        limit=finding.limit,
        evidence=finding.evidence,
    )


def _possible(criteria: Sequence[Criterion]) -> float:
    return tidy(sum(criterion.points for criterion in criteria))
