"""Training: one step on one batch as a straight line of calls, there, back, and downhill."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import TypeAlias

import numpy as np

from engine.nn.activations import logistic
from engine.nn.arrays import Array, BackwardMany, Random
from engine.nn.layers import Context, Layer
from engine.nn.losses import Loss
from engine.nn.optimizers import Optimizer
from engine.nn.plan.descent import descent
from engine.nn.plan.elementwise import Step, both_steps, forward_step, nothing
from engine.nn.plan.fused import Ending, Measure, columns_of_targets, ending_of, measure
from engine.nn.plan.joined import joined, learned
from engine.nn.plan.line import Station
from engine.nn.plan.samples import Samples
from engine.nn.plan.softmax import shares
from engine.nn.plan.track import Track
from engine.nn.plan.unwinding import can_unwind, convolution
from engine.records import record
from engine.spec.line import GATHERED, has_step, name_of, pools
from engine.spec.sliding import sliding

Watch: TypeAlias = Callable[[Array, Array], None]
"""Shows a batch's targets and outputs to the metrics."""


@record
class Task:
    """What is trained: the line of layers, the loss, the weights and gradients as two flat buffers, and what
    happens beside the plain step: metrics that watch, regularizers' prices, constraints.
    """

    stations: Sequence[Station]
    loss: Loss
    optimizer: Optimizer
    weights: Array
    gradients: Array
    dtype: np.dtype[np.generic]
    noise: Random
    watch: Watch | None
    penalty: Callable[[], float] | None
    constrain: Step | None


class Batch:
    """The line for one batch size. `step` trains on one batch and returns its loss before the step."""

    def __init__(self, task: Task, size: int, is_fused: bool) -> None:
        track = Track((size, *task.stations[0].shape), task.dtype, task.noise)
        rest = list(task.stations)
        while rest:
            ending = ending_of(task.loss) if len(rest) == 1 and is_fused else Ending.WHOLE
            rest = rest[add(track, rest, ending) :]
        self.outputs, self.measure = _end(track, task.loss, is_fused)
        self.feed, self.is_fed_columns = track.feed, track.is_fed_columns
        self.forward = tuple(track.forward)
        self.backward = tuple(reversed(track.backward))
        self.descend = descent(task.optimizer, task.weights, task.gradients)
        self.watch, self.penalty, self.constrain = task.watch, task.penalty, task.constrain

    def step(self, x: Array, y: Array, rows: Array | None) -> float:
        """One step; x and y as `Samples` lays them out, `rows` the targets as metrics want them."""
        self.feed.batch = x
        for forward in self.forward:
            forward()
        loss = self.measure(y)
        for backward in self.backward:
            backward()
        if rows is not None and self.watch is not None:
            self.watch(rows, self.outputs())
        if self.penalty is not None:
            loss += self.penalty()
        self.descend()
        if self.constrain is not None:
            self.constrain()
        return loss


def _end(track: Track, loss: Loss, is_fused: bool) -> tuple[Callable[[], Array], Measure]:
    """What gives the outputs as the layers have them, and the step that compares them with targets."""
    if is_fused:
        columns, gradient = track.take_columns(), track.gradient
        assert gradient is not None
        found, step = columns[:-1].T, measure(loss, columns[:-1], gradient)
        return (lambda: logistic(found)) if ending_of(loss) is Ending.SUMS else (lambda: found), step
    rows, rows_gradient = track.take_rows(), track.gradient
    assert rows_gradient is not None

    def measured(y: Array) -> float:
        value, found = loss(y, rows)
        rows_gradient[...] = found
        return value

    return lambda: rows, measured


def add(track: Track, stations: Sequence[Station], ending: Ending) -> int:
    """Adds the steps of the first layer, or of the first two where these are run as one; returns how many.

    `ending` tells what of the last layer's activation is left to the loss.
    """
    layer, shape = stations[0]
    if layer.kind == "InputLayer":
        return 1
    after = stations[1].layer if len(stations) > 1 and pools(layer, stations[1].layer) else None
    geometry = sliding(layer, track.shape, after)
    if layer.kind == "Flatten":
        flatten(track)
    elif geometry is not None and can_unwind(geometry, track):
        convolution(track, layer, geometry)
        return 1 if after is None else 2
    elif (
        layer.kind == "Dense" and has_step(layer) and not (name_of(layer) is None and ending is Ending.WHOLE)
    ):
        dense(track, layer, ending)
    else:
        plain(track, layer, shape)
    return 1


def flatten(track: Track) -> None:
    """Another view of the same rows."""
    if len(track.shape) != 2:
        rows, gradient = track.take_rows(), track.gradient
        flat = rows.reshape(len(rows), -1)
        track.become_rows(flat, None if gradient is None else gradient.reshape(flat.shape))


