"""Pooling: one number per window and channel, the largest or the mean."""

from __future__ import annotations

import numpy as np

from engine.nn.arrays import Array, Arrays, Backward
from engine.nn.layers.base import Context, Layer, Masks
from engine.nn.layers.windows import cropped, padded, pads_for, positions, taps
from engine.spec import Shapes


class Pooling(Layer):
    """What both kinds share: the geometry of their windows."""

    supports_masking = False

    def setup(self, inputs: Shapes) -> None:
        self.size = self.config.wholes("pool_size")
        self.strides = self.config.wholes("strides")
        self.dilation = (1,) * len(self.size)
        self.padding = self.config.text("padding")


class MaxPooling(Pooling):
    """The largest value of each window. On the way back the first of equal ones takes it all."""

    def forward(self, x: Array, context: Context) -> tuple[Array, Backward]:
        pads = pads_for(x, self.size, self.strides, self.dilation, self.padding)
        wide = padded(x, pads, -np.inf)
        counts = positions(wide, self.size, self.strides, self.dilation)
        places = [place for _, place in taps(self.size, counts, self.strides, self.dilation)]
        y = wide[places[0]].copy()
        for place in places[1:]:
            np.maximum(y, wide[place], out=y)
        if context.notes is not None:
            context.note("winner", self.winners(wide, y, places))

        def backward(gradient: Array) -> Array:
            dx = np.zeros_like(wide)
            open_still = np.ones(y.shape, dtype=bool)
            for place in places:
                wins = open_still & (wide[place] == y)
                dx[place] += gradient * wins
                open_still &= ~wins
            return cropped(dx, pads)

        return y, backward

    @staticmethod
    def winners(wide: Array, y: Array, places: list[tuple[slice, ...]]) -> Array:
        """Which tap of each window was the first to hold its largest value."""
        tap: Array = np.stack([wide[place] == y for place in places]).argmax(axis=0)
        return tap


class AveragePooling(Pooling):
    """The mean of each window; padding does not count."""

    def forward(self, x: Array, context: Context) -> tuple[Array, Backward]:
        pads = pads_for(x, self.size, self.strides, self.dilation, self.padding)
        wide = padded(x, pads)
        counts = positions(wide, self.size, self.strides, self.dilation)
        places = [place for _, place in taps(self.size, counts, self.strides, self.dilation)]
        inside = padded(np.ones((1, *x.shape[1:-1], 1), x.dtype), pads)
        share = 1 / np.add.reduce([inside[place] for place in places])
        y = wide[places[0]] * share
        for place in places[1:]:
            y += wide[place] * share

        def backward(gradient: Array) -> Array:
            dx = np.zeros_like(wide)
            for place in places:
                dx[place] += gradient * share
            return cropped(dx, pads)

        return y, backward


class GlobalPooling(Layer):
    """What both kinds share: all axes between batch and channels are pooled away."""

    supports_masking = False

    def setup(self, inputs: Shapes) -> None:
        self.axes = tuple(range(1, len(inputs[0]) - 1))
        self.keepdims = self.config.flag("keepdims")

    def kept(self, gradient: Array) -> Array:
        """A gradient with the pooled axes back, at size 1."""
        return gradient if self.keepdims else np.expand_dims(gradient, self.axes)


class GlobalMaxPooling(GlobalPooling):
    """The largest value of each channel. On the way back the first of equal ones takes it all."""

    def forward(self, x: Array, context: Context) -> tuple[Array, Backward]:
        flat = x.reshape(len(x), -1, x.shape[-1])
        winner = flat.argmax(axis=1)[:, None]
        y = np.take_along_axis(flat, winner, axis=1)
        context.note("winner", winner[:, 0])

        def backward(gradient: Array) -> Array:
            dx = np.zeros_like(flat)
            np.put_along_axis(dx, winner, gradient.reshape(winner.shape), axis=1)
            return dx.reshape(x.shape)

        kept = (len(x), *(1,) * len(self.axes), x.shape[-1])
        return y.reshape(kept if self.keepdims else (len(x), x.shape[-1])), backward


class GlobalAveragePooling(GlobalPooling):
    """The mean of each channel; over one axis, masked steps do not count."""

    def forward(self, x: Array, context: Context) -> tuple[Array, Backward]:
        mask = context.mask if len(self.axes) == 1 else None
        if mask is None:
            count = np.array(x[0, ..., 0].size if len(x) else 1, x.dtype)
            share: Array = np.broadcast_to(1 / count, x.shape[:-1])[..., None]
        else:
            counted = mask.astype(x.dtype)[..., None]
            share = counted / counted.sum(axis=1, keepdims=True)
        y = (x * share).sum(axis=self.axes, keepdims=self.keepdims)
        return y, lambda gradient: self.kept(gradient) * share

    def output_masks(self, inputs: Arrays, context: Context) -> Masks:
        return (None,)
