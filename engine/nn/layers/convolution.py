"""Convolutions: kernels that slide over one, two or three axes (channels last)."""

from __future__ import annotations

import numpy as np

from engine.nn.activations import activation
from engine.nn.arrays import Array, Backward
from engine.nn.layers.base import Context, Layer
from engine.nn.layers.windows import (
    correlate,
    correlate_kernel,
    cropped,
    padded,
    pads_for,
    positions,
    spread,
    taps,
)
from engine.spec import Shapes
from engine.spec.geometry import transposed_crops


class Sliding(Layer):
    """What all convolutions share: geometry, bias, activation."""

    supports_masking = False

    def setup(self, inputs: Shapes) -> None:
        self.activate = activation(self.config["activation"])
        self.size = self.config.wholes("kernel_size")
        self.strides = self.config.wholes("strides")
        self.dilation = self.config.wholes("dilation_rate")
        self.padding = self.config.text("padding")

    def finish(self, z: Array, context: Context) -> tuple[Array, Backward]:
        """Adds the bias and applies the activation."""
        if "bias" in self:
            z = z + self["bias"]
        context.note("z", z)
        a, activation_backward = self.activate(z)

        def backward(gradient: Array) -> Array:
            dz = activation_backward(gradient)
            if "bias" in self:
                self.learn("bias", dz.sum(axis=tuple(range(dz.ndim - 1))))
            return dz

        return a, backward


class Conv(Sliding):
    """z[position, filter] = sum of x * kernel over the window at that position, plus bias.

    kernel (...size, channels / groups, filters). With groups, each group of filters sees its own part of the
    channels.
    """

    def forward(self, x: Array, context: Context) -> tuple[Array, Backward]:
        pads = pads_for(x, self.size, self.strides, self.dilation, self.padding)
        wide = padded(x, pads)
        groups = self.config.whole("groups")
        parts = np.split(wide, groups, axis=-1)
        kernels = np.split(self["kernel"], groups, axis=-1)
        sums = [
            correlate(part, kernel, self.strides, self.dilation)
            for part, kernel in zip(parts, kernels, strict=True)
        ]
        a, finish_backward = self.finish(sums[0] if groups == 1 else np.concatenate(sums, -1), context)

        def backward(gradient: Array) -> Array:
            dzs = np.split(finish_backward(gradient), groups, axis=-1)
            learned = [
                correlate_kernel(part, dz, self.size, self.strides, self.dilation)
                for part, dz in zip(parts, dzs, strict=True)
            ]
            self.learn("kernel", np.concatenate(learned, axis=-1))
            dx = [
                spread(dz, kernel, wide.shape[1:-1], self.strides, self.dilation)
                for dz, kernel in zip(dzs, kernels, strict=True)
            ]
            return cropped(dx[0] if groups == 1 else np.concatenate(dx, -1), pads)

        return a, backward


class ConvTranspose(Sliding):
    """A convolution's way back used as a way forward: each value lays its kernel down, scaled by itself.

    kernel (...size, filters, channels): a Conv's kernel from `filters` to `channels`.
    """

    def setup(self, inputs: Shapes) -> None:
        super().setup(inputs)
        extra = None if self.config["output_padding"] is None else self.config.wholes("output_padding")
        self.crops = tuple(
            transposed_crops(*geometry, self.padding, extra[axis] if extra else None)
            for axis, geometry in enumerate(zip(self.size, self.strides, self.dilation, strict=True))
        )

    def forward(self, x: Array, context: Context) -> tuple[Array, Backward]:
        kernel = self["kernel"]
        lengths = tuple(
            (count - 1) * step + (size - 1) * rate + 1 - min(after, 0)
            for count, size, step, rate, (_, after) in zip(
                x.shape[1:-1], self.size, self.strides, self.dilation, self.crops, strict=True
            )
        )
        cuts = tuple((before, max(after, 0)) for before, after in self.crops)
        full = spread(x, kernel, lengths, self.strides, self.dilation)
        a, finish_backward = self.finish(cropped(full, cuts), context)

        def backward(gradient: Array) -> Array:
            dz = padded(finish_backward(gradient), cuts)
            counted = tuple(
                slice(0, length + min(after, 0))
                for length, (_, after) in zip(lengths, self.crops, strict=True)
            )
            dz = dz[(slice(None), *counted)]
            self.learn("kernel", correlate_kernel(dz, x, self.size, self.strides, self.dilation))
            return correlate(dz, kernel, self.strides, self.dilation)

        return a, backward


class DepthwiseConv(Sliding):
    """Each channel by itself: kernel (...size, channels, multiplier), result channels * multiplier."""

    def forward(self, x: Array, context: Context) -> tuple[Array, Backward]:
        z, depthwise_backward = self.depthwise(x, "kernel")
        a, finish_backward = self.finish(z, context)
        return a, lambda gradient: depthwise_backward(finish_backward(gradient))

    def depthwise(self, x: Array, name: str) -> tuple[Array, Backward]:
        """The sums of each channel, tap by tap, under the kernel of that name."""
        kernel = self[name]
        pads = pads_for(x, self.size, self.strides, self.dilation, self.padding)
        wide = padded(x, pads)
        counts = positions(wide, self.size, self.strides, self.dilation)
        shape = (len(x), *counts, *kernel.shape[-2:])
        z = np.zeros(shape, x.dtype)
        for tap, place in taps(self.size, counts, self.strides, self.dilation):
            z += wide[place][..., None] * kernel[tap]

        def backward(gradient: Array) -> Array:
            dz = gradient.reshape(shape)
            dx = np.zeros_like(wide)
            learned = np.zeros_like(kernel)
            over = tuple(range(dz.ndim - 2))
            for tap, place in taps(self.size, counts, self.strides, self.dilation):
                learned[tap] = (wide[place][..., None] * dz).sum(axis=over)
                dx[place] += (dz * kernel[tap]).sum(axis=-1)
            self.learn(name, learned)
            return cropped(dx, pads)

        return z.reshape(*shape[:-2], -1), backward


class SeparableConv(DepthwiseConv):
    """A depthwise convolution, then a weighted sum across the channels at each position."""

    def forward(self, x: Array, context: Context) -> tuple[Array, Backward]:
        middle, depthwise_backward = self.depthwise(x, "depthwise_kernel")
        context.note("depthwise", middle)
        across = self["pointwise_kernel"]
        matrix = across.reshape(across.shape[-2:])
        a, finish_backward = self.finish(middle @ matrix, context)

        def backward(gradient: Array) -> Array:
            dz = finish_backward(gradient)
            rows = middle.reshape(-1, middle.shape[-1])
            self.learn("pointwise_kernel", (rows.T @ dz.reshape(len(rows), -1)).reshape(across.shape))
            return depthwise_backward(dz @ matrix.T)

        return a, backward
