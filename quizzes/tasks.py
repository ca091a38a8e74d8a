"""The worker's tasks of quizzes. The only module of quizzes that knows the task API."""

from datetime import datetime

from django.utils import timezone
from django_tasks import task

from quizzes import regrading
from quizzes.models import Regrade


@task()
def regrade_on(pk: int, fence: int) -> None:
    """Go on with a dry run: grade its next attempts again, and keep what they would come to."""
    regrading.go_on(pk, fence, timezone.now(), enqueue_regrade)


def sweep_regrades(now: datetime) -> int:
    """Hand out anew the dry runs that nobody goes on with."""
    return regrading.sweep(now, enqueue_regrade)


def enqueue_regrade(regrade: Regrade) -> None:
    """Write the task that goes on with a dry run as it is handed out now."""
    regrade_on.enqueue(regrade.pk, regrade.fence)
