"""Answering with a convolution: windows copied into the cache, one product, pooling, activation."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

import numpy as np

from engine.nn.arrays import Array
from engine.nn.layers import Layer
from engine.nn.plan.building import Building, copying, entering
from engine.nn.plan.elementwise import forward_step
from engine.nn.plan.joined import joined
from engine.nn.plan.memory import aligned
from engine.nn.plan.sliding import buffer_for, windows_of
from engine.spec.sliding import Sliding

Job: TypeAlias = Callable[[Array, Array], None]
"""Answers the windows of some images, given as a view of them, in a flat part of the output."""


def convolution(building: Building, layer: Layer, geometry: Sliding) -> None:
    """Adds a convolution, with the max-pooling that `geometry` tells of."""
    batch = building.shape[0]
    is_flat = len(building.shape) == 3
    wide = padded_rows(building, geometry)
    result = np.empty((batch, *geometry.pooled, geometry.filters), building.dtype)
    step, jobs = geometry.chunk(batch), []
    for images in {step, batch % step} - {0}:
        job = product(layer, geometry, images, building.dtype)
        starts = range(0, batch - batch % step, step) if images == step else [batch - images]
        for start in starts:
            part = slice(start, start + images)
            jobs.append((job, windows_of(geometry, wide[part]), result[part].reshape(-1, geometry.filters)))
    activate = [forward_step(layer, part) for _, _, part in jobs]
    pieces = [(*job, after) for job, after in zip(jobs, activate, strict=True)]

    def run() -> None:
        for answer, windows, part, after in pieces:
            answer(windows, part)
            after()

    building.steps.append(run)
    building.become_rows(result[:, 0] if is_flat else result)


def padded_rows(building: Building, geometry: Sliding) -> Array:
    """The images with their padding, filled by the steps so far."""
    shape = (building.shape[0], *geometry.image)
    if not any(map(any, geometry.pads)):
        return building.take_rows().reshape(shape)
    wide = np.zeros((shape[0], *geometry.wide), building.dtype)
    (top, _), (left, _) = geometry.pads
    inside = wide[:, top : top + shape[1], left : left + shape[2]]
    target = inside[:, 0] if len(building.shape) == 3 else inside
    if building.columns is None and building.rows is None:
        building.enter = entering(target)
    else:
        building.steps.append(copying(target, building.take_rows()))
    return wide


def product(layer: Layer, geometry: Sliding, images: int, dtype: np.dtype[np.generic]) -> Job:
    """The job for this many images: windows times kernel, bias included, then the largest of each pool."""
    has_bias = "bias" in layer
    weights = joined(layer) if has_bias else layer["kernel"].reshape(-1, geometry.filters)
    matrix, target = buffer_for(geometry, images, int(has_bias), dtype)
    answer, maximum = matrix.dot, np.maximum
    if geometry.phases == 1:

        def plain(windows: Array, part: Array) -> None:
            target[...] = windows
            answer(weights, part)

        return plain
    z = aligned((len(matrix), geometry.filters), dtype)
    first, second, *others = z.reshape(geometry.phases, -1, geometry.filters)

    def pooled(windows: Array, part: Array) -> None:
        target[...] = windows
        answer(weights, z)
        maximum(first, second, out=part)
        for other in others:
            maximum(part, other, out=part)

    return pooled
