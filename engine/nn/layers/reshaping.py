"""Layers that rearrange, repeat, surround or cut: every number of the result is one of the input, or 0."""

from __future__ import annotations

import numpy as np

from engine.nn.arrays import Array, Backward
from engine.nn.layers.base import Context, Layer
from engine.nn.layers.windows import cropped, padded
from engine.spec import Shapes
from engine.spec.catalogue.reshaping import sides_of


class Rearranging(Layer):
    """What they share: the mask ends here."""

    supports_masking = False


class Reshape(Rearranging):
    """The same numbers in the target shape."""

    def forward(self, x: Array, context: Context) -> tuple[Array, Backward]:
        target = self.config.wholes("target_shape")
        return x.reshape(len(x), *target), lambda gradient: gradient.reshape(x.shape)


class Permute(Rearranging):
    """The axes in another order."""

    def forward(self, x: Array, context: Context) -> tuple[Array, Backward]:
        order = (0, *self.config.wholes("dims"))
        back = tuple(np.argsort(order))
        return x.transpose(order), lambda gradient: gradient.transpose(back)


class RepeatVector(Rearranging):
    """A vector as every step of a sequence."""

    def forward(self, x: Array, context: Context) -> tuple[Array, Backward]:
        return np.repeat(x[:, None], self.config.whole("n"), axis=1), lambda gradient: gradient.sum(axis=1)


class ZeroPadding(Rearranging):
    """Zeros around the spatial axes."""

    def forward(self, x: Array, context: Context) -> tuple[Array, Backward]:
        sides = sides_of(self.spec, "padding")
        return padded(x, sides), lambda gradient: cropped(gradient, sides)


class Cropping(Rearranging):
    """The spatial axes without their edges."""

    def forward(self, x: Array, context: Context) -> tuple[Array, Backward]:
        sides = sides_of(self.spec, "cropping")
        return cropped(x, sides), lambda gradient: padded(gradient, sides)


class UpSampling(Rearranging):
    """Each spatial axis longer by a whole factor.

    Both kinds of interpolation are a matrix for each axis: row i says which inputs make up output i.
    """

    def setup(self, inputs: Shapes) -> None:
        size = self.config["size"]
        self.factors = (size,) if isinstance(size, int) else self.config.wholes("size")
        self.bilinear = self.config.get("interpolation") == "bilinear"

    def forward(self, x: Array, context: Context) -> tuple[Array, Backward]:
        if not self.bilinear:
            return self._nearest(x)
        matrices = [
            linear_weights(size, factor).astype(x.dtype)
            for size, factor in zip(x.shape[1:-1], self.factors, strict=True)
        ]
        y = x
        for axis, matrix in enumerate(matrices, start=1):
            y = along(y, matrix, axis)

        def backward(gradient: Array) -> Array:
            for axis, matrix in enumerate(matrices, start=1):
                gradient = along(gradient, matrix.T, axis)
            return gradient

        return y, backward

    def _nearest(self, x: Array) -> tuple[Array, Backward]:
        y = x
        for axis, factor in enumerate(self.factors, start=1):
            y = np.repeat(y, factor, axis=axis)

        def backward(gradient: Array) -> Array:
            for axis, factor in enumerate(self.factors, start=1):
                shape = (*gradient.shape[:axis], -1, factor, *gradient.shape[axis + 1 :])
                gradient = gradient.reshape(shape).sum(axis=axis + 1)
            return gradient

        return y, backward


def along(x: Array, matrix: Array, axis: int) -> Array:
    """Applies a matrix (new, old) along one axis."""
    return np.moveaxis(np.moveaxis(x, axis, -1) @ matrix.T, -1, axis)


def linear_weights(size: int, factor: int) -> Array:
    """How much each input counts for each output, by linear interpolation between pixel centers."""
    places = np.clip((np.arange(size * factor) + 0.5) / factor - 0.5, 0, size - 1)
    lower = np.floor(places).astype(np.int64)
    upper = np.minimum(lower + 1, size - 1)
    share = places - lower
    matrix = np.zeros((size * factor, size))
    rows = np.arange(size * factor)
    np.add.at(matrix, (rows, lower), 1 - share)
    np.add.at(matrix, (rows, upper), share)
    return matrix