def plain(track: Track, layer: Layer, shape: tuple[int, ...]) -> None:
    """A layer without a step of its own, called as it is."""
    rows, before, noise = track.take_rows(), track.gradient, track.noise
    result = np.empty((len(rows), *shape), track.dtype)
    gradient = np.empty_like(result)
    ways_back: list[BackwardMany] = []
    slopes = [parameter.gradient for parameter in layer.parameters]

    def forward() -> None:
        (found,), back = layer.call((rows,), Context(training=True, random=noise))
        result[...] = found
        ways_back.append(back)

    def backward() -> None:
        for each in slopes:
            each.fill(0)
        (found,) = ways_back.pop()((gradient,))
        if before is not None:
            before[...] = found

    track.forward.append(forward)
    track.backward.append(backward)
    track.become_rows(result, gradient)


def dense(track: Track, layer: Layer, ending: Ending) -> None:
    """There: z = kernel_and_bias.T @ columns, then the activation in place. Back: the same products."""
    track.is_fed_columns |= track.at_start and len(track.shape) == 2
    columns = None if track.at_start and track.is_fed_columns else track.take_columns()
    before = track.gradient
    slab = track.slab(layer.config.whole("units"))
    z, gradient = slab[:-1], np.empty_like(slab[:-1])
    has_bias = "bias" in layer
    product = (joined(layer) if has_bias else layer["kernel"]).T.dot
    slope = learned(layer)
    activate, derive = _activation(layer, z, gradient, ending)
    feed, flipped = track.feed, gradient.T
    to_input = layer["kernel"].dot

    if columns is None:

        def forward() -> None:
            batch = feed.batch
            product(batch if has_bias else batch[:-1], z)
            activate()

        def backward() -> None:
            derive()
            if slope is not None:
                batch = feed.batch
                (batch if has_bias else batch[:-1]).dot(flipped, slope)

    else:
        seen = columns if has_bias else columns[:-1]
        learn = seen.dot

        def forward() -> None:
            product(seen, z)
            activate()

        def backward() -> None:
            derive()
            if slope is not None:
                learn(flipped, slope)
            if before is not None:
                to_input(gradient, before)

    track.forward.append(forward)
    track.backward.append(backward)
    track.become_columns(slab, gradient)


def _activation(layer: Layer, z: Array, gradient: Array, ending: Ending) -> tuple[Step, Step]:
    """The activation's way there and its way back, as far as they are not left to the loss."""
    match ending:
        case Ending.WHOLE:
            return both_steps(layer, z, gradient)
        case Ending.OUTPUTS:
            return (shares(z) if name_of(layer) is None else forward_step(layer, z)), nothing
        case Ending.SUMS:
            return nothing, nothing


class TrainingPlan:
    """A whole training, epoch by epoch, on x (samples, ...) and y."""

    def __init__(self, task: Task, x: Array, y: Array, batch_size: int) -> None:
        self.x, self.y, self.task = x, y, task
        outputs = task.stations[-1]
        self.targets: Array | None = None
        if outputs.layer.kind == "Dense" and len(outputs.shape) == 1:
            activation = (
                "softmax" if outputs.layer.config["activation"] == "softmax" else name_of(outputs.layer)
            )
            self.targets = columns_of_targets(task.loss, activation, y, outputs.shape[0])
        self.size = min(batch_size, len(x))
        whole, rest = divmod(len(x), self.size)
        together = max(1, min(whole, GATHERED // max(self.size * math.prod(x.shape[1:]), 1)))
        batch = self._batch(self.size)
        self.parts = [(batch, self._samples(batch, self.size, together), whole // together)]
        if whole % together:
            self.parts.append((batch, self._samples(batch, self.size, whole % together), 1))
        if rest:
            batch = self._batch(rest)
            self.parts.append((batch, self._samples(batch, rest, 1), 1))

    def _batch(self, size: int) -> Batch:
        return Batch(self.task, size, self.targets is not None)

    def _samples(self, batch: Batch, size: int, count: int) -> Samples:
        return Samples(self.x, self.y, self.targets, size, count, batch.is_fed_columns)

    def epoch(self, order: Array | None) -> tuple[float, Array | slice | None]:
        """One epoch over the samples in this order: the sum of all samples' losses, and the rows of the
        batch whose loss was no finite number, if there was one; training ends there.
        """
        start, total, watches, isfinite = 0, 0.0, self.task.watch is not None, math.isfinite
        for batch, samples, times in self.parts:
            step, size = batch.step, samples.size
            for _ in range(times):
                end = start + samples.count * size
                rows = slice(start, end) if order is None else order[start:end]
                samples.load(rows)
                shown = self.y[rows] if watches else None
                for number, (x, y) in enumerate(zip(samples.batches, samples.answers, strict=True)):
                    first = number * size
                    loss = step(x, y, None if shown is None else shown[first : first + size])
                    if not isfinite(loss):
                        here = slice(start + first, start + first + size)
                        return total, here if order is None else order[here]
                    total += loss * size
                start = end
        return total, None
