"""Hostile input, seed by seed: texts, networks as JSON, weights and criteria.

    python -m tests.proofs.hostile [how many of each]

Everything must be read or refused with an EngineError that says what is wrong, and 99% of each sort within
50 ms. Exit status 1 where that is not so.
"""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Callable, Iterable
from typing import Any

import engine
from tests.engine.hostile_files import FILES
from tests.engine.language.hostile_made import CORPUS, PUBLIC, made

MOST_MILLISECONDS = 50.0


def read(text: str) -> object:
    """Reads a text; a refusal without a line, a message or a hint is a fault of the reader."""
    try:
        return engine.parse(text)
    except engine.SourceError as error:
        told = error.diagnostics
        assert told
        assert all(one.message and one.hint and one.line for one in told)
        raise


def run(attempt: Callable[[Any], object], case: object) -> tuple[float, str, str]:
    """Milliseconds of processor time, 'read', 'refused' or 'failed', and what went wrong."""
    start, outcome, fault = time.process_time(), "read", ""
    try:
        attempt(case)
    except engine.EngineError as error:
        outcome, fault = ("refused", "") if str(error).strip() else ("failed", "a refusal without a word")
    except Exception as error:  # whatever it is, it is what this looks for
        outcome, fault = "failed", repr(error)[:200]
    return 1e3 * (time.process_time() - start), outcome, fault


def told(what: str, attempt: Callable[[Any], object], cases: Iterable[object]) -> bool:
    """Runs the cases and prints a line about them; whether all is well."""
    runs = [(*run(attempt, case), case) for case in cases]
    times = sorted(each[0] for each in runs)
    at = {share: times[min(len(times) - 1, int(share * len(times)))] for share in (0.5, 0.99, 1.0)}
    failed = [(fault, case) for _, outcome, fault, case in runs if outcome == "failed"]
    refused = sum(outcome == "refused" for _, outcome, *_ in runs)
    print(
        f"{what}: {len(runs):,} cases, {refused:,} refused, {len(failed)} failures; "
        f"median {at[0.5]:.2f} ms, 99% {at[0.99]:.1f} ms, slowest {at[1.0]:.0f} ms."
    )
    for fault, case in failed[:5]:
        print(f"  {fault}: {case!r:.300}", file=sys.stderr)
    slowest = max(runs, key=lambda each: each[0])
    if at[0.99] >= MOST_MILLISECONDS:
        print(
            f"  99% must stay under {MOST_MILLISECONDS:g} ms; the slowest: {slowest[3]!r:.300}",
            file=sys.stderr,
        )
    return not failed and at[0.99] < MOST_MILLISECONDS


def main(count: int) -> int:
    """Runs `count` made cases of each sort, and the written corpus."""
    engine.read("model = Sequential([Dense(unit=1, input_dim=2)])")
    seeds = [random.Random(seed) for seed in range(count)]
    fine = [told("texts", read, [*CORPUS, *PUBLIC, *(made(source) for source in seeds)])]
    for what, (make, attempt) in FILES.items():
        fine.append(told(what, attempt, (make(random.Random(seed)) for seed in range(count))))
    return int(not all(fine))


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000))
