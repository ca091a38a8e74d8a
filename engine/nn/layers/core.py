"""The Dense family: weighted sums, activations, and two layers that only rearrange or silence."""

from __future__ import annotations

import numpy as np

from engine.nn.activations import activation
from engine.nn.arrays import Array, Backward
from engine.nn.layers.base import Context, Layer
from engine.spec import Shapes


class InputLayer(Layer):
    """Where samples enter."""

    def forward(self, x: Array, context: Context) -> tuple[Array, Backward]:
        return x, lambda gradient: gradient


class Dense(Layer):
    """Every unit weighs every input: z = x @ kernel + bias, then a = activation(z).

    x (..., inputs), kernel (inputs, units), bias (units,), result (..., units).
    """

    def setup(self, inputs: Shapes) -> None:
        self.activate = activation(self.config["activation"])

    def forward(self, x: Array, context: Context) -> tuple[Array, Backward]:
        kernel = self["kernel"]
        z = x @ kernel
        if "bias" in self:
            z = z + self["bias"]
        context.note("z", z)
        a, activation_backward = self.activate(z)

        def backward(gradient: Array) -> Array:
            dz = activation_backward(gradient)
            rows = dz.reshape(-1, dz.shape[-1])
            self.learn("kernel", x.reshape(-1, x.shape[-1]).T @ rows)
            if "bias" in self:
                self.learn("bias", rows.sum(axis=0))
            return dz @ kernel.T

        return a, backward


class Activation(Layer):
    """An activation function by itself."""

    def setup(self, inputs: Shapes) -> None:
        self.activate = activation(self.config["activation"])

    def forward(self, x: Array, context: Context) -> tuple[Array, Backward]:
        context.note("z", x)
        return self.activate(x)


class Flatten(Layer):
    """All axes but the batch, laid out in one row: (batch, 4, 4, 2) becomes (batch, 32)."""

    supports_masking = False

    def forward(self, x: Array, context: Context) -> tuple[Array, Backward]:
        return x.reshape(len(x), -1), lambda gradient: gradient.reshape(x.shape)


class Dropout(Layer):
    """In training a random part of the inputs becomes 0, and the rest grows by 1 / (1 - rate), so that the
    expected sum stays; at inference nothing happens. Srivastava et al. 2014.
    """

    def forward(self, x: Array, context: Context) -> tuple[Array, Backward]:
        rate = self.config.real("rate")
        if not context.training or rate == 0.0:
            return x, lambda gradient: gradient
        assert context.random is not None
        if rate == 1.0:
            return np.zeros_like(x), np.zeros_like
        kept = context.random.random(self.mask_shape(x), dtype=np.float32) >= rate
        scale = kept / x.dtype.type(1 - rate)
        context.note("kept", kept)
        return x * scale, lambda gradient: gradient * scale

    def mask_shape(self, x: Array) -> tuple[int, ...]:
        """One draw per number, or per the shape that `noise_shape` asks for."""
        if self.config["noise_shape"] is None:
            return x.shape
        wanted = self.config.shape("noise_shape")
        return tuple(own if size is None else size for size, own in zip(wanted, x.shape, strict=True))
