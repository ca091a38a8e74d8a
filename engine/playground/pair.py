"""Two runs from one start, side by side: who is ahead waits, so that both are at one epoch, and a tape keeps
what both were at some epochs, coarse enough to travel.
"""

from __future__ import annotations

import struct
from typing import Final

import numpy as np

from engine.nn.arrays import Array
from engine.playground.run import Run, resume, start
from engine.playground.settings import Settings

HEAD: Final = struct.Struct("<4I")
MOST_FRAMES: Final = 24
LARGEST: Final = 60_000.0
"""Weights on the tape are float16, which ends here."""

Setups = tuple[Settings, Settings]


class Pair:
    """Two runs whose settings draw the same points and first weights."""

    def __init__(self, runs: tuple[Run, Run]) -> None:
        self.runs = runs
        self.stride = 1
        self.epochs: list[int] = []
        self.frames: list[tuple[Array, Array]] = []

    @property
    def epoch(self) -> int:
        """How many epochs are behind both, or behind the one that goes on."""
        return min((run.epoch for run in self._going), default=max(run.epoch for run in self.runs))

    @property
    def is_over(self) -> bool:
        """Neither goes on."""
        return not self._going

    @property
    def _going(self) -> list[Run]:
        return [run for run in self.runs if not run.is_over]

    def step(self) -> None:
        """One step of each, or of the one that is behind."""
        epoch = self.epoch
        for run in self._going:
            if run.epoch == epoch:
                run.train(1)
        self._record_if_even(epoch + 1)

    def train(self, steps: int, until: int) -> None:
        """At most so many steps of both together, towards that epoch; fewer where both end."""
        while steps > 0 and self._going and (goal := self.epoch + 1) <= until:
            for run in self._going:
                taken = min(steps, run.steps_until(goal))
                run.train(taken)
                steps -= taken
            self._record_if_even(goal)

    def at(self, epoch: int) -> tuple[int, tuple[Run, Run]]:
        """The last kept epoch that is not later, and both as they were then; the newest if none is."""
        if epoch >= self.epoch:
            return self.epoch, self.runs
        place = max((place for place, kept in enumerate(self.epochs) if kept <= epoch), default=0)
        one, other = (
            _as_it_was(run, self.epochs[place], weights)
            for run, weights in zip(self.runs, self.frames[place], strict=True)
        )
        return self.epochs[place], (one, other)

    def _record_if_even(self, epoch: int) -> None:
        if all(run.is_over or run.epoch >= epoch for run in self.runs):
            self._record(epoch)

    def _record(self, epoch: int) -> None:
        if epoch % self.stride or (self.epochs and self.epochs[-1] >= epoch):
            return
        one, other = (np.nan_to_num(run.weights).clip(-LARGEST, LARGEST).astype("<f2") for run in self.runs)
        self.epochs.append(epoch)
        self.frames.append((one, other))
        if len(self.epochs) > MOST_FRAMES:
            self.stride *= 2
            kept = [place for place, at in enumerate(self.epochs) if at % self.stride == 0]
            self.epochs = [self.epochs[place] for place in kept]
            self.frames = [self.frames[place] for place in kept]

    def to_bytes(self) -> bytes:
        """All that `resume_pair` needs beside the settings."""
        one, other = (run.to_bytes() for run in self.runs)
        head = HEAD.pack(len(one), len(other), self.stride, len(self.epochs))
        frames = [weights.tobytes() for frame in self.frames for weights in frame]
        return b"".join([head, one, other, np.array(self.epochs, "<u4").tobytes(), *frames])


def start_pair(setups: Setups) -> Pair:
    """Both before their first step. Raises ValueError where they would not start alike."""
    one, other = (start(settings) for settings in setups)
    if setups[0].source != setups[1].source or not np.array_equal(one.weights, other.weights):
        raise ValueError("the runs must have the same points and first weights")
    pair = Pair((one, other))
    pair._record(0)
    return pair


def resume_pair(setups: Setups, kept: bytes) -> Pair:
    """The pair that `to_bytes` kept, under the same settings. Raises ValueError for bytes that do not fit."""
    if len(kept) < HEAD.size:
        raise ValueError("the bytes do not fit the settings")
    first, second, stride, count = HEAD.unpack_from(kept)
    size, place = setups[0].parameters, HEAD.size + first + second
    if count > MOST_FRAMES or len(kept) != place + count * 4 * (1 + size):
        raise ValueError("the bytes do not fit the settings")
    one = resume(setups[0], kept[HEAD.size : HEAD.size + first])
    pair = Pair((one, resume(setups[1], kept[HEAD.size + first : place])))
    pair.stride = stride
    pair.epochs = np.frombuffer(kept, "<u4", count, place).tolist()
    frames = np.frombuffer(kept, "<f2", 2 * count * size, place + 4 * count).reshape(count, 2, size)
    pair.frames = [(frame[0], frame[1]) for frame in frames]
    return pair


def _as_it_was(run: Run, epoch: int, weights: Array) -> Run:
    """A run to look at: its moments end where it was then."""
    shown = Run(run.settings, run.points, weights.astype(np.float64))
    shown.epoch = min(epoch, run.epoch)
    shown.moments = [moment for moment in run.moments if moment.epoch <= epoch]
    return shown
