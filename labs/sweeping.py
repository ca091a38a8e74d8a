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
    if not Submission.objects.filter(status=Status.RUNNING, lease_until__gt=now).exists():
        return list(due[:SWEEP_BATCH])
    reached = Submission.objects.filter(status__in=(Status.RUNNING, Status.GRADED)).order_by("-queued_at")
    last = reached.values_list("queued_at", flat=True)[0]
    first = waiting.first()
    overtaken = due.filter(Q(queued_at__lt=last) | Q(pk=first.pk if first else None))
    return list(overtaken[:SWEEP_BATCH])
