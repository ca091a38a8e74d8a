"""Runs every proof, one after the other, and prints one table at the end.

    python -m tests.proofs [words of the titles to run]

A proof is a command that exits with 0 when it holds and prints what it found; a new one is a line in PROOFS.
"""

from __future__ import annotations

import os
import platform
import subprocess
import sys
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from tests import rabbitmq
from tests.postgres import programs

PYTEST = ("-m", "pytest", "-q", "-n", os.environ.get("JOBS", "auto"))

QUIZ_KILL = ("-m", "tests.proofs.quiz_kill", "100")
CHAOS = ("-m", "tests.proofs.chaos", "100")
ON_POSTGRES = ("-m", "tests.postgres", sys.executable)
ON_CELERY = ("-m", "tests.rabbitmq", sys.executable, "-m", "tests.proofs.chaos", "30")


@dataclass(frozen=True, slots=True)
class Proof:
    """What is proved, and the arguments for Python that prove it."""

    title: str
    command: tuple[str, ...]
    environment: dict[str, str] = field(default_factory=dict)


PROOFS = (
    Proof("Cost model: 10,000 random networks", ("-m", "tests.proofs.cost_model", "10000")),
    Proof("Hostile input: 10,000 cases of each sort", ("-m", "tests.proofs.hostile", "10000")),
    Proof("Hostile requests: 300 texts to every page", ("-m", "tests.proofs.hostile_http", "300")),
    Proof(
        "JSON interface: 1,000 requests to each address, as schemathesis makes them",
        (*PYTEST, "tests/config/test_api_fuzz.py"),
        {"API_CASES": "1000"},
    ),
    Proof("Question files: 5,000 damaged ones of each format", ("-m", "tests.proofs.interchange", "5000")),
    Proof(
        "Question variants: 1,000 seeds of each",
        (*PYTEST, "tests/quizzes/kinds"),
        {"VARIANT_SEEDS": "1000"},
    ),
    Proof(
        "Challenges: the same report 100 times",
        (*PYTEST, "tests/labs/test_shipped_challenges.py"),
        {"REPORT_RUNS": "100"},
    ),
    Proof(
        "Builder: 500 random networks through text, form and figure",
        (*PYTEST, "tests/labs/test_three_views.py"),
        {"LAB_NETWORKS": "500"},
    ),
    Proof("Pages: every size in every theme", (*PYTEST, "tests/browser"), {"EVERY_VIEW": "1"}),
    Proof("Playground: how long a piece of training takes", ("-m", "tests.proofs.playground")),
    Proof("Playground: how long a class of 30 waits for it", ("-m", "tests.proofs.playing")),
    Proof("Load: verdicts and pages, alone, in a rush and in a class", ("-m", "tests.proofs.load")),
    Proof("Properties: 5,000 examples of each", (*PYTEST, "--hypothesis-profile=prove", "-m", "hypothesis")),
    Proof("Chaos in mid-quiz, on SQLite: 100 kills", QUIZ_KILL),
    *([Proof("Chaos in mid-quiz, on PostgreSQL: 100 kills", ON_POSTGRES + QUIZ_KILL)] if programs() else []),
    Proof("Chaos on SQLite: 100 kills", CHAOS),
    *([Proof("Chaos on PostgreSQL: 100 kills", ON_POSTGRES + CHAOS)] if programs() else []),
    *(
        [Proof("Chaos on Celery and RabbitMQ, with PostgreSQL: 30 kills", ON_POSTGRES + ON_CELERY)]
        if programs() and rabbitmq.program()
        else []
    ),
)


def main(words: list[str]) -> int:
    """Runs the proofs whose titles hold one of the words, or all; returns the exit status."""
    chosen = [one for one in PROOFS if not words or any(word.lower() in one.title.lower() for word in words)]
    print(f"{datetime.now(UTC):%Y-%m-%d}, {processor()}, Python {platform.python_version()}", flush=True)
    results = []
    for proof in chosen:
        print(f"\n{proof.title}", flush=True)
        start = time.monotonic()
        done = subprocess.run(
            [sys.executable, *proof.command], env={**os.environ, **proof.environment}, check=False
        )
        results.append((proof.title, done.returncode == 0, time.monotonic() - start))
    print()
    for title, holds, seconds in results:
        print(f"{'holds' if holds else 'FAILS'}  {title}  ({seconds / 60:.1f} min)")
    return int(not results or not all(holds for _, holds, _ in results))


def processor() -> str:
    """The model of the processor, as the system names it."""
    known = Path("/proc/cpuinfo")
    lines = known.read_text().splitlines() if known.exists() else []
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return f"{names[0]}, {len(names)} cores" if names else platform.machine()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
