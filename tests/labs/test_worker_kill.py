"""kill -9 while a submission is graded: graded all the same, once, by whichever worker runs next."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from uuid import uuid4

import pytest
from django.utils import timezone

from accounts.models import User
from labs import services, tasks
from labs.models import Challenge, Status, Submission, Verdict, Worker
from tests.labs.conftest import GOOD

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.queue]

ROOT = Path(__file__).parents[2]
LONG = GOOD + "\n".join(f"width_{n} = {n} * ({n} + 1)" for n in range(700)) + "\n"
PATIENCE = 120.0
"""Seconds that anything may take here; how soon a verdict comes on an idle machine is measured
by `make prove` (tests/proofs/load.py, chaos.py).
"""
StartWorker = Callable[[], "subprocess.Popen[bytes]"]


@pytest.fixture
def start_worker(database_url: str) -> Iterator[StartWorker]:
    started: list[subprocess.Popen[bytes]] = []

    def start() -> subprocess.Popen[bytes]:
        process = subprocess.Popen(
            [sys.executable, ROOT / "manage.py", "worker", "--verbosity=0"],
            env={**os.environ, "DATABASE_URL": database_url},
            start_new_session=True,
        )
        started.append(process)
        return process

    yield start
    for process in started:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def hand_in(learner: User, challenge: Challenge, source: str) -> Submission:
    return services.submit(
        learner, challenge, source, token=uuid4(), now=timezone.now(), enqueue=tasks.enqueue
    )


def wait_for(condition: Callable[[], bool], seconds: float, pause: float = 0.1) -> float:
    """How long it took; fails after `seconds`."""
    started = time.monotonic()
    while not condition():
        assert time.monotonic() - started < seconds, f"not within {seconds} s"
        time.sleep(pause)
    return time.monotonic() - started


def has_status(submission: Submission, *wanted: Status) -> Callable[[], bool]:
    return lambda: Submission.objects.filter(pk=submission.pk, status__in=wanted).exists()


def processes_of(group: int) -> list[int]:
    """Ids of living processes in a process group, zombies not counted."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            pid, rest = stat.parent.name, stat.read_text().rpartition(")")[2].split()
            if int(rest[2]) == group and rest[0] != "Z":
                found.append(int(pid))
    return found


def kill_while_grading(learner: User, challenge: Challenge, start_worker: StartWorker) -> Submission:
    """A submission whose worker died over it; tries again when it was graded before the signal came."""
    for attempt in range(20):
        worker = start_worker()
        submission = hand_in(learner, challenge, f"{LONG}# {attempt}\n")
        wait_for(has_status(submission, Status.RUNNING, Status.GRADED), PATIENCE, pause=0.001)
        worker.kill()
        worker.wait()
        submission.refresh_from_db()
        if submission.status == Status.RUNNING:
            wait_for(lambda dead=worker.pid: not processes_of(dead), PATIENCE)
            return submission
    pytest.fail("the worker was never caught grading")


def test_a_worker_killed_while_grading_costs_nothing(
    learner: User, challenge: Challenge, start_worker: StartWorker
) -> None:
    submission = kill_while_grading(learner, challenge, start_worker)
    start_worker()
    wait_for(has_status(submission, Status.GRADED, Status.FAILED), PATIENCE)
    submission.refresh_from_db()
    assert (submission.status, submission.verdict) == (Status.GRADED, Verdict.PASSED)
    assert (submission.points, submission.points_possible) == (3, 3)
    assert (submission.fence, submission.lost_leases) == (1, 1)
    assert not submission.earlier_reports.exists()


def test_a_running_worker_grades_within_two_seconds(
    learner: User, challenge: Challenge, start_worker: StartWorker
) -> None:
    """A machine may stall now and then; a worker that looks for work too rarely is late each time."""
    start_worker()
    first = hand_in(learner, challenge, GOOD)
    wait_for(has_status(first, Status.GRADED), PATIENCE)
    waits: list[float] = []
    while not waits or (waits[-1] >= 2 and len(waits) < 15):
        another = hand_in(learner, challenge, f"{GOOD}# again {len(waits)}\n")
        waits.append(wait_for(has_status(another, Status.GRADED), PATIENCE, pause=0.02))
    assert waits[-1] < 2, waits


def test_a_worker_is_on_the_roll_until_it_ends(start_worker: StartWorker) -> None:
    running = start_worker()
    wait_for(lambda: Worker.objects.count() == 1, PATIENCE)
    assert Worker.objects.get().name == f"{socket.gethostname()}:{running.pid}"
    running.terminate()
    running.wait()
    assert not Worker.objects.exists()
