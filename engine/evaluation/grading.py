"""Grading: a learner's text against an author's criteria. The same text, criteria and seed always give the
same report.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

import numpy.typing as npt

from engine.budget import Budget
from engine.errors import BudgetExceeded, ShapeError, SpecError
from engine.evaluation.authoring import Criterion
from engine.evaluation.holes import read_for
from engine.evaluation.report import Finding, Report, Row, Unmet, tidy
from engine.evaluation.subject import Subject
from engine.spec import Spec

Weights: TypeAlias = Sequence[npt.ArrayLike]


def evaluate(
    text: str,
    criteria: Sequence[Criterion],
    seed: int = 0,
    budget: Budget | None = None,
    weights: Weights | None = None,
) -> Report:
    """The report on a text of Keras code. A text that does not read gives the verdict 'invalid'; what
    it leaves open, such as num_classes, the data sets of the criteria say.

    `weights` are the learner's own, in Keras's order, for criteria that ask what the network does without
    training it. Raises BudgetExceeded when the network itself costs more than `budget` allows; what a
    criterion would cost beyond it is told in its row.
    """
    reading = read_for(text, criteria)
    if reading.spec is None:
        return Report((), _possible(criteria), seed, reading.diagnostics)
    return evaluate_spec(reading.spec, criteria, seed, budget, weights)


def evaluate_spec(
    spec: Spec,
    criteria: Sequence[Criterion],
    seed: int = 0,
    budget: Budget | None = None,
    weights: Weights | None = None,
) -> Report:
    """The report on a network that is already read."""
    subject = Subject(spec, seed, budget, None if weights is None else tuple(weights))
    if budget is not None:
        budget.check(subject.cost)
    rows = tuple(_row(criterion, subject) for criterion in criteria)
    return Report(rows, _possible(criteria), seed)


def _row(criterion: Criterion, subject: Subject) -> Row:
    finding = _finding(criterion, subject)
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


def _finding(criterion: Criterion, subject: Subject) -> Finding:
    """What a criterion finds. That it cannot be tried on this network is a finding as well."""
    try:
        return criterion.kind.judge(criterion.config, subject)
    except Unmet as unmet:
        return Finding(0.0, unmet.reason, unmet.advice)
    except (ShapeError, SpecError) as error:
        return Finding(0.0, error.message, error.hint)
    except BudgetExceeded as error:
        return Finding(0.0, str(error))


def _possible(criteria: Sequence[Criterion]) -> float:
    return tidy(sum(criterion.points for criterion in criteria))
