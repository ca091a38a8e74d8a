"""Answering with a recurrent layer: one product a step.

Every step has a slab `[x, h, 1]`. The inputs are filled in once for all steps; a step's product with kernel,
recurrent kernel and bias, which lie below each other in memory, is all of its weighted sums, and its new
state is written straight into the next step's slab.

A sigmoid is half a tanh: sigmoid(z) = tanh(z / 2) / 2 + 1 / 2. With that halving folded into the weights, in
each call anew, one tanh serves all gates.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np

from engine.nn.arrays import Array
from engine.nn.layers import Layer
from engine.nn.plan.building import Building, copying, entering
from engine.nn.plan.elementwise import Step, constant, forward_step
from engine.nn.plan.joined import joined
from engine.nn.plan.memory import aligned

WEIGHTS: Final = ("kernel", "recurrent_kernel", "bias")


def recurrence(building: Building, layer: Layer) -> None:
    """Adds a recurrent layer."""
    batch, steps, features = building.shape
    units = layer.config.whole("units")
    slabs = _zeros((steps + 1, features + units + 1, batch), building.dtype)
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


def _zeros(shape: tuple[int, ...], dtype: np.dtype[np.generic]) -> Array:
    zeros = aligned(shape, dtype)
    zeros.fill(0)
    return zeros


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
    weights = _zeros((slabs.shape[1], 4 * units), slabs.dtype)
    product = weights.T.dot
    block = _zeros((5 * units, batch), slabs.dtype)
    sums, gates, c = block[: 4 * units], block[: 3 * units], block[4 * units :]
    kept, shown, added = block[: 2 * units], block[2 * units : 3 * units], block[3 * units :]
    both, bent, memory = np.empty_like(kept), np.empty_like(c), c.reshape(-1)
    pair, halves = both.reshape(2, -1), np.full(2, 0.5, slabs.dtype).dot
    one, half = constant(1, gates), np.array(0.5, slabs.dtype)
    tanh, multiply, add = np.tanh, np.multiply, np.add
    steps, shows = list(zip(slabs[:-1], states[1:], strict=True)), _shown(layer, states)
    fold = _folding_lstm(layer, weights, units)

    def walk() -> None:
        fold()
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


def _folding_lstm(layer: Layer, weights: Array, units: int) -> Step:
    """Copies the weights in the order i, f, o, g: the gates' halved, and what meets a doubled state too."""
    given = joined(layer, [name for name in WEIGHTS if name in layer])
    features, rows = len(layer["kernel"]), weights[: len(given)]
    kept, candidate, shown = (slice(start * units, end * units) for start, end in ((0, 2), (2, 3), (3, 4)))
    copies = (
        (rows[:, kept], given[:, kept]),
        (rows[:, candidate], given[:, shown]),
        (rows[:, shown], given[:, candidate]),
    )
    factors = np.ones_like(rows)
    factors[:, : 3 * units] *= 0.5
    factors[features : features + units] *= 0.5
    return _scaled(copies, rows, factors)


def _scaled(copies: Sequence[tuple[Array, Array]], weights: Array, factors: Array) -> Step:
    """Copies parts to their places in the weights, then scales these all at once, which is quickest."""
    multiply = np.multiply

    def fold() -> None:
        for target, source in copies:
            target[...] = source
        multiply(weights, factors, weights)

    return fold


def _gru(layer: Layer, slabs: Array, states: Array) -> Step:
    """The sums are z, r, and the candidate's twice, from x alone and from h alone, for r comes between.

    Gates are kept doubled: the sums from h are halved for r, and candidate + z * (h - candidate) is added up
    with weights of 1 and one half.
    """
    units, batch = states.shape[1:]
    weights = _zeros((slabs.shape[1], 4 * units), slabs.dtype)
    product = weights.T.dot
    sums = aligned((4 * units, batch), slabs.dtype)
    gates, z, r = sums[: 2 * units], sums[:units], sums[units : 2 * units]
    candidate, inner = sums[2 * units : 3 * units], sums[3 * units :]
    pair, shares = sums[2 * units :].reshape(2, -1), np.array([1, 0.5], slabs.dtype).dot
    one = constant(1, gates)
    tanh, multiply, add, subtract = np.tanh, np.multiply, np.add, np.subtract
    flat = [state.reshape(-1) for state in states[1:]]
    steps = list(zip(slabs[:-1], states[:-1], flat, strict=True))
    fold = _folding_gru(layer, weights, units)

    def walk() -> None:
        fold()
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


def _folding_gru(layer: Layer, weights: Array, units: int) -> Step:
    """Copies the weights, those halved that a doubled gate makes up for."""
    kernel, recurrent = layer["kernel"], layer["recurrent_kernel"]
    features = len(kernel)
    gates, inside, inner = slice(0, 2 * units), slice(2 * units, 3 * units), slice(3 * units, None)
    from_x, from_h, alone = weights[:features], weights[features:-1], weights[-1]
    copies = [
        (from_x[:, gates], kernel[:, gates]),
        (from_x[:, inside], kernel[:, inside]),
        (from_h[:, gates], recurrent[:, gates]),
        (from_h[:, inner], recurrent[:, inside]),
    ]
    factors = np.full_like(weights, 0.5)
    factors[:, inside] = 1
    if "bias" not in layer:
        return _scaled(copies, weights, factors)
    outer_bias, inner_bias = layer["bias"]
    copies += [
        (alone[inside], outer_bias[inside]),
        (alone[inner], inner_bias[inside]),
    ]
    first, second, both = outer_bias[gates], inner_bias[gates], alone[gates]
    scale, add = _scaled(copies, weights, factors), np.add

    def fold() -> None:
        add(first, second, both)
        scale()

    return fold
