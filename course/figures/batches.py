"""What BatchNormalization and LayerNormalization make of a batch by the engine, and with which statistics."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np

import engine
from course.figures.document import Matrix, Vector
from engine.nn.layers import Context

EPSILON = 0.001  # Keras's own


@dataclass(frozen=True)
class Treatment:
    """How a batch is normalized. `by` is "batch" or "layer"; in training a batch speaks for itself, else the
    moving statistics do, after `seen` batches like it. One gamma and one beta serve every feature.
    """

    by: str
    is_training: bool
    seen: int
    momentum: float
    gamma: float
    beta: float

    @property
    def uses_batch(self) -> bool:
        """Whether the numbers that are normalized together are a feature's, not a sample's."""
        return self.by == "batch"


@dataclass(frozen=True)
class Normalized:
    """The batch afterwards, and for each feature or sample the mean and the spread it was normalized with."""

    values: Matrix
    means: Vector
    spreads: Vector


@lru_cache(maxsize=256)
def normalize(values: Matrix, treatment: Treatment) -> Normalized:
    """The layer's answer to the batch (samples, features)."""
    x = np.array(values)
    make = _by_batch if treatment.uses_batch else _by_sample
    y, means, variances = make(x, treatment)
    spreads = np.sqrt(variances + EPSILON)
    return Normalized(_matrix(y), tuple(means.tolist()), tuple(spreads.tolist()))


def _by_batch(x: Any, treatment: Treatment) -> tuple[Any, Any, Any]:
    features = x.shape[1]
    momentum = 0.0 if treatment.is_training else treatment.momentum
    model = _model(features, f"BatchNormalization(momentum={momentum})")
    scale, shift = np.full(features, treatment.gamma), np.full(features, treatment.beta)
    model.set_weights([scale, shift, np.zeros(features), np.ones(features)])
    y = model.predict(x)
    for _ in range(1 if treatment.is_training else treatment.seen):
        (y,), _ = model.run((x,), Context(training=True))
    _, _, means, variances = model.get_weights()
    return (y if treatment.is_training else model.predict(x)), means, variances


def _by_sample(x: Any, treatment: Treatment) -> tuple[Any, Any, Any]:
    features = x.shape[1]
    model = _model(features, "LayerNormalization()")
    model.set_weights([np.full(features, treatment.gamma), np.full(features, treatment.beta)])
    return model.predict(x), x.mean(axis=1), x.var(axis=1)


def _model(features: int, layer: str) -> engine.Model:
    source = f"Sequential([Input(({features},)), {layer}])"
    return engine.build(engine.parse(source), dtype="float64", budget=engine.INTERACTIVE)


def _matrix(array: Any) -> Matrix:
    return tuple(tuple(float(value) for value in row) for row in array)
