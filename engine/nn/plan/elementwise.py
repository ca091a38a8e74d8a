"""Activation functions that change a buffer in place, and their ways back.

Each maker takes the buffers once and returns a step without arguments. A function that is not here is called
as the layers call it, and its result copied.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, TypeAlias

import numpy as np

from engine.nn.arrays import Array, Backward
from engine.nn.layers import Layer
from engine.spec.line import name_of

Step: TypeAlias = Callable[[], object]
"""One piece of a plan: reads and writes buffers that it knows."""


def nothing() -> None:
    """Changes nothing: the linear activation."""


SPREAD: Final = 4096
"""Above this many numbers, spreading a single constant costs less than reading as many of it."""


def constant(value: float, like: Array) -> Array:
    """A constant to be combined with a buffer: of the same shape, or a single number for large buffers."""
    return np.full_like(like, value) if like.size <= SPREAD else np.array(value, like.dtype)


def relu(z: Array) -> Step:
    maximum = np.maximum
    if z.size <= SPREAD or not z.flags.c_contiguous:
        zero = constant(0, z)
        return lambda: maximum(z, zero, out=z)
    # A maximum with a single number is not vectorized; one with a row of zeros is.
    zeros, flat = np.zeros(SPREAD, z.dtype), z.reshape(-1)
    whole = flat.size - flat.size % SPREAD
    blocks, rest = flat[:whole].reshape(-1, SPREAD), flat[whole:]
    few = zeros[: rest.size]

    def step() -> None:
        maximum(blocks, zeros, out=blocks)
        maximum(rest, few, out=rest)

    return step


def tanh(z: Array) -> Step:
    function = np.tanh
    return lambda: function(z, z)


def sigmoid(z: Array) -> Step:
    one = constant(1, z)
    negative, exp, add, divide = np.negative, np.exp, np.add, np.divide

    def step() -> None:
        # An exponential that overflows to infinity ends in the right limit, 0.
        negative(z, z)
        exp(z, z)
        add(z, one, z)
        divide(one, z, z)

    return step


FORWARD: Final[dict[str, Callable[[Array], Step]]] = {
    "linear": lambda z: nothing,
    "relu": relu,
    "tanh": tanh,
    "sigmoid": sigmoid,
}
"""z becomes the activation's outputs, in place."""


def relu_back(a: Array, gradient: Array) -> Step:
    zero, above = constant(0, a), np.empty(a.shape, bool)
    greater, multiply = np.greater, np.multiply

    def step() -> None:
        greater(a, zero, above)
        multiply(gradient, above, gradient)

    return step


def tanh_back(a: Array, gradient: Array) -> Step:
    scratch = np.empty_like(a)
    multiply, subtract = np.multiply, np.subtract

    def step() -> None:
        multiply(a, a, scratch)
        multiply(scratch, gradient, scratch)
        subtract(gradient, scratch, gradient)

    return step


def sigmoid_back(a: Array, gradient: Array) -> Step:
    scratch, one = np.empty_like(a), constant(1, a)
    multiply, subtract = np.multiply, np.subtract

    def step() -> None:
        subtract(one, a, scratch)
        multiply(scratch, a, scratch)
        multiply(gradient, scratch, gradient)

    return step


BACKWARD: Final[dict[str, Callable[[Array, Array], Step]]] = {
    "linear": lambda a, gradient: nothing,
    "relu": relu_back,
    "tanh": tanh_back,
    "sigmoid": sigmoid_back,
}
"""Gradients with respect to the outputs `a` become those with respect to the sums, in place."""


def forward_step(layer: Layer, z: Array) -> Step:
    """The layer's activation on the buffer `z`, in place."""
    made = FORWARD.get(name_of(layer) or "")
    if made is not None:
        return made(z)
    function = layer.activate  # type: ignore[attr-defined]

    def step() -> None:
        z[...] = function(z)[0]

    return step


def both_steps(layer: Layer, z: Array, gradient: Array) -> tuple[Step, Step]:
    """The same with the way back: `gradient` is changed in place too."""
    name = name_of(layer) or ""
    if name in FORWARD:
        return FORWARD[name](z), BACKWARD[name](z, gradient)
    function = layer.activate  # type: ignore[attr-defined]
    ways_back: list[Backward] = []

    def forward() -> None:
        a, back = function(z.copy())
        z[...] = a
        ways_back.append(back)

    def backward() -> None:
        gradient[...] = ways_back.pop()(gradient)

    return forward, backward
