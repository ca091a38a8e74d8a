"""A run: a network, how far it has learned, and what its losses were. Training in pieces, on whatever
machine, equals training in one piece bit for bit, because all that a step depends on travels in `to_bytes`.
"""

from __future__ import annotations

import copy
import struct
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Final, NamedTuple

import numpy as np

from engine.nn.activations import activation
from engine.nn.arrays import Array
from engine.nn.optimizers import OPTIMIZERS
from engine.playground.passing import Passes
from engine.playground.points import Points, drawn
from engine.playground.settings import FEATURES, Settings

HEAD: Final = struct.Struct("<5I")
MOST_MOMENTS: Final = 120
BOUND: Final = 1e6
"""A weight beyond it is no weight any more."""


class Moment(NamedTuple):
    """What was measured after an epoch; `right` is the share of held-out points on their own side."""

    epoch: float
    train: float
    test: float
    right: float


class Run:
    """A network on its points. `kernels` are (inputs, units), `biases` (units,), both float64."""

    def __init__(self, settings: Settings, points: Points, weights: Array) -> None:
        self.settings, self.points, self.weights = settings, points, weights
        self.inputs = features(settings, points.at)
        self._given = np.vstack([self.inputs[: points.train].T, np.ones(points.train)])
        self.gradients = np.zeros_like(weights)
        self.alive = np.ones(len(weights), np.bool_)
        self.kernels, self.biases = _views(settings, weights)
        self._matrices = _matrices(settings, weights)
        self._slopes = _matrices(settings, self.gradients)
        self._activations = [activation(name) for name in _activations(settings)]
        self._passes: dict[int, Passes] = {}
        item = settings.optimizer_item()
        self.optimizer = OPTIMIZERS[item.kind](item, (), weights.size, weights.dtype)
        self.batch_size = min(settings.batch_size, points.train)
        self.epoch = self.position = self.waiting = 0
        self.moments: list[Moment] = []
        self.stride = 1

    @property
    def is_over(self) -> str:
        """Why the run does not go on: `diverged`, `epoch`, `loss`, `right`, or nothing."""
        settings = self.settings
        if self._is_beyond:
            return "diverged"
        if settings.stop_epoch and self.epoch >= settings.stop_epoch:
            return "epoch"
        if not self.moments:
            return ""
        last = self.moments[-1]
        if settings.stop_right and not settings.is_regression and last.right * 100 >= settings.stop_right:
            return "right"
        return "loss" if last.test < settings.stop_loss else ""

    @property
    def _is_beyond(self) -> bool:
        """Some weight is beyond the bound. It is asked at every step: the sum of squares is cheaper."""
        weights = self.weights
        return not (weights.dot(weights) < BOUND or (np.abs(weights) < BOUND).all())

    def train(self, steps: int) -> None:
        """That many steps, each on one batch or on what is left of an epoch; fewer where the run ends."""
        with np.errstate(all="ignore"):
            for _ in range(steps):
                if self.is_over:
                    break
                self._step()

    def steps_until(self, epoch: int) -> int:
        """How many steps it takes to the end of that epoch, counted from 1; none if it is over."""
        left = self.steps_per_epoch * (epoch - self.epoch) - self.position // self.batch_size
        return max(left, 0)

    @property
    def steps_per_epoch(self) -> int:
        """How many batches an epoch has."""
        return -(-self.points.train // self.batch_size)

    def outputs(self, inputs: Array) -> list[Array]:
        """What each layer answers to inputs (count, features), layer by layer: (count, units)."""
        found = []
        with np.errstate(all="ignore"):
            for kernel, bias, activate in zip(self.kernels, self.biases, self._activations, strict=True):
                inputs, _ = activate(inputs @ kernel + bias)
                found.append(inputs)
        return found

    def _step(self) -> None:
        size, train = self.batch_size, self.points.train
        end = min(self.position - self.position % size + size, train)
        self._gather(slice(self.position, end))
        self.position = end
        if end % size == 0:
            self._descend()
        if end == train:
            self.position = 0
            self.epoch += 1
            self._remember()

    def _gather(self, rows: slice) -> None:
        """Adds a batch's gradients to those that wait: an epoch's odd rest waits for the next epoch."""
        self._add_slopes(rows, self._slopes)
        self.waiting += rows.stop - rows.start

    def slopes(self) -> tuple[list[Array], list[Array]]:
        """The mean gradients over all training points as the weights are now: of kernels, and of biases."""
        found = np.zeros_like(self.weights)
        with np.errstate(all="ignore"):
            self._add_slopes(slice(0, self.points.train), _matrices(self.settings, found))
            found /= self.points.train
        return _views(self.settings, found)

    def _add_slopes(self, rows: slice, into: Sequence[Array]) -> None:
        count = rows.stop - rows.start
        if count not in self._passes:
            self._passes[count] = Passes(count, self.settings.shape, _activations(self.settings))
        self._passes[count].gather(
            self._given[:, rows],
            self.points.labels[rows],
            self._matrices,
            into,
            is_logistic=self.settings.loss == "logistic",
        )

    def _descend(self) -> None:
        """One step on the mean of the waiting gradients, and what regularization takes afterwards."""
        settings = self.settings
        self.gradients /= self.waiting
        if settings.regularization == "none":
            self._move()
        else:
            self.gradients *= self.alive
            before = self.weights.copy()
            self._move()
            self._regularize(before)
        self.gradients.fill(0)
        self.waiting = 0

    def _move(self) -> None:
        """The optimizer's step: no gradient is clipped here, and the rate stays what it is."""
        self.optimizer.steps += 1
        self.optimizer.move(self.weights, self.gradients, self.settings.learning_rate)

    def _regularize(self, before: Array) -> None:
        """Draws each weight nearer to 0 by what it was before the step; L1 ends one that would cross 0."""
        settings = self.settings
        rate = settings.learning_rate * settings.regularization_rate
        is_cut = settings.regularization == "L1"
        for kernel, was, alive in zip(
            self.kernels, _views(settings, before)[0], _views(settings, self.alive)[0], strict=True
        ):
            after = kernel - rate * (np.sign(was) if is_cut else was)
            crossed = (kernel * after < 0) & is_cut
            alive &= ~crossed
            kernel[...] = np.where(crossed | ~alive, 0.0, after)

    def measure(self) -> Moment:
        """Losses of both parts and the share of held-out points that are right, now."""
        train, labels = self.points.train, self.points.labels
        answers = self.outputs(self.inputs)[-1][:, 0]
        with np.errstate(all="ignore"):
            if self.settings.loss == "logistic":
                z = np.arctanh(np.clip(answers, -1 + 1e-15, 1 - 1e-15))
                costs = np.logaddexp(0, -2 * labels * z)
            else:
                costs = 0.5 * (answers - labels) ** 2
        right = np.mean((answers[train:] >= 0) == (labels[train:] >= 0))
        return Moment(
            float(self.epoch), float(costs[:train].mean()), float(costs[train:].mean()), float(right)
        )

    def _remember(self) -> None:
        """Keeps the moments of epochs that the stride divides; it doubles when there are too many."""
        moment = self.measure()
        if self.moments and self.moments[-1].epoch % self.stride:
            self.moments.pop()
        self.moments.append(moment)
        if len(self.moments) > MOST_MOMENTS:
            self.stride *= 2
            self.moments = [m for m in self.moments[:-1] if m.epoch % self.stride == 0] + self.moments[-1:]

    def to_bytes(self) -> bytes:
        """All that `resume` needs beside the settings."""
        head = HEAD.pack(self.epoch, self.position, self.waiting, self.optimizer.steps, self.stride)
        moments = np.array(self.moments, "<f8").reshape(-1, 4)
        arrays = (self.weights, self.gradients, *self._memory())
        numbers = (array.astype("<f8").tobytes() for array in arrays)
        return b"".join([head, *numbers, np.packbits(self.alive).tobytes(), moments.tobytes()])

    def _memory(self) -> Iterator[Array]:
        """What the optimizer keeps from step to step, in a fixed order."""
        for _, value in sorted(vars(self.optimizer).items()):
            if isinstance(value, np.ndarray):
                yield value


def features(settings: Settings, at: Array) -> Array:
    """What the network sees of points (count, 2): (count, features)."""
    return np.stack([FEATURES[name](at[:, 0], at[:, 1]) for name in settings.features], axis=1)


def _activations(settings: Settings) -> list[str]:
    return [settings.activation] * len(settings.hidden) + ["linear" if settings.is_regression else "tanh"]


def _views(settings: Settings, flat: Array) -> tuple[list[Array], list[Array]]:
    """Kernels and biases as views into one buffer."""
    kernels, biases, place = [], [], 0
    for given, units in pairwise(settings.shape):
        kernels.append(flat[place : place + given * units].reshape(given, units))
        biases.append(flat[place + given * units : place + (given + 1) * units])
        place += (given + 1) * units
    return kernels, biases


def _matrices(settings: Settings, flat: Array) -> list[Array]:
    """The same buffer layer by layer, (given + 1, units): the biases are the last row."""
    found, place = [], 0
    for given, units in pairwise(settings.shape):
        found.append(flat[place : place + (given + 1) * units].reshape(given + 1, units))
        place += (given + 1) * units
    return found


@lru_cache(maxsize=64)
def _first_weights(
    source: tuple[str, str, int, int, str], shape: tuple[int, ...], starts_at_zero: bool
) -> Array:
    """Weights between -0.5 and 0.5 from the stream that drew the points, unit by unit; biases 0.1."""
    random = copy.deepcopy(drawn(*source)[1])
    parts: list[Array] = []
    for given, units in pairwise(shape):
        if starts_at_zero:
            parts.append(np.zeros((given + 1) * units))
            continue
        kernel = np.array([[random.random() - 0.5 for _ in range(given)] for _ in range(units)]).T
        parts += [kernel.ravel(), np.full(units, 0.1)]
    return np.concatenate(parts)


def start(settings: Settings) -> Run:
    """The run before its first step; the same settings always start at the same place."""
    run = _untouched(settings)
    run.moments.append(run.measure())
    return run


def _untouched(settings: Settings) -> Run:
    source = settings.source
    weights = _first_weights(source, settings.shape, settings.starts_at_zero)
    return Run(settings, drawn(*source)[0], weights.copy())


def resume(settings: Settings, kept: bytes) -> Run:
    """The run that `to_bytes` kept, under the same settings; the learning rate and the stops may differ.

    Raises ValueError for bytes that do not fit.
    """
    run = _untouched(settings)
    size, arrays = run.weights.size, [run.weights, run.gradients, *run._memory()]
    bits = -(-size // 8)
    fixed = HEAD.size + 8 * size * len(arrays) + bits
    if len(kept) < fixed or (len(kept) - fixed) % 32 or len(kept) - fixed > 32 * (MOST_MOMENTS + 1):
        raise ValueError("the bytes do not fit the settings")
    run.epoch, run.position, run.waiting, run.optimizer.steps, run.stride = HEAD.unpack_from(kept)
    for place, array in enumerate(arrays):
        array[...] = np.frombuffer(kept, "<f8", size, HEAD.size + 8 * size * place)
    packed = np.frombuffer(kept, np.uint8, bits, fixed - bits)
    run.alive[...] = np.unpackbits(packed, count=size).astype(np.bool_)
    moments = np.frombuffer(kept, "<f8", -1, fixed).reshape(-1, 4)
    run.moments = [Moment(*row) for row in moments.tolist()]
    return run
