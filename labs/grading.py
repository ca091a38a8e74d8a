"""Grading in a process apart: start a child, keep the lease alive while it works, read its report.

The child is forked from a warm, single-threaded process that has imported the engine and nothing of Django.
"""

import json
import multiprocessing
import os
from collections.abc import Callable
from functools import cache
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerContext, ForkServerProcess
from time import monotonic
from typing import Any

from labs import child
from labs.child import Job, Limits

BEAT_SECONDS = 5.0
REPORT_LIMIT = 4 * 1024 * 1024
"""Bytes of JSON that a report may have."""


class GradingError(Exception):
    """Grading broke down, and not because of the learner's text. The message is for the operator."""


def run(job: Job, *, beat: Callable[[], bool], limits: Limits | None = None) -> dict[str, Any] | None:
    """The report of `job`, or None when `beat` said that the lease is lost. Raises GradingError.

    `beat` is called every BEAT_SECONDS while the child works.
    """
    limits = limits or Limits()
    receiver, sender = _context().Pipe(duplex=False)
    process = _context().Process(target=child.main, args=(sender, job, limits), daemon=True)
    try:
        process.start()
        sender.close()
        return _wait(process, receiver, limits, beat)
    finally:
        receiver.close()
        process.kill()
        process.join()
        process.close()


def _wait(
    process: ForkServerProcess, receiver: Connection, limits: Limits, beat: Callable[[], bool]
) -> dict[str, Any] | None:
    deadline = monotonic() + limits.wall_seconds
    next_beat = monotonic() + BEAT_SECONDS
    while not receiver.poll(max(0.0, min(deadline, next_beat) - monotonic())):
        if monotonic() >= deadline:
            raise GradingError(f"Grading took longer than {limits.wall_seconds:g} s and was stopped.")
        if monotonic() >= next_beat:
            if not beat():
                return None
            next_beat = monotonic() + BEAT_SECONDS
    return _received(process, receiver)


def _received(process: ForkServerProcess, receiver: Connection) -> dict[str, Any]:
    try:
        message: dict[str, Any] = json.loads(receiver.recv_bytes(REPORT_LIMIT))
    except (EOFError, OSError) as error:
        process.join(1)
        raise GradingError(
            f"The grading process ended with status {process.exitcode} and no report."
        ) from error
    if "fault" in message:
        raise GradingError(message["fault"])
    report: dict[str, Any] = message["report"]
    return report


@cache
def _context() -> ForkServerContext:
    os.environ.setdefault(
        "OPENBLAS_NUM_THREADS", "1"
    )  # for the children; one thread each, and a fork needs it
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["labs.child"])
    return context
