"""Several tensors made one."""

from __future__ import annotations

from functools import reduce

import numpy as np

from engine.nn.arrays import Array, Arrays, Backward, BackwardMany
from engine.nn.layers.base import Context, Layer, Masks


def reduced(gradient: Array, shape: tuple[int, ...]) -> Array:
    """A gradient summed over the axes along which an input of that shape was repeated."""
    repeated = tuple(
        axis for axis, (wide, size) in enumerate(zip(gradient.shape, shape, strict=True)) if wide != size
    )
    return gradient.sum(axis=repeated, keepdims=True) if repeated else gradient


class Merging(Layer):
    """What the layers that work number by number share."""

    def slopes(self, inputs: Arrays, y: Array) -> Arrays:
        """How the result changes with each input, number by number."""
        raise NotImplementedError

    def merge(self, inputs: Arrays) -> Array:
        """The result."""
        raise NotImplementedError

    def call(self, inputs: Arrays, context: Context) -> tuple[Arrays, BackwardMany]:
        y = self.merge(inputs)

        def backward(gradients: Arrays) -> Arrays:
            return tuple(
                reduced(gradients[0] * slope, x.shape)
                for slope, x in zip(self.slopes(inputs, y), inputs, strict=True)
            )

        return (y,), backward

    def output_masks(self, inputs: Arrays, context: Context) -> Masks:
        """A step counts where it counts for any input; with an input that has no mask, all do."""
        if not context.masks or any(mask is None for mask in context.masks):
            return (None,)
        return (np.logical_or.reduce([mask for mask in context.masks if mask is not None]),)


class Add(Merging):
    """The sum."""

    def merge(self, inputs: Arrays) -> Array:
        return reduce(np.add, inputs)

    def slopes(self, inputs: Arrays, y: Array) -> Arrays:
        return tuple(np.ones(1, y.dtype) for _ in inputs)


class Subtract(Merging):
    """The first minus the second."""

    def merge(self, inputs: Arrays) -> Array:
        first, second = inputs
        return first - second

    def slopes(self, inputs: Arrays, y: Array) -> Arrays:
        return np.ones(1, y.dtype), -np.ones(1, y.dtype)


class Multiply(Merging):
    """The product."""

    def merge(self, inputs: Arrays) -> Array:
        return reduce(np.multiply, inputs)

    def slopes(self, inputs: Arrays, y: Array) -> Arrays:
        return tuple(
            reduce(np.multiply, [x for number, x in enumerate(inputs) if number != own])
            for own in range(len(inputs))
        )


class Average(Merging):
    """The mean."""

    def merge(self, inputs: Arrays) -> Array:
        mean: Array = reduce(np.add, inputs) / len(inputs)
        return mean

    def slopes(self, inputs: Arrays, y: Array) -> Arrays:
        return tuple(np.full(1, 1 / len(inputs), y.dtype) for _ in inputs)


class Maximum(Merging):
    """The largest. Where two inputs share it, the first has it."""

    def merge(self, inputs: Arrays) -> Array:
        return reduce(np.maximum, inputs)

    def slopes(self, inputs: Arrays, y: Array) -> Arrays:
        free = np.ones(y.shape, dtype=bool)
        found = []
        for x in inputs:
            wins = free & (x == y)
            free &= ~wins
            found.append(wins.astype(y.dtype))
        return tuple(found)


class Minimum(Maximum):
    """The smallest. Where two inputs share it, the first has it."""

    def merge(self, inputs: Arrays) -> Array:
        return reduce(np.minimum, inputs)


class Concatenate(Layer):
    """End to end."""

    def call(self, inputs: Arrays, context: Context) -> tuple[Arrays, BackwardMany]:
        axis = self.config.whole("axis")
        ends = np.cumsum([x.shape[axis] for x in inputs])[:-1]

        def backward(gradients: Arrays) -> Arrays:
            return tuple(np.split(gradients[0], ends, axis=axis))

        return (np.concatenate(inputs, axis=axis),), backward

    def output_masks(self, inputs: Arrays, context: Context) -> Masks:
        if all(mask is None for mask in context.masks):
            return (None,)
        wide = [
            np.ones(x.shape, dtype=bool)
            if mask is None
            else np.broadcast_to(mask.reshape(mask.shape + (1,) * (x.ndim - mask.ndim)), x.shape)
            for mask, x in zip(context.masks, inputs, strict=True)
        ]
        joined = np.concatenate(wide, axis=self.config.whole("axis"))
        return (np.logical_or.reduce(joined, axis=-1),)


class Dot(Layer):
    """Products of two inputs, summed along an axis of each."""

    def call(self, inputs: Arrays, context: Context) -> tuple[Arrays, BackwardMany]:
        axes = self.config["axes"]
        one, other = (axes, axes) if isinstance(axes, int) else self.config.wholes("axes")
        # (batch, rest, summed) and (batch, summed, rest): a plain matrix product for each sample.
        a = np.moveaxis(inputs[0], one, -1)
        b = np.moveaxis(inputs[1], other, 1)
        flat_a, flat_b = a.reshape(len(a), -1, a.shape[-1]), b.reshape(len(b), b.shape[1], -1)
        unit_a, back_a = self.unit(flat_a, -1)
        unit_b, back_b = self.unit(flat_b, 1)
        y = unit_a @ unit_b
        shape = (len(a), *(a.shape[1:-1] + b.shape[2:] or (1,)))

        def backward(gradients: Arrays) -> Arrays:
            gradient = gradients[0].reshape(y.shape)
            da = back_a(gradient @ unit_b.swapaxes(1, 2)).reshape(a.shape)
            db = back_b(unit_a.swapaxes(1, 2) @ gradient).reshape(b.shape)
            return np.moveaxis(da, -1, one), np.moveaxis(db, 1, other)

        return (y.reshape(shape),), backward

    def unit(self, x: Array, axis: int) -> tuple[Array, Backward]:
        """Vectors of length 1, where `normalize` asks for them."""
        if not self.config.flag("normalize"):
            return x, lambda gradient: gradient
        scale = 1 / np.sqrt(np.maximum(np.square(x).sum(axis=axis, keepdims=True), 1e-12))
        unit = x * scale

        def backward(gradient: Array) -> Array:
            back: Array = scale * (gradient - unit * (gradient * unit).sum(axis=axis, keepdims=True))
            return back

        return unit, backward

    def output_masks(self, inputs: Arrays, context: Context) -> Masks:
        return (None,)
