"""Windows over the spatial axes of (batch, ..., channels): reading them, adding into them, and correlating
with a kernel. Convolution and pooling are made of these.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import TypeAlias

import numpy as np

from engine.nn.arrays import Array
from engine.spec.geometry import padding_of, reach, rows_at_a_time

Sizes: TypeAlias = tuple[int, ...]

Place: TypeAlias = tuple[slice, ...]


def padded(x: Array, pads: tuple[tuple[int, int], ...], value: float = 0.0) -> Array:
    """x with its spatial axes extended by a value; x itself where nothing is added."""
    if not any(map(any, pads)):
        return x
    return np.pad(x, ((0, 0), *pads, (0, 0)), constant_values=value)


def cropped(x: Array, pads: tuple[tuple[int, int], ...]) -> Array:
    """x without what `padded` added."""
    inner = tuple(slice(before, x.shape[axis] - after) for axis, (before, after) in enumerate(pads, 1))
    return x[(slice(None), *inner)]


def pads_for(
    x: Array, size: Sizes, strides: Sizes, dilation: Sizes, padding: str
) -> tuple[tuple[int, int], ...]:
    """How much each spatial axis of x needs before and after it."""
    return tuple(
        padding_of(length, kernel, step, rate, padding)
        for length, kernel, step, rate in zip(x.shape[1:-1], size, strides, dilation, strict=True)
    )


def windows(x: Array, size: Sizes, strides: Sizes, dilation: Sizes) -> Array:
    """A view of all windows: (batch, ...positions, channels, ...taps)."""
    rank = len(size)
    spans = tuple(reach(kernel, rate) for kernel, rate in zip(size, dilation, strict=True))
    found = np.lib.stride_tricks.sliding_window_view(x, spans, axis=tuple(range(1, rank + 1)))
    places = tuple(slice(None, None, step) for step in strides)
    taps = tuple(slice(None, None, rate) for rate in dilation)
    return found[(slice(None), *places, slice(None), *taps)]


def columns(x: Array, size: Sizes, strides: Sizes, dilation: Sizes) -> Array:
    """All windows copied into rows: (batch * positions, taps * channels), the kernel's own order."""
    view = windows(x, size, strides, dilation)
    rank = len(size)
    view = np.moveaxis(view, rank + 1, -1)
    return view.reshape(math.prod(view.shape[: rank + 1]), -1)


def positions(x: Array, size: Sizes, strides: Sizes, dilation: Sizes) -> Sizes:
    """How many windows fit along each spatial axis of an array that is padded already."""
    return tuple(
        (length - reach(kernel, rate)) // step + 1
        for length, kernel, step, rate in zip(x.shape[1:-1], size, strides, dilation, strict=True)
    )


def taps(
    size: Sizes, counts: Sizes, strides: Sizes, dilation: Sizes
) -> Iterator[tuple[Sizes, tuple[slice, ...]]]:
    """Each tap of a window, with the slices of an array on which it falls over all positions."""
    for tap in np.ndindex(*size):
        yield (
            tap,
            (
                slice(None),
                *(
                    slice(at * rate, at * rate + (count - 1) * step + 1, step)
                    for at, count, step, rate in zip(tap, counts, strides, dilation, strict=True)
                ),
            ),
        )


def correlate(x: Array, kernel: Array, strides: Sizes, dilation: Sizes) -> Array:
    """The weighted sum of every window.

    x (batch, ...lengths, channels), kernel (...size, channels, filters) -> (batch, ...positions, filters).
    """
    size, filters = kernel.shape[:-2], kernel.shape[-1]
    counts = positions(x, size, strides, dilation)
    flat = kernel.reshape(-1, filters)
    y = np.empty((len(x), *counts, filters), x.dtype)
    step = rows_at_a_time(len(x), len(x) * math.prod(counts) * flat.shape[0])
    for start in range(0, len(x), step):
        part = columns(x[start : start + step], size, strides, dilation)
        np.matmul(part, flat, out=y[start : start + step].reshape(-1, filters))
    return y


def correlate_kernel(x: Array, gradient: Array, size: Sizes, strides: Sizes, dilation: Sizes) -> Array:
    """The way back of `correlate` to its kernel, from the gradient of its result."""
    channels, filters = x.shape[-1], gradient.shape[-1]
    found = np.zeros((math.prod(size) * channels, filters), x.dtype)
    counts = gradient.shape[1:-1]
    step = rows_at_a_time(len(x), len(x) * math.prod(counts) * len(found))
    for start in range(0, len(x), step):
        part = columns(x[start : start + step], size, strides, dilation)
        found += part.T @ gradient[start : start + step].reshape(-1, filters)
    return found.reshape(*size, channels, filters)


def spread(gradient: Array, kernel: Array, lengths: Sizes, strides: Sizes, dilation: Sizes) -> Array:
    """The way back of `correlate` to its input: every window's kernel laid down where the window was.

    gradient (batch, ...positions, filters) -> (batch, ...lengths, channels).
    """
    size, channels = kernel.shape[:-2], kernel.shape[-2]
    counts = gradient.shape[1:-1]
    x = np.zeros((len(gradient), *lengths, channels), gradient.dtype)
    for tap, place in taps(size, counts, strides, dilation):
        x[place] += gradient @ kernel[tap].T
    return x
