"""One sample on its way through a network, every number kept.

A trace is computed in float64, whatever the model computes in, so that worked sums come out even. Its JSON is
the one contract between the engine and everything that draws or tells a forward pass:

    {"v": 1, "layers": [{
        "name": str,            the layer's name
        "kind": str,            Keras's class name
        "inputs": [int],        positions in "layers" of what it receives; empty for an InputLayer
        "shape": [int],         shape of "a": one sample, no batch axis
        "activation": str,      where the layer applies one
        "kernel": nested,       in Keras's layout: (inputs, units) of a Dense layer
        "bias": nested,         likewise: (units,)
        "weights": {name: nested},  its other weights, by Keras's names
        "z": nested numbers,    what the activation is applied to; for a softmax layer the logits
        "notes": {name: nested},    what else it worked out on its way (see NOTES)
        "a": nested numbers,    what the layer passes on; for a softmax layer the class probabilities
        "omitted": [name],      which of the above were left out for their size (see MOST_NUMBERS)
        "unit": [int],          only where a sum was asked for: the position in "z"
        "sum": [[term, weight, input, product], ...]    its worked sum; a term is the input's position,
    }]}                                                 or "bias" for the last one

Keys that do not apply are absent. Every number is finite; one that overflowed is null. A change to this form
raises "v".
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np

from engine.budget import Budget
from engine.errors import ShapeError
from engine.explain.sample import exact, one_sample
from engine.explain.sums import SUMS, Position, Sources, Term
from engine.nn import layers as nn
from engine.nn.arrays import Array
from engine.nn.layers import Context, Visit
from engine.nn.model import Model
from engine.spec import Item, Layer, estimate
from engine.spec.strict_json import Plain

VERSION: Final = 1

MOST_NUMBERS: Final = 50_000
"""Arrays with more numbers than this stay out of the JSON."""

NOTES: Final = {
    "winner": "which value of each window was the first to be largest, counted row by row",
    "steps": "a recurrent layer's output after each step, in the order in which it took them",
    "input_gate": "how much of the candidate an LSTM lets in, at each step",
    "forget_gate": "how much of its memory an LSTM keeps, at each step",
    "output_gate": "how much of its memory an LSTM shows, at each step",
    "candidate": "the new content that an LSTM or GRU offers, at each step",
    "memory": "an LSTM's memory after each step",
    "update_gate": "how much of its last state a GRU keeps, at each step",
    "reset_gate": "how much of its last state a GRU's candidate sees, at each step",
    "scores": "how well each key matches each query, before softmax",
    "attention": "the share of each value in each query's answer",
    "normalized": "the numbers at mean 0 and spread 1, before they are scaled and shifted",
    "depthwise": "a separable convolution's sums of each channel, before they are summed across",
}
"""What layers note beside `z`; those of Bidirectional begin with forward_ or backward_, `z` among them."""


@dataclass(frozen=True, slots=True)
class LayerTrace:
    """One layer's part: arrays without the batch axis, float64.

    `x` are its inputs, `sources` the positions in `Trace.layers` they come from. `notes` holds what the
    layer kept on its way, `z` among it.
    """

    layer: Layer
    sources: tuple[int, ...]
    x: tuple[Array, ...]
    a: Array
    activation: str | None
    weights: dict[str, Array]
    notes: dict[str, Array] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """The layer's name."""
        return self.layer.name

    @property
    def kind(self) -> str:
        """Keras's class name."""
        return self.layer.kind

    @property
    def z(self) -> Array | None:
        """What the activation is applied to, where there is one."""
        return self.notes.get("z")

    def sum(self, unit: int | Position) -> tuple[Term, ...]:
        """The worked sum of one unit's `z`, bias last. Raises ShapeError when there is none."""
        position = (unit,) if isinstance(unit, int) else unit
        z = self.z
        if self.kind not in SUMS or z is None:
            raise ShapeError(f'{self.kind} "{self.name}" computes no weighted sum.')
        fits = len(position) == z.ndim and all(
            0 <= index < size for index, size in zip(position, z.shape, strict=True)
        )
        if not fits:
            raise ShapeError(
                f'{self.kind} "{self.name}" has no unit at {position}.',
                f"Its sums have the shape {z.shape}, counted from 0.",
            )
        made_from = Sources(self.layer, self.x[0], z, self.weights, self.notes.get("steps"))
        return SUMS[self.kind](made_from, position)

    def to_dict(self, unit: int | Position | None = None) -> dict[str, Plain]:
        """Plain JSON values in the form that the module describes."""
        entry: dict[str, Plain] = {
            "name": self.name,
            "kind": self.kind,
            "inputs": list(self.sources),
            "shape": list(self.a.shape),
        }
        if self.activation is not None:
            entry["activation"] = self.activation
        own = {name: self.weights[name] for name in ("kernel", "bias") if name in self.weights}
        others = {name: array for name, array in self.weights.items() if name not in own}
        notes = {name: array for name, array in self.notes.items() if name != "z"}
        told = own | ({} if self.z is None else {"z": self.z}) | {"a": self.a}
        entry |= {name: plain(array) for name, array in told.items() if array.size <= MOST_NUMBERS}
        for key, arrays in (("weights", others), ("notes", notes)):
            small = {name: plain(array) for name, array in arrays.items() if array.size <= MOST_NUMBERS}
            if small:
                entry[key] = small
        omitted = [name for name, array in (told | others | notes).items() if array.size > MOST_NUMBERS]
        if omitted:
            entry["omitted"] = list(omitted)
        if unit is not None:
            entry["unit"] = [unit] if isinstance(unit, int) else list(unit)
            entry["sum"] = [term.to_list() for term in self.sum(unit)]
        return entry


