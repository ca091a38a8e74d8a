"""The queue as an operator sees it, and what they may do by hand: hand out anew, give up.

Both act on a submission as it was seen: if anything happened to it since, they do nothing. Long runs of the
playground are there too; they are stopped through labs.long_runs.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from labs import roll, services
from labs.models import UNFINISHED, LongRun, Status, Submission, SubmissionQuerySet, Worker

SHOWN = 100
GIVEN_UP = "An operator gave it up."


@dataclass(frozen=True)
class Part:
    """The submissions in one state: how many, and the first SHOWN of them."""

    status: Status
    total: int
    rows: list[Submission]


@dataclass(frozen=True)
class Training:
    """The long runs that workers go on with: how many, and the first SHOWN of them."""

    total: int
    rows: list[LongRun]


@dataclass(frozen=True)
class Queue:
    """What waits, what is being graded, what failed, what trains, and who works; `overdue` counts leases that
    ran out.
    """

    parts: tuple[Part, ...]
    training: Training
    overdue: int
    oldest: timedelta | None
    workers: list[Worker]
    missing: list[Worker]


def queue(now: datetime) -> Queue:
    """The queue as it is."""
    waiting = Submission.objects.filter(status=Status.QUEUED).order_by("created_at")
    running = Submission.objects.filter(status=Status.RUNNING).order_by("lease_until")
    failed = Submission.objects.filter(status=Status.FAILED).order_by("-queued_at")
    first = Submission.objects.unfinished().order_by("queued_at").only("queued_at").first()
    return Queue(
        tuple(
            _part(status, rows)
            for status, rows in ((Status.QUEUED, waiting), (Status.RUNNING, running), (Status.FAILED, failed))
        ),
        _training(),
        running.filter(lease_until__lte=now).count(),
        now - first.queued_at if first else None,
        list(roll.present(now)),
        list(roll.missing(now)),
    )


def hand_out_anew(submission: Submission, now: datetime, enqueue: services.Enqueue) -> bool:
    """Queue it once more, whoever holds it; a failed one gets all its leases again."""
    if submission.status == Status.FAILED:
        return services.regrade(submission, now, enqueue)
    with transaction.atomic():
        changed = _as_seen(submission).update(
            status=Status.QUEUED,
            fence=submission.fence + 1,
            lease_until=None,
            queued_at=now,
            due_at=now + services.PATIENCE,
        )
        if changed:
            submission.refresh_from_db()
            enqueue(submission)
    return bool(changed)


def give_up(submission: Submission) -> bool:
    """Stop trying; the learner reads that it was our fault, and it can be handed out anew later."""
    return bool(
        _as_seen(submission).update(
            status=Status.FAILED, fence=submission.fence + 1, lease_until=None, fault=GIVEN_UP
        )
    )


def _as_seen(submission: Submission) -> SubmissionQuerySet:
    return Submission.objects.filter(pk=submission.pk, fence=submission.fence, status__in=UNFINISHED)


def _training() -> Training:
    runs = LongRun.objects.training().order_by("created_at")
    return Training(runs.count(), list(runs.select_related("learner").defer("state", "query")[:SHOWN]))


def _part(status: Status, rows: SubmissionQuerySet) -> Part:
    shown = rows.select_related("learner", "challenge").defer("source", "weights", "criteria", "report")
    return Part(status, rows.count(), list(shown[:SHOWN]))
