"""Where two networks part ways on one sample: the first layer whose values differ, in whatever order its
units are.

Layers are compared in pairs, in the order of computation. Where a pair gives other shapes, what follows does
not correspond either, and only the last layers are left to compare.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from engine.budget import Budget
from engine.explain.forward import LayerTrace, trace
from engine.nn.arrays import Array
from engine.nn.model import Model

TOLERANCE: Final = 1e-3
"""How far apart values may be, relative to their size where that is above 1."""


@dataclass(frozen=True, slots=True)
class Divergence:
    """A pair of layers that answer differently: the layer of the one network, counted from 1 of `count`, what
    it gives, and what the other network's gives. `same_shape` is False when the two cannot be compared.
    """

    layer: str
    kind: str
    number: int
    count: int
    one: Array
    other: Array
    same_shape: bool


def diverging(one: Model, other: Model, x: Any, budget: Budget | None = None) -> Divergence | None:
    """The first pair of layers that differ for a sample; None when no pair does.

    Raises ShapeError when the sample does not fit both, BudgetExceeded when a pass costs more than `budget`.
    """
    left, right = (_layers(model, x, budget) for model in (one, other))
    for number, (a, b) in enumerate(zip(left, right, strict=False), start=1):
        is_last = number == min(len(left), len(right))
        if a.a.shape != b.a.shape or (is_last and len(left) != len(right)):
            break
        if _differ(a.a, b.a, in_any_order=not is_last):
            return Divergence(a.name, a.kind, number, len(left), a.a, b.a, True)
    else:
        return None
    last, theirs = left[-1], right[-1]
    same = last.a.shape == theirs.a.shape
    if same and not _differ(last.a, theirs.a, in_any_order=False):
        return None
    return Divergence(last.name, last.kind, len(left), len(left), last.a, theirs.a, same)


def _layers(model: Model, x: Any, budget: Budget | None) -> list[LayerTrace]:
    return [layer for layer in trace(model, x, budget).layers if layer.kind != "InputLayer"]


def _differ(one: Array, other: Array, *, in_any_order: bool) -> bool:
    if in_any_order:
        one, other = np.sort(one, axis=-1), np.sort(other, axis=-1)
    size = np.maximum(1.0, np.maximum(np.abs(one), np.abs(other)))
    with np.errstate(all="ignore"):
        near = np.abs(one - other) <= TOLERANCE * size
    return not bool((near | (one == other) | (np.isnan(one) & np.isnan(other))).all())
