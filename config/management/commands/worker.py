"""manage.py worker: runs tasks from the queue, hands out anew what a dead worker left behind, tidies up."""

import logging
import os
import signal
import socket
import sys
import threading
from argparse import ArgumentParser
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import close_old_connections, connection
from django.db.utils import DatabaseError
from django.utils import timezone
from django.utils.module_loading import import_string
from django_tasks_db.models import DBTaskResult

from config import queues
from labs import rejudging, roll, sweeping, tasks

SWEEP_SECONDS = 5.0
TIDY = timedelta(hours=1)
KEEP_TASKS = timedelta(days=7)

logger = logging.getLogger(__name__)


class Command(BaseCommand):
    help = "Grades submissions until it is stopped. Any number of workers can run beside each other."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--sweep-seconds", type=float, default=SWEEP_SECONDS, help="default: %(default)s")
        parser.add_argument("--batch", action="store_true", help="Stop when nothing is left to grade.")

    def handle(self, *, sweep_seconds: float, batch: bool, **options: Any) -> None:
        os.chdir(settings.BASE_DIR)  # where the grading processes find the engine
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))  # until the queue's own loop takes signals
        stop, me = threading.Event(), f"{socket.gethostname()}:{os.getpid()}"
        sweeper = threading.Thread(target=_sweep_until, args=(stop, sweep_seconds, me), daemon=True)
        try:
            sweeper.start()
            queues.chosen().work(batch=batch, verbosity=options["verbosity"])
        finally:
            stop.set()
            sweeper.join(timeout=5)
            with suppress(DatabaseError):  # here, so that a long sweep under way keeps nobody on the roll
                roll.leave(me)


def _sweep_until(stop: threading.Event, seconds: float, me: str) -> None:
    """Sweep at once and then every `seconds`, and tidy up as often as TIDY says. A database that is away for
    a while is no reason to end.
    """
    started = timezone.now()
    tidied: datetime | None = None
    while True:
        now = timezone.now()
        try:
            roll.answer(me, started, now)
            sweep(now)
            for name in settings.SWEEPS:
                import_string(name)(now)
            if tidied is None or now - tidied >= TIDY:
                tidy(now)
                tidied = now
        except DatabaseError:
            logger.exception("Sweeping has to wait: the database did not answer.")
        finally:
            close_old_connections()
        if stop.wait(seconds):
            connection.close()
            return


def sweep(now: datetime) -> None:
    """Hand out anew what nobody works on: submissions, and dry runs of other criteria. Not while the queue
    does not answer: they would wait for it once more each time.
    """
    if not queues.chosen().forward(now):
        return
    if swept := sweeping.sweep(now, tasks.enqueue):
        logger.warning("Handed out anew, because nobody was grading them: %d.", swept)
    rejudging.sweep(now, tasks.enqueue_rejudge)


def tidy(now: datetime) -> None:
    """Forget sessions that ran out, and tasks (letters are tasks too) that are long done or abandoned."""
    call_command("clearsessions", verbosity=0)
    call_command("prune_db_task_results", min_age_days=KEEP_TASKS.days, verbosity=0)
    DBTaskResult.objects.running().filter(started_at__lt=now - KEEP_TASKS).delete()
