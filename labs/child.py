"""What runs in the grading child: limits first, then the engine, then one message on the pipe. Never Django.

Forked from a warm process that has already imported this module, so that a start costs milliseconds.
"""

import ctypes
import json
import multiprocessing
import os
import resource
import signal
import sys
import threading
import traceback
from dataclasses import dataclass
from multiprocessing.connection import Connection
from typing import Any

import engine

MIB = 1024 * 1024
PR_SET_PDEATHSIG = 1


@dataclass(frozen=True)
class Job:
    """What there is to grade: a Keras text, criteria as TOML, the seed of everything random in it, and
    weights that were set by hand.
    """

    source: str
    criteria: str
    seed: int = 0
    weights: list[Any] | None = None


@dataclass(frozen=True)
class Limits:
    """What one child may use. Memory: `base_memory` and 1.5 times the predicted peak, never above `memory`.

    Below 192 MiB the matrix library ends the process without a MemoryError; `base_memory` stays above that.
    """

    wall_seconds: float = 60.0
    cpu_seconds: int = 50
    base_memory: int = 256 * MIB
    memory: int = 1024 * MIB


def main(pipe: Connection, job: Job, limits: Limits) -> None:
    """Grade `job`; send {"report": ...} or {"fault": ...} as JSON bytes: the parent unpickles nothing."""
    _die_with_parent()
    _limit(limits)
    pipe.send_bytes(json.dumps(_outcome(job, limits), allow_nan=False).encode())
    pipe.close()


def _outcome(job: Job, limits: Limits) -> dict[str, Any]:
    try:
        _allow_memory(job, limits)
        return {"report": _report(job).to_dict()}
    except MemoryError:
        return {"fault": "Grading needed more memory than the cost model predicted."}
    except Exception:  # whatever it was, the operator must read it and the learner must not pay for it
        return {"fault": traceback.format_exc(limit=-8)}


def _report(job: Job) -> engine.Report:
    """The report; a network too large for this worker is told so, as a text that cannot be graded."""
    asked = engine.criteria(job.criteria)
    try:
        return engine.evaluate(job.source, asked, job.seed, engine.WORKER, job.weights)
    except engine.BudgetExceeded as excess:
        told = engine.Diagnostic("too-large", str(excess), "", 1, 1, 1, 1)
        return engine.Report((), sum(criterion.points for criterion in asked), job.seed, (told,))


def _limit(limits: Limits) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C stops the worker, which lets its child finish
    resource.setrlimit(resource.RLIMIT_CPU, (limits.cpu_seconds, limits.cpu_seconds + 5))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_AS, (limits.base_memory, limits.memory))


def _allow_memory(job: Job, limits: Limits) -> None:
    """Room for what this network is predicted to need; a text that does not read needs none."""
    asked = engine.criteria(job.criteria)
    spec = engine.read_for(job.source, asked).spec
    if spec is not None:
        wanted = limits.base_memory + 3 * engine.needed_bytes(spec, asked) // 2
        resource.setrlimit(resource.RLIMIT_AS, (min(wanted, limits.memory), limits.memory))


def _die_with_parent() -> None:
    """End when the warm process ends, and when the worker does, whose pipe the warm process shares."""
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    threading.Thread(target=_watch_worker, daemon=True).start()


def _watch_worker() -> None:
    worker = multiprocessing.parent_process()
    if worker is not None:
        worker.join()
        os.kill(os.getpid(), signal.SIGKILL)
