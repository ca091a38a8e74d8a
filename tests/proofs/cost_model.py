"""The cost model over random networks of every kind of layer: predicted bytes beside tracemalloc's peak.

    python -m tests.proofs.cost_model [how many networks] [first seed]

Every network predicts one batch and trains on one, each of a size for which at least 4 MiB are predicted. Two
processes share the seeds; Ctrl-C tells what was found so far. Exit status 1 where fewer than 99% are within a
factor of 1.5, either way, or a network takes more than its budget allows.
"""

from __future__ import annotations

import os
import random
import sys
import tracemalloc
import warnings
from concurrent.futures import ProcessPoolExecutor
from itertools import repeat
from multiprocessing import get_context

from engine import WORKER
from tests.engine.networks_sized import random_network
from tests.engine.weighing import LEAST, MIB, Weighed, weigh_prediction, weigh_training

WITHIN = 1.5
SHARE = 0.99
PROCESSES = 2
BLOCK = 50


def weighed(seed: int) -> tuple[int, Weighed, Weighed] | None:
    """The network of a seed, predicting and training; None where it is too small or takes too long."""
    draw = random.Random(seed)
    spec, least = random_network(draw), int(draw.uniform(1, 3) * LEAST)
    if spec is None:
        return None
    prediction = weigh_prediction(spec, least)
    training = weigh_training(spec, least, draw) if prediction is not None else None
    return (seed, prediction, training) if prediction is not None and training is not None else None


def block(first: int, count: int) -> list[tuple[int, Weighed, Weighed]]:
    """The networks of some seeds."""
    warnings.simplefilter("ignore")
    tracemalloc.start()
    found = [weighed(seed) for seed in range(first, first + count)]
    tracemalloc.stop()
    return [each for each in found if each is not None]


def main(count: int, start: int = 0) -> int:
    """Weighs networks until there are `count` of them; prints how far off the predictions are."""
    found: list[tuple[int, Weighed, Weighed]] = []
    os.environ["OPENBLAS_NUM_THREADS"] = "1"  # or the processes wait for each other's threads
    pool = ProcessPoolExecutor(PROCESSES, get_context("forkserver"))
    try:
        while len(found) < count:
            left = -(-(count - len(found)) // BLOCK) + 1
            firsts = range(start, start + left * BLOCK, BLOCK)
            for some in pool.map(block, firsts, repeat(BLOCK)):
                found += some
                print(f"\r{len(found):,} networks", end="", file=sys.stderr, flush=True)
            start = firsts.stop
    except KeyboardInterrupt:
        print("\rinterrupted; so far:", file=sys.stderr)
    finally:
        pool.shutdown(wait=False, cancel_futures=True)
    return told(found[:count])


def told(found: list[tuple[int, Weighed, Weighed]]) -> int:
    """Prints the summary; returns the exit status."""
    failed = 0
    for what, runs in (("predict", [each[1] for each in found]), ("fit", [each[2] for each in found])):
        ratios = sorted(run.ratio for run in runs)
        within = sum(ratio <= WITHIN for ratio in ratios) / len(ratios)
        at = [ratios[min(len(ratios) - 1, int(share * len(ratios)))] for share in (0.5, 0.9, 0.99)]
        under = sum(run.predicted < run.measured / WITHIN for run in runs)
        beyond = sum(run.predicted <= WORKER.bytes < run.measured for run in runs)
        print(
            f"{what}: {len(runs):,} networks, {within:.2%} within a factor of {WITHIN} "
            f"({under} of the others take more than predicted); "
            f"off by {at[0] - 1:.1%} in the median, {at[1] - 1:.1%} at 90%, {at[2] - 1:.1%} at 99%, "
            f"{ratios[-1]:.2f} times at most; {beyond} beyond the limit."
        )
        failed += within < SHARE or beyond > 0
    worst = sorted(found, key=lambda each: max(each[1].ratio, each[2].ratio))[-3:]
    for seed, *runs in reversed(worst):
        seen = ", ".join(
            f"{run.what} {run.predicted / MIB:.1f} MiB predicted and {run.measured / MIB:.1f} measured"
            for run in runs
        )
        print(f"  seed {seed}: {seen}")
    return int(failed > 0)


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:] or ["10000"])))
