"""Answering: a plan for one network and one shape of input."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from contextvars import Context as Variables
from functools import partial
from typing import TypeAlias

import numpy as np

from engine.nn.arrays import Array
from engine.nn.layers import Context, Layer
from engine.nn.plan.building import Building
from engine.nn.plan.convolving import convolution
from engine.nn.plan.elementwise import SPREAD, Step, forward_step, nothing
from engine.nn.plan.joined import joined
from engine.nn.plan.line import Station
from engine.nn.plan.recurring import recurrence
from engine.nn.plan.softmax import fresh_shares, shares
from engine.spec.line import IDLE, can_recur, has_step, pools
from engine.spec.sliding import sliding

Product: TypeAlias = Callable[[Array, Array], object]
"""Writes a product with what it reads first into what it is given second."""

Answer: TypeAlias = Callable[[Array], Array]
"""A compiled plan: a batch of one exact shape and dtype -> a fresh array of answers."""


def compiled(stations: Sequence[Station], count: int, dtype: np.dtype[np.generic]) -> Answer:
    """A plan for a straight line of layers and this number of samples."""
    building = Building((count, *stations[0].shape), dtype)
    active = [station for station in stations if station.layer.kind not in IDLE]
    while active:
        active = active[_add(building, active) :]
    return quiet(_line(building))


def is_worth_it(stations: Sequence[Station]) -> bool:
    """Whether any layer on the line has a step of its own."""
    return any(has_step(station.layer) for station in stations)


def in_chunks(make: Callable[[int], Answer], count: int, chunk: int) -> Answer:
    """A plan that runs `chunk` samples at a time; `make` gives the plan for a number of samples."""
    if count <= chunk:
        return make(count)
    whole, rest = make(chunk), make(count % chunk) if count % chunk else None

    def answer(x: Array) -> Array:
        end = count - count % chunk
        first = whole(x[:chunk])
        answers = np.empty((count, *first.shape[1:]), first.dtype)
        answers[:chunk] = first
        for start in range(chunk, end, chunk):
            answers[start : start + chunk] = whole(x[start : start + chunk])
        if rest is not None:
            answers[end:] = rest(x[end:])
        return answers

    return answer


def quiet(answer: Answer) -> Answer:
    """The same without NumPy's warnings: numbers may overflow to infinity, silently.

    NumPy keeps this setting in a context variable; entering a context that has it set costs a twentieth of
    setting it anew. Such a context can be entered by one thread at a time, as the buffers of a plan can.
    """
    variables = Variables()
    variables.run(np.seterr, all="ignore")
    run = variables.run
    return partial(run, answer)  # type: ignore[call-arg]


def _line(building: Building) -> Answer:
    rows = building.take_rows() if building.leave is None else None
    enter, steps, leave = building.enter, tuple(building.steps), building.leave
    assert enter is not None
    if leave is None:
        assert rows is not None
        leave = rows.copy

    def answer(x: Array) -> Array:
        enter(x)
        for step in steps:
            step()
        return leave()

    return answer


def _add(building: Building, stations: Sequence[Station]) -> int:
    """Adds the steps of the first layer, or of the first few where these are run as one; returns how many."""
    layer, shape = stations[0]
    if layer.kind in ("Conv1D", "Conv2D"):
        after = stations[1].layer if len(stations) > 1 and pools(layer, stations[1].layer) else None
        geometry = sliding(layer, building.shape, after)
        if geometry is not None:
            convolution(building, layer, geometry)
            return 1 if after is None else 2
    if layer.kind == "Flatten":
        flatten(building)
    elif can_recur(layer):
        recurrence(building, layer)
    elif layer.kind == "Dense" and has_step(layer):
        dense(building, layer, is_last=len(stations) == 1)
    else:
        plain(building, layer, shape)
    return 1


def flatten(building: Building) -> None:
    """Another view of the same rows."""
    if len(building.shape) != 2:
        rows = building.take_rows()
        building.become_rows(rows.reshape(len(rows), -1))


def plain(building: Building, layer: Layer, shape: tuple[int, ...]) -> None:
    """A layer without a step of its own, called as it is."""
    rows = building.take_rows()
    result = np.empty((len(rows), *shape), building.dtype)

    def step() -> None:
        result[...] = layer.call((rows,), Context(one_way=True))[0][0]

    building.steps.append(step)
    building.become_rows(result)


def dense(building: Building, layer: Layer, is_last: bool) -> None:
    """z = kernel_and_bias.T @ columns, and the activation in place."""
    slab = building.slab(layer.config.whole("units"), math.prod(building.lead))
    z = slab[:-1]
    is_wide, kind = building.is_wide(), layer.config["activation"]
    if is_wide:
        sums = _wide_sums(building, layer, z)
    else:
        product, columns, target = _product(building, layer, z)
        sums = partial(product, columns, target)
    building.become_columns(slab)
    if kind == "softmax" and is_last and len(building.shape) == 2:
        building.steps.append(sums)
        building.leave = fresh_shares(z)
        return
    if kind == "relu" and not is_wide and z.size <= SPREAD:
        building.steps.append(_rectified(product, columns, target))
        return
    activate = shares(z) if kind == "softmax" else forward_step(layer, z)

    def step() -> None:
        sums()
        activate()

    building.steps.append(step)


def _product(building: Building, layer: Layer, z: Array) -> tuple[Product, Array, Array]:
    """The weighted sums: a function, what it reads, and what it writes."""
    columns = building.take_columns()
    if "bias" in layer:
        weights = joined(layer)
    else:
        weights, columns = layer["kernel"], columns[:-1]
    if columns.shape[1] == 1:
        columns, z = columns.reshape(-1), z.reshape(-1)
    return weights.T.dot, columns, z


def _rectified(product: Product, columns: Array, z: Array) -> Step:
    """The most common step of all, in one function. `out` as a tuple is what NumPy would make of an array."""
    zero, maximum, into = np.zeros_like(z), np.maximum, (z,)

    def step() -> None:
        product(columns, z)
        maximum(z, zero, out=into)

    return step


def _wide_sums(building: Building, layer: Layer, z: Array) -> Step:
    """For inputs that are too large to be turned on their side: the product reads them as they lie, and the
    bias is added by itself.
    """
    product, features, add = layer["kernel"].T.dot, building.shape[-1], np.add
    bias = layer["bias"][:, None] if "bias" in layer else None

    def sums(x: Array) -> None:
        product(x.reshape(-1, features).T, z)
        if bias is not None:
            add(z, bias, z)

    rows = building.rows
    if rows is None:
        building.enter = sums
        return nothing
    return partial(sums, rows)
