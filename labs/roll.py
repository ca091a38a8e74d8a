"""The roll of workers: who has said lately that they are there."""

from datetime import datetime, timedelta

from django.db.models import QuerySet

from labs.models import Worker

ALIVE = timedelta(seconds=20)
"""Workers say so every five seconds; who has been silent for longer than this is gone, or cut off."""
FORGOTTEN = timedelta(hours=1)


def answer(name: str, started_at: datetime, now: datetime) -> None:
    """Say that a worker is there, and forget those who have long been silent."""
    Worker.objects.update_or_create(name=name, defaults={"started_at": started_at, "seen_at": now})
    Worker.objects.filter(seen_at__lt=now - FORGOTTEN).delete()


def leave(name: str) -> None:
    """A worker ends in good order."""
    Worker.objects.filter(name=name).delete()


def present(now: datetime) -> QuerySet[Worker]:
    """Who works."""
    return Worker.objects.filter(seen_at__gt=now - ALIVE)


def missing(now: datetime) -> QuerySet[Worker]:
    """Who went silent without leaving, in the last hour."""
    return Worker.objects.filter(seen_at__lte=now - ALIVE)
