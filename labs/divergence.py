"""Where a learner's network first answers otherwise than the reference, for a case that does not hold yet.

The reference is a criterion's own, else the author's solution that passes. What its layers give would let one
work out its weights, so that is told only where the author shows the reference; which of the learner's own
layers is the first to differ is told always.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import engine
from engine.evaluation.kinds.settings import arrays
from engine.nn.arrays import Array
from labs.evidence import Evidence, Line, shown
from labs.models import Challenge, Submission

MOST_VALUES = 64
"""Values of a layer that are shown; the rest are counted."""


@dataclass(frozen=True)
class Parting:
    """One sentence, and what both layers give."""

    sentence: str
    table: Evidence


def partings(submission: Submission, rows: Sequence[Mapping[str, Any]]) -> dict[str, Parting]:
    """By id of the report's row; only for networks whose weights their learner set."""
    open_rows = {row.get("id"): row for row in rows if row["verdict"] != "met"}
    if submission.weights is None or not open_rows:
        return {}
    found = {}
    for criterion in engine.criteria(submission.criteria):
        case = _case(open_rows.get(criterion.id))
        if case is None or criterion.trains or criterion.config.get("weights") is not None:
            continue
        try:
            parting = _parting(submission, criterion, case)
        except engine.EngineError:  # a case that does not fit, or a network too large to run at once
            continue
        if parting is not None:
            found[criterion.id] = parting
    return found


def _case(row: Mapping[str, Any] | None) -> Any:
    """The first input of a row that does not hold."""
    evidence = row.get("evidence", {}) if row else {}
    for case in evidence.get("rows", ()):
        if not case["holds"]:
            return case["x"]
    return evidence["counterexample"]["x"][0] if evidence.get("counterexample") else None


def _parting(submission: Submission, criterion: engine.Criterion, case: Any) -> Parting | None:
    reference = _reference(criterion, submission.challenge)
    if reference is None:
        return None
    own = _model(submission.source, submission.weights, (criterion,))
    met = engine.diverging(own, _model(*reference, (criterion,)), case, engine.INTERACTIVE)
    if met is None:
        return None
    which = f"{met.layer}, layer {met.number} of {met.count}"
    told = f"For {_short(case)} the first layer to answer otherwise than the reference does is {which}."
    lines = [Line(("Your network", _values(met.one)))]
    if submission.challenge.shows_reference:
        lines.append(Line(("The reference", _values(met.other))))
    return Parting(told, Evidence(f"What {met.layer} gives there", ("What", "Values"), tuple(lines)))


def _reference(criterion: engine.Criterion, challenge: Challenge) -> tuple[str, Any] | None:
    """Text and weights of the network to compare with."""
    config = criterion.config
    if config.get("reference") is not None:
        weights = arrays(config, "reference_weights")
        return None if weights is None else (config.text("reference"), weights)
    solution = challenge.solutions.filter(misses="", weights__isnull=False).first()
    return (solution.source, solution.weights) if solution else None


def _model(source: str, weights: Any, asked: Sequence[engine.Criterion]) -> engine.Model:
    spec = engine.read_for(source, asked).spec
    if spec is None:
        raise engine.SpecError("The text does not read.")
    model = engine.build(spec, budget=engine.INTERACTIVE)
    model.set_weights(weights)
    return model


def _values(array: Array) -> str:
    flat = array.ravel()
    rest = f" and {flat.size - MOST_VALUES:,} more" if flat.size > MOST_VALUES else ""
    return shown(flat[:MOST_VALUES].tolist()) + rest


def _short(case: Any) -> str:
    told = shown(case)
    return f"the input {told}" if len(told) <= 40 else "the first case that does not hold"
