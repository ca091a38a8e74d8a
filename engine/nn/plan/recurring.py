"""Answering with a recurrent layer: one product a step.

Every step has a slab `[x, h, 1]`. The inputs are filled in once for all steps; a step's product with kernel,
recurrent kernel and bias, which lie below each other in memory, is all of its weighted sums, and its new
state is written straight into the next step's slab.

A sigmoid is half a tanh: sigmoid(z) = tanh(z / 2) / 2 + 1 / 2. With that halving folded into the weights, in
each call anew, one tanh serves all gates.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from engine.nn.arrays import Array
from engine.nn.layers import Layer
from engine.nn.plan.building import Building, copying, entering
from engine.nn.plan.elementwise import Step, constant, forward_step
from engine.nn.plan.joined import joined

WEIGHTS: Final = ("kernel", "recurrent_kernel", "bias")


def recurrence(building: Building, layer: Layer) -> None:
    """Adds a recurrent layer."""
    batch, steps, features = building.shape
    units = layer.config.whole("units")
    slabs = np.zeros((steps + 1, features + units + 1, batch), building.dtype)
    slabs[:, -1] = 1
    _fill(building, slabs[:steps, :features], layer.config["go_backwards"] is True)
    states = slabs[:, features:-1]
    walk = {"SimpleRNN": _simple, "LSTM": _lstm, "GRU": _gru}[layer.kind]
    building.steps.append(walk(layer, slabs, states))
    if layer.config["return_sequences"] is True:
        rows = np.empty((batch, steps, units), building.dtype)
        building.steps.append(copying(rows, states[1:].transpose(2, 0, 1)))
        building.become_rows(rows)
    else:
        building.shape = (batch, features)
        building.become_columns(slabs[-1, features:])


def _fill(building: Building, inputs: Array, backwards: bool) -> None:
    """Copies the sequences into their places (steps, features, batch)."""
    target = (inputs[::-1] if backwards else inputs).transpose(2, 0, 1)
    if building.columns is None and building.rows is None:
        building.enter = entering(target)
    else:
        building.steps.append(copying(target, building.take_rows()))


def _simple(layer: Layer, slabs: Array, states: Array) -> Step:
    """h' = activation(sums)."""
    has_bias = "bias" in layer
    product = joined(layer, WEIGHTS).T.dot
    seen = slabs if has_bias else slabs[:, :-1]
    if layer.config["activation"] == "tanh":
        tanh, pairs = np.tanh, list(zip(seen[:-1], states[1:], strict=True))

        def usual_walk() -> None:
            for slab, new in pairs:
                product(slab, new)
                tanh(new, new)

        return usual_walk
    steps = [(slab, new, forward_step(layer, new)) for slab, new in zip(seen[:-1], states[1:], strict=True)]

    def walk() -> None:
        for slab, new, activate in steps:
            product(slab, new)
            activate()

    return walk


def _lstm(layer: Layer, slabs: Array, states: Array) -> Step:
    """The sums i, f, g, o are put in the order i, f, o, g, so that the gates lie side by side, and the memory
    c behind g: i * g and f * c are then one product of two blocks. Gates are kept doubled, tanh(z / 2) + 1;
    adding the two products with weights of one half makes up for it, and the state is halved at the end.
    """
    units, batch = states.shape[1:]
    weights = np.zeros((slabs.shape[1], 4 * units), slabs.dtype)
    product = weights.T.dot
    block = np.zeros((5 * units, batch), slabs.dtype)
    sums, gates, c = block[: 4 * units], block[: 3 * units], block[4 * units :]
    kept, shown, added = block[: 2 * units], block[2 * units : 3 * units], block[3 * units :]
    both, bent, memory = np.empty_like(kept), np.empty_like(c), c.reshape(-1)
    pair, halves = both.reshape(2, -1), np.full(2, 0.5, slabs.dtype).dot
    one, half = constant(1, gates), np.array(0.5, slabs.dtype)
    tanh, multiply, add = np.tanh, np.multiply, np.add
    steps, shows = list(zip(slabs[:-1], states[1:], strict=True)), _shown(layer, states)

    def walk() -> None:
        _fold_lstm(layer, weights, units)
        c.fill(0)
        for slab, new in steps:
            product(slab, sums)
            tanh(sums, sums)
            add(gates, one, gates)
            multiply(kept, added, both)
            halves(pair, memory)
            tanh(c, bent)
            multiply(shown, bent, new)
        multiply(shows, half, shows)

    return walk


def _shown(layer: Layer, states: Array) -> Array:
    """The states that the layer returns."""
    return states[1:] if layer.config["return_sequences"] is True else states[-1]


def _fold_lstm(layer: Layer, weights: Array, units: int) -> None:
    """Copies the weights in the order i, f, o, g: the gates' halved, and what meets a doubled state too."""
    given = joined(layer, [name for name in WEIGHTS if name in layer])
    features = len(layer["kernel"])
    rows = weights[: len(given)]
    np.multiply(given[:, : 2 * units], 0.5, rows[:, : 2 * units])
    np.multiply(given[:, 3 * units :], 0.5, rows[:, 2 * units : 3 * units])
    rows[:, 3 * units :] = given[:, 2 * units : 3 * units]
    rows[features : features + units] *= 0.5


def _gru(layer: Layer, slabs: Array, states: Array) -> Step:
    """The sums are z, r, and the candidate's twice, from x alone and from h alone, for r comes between.

    Gates are kept doubled: the sums from h are halved for r, and candidate + z * (h - candidate) is added up
    with weights of 1 and one half.
    """
    units, batch = states.shape[1:]
    weights = np.zeros((slabs.shape[1], 4 * units), slabs.dtype)
    product = weights.T.dot
    sums = np.empty((4 * units, batch), slabs.dtype)
    gates, z, r = sums[: 2 * units], sums[:units], sums[units : 2 * units]
    candidate, inner = sums[2 * units : 3 * units], sums[3 * units :]
    pair, shares = sums[2 * units :].reshape(2, -1), np.array([1, 0.5], slabs.dtype).dot
    one = constant(1, gates)
    tanh, multiply, add, subtract = np.tanh, np.multiply, np.add, np.subtract
    flat = [state.reshape(-1) for state in states[1:]]
    steps = list(zip(slabs[:-1], states[:-1], flat, strict=True))

    def walk() -> None:
        _fold_gru(layer, weights, units)
        for slab, old, new in steps:
            product(slab, sums)
            tanh(gates, gates)
            add(gates, one, gates)
            multiply(r, inner, inner)
            add(candidate, inner, candidate)
            tanh(candidate, candidate)
            subtract(old, candidate, inner)
            multiply(z, inner, inner)
            shares(pair, new)

    return walk


def _fold_gru(layer: Layer, weights: Array, units: int) -> None:
    """Copies the weights, those halved that a doubled gate makes up for."""
    kernel, recurrent = layer["kernel"], layer["recurrent_kernel"]
    features = len(kernel)
    gates, inside = slice(0, 2 * units), slice(2 * units, 3 * units)
    np.multiply(kernel[:, gates], 0.5, weights[:features, gates])
    np.multiply(recurrent[:, gates], 0.5, weights[features:-1, gates])
    weights[:features, inside] = kernel[:, inside]
    np.multiply(recurrent[:, inside], 0.5, weights[features:-1, 3 * units :])
    if "bias" in layer:
        outer, inner = layer["bias"]
        weights[-1, gates] = 0.5 * (outer[gates] + inner[gates])
        weights[-1, inside] = outer[inside]
        weights[-1, 3 * units :] = 0.5 * inner[inside]
