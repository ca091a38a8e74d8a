"""Normalization: subtract a mean, divide by a spread, then scale and shift by what is learned."""

from __future__ import annotations

import math

import numpy as np

from engine.nn.arrays import Array, Backward
from engine.nn.layers.base import Context, Layer
from engine.spec import Shapes, Value
from engine.spec.catalogue.normalization import axes_of, flattened


def standardized(x: Array, axes: tuple[int, ...], epsilon: float) -> tuple[Array, Array, Array, Backward]:
    """(x - mean) / sqrt(variance + epsilon) over some axes, with mean and variance, and the way back."""
    mean = x.mean(axis=axes, keepdims=True)
    centered = x - mean
    variance = np.square(centered).mean(axis=axes, keepdims=True)
    scale = 1 / np.sqrt(variance + epsilon)
    unit = centered * scale

    def backward(gradient: Array) -> Array:
        level = gradient.mean(axis=axes, keepdims=True)
        tilt = (gradient * unit).mean(axis=axes, keepdims=True)
        back: Array = scale * (gradient - level - unit * tilt)
        return back

    return unit, mean, variance, backward


class Normalizing(Layer):
    """What the layers with gamma and beta share."""

    def setup(self, inputs: Shapes) -> None:
        self.rank = len(inputs[0])
        self.axes = axes_of(self.config, self.rank)
        self.others = tuple(axis for axis in range(self.rank) if axis not in self.axes)
        self.epsilon = self.config.real("epsilon")

    def along(self, values: Array) -> Array:
        """One number for each place along the axes, in a shape that broadcasts."""
        sizes = iter(values.shape)
        return values.reshape([next(sizes) if axis in self.axes else 1 for axis in range(self.rank)])

    def learned(self, unit: Array) -> tuple[Array, Backward]:
        """unit * gamma + beta, and the way back to `unit`."""
        y = unit * self.along(self["gamma"]) if "gamma" in self else unit
        if "beta" in self:
            y = y + self.along(self["beta"])

        def backward(gradient: Array) -> Array:
            if "beta" in self:
                self.learn("beta", gradient.sum(axis=self.others))
            if "gamma" not in self:
                return gradient
            self.learn("gamma", (gradient * unit).sum(axis=self.others))
            return gradient * self.along(self["gamma"])

        return y, backward


class BatchNormalization(Normalizing):
    """Statistics over the batch in training, moving means of them at inference. Ioffe and Szegedy 2015."""

    def forward(self, x: Array, context: Context) -> tuple[Array, Backward]:
        if not context.training or self.config["trainable"] is False:
            scale = 1 / np.sqrt(self.along(self["moving_variance"]) + self.epsilon)
            unit = (x - self.along(self["moving_mean"])) * scale
            context.note("normalized", unit)
            y, learned_backward = self.learned(unit)
            return y, lambda gradient: learned_backward(gradient) * scale
        if context.mask is None:
            unit, mean, variance, unit_backward = standardized(x, self.others, self.epsilon)
        else:
            unit, mean, variance, unit_backward = self._masked(x, context.mask)
        self._remember(mean.ravel(), variance.ravel())
        y, learned_backward = self.learned(unit)
        return y, lambda gradient: unit_backward(learned_backward(gradient))

    def _remember(self, mean: Array, variance: Array) -> None:
        """Moves the moving statistics a little towards those of this batch."""
        kept = self.config.real("momentum")
        for name, value in (("moving_mean", mean), ("moving_variance", variance)):
            self[name][...] = self[name] * kept + value * (1 - kept)

    def _masked(self, x: Array, mask: Array) -> tuple[Array, Array, Array, Backward]:
        """Statistics over the steps that are not padding. Every step is normalized by them."""
        counted = np.broadcast_to(mask[..., None], x.shape).astype(x.dtype)
        weight = counted / (counted.sum(axis=self.others, keepdims=True) + 1e-7)
        mean = (x * weight).sum(axis=self.others, keepdims=True)
        centered = x - mean
        variance = (np.square(centered) * weight).sum(axis=self.others, keepdims=True)
        scale = 1 / np.sqrt(variance + self.epsilon)
        unit = centered * scale

        def backward(gradient: Array) -> Array:
            lost = (centered * weight).sum(axis=self.others, keepdims=True)
            tilt = (gradient * unit).sum(axis=self.others, keepdims=True)
            inner = gradient * scale - scale * scale * tilt * weight * centered
            level = (gradient * scale).sum(axis=self.others, keepdims=True) - scale * scale * tilt * lost
            back: Array = inner - weight * level
            return back

        return unit, mean, variance, backward


