"""One sample on its way through a network, every number kept.

A trace is computed in float64, whatever the model computes in, so that worked sums come out even. Its JSON is
the one contract between the engine and everything that draws or tells a forward pass:

    {"v": 1, "layers": [{
        "name": str,            the layer's name
        "kind": str,            Keras's class name
        "inputs": [int],        positions in "layers" of what it receives; empty for an InputLayer
        "shape": [int],         shape of "a": one sample, no batch axis
        "activation": str,      where the layer applies one
        "kernel": [[number]],   Dense: (inputs, units)
        "bias": [number],       Dense with a bias: (units,)
        "z": nested numbers,    what the activation is applied to; for a softmax layer the logits
        "a": nested numbers,    what the layer passes on; for a softmax layer the class probabilities
        "unit": [int],          only where a sum was asked for: the position in "z"
        "sum": [[term, weight, input, product], ...]    its worked sum; a term is the input's position,
    }]}                                                 or "bias" for the last one

Keys that do not apply are absent. Every number is finite; one that overflowed is null. A change to this form
raises "v".
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any, Final, TypeAlias

import numpy as np

from engine.budget import Budget
from engine.errors import ShapeError
from engine.explain.sample import exact, one_sample
from engine.explain.sums import SUMS, Term
from engine.nn.arrays import Array
from engine.nn.layers import Context, Visit
from engine.nn.model import Model
from engine.spec import Item, estimate
from engine.spec.strict_json import Plain

VERSION: Final = 1

Position: TypeAlias = tuple[int, ...]
"""Where in a layer's `z` a unit stands: (2,) for the third unit of a Dense layer."""


@dataclass(frozen=True, slots=True)
class LayerTrace:
    """One layer's part: arrays without the batch axis, float64.

    `x` are its inputs, `sources` the positions in `Trace.layers` they come from. `notes` holds what the
    layer kept on its way, `z` among it.
    """

    name: str
    kind: str
    sources: tuple[int, ...]
    x: tuple[Array, ...]
    a: Array
    activation: str | None
    weights: dict[str, Array]
    notes: dict[str, Array] = field(default_factory=dict)

    @property
    def z(self) -> Array | None:
        """What the activation is applied to, where there is one."""
        return self.notes.get("z")

    def sum(self, unit: int | Position) -> tuple[Term, ...]:
        """The worked sum of one unit's `z`, bias last. Raises ShapeError when there is none."""
        position = (unit,) if isinstance(unit, int) else unit
        if self.kind not in SUMS or self.z is None:
            raise ShapeError(f'{self.kind} "{self.name}" computes no weighted sum.')
        fits = len(position) == self.z.ndim and all(
            0 <= index < size for index, size in zip(position, self.z.shape, strict=True)
        )
        if not fits:
            raise ShapeError(
                f'{self.kind} "{self.name}" has no unit at {position}.',
                f"Its sums have the shape {self.z.shape}, counted from 0.",
            )
        return SUMS[self.kind](self.x[0], self.weights, position)

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
        for name in ("kernel", "bias"):
            if name in self.weights:
                entry[name] = plain(self.weights[name])
        if self.z is not None:
            entry["z"] = plain(self.z)
        entry["a"] = plain(self.a)
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
        name=layer.name,
        kind=layer.kind,
        sources=sources,
        x=tuple(array[0] for array in visit.inputs),
        a=visit.outputs[0][0],
        activation=_activation_name(layer.config.get("activation")),
        weights={parameter.name: parameter.value.copy() for parameter in layer.parameters},
        notes={name: array[0] for name, array in visit.notes.items()},
    )


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
