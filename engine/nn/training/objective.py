"""What a compiled model is trained for: a loss for each output, their weights, and metrics to watch."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt

from engine.errors import ShapeError, SpecError
from engine.nn.arrays import Array, Arrays
from engine.nn.inputs import numbers
from engine.nn.layers import Masks
from engine.nn.losses import SPARSE, Loss, fitted
from engine.nn.metrics import Metric, Result, automatic, metric
from engine.spec import Compile, Config, Item, Value
from engine.spec.catalogue import METRICS
from engine.spec.catalogue.items import default_item


@dataclass
class Goal:
    """One output: its loss, that loss's weight, the metrics to watch. `watched` are metrics by their keys."""

    name: str
    loss: Loss | None
    weight: float
    metrics: tuple[Value, ...]
    watched: dict[str, Metric] = field(default_factory=dict)
    total: float = 0.0

    def watch(self, y: Array, p: Array, mask: Array | None) -> None:
        """Adds a batch to the metrics; the first batch decides what 'accuracy' means."""
        if not self.watched:
            self.watched = dict(_named(value, y, p) for value in self.metrics)
        for each in self.watched.values():
            each.add(y, p, mask)


def _named(value: Value, y: Array, p: Array) -> tuple[str, Metric]:
    if isinstance(value, Item):
        return value.config.text("name"), metric(value)
    assert isinstance(value, str)
    return value, metric(default_item(METRICS[automatic(value, y, p)]))


class Objective:
    """The goals of all outputs, in order."""

    def __init__(self, compiled: Compile, names: Sequence[str]) -> None:
        losses = spread(compiled.loss, names, "loss")
        weights = spread(compiled.loss_weights, names, "loss_weights")
        metrics = spread_metrics(compiled.metrics, names)
        self.goals = [
            Goal(
                name,
                Loss(loss) if isinstance(loss, Item) else None,
                float(weight) if isinstance(weight, int | float) else 1.0,
                chosen,
            )
            for name, loss, weight, chosen in zip(names, losses, weights, metrics, strict=True)
        ]
        if all(goal.loss is None for goal in self.goals):
            raise SpecError(
                "The model is compiled without a loss.",
                "Write compile(optimizer='adam', loss='categorical_crossentropy').",
                code="missing-loss",
            )
        self.reset()

    def reset(self) -> None:
        """Forgets all batches."""
        self.samples = 0
        self.total = 0.0
        for goal in self.goals:
            goal.total = 0.0
            for each in goal.watched.values():
                each.reset()

    def targets(self, y: Any, outputs: Sequence[tuple[int | None, ...]], dtype: npt.DTypeLike) -> Arrays:
        """y as one array of finite numbers for each output; raises ShapeError."""
        names = [goal.name for goal in self.goals]
        if isinstance(y, Mapping):
            missing = [name for name in names if name not in y]
            if missing:
                raise ShapeError(f"y gives nothing for the output {missing[0]}.", "Name every output.")
            parts = [y[name] for name in names]
        elif len(names) == 1:
            parts = [y]
        elif isinstance(y, list | tuple) and len(y) == len(names):
            parts = list(y)
        else:
            raise ShapeError(
                f"The model has {len(names)} outputs; y must be a list of {len(names)} arrays.",
                f"Their order is {', '.join(names)}.",
            )
        arrays = tuple(numbers(part, "y", dtype) for part in parts)
        for goal, array, shape in zip(self.goals, arrays, outputs, strict=True):
            check_targets(goal, array, shape)
        return arrays

    def measure(self, targets: Arrays, outputs: Arrays, masks: Masks, penalty: float) -> tuple[float, Arrays]:
        """The loss of a batch, `penalty` included, and its gradients with respect to the outputs.

        Losses and metrics are added to the running means, weighted by samples.
        """
        count = len(targets[0])
        total, gradients = penalty, []
        for goal, y, p, mask in zip(self.goals, targets, outputs, masks, strict=True):
            if goal.loss is None:
                gradients.append(np.zeros_like(p))
                continue
            value, gradient = goal.loss(y, p, mask)
            goal.total += value * count
            total += goal.weight * value
            gradients.append(gradient if goal.weight == 1 else gradient * p.dtype.type(goal.weight))
            goal.watch(y, p, mask)
        self.samples += count
        self.total += total * count
        return total, tuple(gradients)

    def results(self) -> dict[str, Result]:
        """The means since the last reset, under Keras's keys and in its order, the alphabet's."""
        samples = max(self.samples, 1)
        told: dict[str, Result] = {"loss": self.total / samples}
        several = len(self.goals) > 1
        if several:
            told |= {f"{goal.name}_loss": goal.total / samples for goal in self.goals if goal.loss}
        for goal in self.goals:
            prefix = f"{goal.name}_" if several else ""
            told |= {prefix + key: each.result() for key, each in goal.watched.items()}
        return dict(sorted(told.items()))


