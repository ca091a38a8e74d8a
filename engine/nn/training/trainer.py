"""The training loop: shuffle, cut into batches, go forward, measure, go back, take a step."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

import numpy as np

from engine.errors import Diverged
from engine.nn.arrays import Array, Arrays, Random
from engine.nn.layers import Context, Visit
from engine.nn.metrics import Result
from engine.nn.network import Network
from engine.nn.optimizers import OPTIMIZERS
from engine.nn.plan.line import straight
from engine.nn.plan.predicting import is_worth_it
from engine.nn.plan.training import Task, TrainingPlan
from engine.nn.schedules import rate_at
from engine.nn.training.flat import FlatWeights
from engine.nn.training.objective import Objective
from engine.spec import Compile

OnEpoch: TypeAlias = Callable[[int, dict[str, Result]], bool | None]
"""Called after each epoch with its number (from 1) and its results; True ends the training."""


@dataclass(slots=True)
class History:
    """How a training went: one list per key, one entry per epoch, keyed as Keras keys them."""

    history: dict[str, list[Result]] = field(default_factory=dict)

    def add(self, results: dict[str, Result]) -> None:
        """Adds an epoch."""
        for key, value in results.items():
            self.history.setdefault(key, []).append(value)


class Trainer:
    """A network being trained: its weights in flat buffers, its optimizer's state, its objective."""

    def __init__(self, network: Network, compiled: Compile, names: Sequence[str], dtype: str) -> None:
        self.network = network
        self.objective = Objective(compiled, names)
        self.flat = FlatWeights(network.parameters, np.dtype(dtype))
        made = OPTIMIZERS[compiled.optimizer.kind]
        self.optimizer = made(compiled.optimizer, self.flat.spans, self.flat.weights.size, np.dtype(dtype))

    def fit(
        self,
        x: Arrays,
        y: Arrays,
        epochs: int,
        batch_size: int,
        shuffle: bool,
        validation: tuple[Arrays, Arrays] | None,
        seed: int,
        on_epoch: OnEpoch | None,
    ) -> History:
        """Trains for `epochs` epochs. Raises Diverged as soon as the loss is no finite number."""
        order, noise = np.random.default_rng(seed).spawn(2)
        history = History()
        plan = self._plan(x, y, batch_size, noise)
        for epoch in range(1, epochs + 1):
            self.objective.reset()
            random = order if shuffle else None
            bad = self._epoch(x, y, batch_size, random, noise) if plan is None else self._run(plan, random)
            if bad is not None:
                raise Diverged(epoch, self._cause(tuple(a[bad] for a in x)))
            results = self.objective.results()
            if validation is not None:
                told = self.evaluate(*validation, batch_size)
                results |= {f"val_{key}": value for key, value in told.items()}
            history.add(results)
            if on_epoch is not None and on_epoch(epoch, results):
                break
        return history

    def _epoch(
        self, x: Arrays, y: Arrays, batch_size: int, order: Random | None, noise: Random
    ) -> Array | slice | None:
        """One epoch, layer by layer; returns the rows of the batch whose loss was not finite, if any."""
        for rows in batches(len(x[0]), batch_size, order):
            loss = self.step(tuple(a[rows] for a in x), tuple(a[rows] for a in y), noise)
            if not np.isfinite(loss):
                return rows
        return None

    def _plan(self, x: Arrays, y: Arrays, batch_size: int, noise: Random) -> TrainingPlan | None:
        """The same training as a compiled plan, where the network and its objective have one."""
        stations, goal = straight(self.network), self.objective.goals[0]
        if stations is None or not is_worth_it(stations) or not len(x[0]) or len(self.objective.goals) > 1:
            return None
        if goal.loss is None or goal.weight != 1:
            return None
        flat = self.flat
        task = Task(
            stations,
            goal.loss,
            self.optimizer,
            flat.weights,
            flat.gradients,
            flat.weights.dtype,
            noise,
            watch=(lambda targets, outputs: goal.watch(targets, outputs, None)) if goal.metrics else None,
            penalty=(lambda: flat.penalty(learn=True)) if flat.regularized else None,
            constrain=flat.constrain if flat.constrained else None,
        )
        return TrainingPlan(task, x[0], y[0], batch_size)

    def _run(self, plan: TrainingPlan, order: Random | None) -> Array | slice | None:
        """The same as `_epoch`, by the plan."""
        samples = len(plan.x)
        with np.errstate(over="ignore", invalid="ignore", divide="ignore", under="ignore"):
            total, bad = plan.epoch(None if order is None else order.permutation(samples))
        self.objective.samples += samples
        self.objective.total += total
        return bad

    def step(self, x: Arrays, y: Arrays, noise: Random) -> float:
        """One step on one batch; returns its loss before the step."""
        with np.errstate(over="ignore", invalid="ignore", divide="ignore", under="ignore"):
            self.flat.gradients.fill(0)
            context = Context(training=True, random=noise, penalties=[])
            outputs, backward = self.network.call(x, context)
            penalty = sum(context.penalties or ()) + self.flat.penalty(learn=True)
            loss, gradients = self.objective.measure(y, outputs, context.output_masks, penalty)
            backward(gradients)
            self.optimizer.step(self.flat.weights, self.flat.gradients)
            self.flat.constrain()
        return loss

    def evaluate(self, x: Arrays, y: Arrays, batch_size: int) -> dict[str, Result]:
        """Loss and metrics without training."""
        self.objective.reset()
        for rows in batches(len(x[0]), batch_size, None):
            context = Context(penalties=[], one_way=True)
            with np.errstate(over="ignore", invalid="ignore", divide="ignore", under="ignore"):
                outputs, _ = self.network.call(tuple(a[rows] for a in x), context)
                penalty = sum(context.penalties or ()) + self.flat.penalty(learn=False)
                self.objective.measure(tuple(a[rows] for a in y), outputs, context.output_masks, penalty)
        return self.objective.results()

    def _cause(self, x: Arrays) -> str:
        """What most likely made the loss infinite, in a sentence."""
        rate = rate_at(self.optimizer.config["learning_rate"], max(self.optimizer.steps - 1, 0))
        remedy = f"The learning rate is {rate:g}; try {rate / 10:g}."
        if not np.isfinite(self.flat.weights).all():
            return f"the weights grew beyond every bound. {remedy}"
        visits: list[Visit] = []
        with np.errstate(all="ignore"):
            self.network.call(x, Context(visits=visits))
        for visit in visits:
            if not all(np.isfinite(output).all() for output in visit.outputs):
                return (
                    f'the outputs of {visit.layer.kind} "{visit.layer.name}" are no longer finite. {remedy}'
                )
        return f"the loss itself overflows. {remedy}"


def batches(count: int, batch_size: int, random: Random | None) -> Iterator[Array | slice]:
    """The rows of each batch; the last may be smaller."""
    if random is None:
        for start in range(0, count, batch_size):
            yield slice(start, start + batch_size)
        return
    order = random.permutation(count)
    for start in range(0, count, batch_size):
        yield order[start : start + batch_size]
