"""Runs the workloads one after the other; each becomes some rows of the table."""

from __future__ import annotations

from collections.abc import Iterator

from benchmarks import contests
from benchmarks.report import Row
from benchmarks.timing import Result, contest
from benchmarks.workloads import PREDICTIONS, TRAININGS, Prediction, Training


def rows(only: str, rounds: int, slice_seconds: float) -> Iterator[Row]:
    """The rows of every workload whose name contains `only`."""
    for prediction in PREDICTIONS:
        if only in prediction.name:
            yield from _prediction(prediction, rounds, slice_seconds)
    for training in TRAININGS:
        if only in training.name:
            yield from _training(training, rounds, slice_seconds)


def _prediction(workload: Prediction, rounds: int, slice_seconds: float) -> Iterator[Row]:
    calls = dict(contests.predictions(workload))
    if workload.share_of_product is not None:
        calls[contests.PRODUCT] = contests.product()
    result = contest(calls, rounds, slice_seconds)
    name = f"{workload.name}, batch {workload.batch}"
    if workload.share_of_product is not None:
        own = result.ratios.pop(contests.PRODUCT)
        scale = contests.flops(workload) / 2 / 1024**3
        wanted = workload.share_of_product
        yield Row(
            name,
            "share of a 1024-cube product",
            result.seconds,
            own.seconds,
            own.median * scale,
            own.low * scale,
            own.high * scale,
            wanted.must,
            wanted.aim,
        )
    yield from _rows(name, workload, result)


def _training(workload: Training, rounds: int, slice_seconds: float) -> Iterator[Row]:
    result = contest(contests.trainings(workload), max(5, rounds // 2), slice_seconds)
    steps = workload.epochs * -(-workload.samples // workload.batch)
    yield from _rows(f"Training {workload.name}, {steps:,} steps", workload, result)


def _rows(name: str, workload: Prediction | Training, result: Result) -> Iterator[Row]:
    for peer, ratio in result.ratios.items():
        wanted = workload.wanted.get(peer)
        yield Row(
            name,
            peer,
            result.seconds,
            ratio.seconds,
            ratio.median,
            ratio.low,
            ratio.high,
            wanted.must if wanted else None,
            wanted.aim if wanted else None,
        )
