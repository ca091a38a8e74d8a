"""One batch through a small network and back, in buffers that are made once.

A step of the playground is a few dozen operations on arrays so small that making an array costs more than
filling it. The bias is the last row of each weight matrix and meets a column of ones, so that one product
gives the sums of a layer, and one the gradients of its kernel and bias together.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Final, NamedTuple

import numpy as np

from engine.nn.activations import logistic
from engine.nn.arrays import Array


class Curve(NamedTuple):
    """An activation function in place: `bend` turns sums into answers, `scale` multiplies gradients with
    respect to the answers by the slope there, which it knows from the answers; `spare` is room for it.
    """

    bend: Callable[[Array], object]
    scale: Callable[[Array, Array, Array], object]


ZERO: Final = np.zeros(())
ONE: Final = np.ones(())
"""As arrays: a number of Python's would be made into one at every use."""


def _bend_sigmoid(z: Array) -> None:
    np.copyto(z, logistic(z))


def _scale_tanh(gradient: Array, answers: Array, spare: Array) -> None:
    np.multiply(answers, answers, spare)
    np.subtract(ONE, spare, spare)
    np.multiply(gradient, spare, gradient)


def _scale_sigmoid(gradient: Array, answers: Array, spare: Array) -> None:
    np.subtract(ONE, answers, spare)
    np.multiply(spare, answers, spare)
    np.multiply(gradient, spare, gradient)


CURVES: Final[dict[str, Curve]] = {
    "tanh": Curve(lambda z: np.tanh(z, z), _scale_tanh),
    "relu": Curve(
        lambda z: np.maximum(z, ZERO, out=z),
        lambda gradient, answers, spare: np.multiply(gradient, answers > ZERO, gradient),
    ),
    "sigmoid": Curve(_bend_sigmoid, _scale_sigmoid),
    "linear": Curve(lambda z: None, lambda gradient, answers, spare: None),
}


class Passes:
    """Room for batches of `rows` points through a network of that shape, inputs first.

    Points lie side by side, so that what a layer answers, without its ones, is one block of memory.
    """

    def __init__(self, rows: int, shape: Sequence[int], activations: Sequence[str]) -> None:
        self._answers = [np.ones((units + 1, rows)) for units in shape[1:]]
        self._inner = [answers[:-1] for answers in self._answers]
        self._slopes = [np.empty((units, rows)) for units in shape[1:]]
        self._spare = [np.empty((units, rows)) for units in shape[1:]]
        self._products = [np.empty((given + 1, units)) for given, units in pairwise(shape)]
        self._curves = [CURVES[name] for name in activations]

    def gather(
        self,
        inputs: Array,
        labels: Array,
        weights: Sequence[Array],
        into: Sequence[Array],
        *,
        is_logistic: bool,
    ) -> None:
        """Adds the gradients of a batch to `into`, summed over its points.

        `inputs` are (features + 1, rows) with ones in the last row, `labels` (rows,), `weights` and `into`
        (given + 1, units) for each layer.
        """
        seen = inputs
        for matrix, inner, curve, answers in zip(
            weights, self._inner, self._curves, self._answers, strict=True
        ):
            matrix.T.dot(seen, inner)
            curve.bend(inner)
            seen = answers
        last = len(weights) - 1
        slope = np.subtract(self._inner[last], labels, self._slopes[last])
        if not is_logistic:  # with the logistic loss on tanh, the slope at the sum is the error itself
            self._curves[last].scale(slope, self._inner[last], self._spare[last])
        for layer in range(last, 0, -1):
            into[layer] += self._answers[layer - 1].dot(slope.T, self._products[layer])
            slope = weights[layer][:-1].dot(slope, self._slopes[layer - 1])
            self._curves[layer - 1].scale(slope, self._inner[layer - 1], self._spare[layer - 1])
        into[0] += inputs.dot(slope.T, self._products[0])
