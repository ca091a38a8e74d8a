"""A regrade as its page shows it and as a file takes it along."""

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from io import StringIO

from quizzes.analysis_pages import disarmed
from quizzes.kinds.numbers import shown
from quizzes.models import Regrade, RegradeTrial

HEADS = (
    "learner", "attempt", "finished", "points_before", "possible_before", "points_after", "possible_after",
    "change", "could_not_be_graded",
)  # fmt: skip


@dataclass(frozen=True)
class Row:
    """One attempt, before and after."""

    trial: RegradeTrial
    before: str
    after: str


def rows(trials: Iterable[RegradeTrial]) -> list[Row]:
    return [Row(trial, _points(trial.before), _points(trial.after)) for trial in trials]


def _points(values: dict[str, dict[str, float]]) -> str:
    if not values:
        return "–"
    attempt = values["attempt"]
    return f"{shown(attempt['points'], places=2)} of {attempt['points_possible']:g}"


def to_csv(regrade: Regrade) -> str:
    """Every attempt of a regrade; no text becomes a formula."""
    text = StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(HEADS)
    for trial in regrade.trials.select_related("attempt__learner").iterator(chunk_size=200):
        before, after = (values.get("attempt", {}) for values in (trial.before, trial.after))
        finished_at = trial.attempt.finished_at
        writer.writerow(
            [
                disarmed(trial.attempt.learner.username), trial.attempt_id,
                finished_at.isoformat() if finished_at else "",
                before.get("points"), before.get("points_possible"),
                after.get("points"), after.get("points_possible"),
                trial.get_change_display(), disarmed(" ".join(trial.impossible)),
            ]
        )  # fmt: skip
    return text.getvalue()
