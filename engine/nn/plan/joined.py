"""A layer's kernel and bias as one matrix, without copying them at every call."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from engine.nn.arrays import Array
from engine.nn.layers import Layer, Parameter
from engine.nn.plan.memory import address, aligned


def joined(layer: Layer, names: Sequence[str] = ("kernel", "bias")) -> Array:
    """A view (rows, columns) of the named weights below each other; columns is their common last axis.

    Weights that do not lie side by side yet are moved into one block; what the layer holds become views of
    it, so that both always show the same numbers.
    """
    parameters = [parameter for parameter in layer.parameters if parameter.name in names]
    columns = parameters[0].value.shape[-1]
    size = sum(parameter.value.size for parameter in parameters)
    if not _side_by_side([parameter.value for parameter in parameters]):
        _move(parameters, aligned((size,), parameters[0].value.dtype))
    return _matrix([parameter.value for parameter in parameters], columns)


def joined_gradients(layer: Layer, names: Sequence[str] = ("kernel", "bias")) -> Array | None:
    """The same view of their gradients; None unless these lie side by side, as in training they do."""
    parameters = [parameter for parameter in layer.parameters if parameter.name in names]
    gradients = [parameter.gradient for parameter in parameters]
    return _matrix(gradients, gradients[0].shape[-1]) if _side_by_side(gradients) else None


def learned(layer: Layer) -> Array | None:
    """Where the gradient of kernel and bias goes, as one matrix; None for a layer that does not learn."""
    kernel = layer.parameters[0]
    if not kernel.trainable:
        return None
    if "bias" not in layer:
        return kernel.gradient.reshape(-1, kernel.gradient.shape[-1])
    gradients = joined_gradients(layer)
    assert gradients is not None, "training keeps all gradients in one buffer"
    return gradients


def _move(parameters: Sequence[Parameter], block: Array) -> None:
    start = 0
    for parameter in parameters:
        part = block[start : start + parameter.value.size].reshape(parameter.value.shape)
        part[...] = parameter.value
        parameter.value = part
        start += part.size


def _side_by_side(arrays: Sequence[Array]) -> bool:
    bases = {id(array.base) for array in arrays}
    if len(bases) != 1 or not isinstance(arrays[0].base, np.ndarray):
        return False
    return all(address(before) + before.nbytes == address(after) for before, after in pairwise(arrays))


def _matrix(arrays: Sequence[Array], columns: int) -> Array:
    base = arrays[0].base
    assert isinstance(base, np.ndarray)
    rows = sum(math.prod(array.shape) for array in arrays) // columns
    offset = address(arrays[0]) - address(base)
    return np.ndarray((rows, columns), arrays[0].dtype, base, offset)
