"""What a network measures, for comparing it with others: how good, how large, how long it learned."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import engine
from engine.evaluation.wording import percent
from labs.models import Submission


@dataclass(frozen=True)
class Measures:
    """The figures of one submission; None where a figure does not exist for it.

    `accuracy` is a share, the mean over so many `trainings`; `flops` are those of one forward pass.
    """

    accuracy: float | None
    trainings: int
    parameters: int | None
    flops: int | None
    epochs: int | None


def measured(submission: Submission) -> Measures:
    """The figures of a submission as it is graded now. Nothing is run: its text is read."""
    spec = engine.read_for(submission.source, engine.criteria(submission.criteria)).spec
    cost = engine.estimate(spec) if spec is not None else None
    rows = (submission.report or {}).get("rows", [])
    shares = next((values_of(row) for row in rows if row.get("kind") == "accuracy"), [])
    return Measures(
        accuracy=sum(shares) / len(shares) if shares else None,
        trainings=len(shares),
        parameters=cost.parameters if cost else None,
        flops=cost.flops if cost else None,
        epochs=max((_epochs(row) for row in rows), default=0) or None,
    )


def values_of(row: Mapping[str, Any]) -> list[float]:
    """What each training came to, for a row of a report that trains; those that diverged are left out."""
    return [value for value in row.get("evidence", {}).get("values", ()) if value is not None]


def mean_told(row: Mapping[str, Any]) -> str:
    """`mean of 3 trainings: 96.2%`, to stand beside one training's value; nothing where there is one only."""
    values = values_of(row)
    if len(values) < 2:
        return ""
    mean = sum(values) / len(values)
    told = percent(mean) if str(row.get("value", "")).endswith("%") else f"{mean:.4g}"
    return f"mean of {len(values)} trainings: {told}"


def _epochs(row: Mapping[str, Any]) -> int:
    epochs = row.get("evidence", {}).get("epochs")
    return epochs if isinstance(epochs, int) else 0
