"""`python -m benchmarks.throughput [percent]`: networks graded a minute, by one worker and by two.

On PostgreSQL that flushes to disk, once with the queue in the database and once with Celery and RabbitMQ;
both servers live only as long as this. A queue is filled before its workers start; what counts is the time
between the grading of the first tenth and of the last. The figures go into docs/scaling.md.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Sequence
from contextlib import ExitStack
from importlib import import_module
from pathlib import Path
from typing import Any
from uuid import uuid4

import django

from tests import postgres, rabbitmq

ROOT = Path(__file__).parent.parent
WORKERS = (1, 2)
DURABLE = ("listen_addresses=",)
WAITING_EACH = 5
"""How many networks of one learner may wait at a time."""
CHALLENGES = {"first-network": 300, "xor-trained": 80}
"""What is graded, and how many of it: one looks at the structure alone, one trains for 50 epochs."""
ONE_THREAD = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}


def main(percent: str = "100") -> int:
    """Runs both queues, with so many percent of CHALLENGES; returns the exit status."""
    database, broker = postgres.programs(), rabbitmq.program()
    if database is None or broker is None:
        print("This needs PostgreSQL and RabbitMQ: sh deploy/packages.sh postgresql rabbitmq-server")
        return 1
    print(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f} before the start", flush=True)
    for queue in ("database", "celery"):
        with ExitStack() as servers:
            environment = {
                **os.environ,
                **ONE_THREAD,
                "DEVELOPMENT": "1",
                "DJANGO_SETTINGS_MODULE": "config.settings",
                "DATABASE_URL": servers.enter_context(postgres.server(database, DURABLE)),
                "QUEUE": queue,
                "BROKER_URL": servers.enter_context(rabbitmq.broker(broker)).url if queue == "celery" else "",
            }
            subprocess.run(
                [sys.executable, ROOT / "manage.py", "prepare", "-v0"], env=environment, check=True
            )
            subprocess.run([sys.executable, "-m", __spec__.name, percent, queue], env=environment, check=True)
    return 0


def measure(percent: str, queue: str) -> None:
    """Prints a line for each challenge and number of workers."""
    django.setup()
    for slug, count in CHALLENGES.items():
        for workers in WORKERS:
            rate = graded_a_minute(slug, count * int(percent) // 100, workers)
            print(f"{queue:9} {slug:14} {workers} worker(s): {rate:6.0f} a minute", flush=True)


def graded_a_minute(slug: str, count: int, workers: int) -> float:
    """Fills the queue, starts the workers, and waits until nothing is left."""
    models, services, tasks = (import_module(f"labs.{name}") for name in ("models", "services", "tasks"))
    models.Submission.objects.all().delete()
    challenge = models.Challenge.objects.get(slug=slug)
    source = challenge.solutions.order_by("pk").filter(misses="").first().source
    now = import_module("django.utils.timezone").now
    for number, learner in enumerate(learners(count)):
        services.submit(
            learner, challenge, f"{source}# {number}\n", token=uuid4(), now=now(), enqueue=tasks.enqueue
        )
    running = [
        subprocess.Popen([sys.executable, ROOT / "manage.py", "worker", "-v0"]) for _ in range(workers)
    ]
    try:
        while models.Submission.objects.unfinished().exists():
            time.sleep(0.5)
    finally:
        for worker in running:
            worker.terminate()
        for worker in running:
            worker.wait()
    graded = models.Submission.objects.filter(status="graded").order_by("graded_at")
    return rate_of([one.timestamp() for one in graded.values_list("graded_at", flat=True)])


def learners(count: int) -> Sequence[Any]:
    """Who hands in: as many as it takes, each in turn."""
    people = import_module("accounts.models").User.objects
    made = [
        people.get_or_create(username=f"bench-{number}")[0] for number in range(-(-count // WAITING_EACH))
    ]
    return [made[number % len(made)] for number in range(count)]


def rate_of(times: Sequence[float]) -> float:
    """How many a minute, from the end of the first tenth on: then every worker is there."""
    start = len(times) // 10
    return 60 * (len(times) - 1 - start) / (times[-1] - times[start])


if __name__ == "__main__":
    sys.exit(measure(*sys.argv[1:]) if len(sys.argv) > 2 else main(*sys.argv[1:]))
