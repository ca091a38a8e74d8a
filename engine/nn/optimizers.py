"""Optimizers: how a gradient becomes a step. Formulas and epsilons are Keras's.

All trainable weights lie in one flat buffer and so do their gradients, so that a step is a handful of vector
operations whatever the network looks like.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Final

import numpy as np

from engine.nn.arrays import Array
from engine.nn.schedules import rate_at
from engine.spec import Config, Item

CHUNK: Final = 2**15
"""How many weights a step of several operations treats at a time."""


class Optimizer:
    """Takes steps on a flat buffer of `size` weights; `spans` tells where each single weight lies."""

    def __init__(self, item: Item, spans: Sequence[slice], size: int, dtype: np.dtype[np.generic]) -> None:
        self.item = item
        self.config = item.config
        self.spans = spans
        self.size = size
        self.dtype = dtype
        self.steps = 0
        self.setup()

    def setup(self) -> None:
        """Makes the state that the optimizer keeps between steps."""

    def state(self, value: float = 0.0) -> Array:
        """One number of state per weight."""
        return np.full(self.size, value, self.dtype)

    def step(self, weights: Array, gradients: Array) -> None:
        """Changes the weights in place; may overwrite the gradients."""
        rate = rate_at(self.config["learning_rate"], self.steps)
        clip(gradients, self.spans, self.config)
        if self.config.get("weight_decay"):
            weights *= 1 - self.config.real("weight_decay") * rate
        self.steps += 1
        self.move(weights, gradients, rate)

    def move(self, w: Array, g: Array, rate: float) -> None:
        """One step of the given learning rate; `self.steps` is the number of this step, from 1."""
        raise NotImplementedError


def clip(gradients: Array, spans: Sequence[slice], config: Config) -> None:
    """Cuts gradients down as the config says: each weight's norm, the norm of all, or every entry."""
    if config.get("clipnorm"):
        most = config.real("clipnorm")
        for span in spans:
            norm = float(np.linalg.norm(gradients[span]))
            if norm > most:
                gradients[span] *= most / norm
    elif config.get("global_clipnorm"):
        most = config.real("global_clipnorm")
        norm = float(np.linalg.norm(gradients))
        if norm > most:
            gradients *= most / norm
    elif config.get("clipvalue"):
        most = config.real("clipvalue")
        np.clip(gradients, -most, most, out=gradients)


class SGD(Optimizer):
    """Against the gradient; with momentum a part of the last step is kept."""

    def setup(self) -> None:
        self.momentum = self.config.real("momentum")
        self.nesterov = self.config.flag("nesterov")
        if self.momentum:
            self.velocity = self.state()

    def move(self, w: Array, g: Array, rate: float) -> None:
        g *= rate
        if not self.momentum:
            w -= g
            return
        self.velocity *= self.momentum
        self.velocity -= g
        if self.nesterov:
            w += self.momentum * self.velocity
            w -= g
        else:
            w += self.velocity


class RMSprop(Optimizer):
    """The gradient divided by a moving root mean square of itself. Tieleman and Hinton 2012."""

    def setup(self) -> None:
        self.square = self.state()
        self.mean = self.state() if self.config.flag("centered") else None
        self.momentum = self.config.real("momentum")
        self.velocity = self.state() if self.momentum else None

    def move(self, w: Array, g: Array, rate: float) -> None:
        rho, epsilon = self.config.real("rho"), self.config.real("epsilon")
        self.square *= rho
        self.square += (1 - rho) * g * g
        spread = self.square + epsilon
        if self.mean is not None:
            self.mean *= rho
            self.mean += (1 - rho) * g
            spread -= self.mean * self.mean
        change = rate * g / np.sqrt(spread)
        if self.velocity is not None:
            self.velocity *= self.momentum
            self.velocity += change
            change = self.velocity
        w -= change


