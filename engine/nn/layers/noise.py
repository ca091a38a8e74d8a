"""Layers that disturb their input in training and pass it on otherwise."""

from __future__ import annotations

import math

from engine.nn.activations import SELU_ALPHA, SELU_SCALE
from engine.nn.arrays import Array, Arrays, Backward, BackwardMany
from engine.nn.layers.base import Context, Layer
from engine.nn.layers.core import Dropout
from engine.spec import Config, Item, Shapes


class SpatialDropout(Dropout):
    """Dropout of whole channels."""

    supports_masking = True

    def mask_shape(self, x: Array) -> tuple[int, ...]:
        return (len(x), *(1,) * (x.ndim - 2), x.shape[-1])


class GaussianNoise(Layer):
    """x + noise."""

    def forward(self, x: Array, context: Context) -> tuple[Array, Backward]:
        stddev = self.config.real("stddev")
        if not context.training or stddev == 0:
            return x, lambda gradient: gradient
        assert context.random is not None
        noise = context.random.normal(0.0, stddev, x.shape).astype(x.dtype)
        return x + noise, lambda gradient: gradient


class GaussianDropout(Layer):
    """x * noise of mean 1. Srivastava et al. 2014, section 10."""

    def forward(self, x: Array, context: Context) -> tuple[Array, Backward]:
        rate = self.config.real("rate")
        if not context.training or rate == 0:
            return x, lambda gradient: gradient
        assert context.random is not None
        noise = context.random.normal(1.0, math.sqrt(rate / (1 - rate)), x.shape).astype(x.dtype)
        return x * noise, lambda gradient: gradient * noise


class AlphaDropout(Dropout):
    """What is dropped becomes SELU's lower bound; a * x + b then restores mean and variance. Klambauer et al.
    2017.
    """

    def forward(self, x: Array, context: Context) -> tuple[Array, Backward]:
        rate = self.config.real("rate")
        if not context.training or rate == 0:
            return x, lambda gradient: gradient
        assert context.random is not None
        kept = (context.random.random(self.mask_shape(x)) >= rate).astype(x.dtype)
        bound = -SELU_ALPHA * SELU_SCALE
        a = 1 / math.sqrt((1 - rate) * (1 + rate * bound * bound))
        b = -a * bound * rate
        return a * (x * kept + bound * (1 - kept)) + b, lambda gradient: a * gradient * kept


class ActivityRegularization(Layer):
    """Its input, at a price."""

    def setup(self, inputs: Shapes) -> None:
        prices = Config(l1=self.config.real("l1"), l2=self.config.real("l2"))
        self.activity_regularizer = Item("L1L2", prices)

    def call(self, inputs: Arrays, context: Context) -> tuple[Arrays, BackwardMany]:
        return inputs, lambda gradients: gradients
