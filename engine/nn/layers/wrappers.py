"""Layers around layers: both directions of a sequence, and the same layer at every step."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Final, TypeAlias

import numpy as np

from engine.nn.arrays import Array, Arrays, BackwardMany
from engine.nn.layers import LAYERS
from engine.nn.layers.base import Context, Layer, Masks
from engine.nn.layers.recurrence import Recurrent
from engine.nn.layers.recurrent import GRU, LSTM, SimpleRNN
from engine.spec import Shapes

Merge: TypeAlias = Callable[[Array, Array], tuple[Array, Callable[[Array], Arrays]]]

CELLS: Final[dict[str, type[Recurrent]]] = {"SimpleRNN": SimpleRNN, "LSTM": LSTM, "GRU": GRU}


def concat(a: Array, b: Array) -> tuple[Array, Callable[[Array], Arrays]]:
    return np.concatenate([a, b], -1), lambda gradient: tuple(np.split(gradient, 2, -1))


def add(a: Array, b: Array) -> tuple[Array, Callable[[Array], Arrays]]:
    return a + b, lambda gradient: (gradient, gradient)


def multiply(a: Array, b: Array) -> tuple[Array, Callable[[Array], Arrays]]:
    return a * b, lambda gradient: (gradient * b, gradient * a)


def average(a: Array, b: Array) -> tuple[Array, Callable[[Array], Arrays]]:
    return (a + b) / 2, lambda gradient: (gradient / 2, gradient / 2)


MERGES: Final[dict[str, Merge]] = {"concat": concat, "sum": add, "mul": multiply, "ave": average}


def told_apart(context: Context, ahead: Context, behind: Context) -> None:
    """Hands on what both directions noted, each under names of its own."""
    for prefix, each in (("forward", ahead), ("backward", behind)):
        for name, array in (each.notes or {}).items():
            context.note(f"{prefix}_{name}", array)


class Bidirectional(Layer):
    """Two recurrent layers, one from each end; what they return is merged."""

    def setup(self, inputs: Shapes) -> None:
        half = len(self.parameters) // 2
        first, second = self.config.layer("layer"), self.config.layer("backward_layer")
        self.ahead = CELLS[first.kind](first, inputs, self.parameters[:half])
        self.behind = CELLS[second.kind](second, inputs, self.parameters[half:])
        self.sequences = first.config.flag("return_sequences")
        self.mode = self.config["merge_mode"]

    def call(self, inputs: Arrays, context: Context) -> tuple[Arrays, BackwardMany]:
        given = context.keywords.get("initial_state", ())
        half = len(given) // 2
        x = inputs[0]
        ahead, behind = (replace(context, notes=None if context.notes is None else {}) for _ in range(2))
        (a, *a_states), a_backward = self.ahead.walk(x, given[:half], ahead)
        (b, *b_states), b_backward = self.behind.walk(x, given[half:], behind)
        told_apart(context, ahead, behind)
        b = b[:, ::-1] if self.sequences else b
        if isinstance(self.mode, str):
            merged, merge_backward = MERGES[self.mode](a, b)
            outputs: Arrays = (merged, *a_states, *b_states)
        else:
            outputs, merge_backward = (a, b, *a_states, *b_states), None

        def backward(gradients: Arrays) -> Arrays:
            if merge_backward is None:
                (da, db), rest = gradients[:2], gradients[2:]
            else:
                (da, db), rest = merge_backward(gradients[0]), gradients[1:]
            db = db[:, ::-1] if self.sequences else db
            dx, *a_starts = a_backward((da, *rest[: len(a_states)]))
            dx_behind, *b_starts = b_backward((db, *rest[len(a_states) :]))
            return (dx + dx_behind, *a_starts[:half], *b_starts[:half])

        return outputs, backward

    def output_masks(self, inputs: Arrays, context: Context) -> Masks:
        mask = context.mask if self.sequences else None
        count = 1 if isinstance(self.mode, str) else 2
        last = 2 * self.ahead.states if self.ahead.config.flag("return_state") else 0
        return (mask,) * count + (None,) * last


class TimeDistributed(Layer):
    """One layer at every step: steps are laid out as samples, and gathered again."""

    def setup(self, inputs: Shapes) -> None:
        wrapped = self.config.layer("layer")
        self.inner = LAYERS[wrapped.kind](wrapped, ((None, *inputs[0][2:]),), self.parameters)

    def call(self, inputs: Arrays, context: Context) -> tuple[Arrays, BackwardMany]:
        x = inputs[0]
        rows = x.reshape(-1, *x.shape[2:])
        (y,), backward = self.inner.call((rows,), replace(context, masks=(), notes=None))

        def back(gradients: Arrays) -> Arrays:
            return (backward((gradients[0].reshape(y.shape),))[0].reshape(x.shape),)

        return (y.reshape(*x.shape[:2], *y.shape[1:]),), back
