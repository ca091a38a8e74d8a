"""What a network measures, for comparing it with others: how good, how large, how long it learned."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import engine
from labs.models import Submission


@dataclass(frozen=True)
class Measures:
    """The figures of one submission; None where a figure does not exist for it.

    `accuracy` is a share, the mean over its trainings; `flops` are those of one forward pass.
    """

    accuracy: float | None
    parameters: int | None
    flops: int | None
    epochs: int | None


def measured(submission: Submission) -> Measures:
    """The figures of a submission as it is graded now. Nothing is run: its text is read."""
    spec = engine.read_for(submission.source, engine.criteria(submission.criteria)).spec
    cost = engine.estimate(spec) if spec is not None else None
    rows = (submission.report or {}).get("rows", [])
    return Measures(
        accuracy=_accuracy(rows),
        parameters=cost.parameters if cost else None,
        flops=cost.flops if cost else None,
        epochs=max((_epochs(row) for row in rows), default=0) or None,
    )


def _accuracy(rows: Sequence[Mapping[str, Any]]) -> float | None:
    """That of the first criterion that asks for one."""
    for row in rows:
        if row.get("kind") == "accuracy":
            values = [value for value in row.get("evidence", {}).get("values", ()) if value is not None]
            return sum(values) / len(values) if values else None
    return None


def _epochs(row: Mapping[str, Any]) -> int:
    epochs = row.get("evidence", {}).get("epochs")
    return epochs if isinstance(epochs, int) else 0
