"""Grading all of a challenge's submissions again: a dry run, then all it showed at once, and the way back.

    trying --every submission tried--> ready --commit--> in force --undo--> undone

The dry run goes in batches, each a task of its own, so that learners' submissions come in between. It has a
lease and a fence as a submission has: a worker that dies costs a batch some seconds. Commit writes nothing
unless it can write all that was shown; every report it replaces is kept.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F, QuerySet

from accounts.models import User
from labs import services
from labs.models import Challenge, EarlierReport, Rejudge, Status, Submission, Trial, Verdict
from labs.rubric import criteria_toml
from labs.showing import remeasure

BATCH = 5
"""Submissions that one task tries."""

Enqueue = Callable[[Rejudge], None]
State, Change = Rejudge.State, Trial.Change
WRITTEN = (Change.RAISED, Change.LOWERED, Change.REASONS)


class ChangedMeanwhile(Exception):  # noqa: N818 - a state, told to the author as it is
    """A submission was graded again since the dry run; what was shown no longer holds."""


def start(challenge: Challenge, by: User, *, never_lower: bool, now: datetime, enqueue: Enqueue) -> Rejudge:
    """Begin a dry run over all graded submissions, by the criteria as they stand now."""
    with transaction.atomic():
        rejudge = Rejudge.objects.create(
            challenge=challenge,
            criteria=criteria_toml(challenge.criteria.all()),
            never_lower=never_lower,
            started_by=by,
            started_at=now,
            lease_until=now + services.PATIENCE,
        )
        graded = Submission.objects.filter(challenge=challenge, status=Status.GRADED).without_texts()
        Trial.objects.bulk_create(
            (
                Trial(
                    rejudge=rejudge,
                    submission=one,
                    fence=one.fence,
                    before_points=one.points or 0,
                    before_possible=one.points_possible or 0,
                )
                for one in graded
            ),
            batch_size=500,
        )
        enqueue(rejudge)
    return rejudge


def claim(pk: int, fence: int, now: datetime) -> Rejudge | None:
    """Take a batch of the dry run; None when it was handed out anew, or is done."""
    claimed = Rejudge.objects.filter(pk=pk, fence=fence, state=State.TRYING).update(
        fence=fence + 1, lease_until=now + services.LEASE
    )
    return Rejudge.objects.get(pk=pk) if claimed else None


def renew(rejudge: Rejudge, now: datetime) -> bool:
    """Say that the dry run is alive. False: the lease was lost, stop."""
    return bool(_held(rejudge).update(lease_until=now + services.LEASE))


def batch(rejudge: Rejudge) -> QuerySet[Trial]:
    """What to try next."""
    return rejudge.trials.filter(change=Change.UNTRIED).select_related("submission").order_by("pk")[:BATCH]


def note_report(rejudge: Rejudge, trial: Trial, report: Mapping[str, Any]) -> None:
    """Keep what a submission would come to."""
    Trial.objects.filter(pk=trial.pk, change=Change.UNTRIED).update(
        report=report,
        points=report["points"],
        points_possible=report["possible"],
        change=_change(rejudge, trial.submission, report),
    )


def note_fault(trial: Trial, fault: str) -> None:
    """Keep why a submission could not be tried."""
    Trial.objects.filter(pk=trial.pk, change=Change.UNTRIED).update(change=Change.FAULT, fault=fault)


def go_on(rejudge: Rejudge, now: datetime, enqueue: Enqueue) -> None:
    """The end of a batch: hand out the next, or the dry run is done."""
    if batch(rejudge).exists():
        _hand_out(rejudge, now, enqueue)
    else:
        _held(rejudge).update(state=State.READY)


def sweep(now: datetime, enqueue: Enqueue) -> int:
    """Hand out anew the dry runs that nobody goes on with. Returns how many."""
    idle = Rejudge.objects.filter(state=State.TRYING, lease_until__lte=now)
    return sum(_hand_out(rejudge, now, enqueue) for rejudge in idle)


def commit(rejudge: Rejudge, by: User, now: datetime) -> bool:
    """Put in force exactly what the dry run showed. False: it is not waiting for that.

    Raises ChangedMeanwhile; nothing is stored then.
    """
    with transaction.atomic():
        ready = Rejudge.objects.filter(pk=rejudge.pk, state=State.READY)
        if not ready.update(state=State.COMMITTED, committed_by=by, committed_at=now):
            return False
        changes = rejudge.trials.filter(change__in=WRITTEN).select_related("submission")
        for trial in changes.iterator(chunk_size=100):
            _put_in_force(rejudge, trial, now)
    return True


def undo(rejudge: Rejudge, by: User, now: datetime) -> int | None:
    """Give every submission back the result it had. None: it is not in force.

    Returns how many were left alone, because they were graded again since.
    """
    left = 0
    with transaction.atomic():
        in_force = Rejudge.objects.filter(pk=rejudge.pk, state=State.COMMITTED)
        if not in_force.update(state=State.UNDONE, undone_by=by, undone_at=now):
            return None
        changed = rejudge.trials.exclude(replaced=None).select_related("submission", "replaced")
        for trial in changed.iterator(chunk_size=100):
            before = trial.replaced
            assert before is not None  # excluded above
            if _replace(trial, trial.fence + 1, before):
                services.keep_report(trial.submission, now)
            else:
                left += 1
    return left


def _put_in_force(rejudge: Rejudge, trial: Trial, now: datetime) -> None:
    assert trial.report is not None  # whatever is written was tried
    after = EarlierReport(
        criteria=rejudge.criteria,
        verdict=trial.report["verdict"],
        report=trial.report,
        points=trial.points,
        points_possible=trial.points_possible,
        graded_at=now,
    )
    if not _replace(trial, trial.fence, after):
        raise ChangedMeanwhile
    kept = services.keep_report(trial.submission, now)
    Trial.objects.filter(pk=trial.pk).update(replaced=kept)
    if after.verdict == Verdict.PASSED:
        services.record_pass(trial.submission.pk)


def _replace(trial: Trial, fence: int, by: EarlierReport) -> bool:
    """Give a submission another result, unless anything happened to it since `fence`."""
    same = Submission.objects.filter(pk=trial.submission_id, fence=fence, status=Status.GRADED)
    replaced = same.update(
        fence=fence + 1,
        criteria=by.criteria,
        verdict=by.verdict,
        report=by.report,
        points=by.points,
        points_possible=by.points_possible,
        graded_at=by.graded_at,
    )
    if replaced:
        remeasure(trial.submission_id)
    return bool(replaced)


def _change(rejudge: Rejudge, before: Submission, after: Mapping[str, Any]) -> Trial.Change:
    """A result is lower when a pass is lost, or with the same verdict the share of the points."""
    was = (before.verdict == Verdict.PASSED, _share(before.points, before.points_possible))
    now = (after["verdict"] == Verdict.PASSED, _share(after["points"], after["possible"]))
    if now < was:
        return Change.KEPT if rejudge.never_lower else Change.LOWERED
    if now > was:
        return Change.RAISED
    return Change.SAME if _told(before.report or {}) == _told(after) else Change.REASONS


def _told(report: Mapping[str, Any]) -> dict[str, Any]:
    """What a report says, whichever version of the engine said it."""
    return {name: value for name, value in report.items() if name != "engine"}


def _share(points: float | None, possible: float | None) -> float:
    return (points or 0) / possible if possible else 0.0


def _held(rejudge: Rejudge) -> QuerySet[Rejudge]:
    return Rejudge.objects.filter(pk=rejudge.pk, fence=rejudge.fence, state=State.TRYING)


def _hand_out(rejudge: Rejudge, now: datetime, enqueue: Enqueue) -> bool:
    with transaction.atomic():
        changed = _held(rejudge).update(fence=F("fence") + 1, lease_until=now + services.PATIENCE)
        if changed:
            rejudge.refresh_from_db()
            enqueue(rejudge)
    return bool(changed)
