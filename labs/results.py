"""A submission's report as its page tells it: a headline, what is open, the rubric, pictures of training."""

from dataclasses import dataclass
from typing import Any

from labs.divergence import partings
from labs.evidence import evidence_of
from labs.measures import mean_told
from labs.models import Status, Submission, Verdict
from labs.pictures import Pictures, pictures

WAITING = {
    Status.QUEUED: "Waiting to be graded",
    Status.RUNNING: "Being graded",
    Status.FAILED: "It could not be graded",
    Status.CANCELED: "You took it back",
}


@dataclass(frozen=True)
class Result:
    """What stands at the head of a submission's page, its rubric, each row with the table behind it, and
    pictures of each training.
    """

    headline: str
    lede: str
    rows: tuple[dict[str, Any], ...]
    pictures: tuple[Pictures, ...] = ()


def result_of(submission: Submission) -> Result:
    """The result as far as it is known; a submission that waits has no rows."""
    if submission.status in WAITING:
        return Result(WAITING[Status(submission.status)], "", ())
    report = submission.report or {"rows": [], "diagnostics": []}
    if submission.verdict == Verdict.INVALID:
        told = report["diagnostics"][0] if report["diagnostics"] else {"message": "", "hint": ""}
        return Result("The network could not be graded", f"{told['message']} {told['hint']}".strip(), ())
    rows = report["rows"]
    met = [row for row in rows if row["verdict"] == "met"]
    still_open = [row for row in rows if row["verdict"] != "met"]
    headline = f"{len(met)} of {len(rows)} criteria met"
    points = f"{_points(submission.points)} of {_points(submission.points_possible)} points."
    lede = f"{points} Still open: {_listed(still_open)}." if still_open else f"{points} Nothing is left open."
    apart = partings(submission, rows)
    shown = tuple(
        {**row, "table": evidence_of(row), "mean": mean_told(row), "parting": apart.get(row.get("id", ""))}
        for row in (*still_open, *met)
    )
    return Result(headline, lede, shown, tuple(pictures(rows)))


def _points(points: float | None) -> str:
    return f"{points or 0:g}"


def _listed(rows: list[dict[str, Any]]) -> str:
    return "; ".join(str(row["title"]) for row in rows)
