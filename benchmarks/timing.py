"""Timing several things that do the same work, in turns."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

Contestants = Mapping[str, Callable[[], Any]]

ENGINE = "engine"


@dataclass(frozen=True)
class Ratio:
    """Peer time / engine time: the median over all rounds, and the quartiles.

    `seconds` is the peer's median.
    """

    median: float
    low: float
    high: float
    seconds: float


@dataclass(frozen=True)
class Result:
    """The engine's median seconds per call, and how many times as long each peer takes."""

    seconds: float
    ratios: dict[str, Ratio]


def contest(contestants: Contestants, rounds: int, slice_seconds: float) -> Result:
    """Calls each in turn, `rounds` times, for about `slice_seconds` a turn."""
    repeats = {name: _repeats(call, slice_seconds) for name, call in contestants.items()}
    times: dict[str, list[float]] = {name: [] for name in contestants}
    names = list(contestants)
    for turn in range(rounds):
        # Whoever goes first finds other caches than whoever goes last.
        for name in names[turn % len(names) :] + names[: turn % len(names)]:
            times[name].append(_seconds(contestants[name], repeats[name]))
    ratios = {name: _ratio(times[name], times[ENGINE]) for name in contestants if name != ENGINE}
    return Result(statistics.median(times[ENGINE]), ratios)


def _ratio(peer: list[float], engine: list[float]) -> Ratio:
    found = [theirs / ours for theirs, ours in zip(peer, engine, strict=True)]
    low, median, high = statistics.quantiles(found, n=4)
    return Ratio(median, low, high, statistics.median(peer))


def _repeats(call: Callable[[], Any], slice_seconds: float) -> int:
    call()
    once = _seconds(call, 1)
    if once < slice_seconds:
        once = min(once, _seconds(call, 1), _seconds(call, 1))
    return max(1, round(slice_seconds / once))


def _seconds(call: Callable[[], Any], repeats: int) -> float:
    """Seconds per call; of short ones the first of a turn is left out, for it warms the caches."""
    if repeats > 1:
        call()
    start = time.perf_counter()
    for _ in range(repeats):
        call()
    return (time.perf_counter() - start) / repeats