def check_targets(goal: Goal, y: Array, output: tuple[int | None, ...]) -> None:
    """Refuses targets that are no numbers, do not fit the output, or name classes it does not have."""
    if not np.isfinite(y).all():
        raise ShapeError("y holds values that are not finite.", "Leave such samples out.")
    if goal.loss is None:
        return
    axis = goal.loss.item.config.get("axis")
    if isinstance(axis, int) and not -len(output) <= axis < len(output):
        raise ShapeError(
            f"{goal.loss.item.kind} adds up along axis {axis}; the outputs have {len(output)} axes.",
            "Leave axis out: the classes stand last.",
        )
    shape = tuple(len(y) if index == 0 else 1 if size is None else size for index, size in enumerate(output))
    if None not in output[1:]:
        fitted(y, np.broadcast_to(np.zeros((), y.dtype), shape), goal.loss.item.kind)
    classes = output[-1]
    if goal.loss.item.kind == SPARSE and classes is not None and y.size:
        counted = y[y != goal.loss.item.config.get("ignore_class")]
        if counted.size and (counted.min() < 0 or counted.max() >= classes):
            bad = counted.min() if counted.min() < 0 else counted.max()
            raise ShapeError(
                f"y holds the class {bad:g}; the model has {classes} outputs.",
                f"Classes are numbered from 0 to {classes - 1}.",
            )


def spread(value: Value, names: Sequence[str], what: str) -> list[Value]:
    """A setting of `compile` for each output: one for all, a list, or by output name."""
    if isinstance(value, Config):
        _refuse_strangers(value, names, what)
        return [value.get(name) for name in names]
    if isinstance(value, tuple):
        if len(value) != len(names):
            raise SpecError(
                f"compile: {what} has {len(value)} entries; the model has {len(names)} outputs.",
                "Give one for each output, or name the outputs in a dict.",
                code="bad-argument",
            )
        return list(value)
    return [value for _ in names]


def spread_metrics(value: Value, names: Sequence[str]) -> list[tuple[Value, ...]]:
    """The metrics of each output."""
    if isinstance(value, Config):
        _refuse_strangers(value, names, "metrics")
        return [_tuple(value.get(name)) for name in names]
    listed = _tuple(value)
    if len(names) == 1:
        return [_tuple(listed[0]) if len(listed) == 1 and isinstance(listed[0], tuple) else listed]
    if not listed:
        return [() for _ in names]
    return [_tuple(part) for part in spread(listed, names, "metrics")]


def _tuple(value: Value) -> tuple[Value, ...]:
    if value is None:
        return ()
    return value if isinstance(value, tuple) else (value,)


def _refuse_strangers(value: Config, names: Sequence[str], what: str) -> None:
    for name in value:
        if name not in names:
            raise SpecError(
                f"compile: {what} names an output {name!r}, which the model does not have.",
                f"Its outputs are {', '.join(names)}.",
                code="bad-argument",
            )
