"""A step downhill on the flat buffers, without asking the same questions of the config at every step."""

from __future__ import annotations

from functools import partial

import numpy as np

from engine.nn.arrays import Array
from engine.nn.optimizers import SGD, Optimizer
from engine.nn.plan.elementwise import Step, constant


def descent(optimizer: Optimizer, weights: Array, gradients: Array) -> Step:
    """What `optimizer.step(weights, gradients)` does."""
    config = optimizer.config
    rate = config["learning_rate"]
    clips = any(config.get(name) for name in ("clipnorm", "global_clipnorm", "clipvalue", "weight_decay"))
    if type(optimizer) is not SGD or optimizer.momentum or clips or not isinstance(rate, int | float):
        return partial(optimizer.step, weights, gradients)
    factor = constant(rate, weights)
    multiply, subtract = np.multiply, np.subtract

    def step() -> None:
        multiply(gradients, factor, gradients)
        subtract(weights, gradients, weights)
        optimizer.steps += 1

    return step
