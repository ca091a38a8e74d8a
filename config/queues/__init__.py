"""Which queue carries tasks to the workers: the database itself, or Celery with a broker. QUEUE chooses.

Both keep a task as a row in the transaction that enqueues it, so the code that writes tasks is the same.
"""

from datetime import datetime
from importlib import import_module
from typing import Protocol, cast

from django.conf import settings


class Queue(Protocol):
    """What a module of a queue offers to `manage.py worker`."""

    def work(self, *, batch: bool, verbosity: int) -> None:
        """Run tasks until a signal says stop; with `batch`, until none is left."""

    def forward(self, now: datetime) -> bool:
        """Send on what was left behind. False: the queue does not answer, so nothing can be handed out."""


def chosen() -> Queue:
    """The module of the queue that the settings name."""
    return cast(Queue, import_module(f"config.queues.on_{settings.QUEUE}"))