@dataclass(frozen=True, slots=True)
class Trace:
    """A forward pass of one sample, layer by layer, in the order of computation."""

    layers: tuple[LayerTrace, ...]

    def layer(self, name: str) -> LayerTrace:
        """The layer of that name; KeyError when there is none."""
        for layer in self.layers:
            if layer.name == name:
                return layer
        raise KeyError(name)

    def to_dict(self, focus: tuple[str, int | Position] | None = None) -> dict[str, Plain]:
        """Plain JSON values. `focus=('dense_1', 2)` adds the worked sum of that one unit."""
        layers: list[Plain] = []
        for layer in self.layers:
            layers.append(layer.to_dict(focus[1] if focus and focus[0] == layer.name else None))
        return {"v": VERSION, "layers": layers}

    def to_json(self, focus: tuple[str, int | Position] | None = None) -> str:
        """The same as JSON text."""
        return json.dumps(self.to_dict(focus), allow_nan=False, separators=(",", ":"))


def trace(model: Model, x: Any, budget: Budget | None = None) -> Trace:
    """Follows one sample through the model, at inference, in float64.

    `x` is one sample, `(features,)`, or a batch of one; for several inputs a list or dict of them. Raises
    ShapeError, and BudgetExceeded when one pass costs more than `budget` allows.
    """
    if budget is not None:
        budget.check(estimate(model.spec))
    follower = exact(model)
    arrays = one_sample(follower, x)
    visits: list[Visit] = []
    follower.run(arrays, Context(visits=visits))
    produced = {id(output): index for index, visit in enumerate(visits) for output in visit.outputs}
    return Trace(tuple(_layer_trace(visit, produced) for visit in visits))


def _layer_trace(visit: Visit, produced: dict[int, int]) -> LayerTrace:
    layer = visit.layer
    is_input = layer.kind == "InputLayer" and not any(id(x) in produced for x in visit.inputs)
    sources = () if is_input else tuple(produced[id(x)] for x in visit.inputs)
    return LayerTrace(
        layer=layer.spec,
        sources=sources,
        x=tuple(array[0] for array in visit.inputs),
        a=visit.outputs[0][0],
        activation=_activation_name(layer.config.get("activation")),
        weights=_weights(layer),
        notes={name: array[0] for name, array in visit.notes.items()},
    )


def _weights(layer: nn.Layer) -> dict[str, Array]:
    """Weights by name; of two layers in one, each name says which."""
    names = [parameter.name for parameter in layer.parameters]
    if len(set(names)) < len(names):
        half = len(names) // 2
        names = [f"{'forward' if at < half else 'backward'}_{name}" for at, name in enumerate(names)]
    return {name: parameter.value.copy() for name, parameter in zip(names, layer.parameters, strict=True)}


def _activation_name(value: object) -> str | None:
    if isinstance(value, Item):
        return value.kind
    return value if isinstance(value, str) else None


def plain(array: Array) -> Plain:
    """Nested lists of finite numbers; null for what is not finite, and 0 for a negative zero."""
    values = array.astype(np.float64) + 0.0
    if np.isfinite(values).all():
        told: Plain = values.tolist()
        return told
    return _without_infinities(values.tolist())


def _without_infinities(value: Any) -> Plain:
    if isinstance(value, list):
        return [_without_infinities(part) for part in value]
    return value if np.isfinite(value) else None