class Adam(Optimizer):
    """Moving means of the gradient and of its square, corrected for their start at 0. Kingma and Ba 2014.

    Both means are kept without their factors 1 - beta, which are put into the step: one operation less for
    each. A chunk at a time passes through all operations while the processor's cache holds it.
    """

    def setup(self) -> None:
        self.beta_1, self.beta_2 = self.config.real("beta_1"), self.config.real("beta_2")
        self.epsilon = self.config.real("epsilon")
        self.mean, self.square, self.scratch = self.state(), self.state(), self.state()
        self.largest = self.state() if self.config.flag("amsgrad") else None

    def move(self, w: Array, g: Array, rate: float) -> None:
        if self.beta_1 == 1 or self.beta_2 == 1:
            # Means that never move: Keras divides nothing by nothing, or multiplies every step by 0.
            w += np.nan if self.beta_1 == 1 else 0
            return
        corrected = rate * math.sqrt(1 - self.beta_2**self.steps) / (1 - self.beta_1**self.steps)
        spread = math.sqrt(1 - self.beta_2)
        factor, epsilon = corrected * (1 - self.beta_1) / spread, self.epsilon / spread
        for start in range(0, self.size, CHUNK):
            part = slice(start, start + CHUNK)
            self._move(part, w[part], g[part], factor, epsilon)

    def _move(self, part: slice, w: Array, g: Array, factor: float, epsilon: float) -> None:
        mean, square, scratch = self.mean[part], self.square[part], self.scratch[part]
        mean *= self.beta_1
        mean += g
        g *= g
        square *= self.beta_2
        square += g
        if self.largest is not None:
            square = np.maximum(self.largest[part], square, out=self.largest[part])
        np.sqrt(square, out=scratch)
        scratch += epsilon
        np.divide(mean, scratch, out=scratch)
        scratch *= factor
        w -= scratch


class Adamax(Optimizer):
    """Adam with the largest recent gradient in place of the root mean square."""

    def setup(self) -> None:
        self.mean, self.largest = self.state(), self.state()

    def move(self, w: Array, g: Array, rate: float) -> None:
        beta_1, beta_2 = self.config.real("beta_1"), self.config.real("beta_2")
        self.mean += (g - self.mean) * (1 - beta_1)
        np.maximum(beta_2 * self.largest, np.abs(g), out=self.largest)
        w -= rate / (1 - beta_1**self.steps) * self.mean / (self.largest + self.config.real("epsilon"))


class Nadam(Optimizer):
    """Adam that looks one momentum step ahead, with a momentum that warms up. Dozat 2016."""

    def setup(self) -> None:
        self.mean, self.square = self.state(), self.state()
        self.product = 1.0

    def move(self, w: Array, g: Array, rate: float) -> None:
        beta_1, beta_2 = self.config.real("beta_1"), self.config.real("beta_2")
        now = beta_1 * (1 - 0.5 * 0.96**self.steps)
        ahead = beta_1 * (1 - 0.5 * 0.96 ** (self.steps + 1))
        self.product *= now
        self.mean += (g - self.mean) * (1 - beta_1)
        self.square += (g * g - self.square) * (1 - beta_2)
        mean = ahead / (1 - self.product * ahead) * self.mean + (1 - now) / (1 - self.product) * g
        square = self.square / (1 - beta_2**self.steps)
        w -= rate * mean / (np.sqrt(square) + self.config.real("epsilon"))


class Adagrad(Optimizer):
    """The gradient divided by the root of the sum of all its squares. Duchi et al. 2011."""

    def setup(self) -> None:
        self.total = self.state(self.config.real("initial_accumulator_value"))

    def move(self, w: Array, g: Array, rate: float) -> None:
        self.total += g * g
        w -= rate * g / np.sqrt(self.total + self.config.real("epsilon"))


class Adadelta(Optimizer):
    """Steps scaled by the root mean square of earlier steps over that of the gradients. Zeiler 2012."""

    def setup(self) -> None:
        self.squares, self.moved = self.state(), self.state()

    def move(self, w: Array, g: Array, rate: float) -> None:
        rho, epsilon = self.config.real("rho"), self.config.real("epsilon")
        self.squares *= rho
        self.squares += (1 - rho) * g * g
        change = g * np.sqrt(self.moved + epsilon) / np.sqrt(self.squares + epsilon)
        self.moved *= rho
        self.moved += (1 - rho) * change * change
        w -= rate * change


OPTIMIZERS: Final[dict[str, type[Optimizer]]] = {
    "SGD": SGD,
    "RMSprop": RMSprop,
    "Adam": Adam,
    "AdamW": Adam,
    "Adamax": Adamax,
    "Nadam": Nadam,
    "Adagrad": Adagrad,
    "Adadelta": Adadelta,
}
"""Every optimizer by its Keras class name; AdamW is Adam with a weight decay."""
