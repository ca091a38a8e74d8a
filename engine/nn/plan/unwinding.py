"""Training a convolution: the way there as in answering, and the way back to its kernel and its input.

The kernel's gradient is one product with the same windows. The input's is a convolution too: of the padded
gradient with the kernel turned around, which is again windows and one product.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from engine.nn.arrays import Array
from engine.nn.layers import Layer
from engine.nn.plan.elementwise import both_steps
from engine.nn.plan.joined import joined, learned
from engine.nn.plan.sliding import buffer_for, windows_of
from engine.nn.plan.track import Track
from engine.spec.sliding import Sliding


def can_unwind(geometry: Sliding, track: Track) -> bool:
    """Whether the way back is known: through strides it is not, unless nothing lies before."""
    return geometry.strides == (1, 1) or track.gradient is None


def convolution(track: Track, layer: Layer, geometry: Sliding) -> None:
    """Adds a convolution, with the max-pooling that `geometry` tells of."""
    batch, is_flat = track.shape[0], len(track.shape) == 3
    wide, before = _padded(track, geometry), track.gradient
    result = np.empty((batch, *geometry.pooled, geometry.filters), track.dtype)
    gradient = np.empty_like(result)
    step, chunks = geometry.chunk(batch), []
    buffers: dict[int, Buffers] = {}
    for start in range(0, batch, step):
        part = slice(start, min(start + step, batch))
        images = part.stop - start
        if images not in buffers:
            buffers[images] = Buffers.of(layer, geometry, images, track.dtype, before is not None)
        chunks.append(
            Chunk(
                buffers[images],
                geometry,
                windows_of(geometry, wide[part]),
                result[part].reshape(-1, geometry.filters),
                gradient[part].reshape(-1, geometry.filters),
                None if before is None else before[part].reshape(-1, geometry.image[2]),
            )
        )
    activate, derive = both_steps(layer, result, gradient)
    weights = joined(layer) if "bias" in layer else layer["kernel"].reshape(-1, geometry.filters)
    slope = learned(layer)
    kernel = layer["kernel"].reshape(*geometry.size, -1, geometry.filters)
    turned = np.ascontiguousarray(kernel.transpose(0, 1, 3, 2))
    around = turned.reshape(-1, kernel.shape[2])
    is_single = len(chunks) == 1

    def forward() -> None:
        for chunk in chunks:
            chunk.answer(weights)
        activate()

    def backward() -> None:
        derive()
        if before is not None:
            turned[...] = kernel[::-1, ::-1].transpose(0, 1, 3, 2)
        for number, chunk in enumerate(chunks):
            sums = chunk.unpooled(is_single)
            if slope is not None:
                found = chunk.buffers.matrix.T.dot(sums)
                if number:
                    np.add(slope, found, slope)
                else:
                    slope[...] = found
            if before is not None:
                chunk.spread(sums, around)

    track.forward.append(forward)
    track.backward.append(backward)
    if is_flat:
        result, gradient = result[:, 0], gradient[:, 0]
    track.become_rows(result, gradient)


def _padded(track: Track, geometry: Sliding) -> Array:
    """The images with their padding, filled by the steps so far."""
    rows = track.take_rows()
    images = rows.reshape(len(rows), *geometry.image)
    if not any(map(any, geometry.pads)):
        return images
    wide = np.zeros((len(rows), *geometry.wide), track.dtype)
    (top, _), (left, _) = geometry.pads
    inside = wide[:, top : top + images.shape[1], left : left + images.shape[2]]

    def pad() -> None:
        inside[...] = images

    track.forward.append(pad)
    return wide


@dataclass(slots=True, eq=False)
class Buffers:
    """What chunks of the same size share: `matrix` and `target` hold windows (see `buffer_for`). The way
    back to the input has the same of the gradient, laid on a field that is padded with zeros.
    """

    matrix: Array
    target: Array
    field: Array | None
    back_matrix: Array | None
    back_target: Array | None
    back_windows: Array | None

    @classmethod
    def of(
        cls, layer: Layer, geometry: Sliding, images: int, dtype: np.dtype[np.generic], with_input: bool
    ) -> Buffers:
        """Fresh buffers for this many images."""
        matrix, target = buffer_for(geometry, images, int("bias" in layer), dtype)
        if not with_input:
            return cls(matrix, target, None, None, None, None)
        reach = [(size - 1) * rate for size, rate in zip(geometry.size, geometry.dilation, strict=True)]
        places = [count + 2 * more for count, more in zip(geometry.places, reach, strict=True)]
        field = np.zeros((images, *places, geometry.filters), dtype)
        height, width, channels = geometry.image
        seen = (height + reach[0], width + reach[1], geometry.filters)
        back = replace(geometry, image=seen, pads=((0, 0), (0, 0)), pool=(1, 1), filters=channels)
        (top, _), (left, _) = geometry.pads
        windows = windows_of(back, field[:, top : top + seen[0], left : left + seen[1]])
        return cls(matrix, target, field, *buffer_for(back, images, 0, dtype), windows)


class Chunk:
    """Some images of the batch: views of their windows, outputs and gradients."""

    def __init__(
        self,
        buffers: Buffers,
        geometry: Sliding,
        windows: Array,
        result: Array,
        gradient: Array,
        before: Array | None,
    ) -> None:
        self.buffers, self.geometry, self.windows = buffers, geometry, windows
        self.result, self.gradient, self.before = result, gradient, before
        self.images = len(result) // (geometry.pooled[0] * geometry.pooled[1])
        self.phases: Array = result[None]
        if geometry.phases > 1:
            self.phases = np.empty((geometry.phases, *result.shape), result.dtype)
            self.top = np.empty_like(result)
            self.won, self.open = np.empty(result.shape, bool), np.empty(result.shape, bool)

    def answer(self, weights: Array) -> None:
        """Weighted sums of all windows, then the largest of each pool."""
        self.buffers.target[...] = self.windows
        sums = self.phases.reshape(-1, self.result.shape[-1])
        self.buffers.matrix.dot(weights, sums)
        if self.geometry.phases > 1:
            np.maximum.reduce(self.phases, 0, out=self.top)
            self.result[...] = self.top

    def unpooled(self, is_single: bool) -> Array:
        """The gradient of all sums: of each pool, the first of equal maxima takes all. The windows are
        copied again where other chunks have used the buffer.
        """
        if not is_single:
            self.buffers.target[...] = self.windows
        if self.geometry.phases == 1:
            return self.gradient
        self.open.fill(True)
        for phase in self.phases:
            np.equal(phase, self.top, self.won)
            np.logical_and(self.won, self.open, self.won)
            np.multiply(self.gradient, self.won, phase)
            np.logical_xor(self.open, self.won, self.open)
        return self.phases.reshape(-1, self.result.shape[-1])

    def spread(self, sums: Array, around: Array) -> None:
        """The way back to the input: the gradient on its field, windows of it, and one product."""
        buffers, geometry = self.buffers, self.geometry
        field, matrix, target = buffers.field, buffers.back_matrix, buffers.back_target
        assert field is not None
        assert matrix is not None
        assert target is not None
        assert self.before is not None
        rows, columns = geometry.pool
        high, broad = geometry.pooled
        top = (geometry.size[0] - 1) * geometry.dilation[0]
        left = (geometry.size[1] - 1) * geometry.dilation[1]
        phases = sums.reshape(rows, columns, self.images, high, broad, geometry.filters)
        for row in range(rows):
            for column in range(columns):
                field[
                    :,
                    top + row : top + row + rows * high : rows,
                    left + column : left + column + columns * broad : columns,
                ] = phases[row, column]
        target[...] = buffers.back_windows
        matrix.dot(around, self.before)
