"""What a run really takes: tracemalloc's peak of a prediction, or of one batch of a training, beside what
the cost model predicts.

Python's tracing must be on (`tracemalloc.start()`). NumPy tells it of every array.
"""

from __future__ import annotations

import random
import tracemalloc
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from engine.errors import Diverged
from engine.nn import Model, build
from engine.nn.layers import Context
from engine.spec import Compile, Spec, estimate, infer
from engine.spec.catalogue import LOSSES, OPTIMIZERS
from engine.spec.catalogue.items import default_item
from engine.spec.memory import batched, predicting, training
from engine.spec.work import call_works, predicting_peak, training_moments

MIB = 2**20
LEAST = 4 * MIB
MOST_FLOPS = 2e8
"""Larger batches would prove nothing more, and take long."""


@dataclass(frozen=True, slots=True)
class Weighed:
    """One run: bytes as predicted and as measured."""

    what: str
    predicted: int
    measured: int

    @property
    def ratio(self) -> float:
        """How far off, at least 1, whichever way."""
        return max(self.predicted / self.measured, self.measured / self.predicted)


def sized(bytes_of: Callable[[int], int], least: int) -> int | None:
    """The smallest batch, or nearly, for which that many bytes are predicted."""
    one, more = bytes_of(1), bytes_of(65)
    if more <= one:
        return 1 if one >= least else None
    batch = max(1, round((least - one) * 64 / (more - one)))
    for _ in range(12):
        if bytes_of(batch) >= least:
            return batch
        batch += max(1, batch // 8)
    return None


def samples(model: Model, count: int) -> Any:
    """Inputs that every layer takes: small whole numbers where words are looked up."""
    is_words = any(each.kind == "Embedding" for each in model.layers)
    shape = (count, *(size or 1 for size in model.input_shapes[0][1:]))
    noise = np.random.default_rng(0)
    return noise.integers(0, 2, shape).astype("float32") if is_words else noise.random(shape, "float32")


def weigh_prediction(spec: Spec, least: int) -> Weighed | None:
    """A prediction of a batch that is predicted to take `least` bytes; None for what would take too long."""
    count = sized(lambda batch: predicting(spec, batch), least)
    if count is None or estimate(spec, count).flops > MOST_FLOPS:
        return None
    predicted = predicting(spec, count)
    base = tracemalloc.get_traced_memory()[0]
    model = build(spec)
    x = samples(model, count)
    tracemalloc.reset_peak()
    model.predict(x)
    return Weighed("predict", predicted, tracemalloc.get_traced_memory()[1] - base)


def weigh_training(spec: Spec, least: int, draw: random.Random) -> Weighed | None:
    """The same for one batch of a training."""
    names = ["MeanSquaredError", "CategoricalCrossentropy", "BinaryCrossentropy", "Huber"]
    compiled = Compile(
        optimizer=default_item(OPTIMIZERS[draw.choice(sorted(OPTIMIZERS))]),
        loss=default_item(LOSSES[draw.choice(names)]),
    )
    count = sized(lambda batch: training(spec, compiled, batch, batch), least)
    if count is None or 3 * estimate(spec, count).flops > MOST_FLOPS:
        return None
    predicted = training(spec, compiled, count, count)
    base = tracemalloc.get_traced_memory()[0]
    model = build(spec)
    x = samples(model, count)
    y = np.zeros((count, *(size or 1 for size in model.output_shapes[0][1:])), "float32")
    tracemalloc.reset_peak()
    model.compile(compiled.optimizer, compiled.loss)
    try:
        model.fit(x, y, batch_size=count)
    except Diverged:
        return None
    return Weighed("fit", predicted, tracemalloc.get_traced_memory()[1] - base)


@dataclass(frozen=True, slots=True)
class Step:
    """Bytes of a network's calls, without a plan: the most of a prediction, what the way there of a training
    leaves behind, and the most of that and the way back.
    """

    predicting: int
    kept: int
    training: int


def weigh_calls(model: Model, count: int) -> Step:
    """As measured, on a batch of so many samples for each input."""
    given = samples(model, count)
    x = tuple(np.broadcast_to(given, given.shape).copy() for _ in model.input_shapes)
    traced, network = tracemalloc.get_traced_memory, model.network
    with np.errstate(all="ignore"):
        base = _from_here()
        network.call(x, Context(one_way=True))
        predicting = traced()[1] - base
        base = _from_here()
        context = Context(training=True, random=np.random.default_rng(0), penalties=[])
        outputs, backward = network.call(x, context)
        kept = traced()[0] - base
        gradients = tuple(np.ones_like(output) for output in outputs)
        own = sum(gradient.nbytes for gradient in gradients)
        backward(gradients)
        return Step(predicting, kept, traced()[1] - base - own)


def _from_here() -> int:
    tracemalloc.reset_peak()
    return tracemalloc.get_traced_memory()[0]


def declared_calls(spec: Spec, count: int) -> Step:
    """As predicted."""
    shapes = batched(infer(spec), count)
    works = call_works(spec, shapes)
    step = training_moments(spec, shapes, works)
    return Step(predicting_peak(spec, shapes, works)[0], step.kept, step.kept + max(step.aside, step.back))
