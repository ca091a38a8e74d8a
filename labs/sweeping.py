"""What a worker that died left behind: leases that ran out, and messages that nobody will read again."""

from datetime import datetime

from django.db.models import Q

from labs import services
from labs.models import Status, Submission

SWEEP_BATCH = 200


def sweep(now: datetime, enqueue: services.Enqueue) -> int:
    """Hand out anew what nobody grades: its lease has run out, or its message was lost. Returns how many."""
    abandoned = Submission.objects.filter(status=Status.RUNNING, lease_until__lte=now).order_by("queued_at")
    swept = 0
    for submission in [*abandoned[:SWEEP_BATCH], *_overlooked(now)]:
        fault = "" if submission.status == Status.QUEUED else "The worker that was grading it stopped."
        swept += services.hand_out_again(submission, now, enqueue, fault)
    return swept


def _overlooked(now: datetime) -> list[Submission]:
    """What waits though its turn has come: something queued later was reached, or nobody grades anything.

    A long queue alone is no loss. If all that waits were sent again and again, workers would soon read
    nothing but old messages. Who waits longest is always looked after: its worker may have died over it.
    """
    waiting = Submission.objects.filter(status=Status.QUEUED).order_by("queued_at")
    due = waiting.filter(due_at__lte=now)
    reached = Submission.objects.filter(status__in=(Status.RUNNING, Status.GRADED)).order_by("-queued_at")
    last = reached.only("status", "queued_at", "lease_until", "graded_at").first()
    if last is not None and _is_recent(last, now):
        first = waiting.values_list("pk", flat=True).first()
        due = due.filter(Q(queued_at__lt=last.queued_at) | Q(pk=first))
    return list(due[:SWEEP_BATCH])


def _is_recent(reached: Submission, now: datetime) -> bool:
    """Whether it is being graded, or was a moment ago: gradings are short, a sweep may fall between them."""
    alive_until = reached.lease_until or (reached.graded_at and reached.graded_at + services.PATIENCE)
    return alive_until is not None and alive_until > now
