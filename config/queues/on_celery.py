"""The queue on Celery: a task is a row until its transaction is committed, and then a message to the broker.

    enqueue -> row -> commit -> message -> the broker confirms -> the row goes
                        '-- no answer --> the row stays, and the workers' `forward` sends it later

So neither a broker that is away nor a process that dies between commit and message loses a task; a message
may come twice, which the tasks bear. A worker acknowledges a message after its task, and holds one at a time.

A worker is one process that runs one task (Celery's *solo* pool), as with the database queue: a grading child
is forked from its own warm, single-threaded fork server, which a pool of Celery's forks would only stand
between; several workers are several processes.
"""

import logging
from datetime import datetime, timedelta
from functools import cache, partial
from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management.base import CommandError
from django.db import close_old_connections, transaction
from django_tasks_db.backend import DatabaseBackend, TaskResult
from django_tasks_db.models import DBTaskResult

try:
    from celery import Celery
    from kombu.exceptions import OperationalError
except ModuleNotFoundError:
    raise ImproperlyConfigured(
        "QUEUE=celery needs Celery: .venv/bin/pip install --require-hashes -r requirements-celery.lock"
    ) from None

logger = logging.getLogger(__name__)

TASK = "layerwise.run"
ANSWER_SECONDS = 3.0
"""How long a page waits for the broker, twice at most, before it leaves the task to `forward`."""
LEFT_BEHIND = timedelta(seconds=10)
FORWARD_BATCH = 200
CONFIGURATION = {
    "task_default_queue": "layerwise",
    "task_acks_late": True,
    "task_reject_on_worker_lost": True,
    "worker_prefetch_multiplier": 1,
    "task_ignore_result": True,
    "accept_content": ["json"],
    "broker_connection_timeout": ANSWER_SECONDS,
    "broker_connection_max_retries": None,  # a worker waits for its broker however long it is away
    "broker_connection_retry_on_startup": True,
    # A solo worker cannot say that it is alive while a task runs: the broker must wait longer than one runs.
    "broker_heartbeat": 600,
    "broker_transport_options": {"confirm_publish": True},
    "worker_enable_remote_control": False,
    "worker_hijack_root_logger": False,
    "worker_redirect_stdouts": False,
    "worker_cancel_long_running_tasks_on_connection_loss": False,  # the fence decides whose report counts
}


class CeleryBackend(DatabaseBackend):
    """The task API's backend: writes the row, and sends it once it is committed."""

    supports_defer = False
    supports_priority = False

    def enqueue(self, task: Any, args: Any, kwargs: Any) -> TaskResult[Any, Any]:
        """Queue a task; what it returns is the row as it was written."""
        result: TaskResult[Any, Any] = super().enqueue(task, args, kwargs)
        transaction.on_commit(partial(send, result.db_result))
        return result


@cache
def app() -> Celery:
    """Celery's application: one queue, and one task that runs any task of the task API."""
    celery = Celery("layerwise", broker=settings.BROKER_URL, set_as_current=False, fixups=())
    celery.conf.update(CONFIGURATION)
    celery.task(run, name=TASK)
    return celery


def send(row: DBTaskResult[Any, Any]) -> bool:
    """Give a task to the broker, and forget its row once the broker has it. False: it did not answer."""
    message = {"pk": str(row.pk), "path": row.task_path, "arguments": row.args_kwargs}
    try:
        app().send_task(
            TASK,
            kwargs=message,
            retry=True,
            retry_policy={"max_retries": 1, "interval_start": 0},
            confirm_timeout=ANSWER_SECONDS,
        )
    except (OperationalError, OSError) as fault:
        logger.warning("The broker did not take a task, which waits in the database: %s", fault)
        return False
    DBTaskResult.objects.filter(pk=row.pk).delete()
    return True


def forward(now: datetime) -> bool:
    """Send what was left behind in the database. False: the broker does not answer."""
    left = DBTaskResult.objects.ready().filter(enqueued_at__lte=now - LEFT_BEHIND)
    for pk in left.values_list("pk", flat=True)[:FORWARD_BATCH]:
        with transaction.atomic():
            row = left.filter(pk=pk).get_locked()
            if row is not None and not send(row):
                return False
    return True


def run(pk: str, path: str, arguments: dict[str, Any]) -> None:
    """Run the task of one message. What fails is kept as a row, as the database queue keeps it."""
    close_old_connections()
    row: DBTaskResult[Any, Any] = DBTaskResult(
        pk=pk, task_path=path, args_kwargs=arguments, backend_name="default"
    )
    try:
        row.task.call(*arguments["args"], **arguments["kwargs"])
    except Exception as fault:
        logger.exception("The task %s failed.", path)
        row.save()
        row.set_failed(fault)
    finally:
        close_old_connections()


def work(*, batch: bool, verbosity: int) -> None:
    """Run tasks until a signal says stop."""
    if batch:
        raise CommandError("--batch is for QUEUE=database: a broker does not say that nothing is left.")
    worker = app().Worker(
        pool="solo",
        concurrency=1,
        loglevel="INFO" if verbosity > 1 else "WARNING",
        quiet=True,
        use_eventloop=False,  # beside a solo pool it leaves messages that it has read lying for seconds
        without_gossip=True,
        without_mingle=True,
        without_heartbeat=True,
    )
    worker.start()
