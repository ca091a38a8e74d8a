"""The life of a long run: started, trained a few seconds at a time, done, stopped, or given up after an hour.

Each piece is a task of its own, so that submissions come in between. A claim and the end of a piece move
the fence: of two workers one goes on, and the message of the other does nothing. A worker that dies costs a
piece, for the state before it is in the row. Times are passed in; `enqueue` is called inside the transaction.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from time import monotonic
from uuid import UUID

from django.db import transaction
from django.db.models import F

from accounts.models import User
from engine.playground import Run
from labs.models import LongRun, LongRunQuerySet
from labs.playground.addresses import read_query
from labs.playground.travel import chunk_steps, opened, packed

LEASE = timedelta(seconds=15)
PATIENCE = timedelta(seconds=30)
GIVE_UP = timedelta(hours=1)
KEEP = timedelta(days=1)
PIECE_SECONDS = 2.0
MOST_EPOCHS = 5_000
MOST_STEPS = 400_000
"""About a minute of a worker's time."""
UNFINISHED_LIMIT = 2

Enqueue = Callable[[LongRun], None]
Status = LongRun.Status


class TooManyLongRuns(Exception):  # noqa: N818 - a state of the queue, told to the learner as it is
    """A learner has as many runs with the workers as one may have."""


def most_epochs(run: Run) -> int:
    """How many epochs of this run the workers take on at once."""
    return max(1, min(MOST_EPOCHS, MOST_STEPS // run.steps_per_epoch))


def start(learner: User, run: Run, query: str, epochs: int, *, now: datetime, enqueue: Enqueue) -> LongRun:
    """Hand a run to the workers, for so many epochs or as many as they take. Raises TooManyLongRuns."""
    with transaction.atomic():
        User.objects.select_for_update().get(pk=learner.pk)
        if LongRun.objects.for_learner(learner).training().count() >= UNFINISHED_LIMIT:
            raise TooManyLongRuns
        long_run = LongRun.objects.create(
            learner=learner,
            query=query,
            state=packed(run),
            began=run.epoch,
            epoch=run.epoch,
            until=run.epoch + min(epochs, most_epochs(run)),
            lease_until=now + PATIENCE,
            created_at=now,
        )
        enqueue(long_run)
    return long_run


def claim(pk: UUID, fence: int, now: datetime) -> LongRun | None:
    """Take the next piece; None when it was handed out anew, stopped, or is done."""
    claimed = LongRun.objects.training().filter(pk=pk, fence=fence)
    taken = claimed.update(fence=fence + 1, is_held=True, lease_until=now + LEASE)
    return LongRun.objects.get(pk=pk) if taken else None


def train(long_run: LongRun, seconds: float = PIECE_SECONDS) -> Run:
    """The run after as much as fits in so many seconds. Raises StateError."""
    settings, _ = read_query(long_run.query)
    run = opened(settings, long_run.state)
    ends = monotonic() + seconds
    while not run.is_over and run.epoch < long_run.until and monotonic() < ends:
        run.train(min(10 * chunk_steps(settings), run.steps_until(long_run.until)))
    return run


def keep(long_run: LongRun, run: Run, now: datetime, enqueue: Enqueue) -> bool:
    """The end of a piece: hand out the next, or it is done. False: it was stopped, or is somebody else's."""
    is_done = bool(run.is_over) or run.epoch >= long_run.until
    with transaction.atomic():
        kept = _held(long_run).update(
            state=packed(run),
            epoch=run.epoch,
            status=Status.DONE if is_done else Status.TRAINING,
            fence=long_run.fence + 1,
            is_held=False,
            lease_until=now + PATIENCE,
        )
        if kept and not is_done:
            long_run.refresh_from_db()
            enqueue(long_run)
    return bool(kept)


def give_up(long_run: LongRun) -> bool:
    """Its state cannot be gone on with."""
    return bool(_held(long_run).update(status=Status.FAILED, fence=long_run.fence + 1))


def cancel(pk: UUID) -> bool:
    """Stop it where it is; what was trained so far is kept. False: it had ended already."""
    stopped = LongRun.objects.training().filter(pk=pk)
    return bool(stopped.update(status=Status.CANCELED, fence=F("fence") + 1))


def sweep(now: datetime, enqueue: Enqueue) -> int:
    """Hand out anew what nobody goes on with, give up what is too old, forget what nobody needs any more."""
    LongRun.objects.filter(created_at__lte=now - KEEP).delete()
    LongRun.objects.training().filter(created_at__lte=now - GIVE_UP).update(
        status=Status.FAILED, fence=F("fence") + 1
    )
    return sum(_hand_out_again(long_run, now, enqueue) for long_run in LongRun.objects.idle(now))


def _held(long_run: LongRun) -> LongRunQuerySet:
    return LongRun.objects.training().filter(pk=long_run.pk, fence=long_run.fence)


def _hand_out_again(long_run: LongRun, now: datetime, enqueue: Enqueue) -> bool:
    """The fence shuts out a worker that held it; what nobody held keeps its fence, so that its message stays
    good however long the queue is.
    """
    with transaction.atomic():
        seen = _held(long_run).filter(lease_until=long_run.lease_until)
        changed = seen.update(
            fence=long_run.fence + long_run.is_held, is_held=False, lease_until=now + PATIENCE
        )
        if changed:
            long_run.refresh_from_db()
            enqueue(long_run)
    return bool(changed)