class LayerNormalization(Normalizing):
    """Statistics over the features of each sample by itself. Ba et al. 2016."""

    def forward(self, x: Array, context: Context) -> tuple[Array, Backward]:
        unit, _, _, unit_backward = standardized(x, self.axes, self.epsilon)
        context.note("normalized", unit)
        y, learned_backward = self.learned(unit)
        return y, lambda gradient: unit_backward(learned_backward(gradient))


class GroupNormalization(Normalizing):
    """Statistics over all positions of a group of channels, each sample by itself. Wu and He 2018."""

    def forward(self, x: Array, context: Context) -> tuple[Array, Backward]:
        (axis,) = self.axes
        groups = self.config.whole("groups")
        groups = x.shape[axis] if groups == -1 else groups
        split = (*x.shape[:axis], groups, x.shape[axis] // groups, *x.shape[axis + 1 :])
        others = tuple(place for place in range(1, len(split)) if place != axis)
        unit, _, _, unit_backward = standardized(x.reshape(split), others, self.epsilon)
        context.note("normalized", unit.reshape(x.shape))
        y, learned_backward = self.learned(unit.reshape(x.shape))

        def backward(gradient: Array) -> Array:
            return unit_backward(learned_backward(gradient).reshape(split)).reshape(x.shape)

        return y, backward


class UnitNormalization(Layer):
    """x divided by its length."""

    def setup(self, inputs: Shapes) -> None:
        self.axes = axes_of(self.config, len(inputs[0]))

    def forward(self, x: Array, context: Context) -> tuple[Array, Backward]:
        scale = 1 / np.sqrt(np.maximum(np.square(x).sum(axis=self.axes, keepdims=True), 1e-12))
        y = x * scale

        def backward(gradient: Array) -> Array:
            back: Array = scale * (gradient - y * (gradient * y).sum(axis=self.axes, keepdims=True))
            return back

        return y, backward


class RMSNormalization(Normalizing):
    """x divided by its root mean square, times a learned factor. Zhang and Sennrich 2019."""

    supports_masking = False

    def forward(self, x: Array, context: Context) -> tuple[Array, Backward]:
        scale = 1 / np.sqrt(np.square(x).mean(axis=self.axes, keepdims=True) + self.epsilon)
        unit = x * scale
        factor = self.along(self["scale"])

        def backward(gradient: Array) -> Array:
            self.learn("scale", (gradient * unit).sum(axis=self.others))
            inner = gradient * factor
            back: Array = scale * (inner - unit * (inner * unit).mean(axis=self.axes, keepdims=True))
            return back

        return unit * factor, backward


class Normalization(Layer):
    """(x - mean) / spread, or the other way round, with numbers that training does not touch."""

    def setup(self, inputs: Shapes) -> None:
        rank = len(inputs[0])
        self.axes = () if self.config["axis"] is None else axes_of(self.config, rank)
        self.shape = tuple((inputs[0][axis] or 1) if axis in self.axes else 1 for axis in range(rank))

    def forward(self, x: Array, context: Context) -> tuple[Array, Backward]:
        mean, spread = self.stored("mean", x), np.maximum(np.sqrt(self.stored("variance", x)), 1e-7)
        if self.config.flag("invert"):
            return mean + x * spread, lambda gradient: gradient * spread
        return (x - mean) / spread, lambda gradient: gradient / spread

    def stored(self, name: str, x: Array) -> Array:
        """A statistic, from the weights or from the arguments, in a shape that broadcasts."""
        values = self[name] if name in self else np.array(flattened(self.config[name]), x.dtype)
        return values.reshape(self.shape if values.size == math.prod(self.shape) else (1,))


class Rescaling(Layer):
    """x * scale + offset."""

    def forward(self, x: Array, context: Context) -> tuple[Array, Backward]:
        scale, offset = numbers(self.config["scale"], x), numbers(self.config["offset"], x)
        return x * scale + offset, lambda gradient: gradient * scale


def numbers(value: Value, x: Array) -> Array:
    """One number, or one for each feature."""
    return np.array(flattened(value), x.dtype)
