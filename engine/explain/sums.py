"""Weighted sums, term by term: what one unit adds up before its activation."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final, TypeAlias

import numpy as np

from engine.nn.arrays import Array
from engine.spec import Layer
from engine.spec.geometry import padding_of
from engine.spec.strict_json import Plain

Position: TypeAlias = tuple[int, ...]
"""Where in a layer's `z` a unit stands: (2,) for the third unit of a Dense layer."""


@dataclass(frozen=True, slots=True)
class Sources:
    """What a layer's sums are made from: its input and its `z` for one sample, its weights by name.

    `steps` are a recurrent layer's outputs, step by step in the order in which it took them.
    """

    layer: Layer
    x: Array
    z: Array
    weights: Mapping[str, Array]
    steps: Array | None = None


@dataclass(frozen=True, slots=True)
class Term:
    """One product of a weighted sum. `name` says which input: its position, or 'bias', or what else it is."""

    name: int | str | tuple[int | str, ...]
    weight: float
    input: float
    product: float

    def to_list(self) -> list[Plain]:
        """`[term, weight, input, product]`."""
        name: Plain = list(self.name) if isinstance(self.name, tuple) else self.name
        return [name, self.weight, self.input, self.product]


Worked: TypeAlias = Callable[[Sources, Position], tuple[Term, ...]]
"""Position of a unit in z -> the terms that add up to z there."""


def term(name: int | str | tuple[int | str, ...], weight: float, value: float) -> Term:
    """A term, without negative zeros."""
    weight, value = float(weight), float(value)
    return Term(name, weight + 0.0, value + 0.0, weight * value + 0.0)


def bias_term(weights: Mapping[str, Array], unit: int) -> tuple[Term, ...]:
    """The bias as a term whose input is always 1; nothing for a layer without one."""
    return (term("bias", weights["bias"][unit], 1.0),) if "bias" in weights else ()


def dense(sources: Sources, position: Position) -> tuple[Term, ...]:
    """z[..., unit] = sum over i of x[..., i] * kernel[i, unit], plus bias[unit]."""
    *place, unit = position
    column, row = sources.weights["kernel"][:, unit], sources.x[tuple(place)]
    terms = [term(index, *pair) for index, pair in enumerate(zip(column, row, strict=True))]
    return (*terms, *bias_term(sources.weights, unit))


def corner(sources: Sources, place: Position) -> tuple[int, ...]:
    """Where the window of an output begins, in coordinates of the unpadded input."""
    config = sources.layer.config
    size, strides, rates = (config.wholes(key) for key in ("kernel_size", "strides", "dilation_rate"))
    return tuple(
        at * step - padding_of(length, kernel, step, rate, config.text("padding"))[0]
        for at, length, kernel, step, rate in zip(
            place, sources.x.shape[:-1], size, strides, rates, strict=True
        )
    )


def read(x: Array, place: Position, channel: int) -> float:
    """The value at a place, 0 where that is padding."""
    inside = all(0 <= at < length for at, length in zip(place, x.shape[:-1], strict=True))
    return float(x[(*place, channel)]) if inside else 0.0


def convolution(sources: Sources, position: Position) -> tuple[Term, ...]:
    """z[place, filter] = sum over taps and channels of x * kernel, plus bias; a term's name is the place and
    channel in the input that it reads, outside of which there is padding.
    """
    *place, unit = position
    kernel, config = sources.weights["kernel"], sources.layer.config
    start, rates = corner(sources, tuple(place)), config.wholes("dilation_rate")
    channels = kernel.shape[-2]
    first = unit // (kernel.shape[-1] // config.whole("groups")) * channels
    terms = []
    for tap in np.ndindex(*kernel.shape[:-2]):
        at = tuple(begin + step * rate for begin, step, rate in zip(start, tap, rates, strict=True))
        for channel in range(channels):
            value = read(sources.x, at, first + channel)
            terms.append(term((*at, first + channel), kernel[(*tap, channel, unit)], value))
    return (*terms, *bias_term(sources.weights, unit))


def depthwise(sources: Sources, position: Position) -> tuple[Term, ...]:
    """The same within one channel: outputs lie side by side as channel * multiplier + multiple."""
    *place, unit = position
    kernel, config = sources.weights["kernel"], sources.layer.config
    start, rates = corner(sources, tuple(place)), config.wholes("dilation_rate")
    channel, multiple = divmod(unit, kernel.shape[-1])
    terms = []
    for tap in np.ndindex(*kernel.shape[:-2]):
        at = tuple(begin + step * rate for begin, step, rate in zip(start, tap, rates, strict=True))
        value = read(sources.x, at, channel)
        terms.append(term((*at, channel), kernel[(*tap, channel, multiple)], value))
    return (*terms, *bias_term(sources.weights, unit))


def simple_rnn(sources: Sources, position: Position) -> tuple[Term, ...]:
    """z[step, unit] = x[step] . kernel + last output . recurrent_kernel + bias. Names are ('x', i) and
    ('h', j).
    """
    step, unit = position
    kernel, recurrent = sources.weights["kernel"], sources.weights["recurrent_kernel"]
    steps = sources.steps
    assert steps is not None
    taken = len(sources.x) - 1 - step if sources.layer.config.flag("go_backwards") else step
    before = steps[step - 1] if step else np.zeros(kernel.shape[-1])
    read_now = [
        term(("x", i), *pair) for i, pair in enumerate(zip(kernel[:, unit], sources.x[taken], strict=True))
    ]
    carried = [term(("h", j), *pair) for j, pair in enumerate(zip(recurrent[:, unit], before, strict=True))]
    return (*read_now, *carried, *bias_term(sources.weights, unit))


SUMS: Final[dict[str, Worked]] = {
    "Dense": dense,
    "Conv1D": convolution,
    "Conv2D": convolution,
    "Conv3D": convolution,
    "DepthwiseConv1D": depthwise,
    "DepthwiseConv2D": depthwise,
    "SimpleRNN": simple_rnn,
}
"""How each kind of layer with a weighted sum works it out."""
