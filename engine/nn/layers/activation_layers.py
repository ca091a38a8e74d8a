"""Activations that are layers of their own."""

from __future__ import annotations

import numpy as np

from engine.nn.activations import activation, softmax
from engine.nn.arrays import Array, Backward
from engine.nn.layers.base import Context, Layer
from engine.spec import Item, Shapes


class Activating(Layer):
    """ReLU, LeakyReLU and ELU: an activation whose settings are the layer's own."""

    def setup(self, inputs: Shapes) -> None:
        self.activate = activation(Item(self.kind, self.config))

    def forward(self, x: Array, context: Context) -> tuple[Array, Backward]:
        context.note("z", x)
        return self.activate(x)


class Softmax(Layer):
    """Shares that sum to 1; a padded step gets none."""

    def forward(self, x: Array, context: Context) -> tuple[Array, Backward]:
        axis = self.config["axis"]
        axes = self.config.wholes("axis") if isinstance(axis, tuple) else self.config.whole("axis")
        mask = context.mask
        context.note("z", x)
        if mask is None or mask.shape != x.shape:
            return softmax(x, axes)
        y, backward = softmax(np.where(mask, x, x.dtype.type(-1e9)), axes)
        return y, lambda gradient: backward(gradient) * mask


class PReLU(Layer):
    """x above 0, alpha * x below, alpha learned. He et al. 2015."""

    def forward(self, x: Array, context: Context) -> tuple[Array, Backward]:
        alpha = self["alpha"]
        below = np.minimum(x, 0)
        context.note("z", x)

        def backward(gradient: Array) -> Array:
            shared = tuple(axis for axis, size in enumerate(alpha.shape, start=1) if size < x.shape[axis])
            learned = (gradient * below).sum(axis=(0, *shared))
            self.learn("alpha", learned.reshape(alpha.shape))
            return gradient * np.where(x > 0, x.dtype.type(1), alpha)

        return np.maximum(x, 0) + alpha * below, backward
