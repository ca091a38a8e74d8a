"""All trainable weights in one buffer, all their gradients in another; the layers keep views into them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from engine.nn.arrays import Array
from engine.nn.layers import Parameter
from engine.nn.penalties import constrained, price


class FlatWeights:
    """Moves the trainable parameters into flat buffers, in order."""

    def __init__(self, parameters: Sequence[Parameter], dtype: np.dtype[np.generic]) -> None:
        self.parameters = [parameter for parameter in parameters if parameter.trainable]
        size = sum(parameter.value.size for parameter in self.parameters)
        self.weights: Array = np.empty(size, dtype)
        self.gradients: Array = np.zeros(size, dtype)
        self.spans: list[slice] = []
        start = 0
        for parameter in self.parameters:
            span = slice(start, start + parameter.value.size)
            shape = parameter.value.shape
            self.weights[span] = parameter.value.ravel()
            parameter.value = self.weights[span].reshape(shape)
            parameter.gradient = self.gradients[span].reshape(shape)
            self.spans.append(span)
            start = span.stop
        self.regularized = [p for p in self.parameters if p.regularizer is not None]
        self.constrained = [p for p in self.parameters if p.constraint is not None]

    def penalty(self, learn: bool) -> float:
        """What the regularizers add to the loss; with `learn`, their gradients are added too."""
        total = 0.0
        for parameter in self.regularized:
            assert parameter.regularizer is not None
            cost, gradient = price(parameter.regularizer, parameter.value)
            total += cost
            if learn:
                parameter.gradient += gradient
        return total

    def constrain(self) -> None:
        """Cuts weights back to their constraints."""
        for parameter in self.constrained:
            assert parameter.constraint is not None
            parameter.value[...] = constrained(parameter.constraint, parameter.value)
