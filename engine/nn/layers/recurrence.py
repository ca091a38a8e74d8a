"""The walk along a sequence: the same weights at every step, a state carried from one to the next.

The inputs' weighted sums are worked out for all steps at once; a cell then takes one step at a time. Like
everything here, a step returns its way back, and backpropagation through time is calling these in reverse.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

import numpy as np

from engine.nn.activations import activation
from engine.nn.arrays import Array, Arrays, BackwardMany
from engine.nn.layers.base import Context, Layer, Masks
from engine.spec import Shapes

StepBack: TypeAlias = Callable[[Arrays], tuple[Array, Arrays]]
"""Gradients of the new states -> gradients of the projected input and of the old states."""


Note: TypeAlias = Callable[[str, Array], None]


class Onlooker:
    """Collects what each step notes, and hands it on as one array (batch, steps, units) for each name."""

    def __init__(self, context: Context) -> None:
        self.context = context
        self.collected: dict[str, list[Array]] = {}

    def note(self, name: str, array: Array) -> None:
        """Keeps an array of one step, if anybody looks on."""
        if self.context.notes is not None:
            self.collected.setdefault(name, []).append(array)

    def finish(self) -> None:
        """Hands on what was collected."""
        for name, arrays in self.collected.items():
            self.context.note(name, np.stack(arrays, axis=1))


class Recurrent(Layer):
    """What SimpleRNN, LSTM and GRU share: the walk along a sequence.

    kernel (features, gates * units), recurrent_kernel (units, gates * units), x (batch, steps, features).
    `states` arrays of (batch, units) are carried, the first of them the output.
    """

    states = 1

    def setup(self, inputs: Shapes) -> None:
        self.units = self.config.whole("units")
        self.activate = activation(self.config["activation"])
        self.carried: Arrays | None = None

    def step(self, projected: Array, old: Arrays, kept: Array | None, note: Note) -> tuple[Arrays, StepBack]:
        """One step: the input's weighted sums and the old states -> the new states, and the way back.

        `kept` is the dropout of the state, or None; `note` takes what an onlooker may want to see.
        """
        raise NotImplementedError

    def input_bias(self) -> Array | None:
        """What is added to the input's weighted sums of every step."""
        if "bias" not in self:
            return None
        return self["bias"]

    def learn_input_bias(self, gradient: Array) -> None:
        """Adds the gradient of what `input_bias` returned."""
        self.learn("bias", gradient)

    def call(self, inputs: Arrays, context: Context) -> tuple[Arrays, BackwardMany]:
        given = inputs[1:] or context.keywords.get("initial_state", ())
        outputs, backward = self.walk(inputs[0], given, context)

        def back(gradients: Arrays) -> Arrays:
            dx, *dstates = backward(gradients)
            return (dx, *dstates[: len(given)])

        return outputs, back

    def walk(self, x: Array, given: Arrays, context: Context) -> tuple[Arrays, BackwardMany]:
        """All steps; the way back ends in gradients of x and of the initial states."""
        backwards = self.config.flag("go_backwards")
        mask = context.mask
        if backwards:
            x, mask = x[:, ::-1], None if mask is None else mask[:, ::-1]
        drop, kept = self._dropout(x, context)
        seen = x if drop is None else x * drop
        projected = seen @ self["kernel"]
        bias = self.input_bias()
        if bias is not None:
            projected = projected + bias
        state = self._start(x, given)
        output = np.zeros_like(state[0])
        outputs, steps = [], []
        seen_by = Onlooker(context)
        for number in range(x.shape[1]):
            new, step_back = self.step(projected[:, number], state, kept, seen_by.note)
            here = None if mask is None else mask[:, number, None]
            if here is None:
                state, output = new, new[0]
            else:
                state = tuple(np.where(here, fresh, old) for fresh, old in zip(new, state, strict=True))
                output = np.where(here, new[0], output)
            outputs.append(output)
            if not context.one_way:
                steps.append((step_back, here))
        if self.config.flag("stateful"):
            self.carried = state
        sequence = np.stack(outputs, axis=1) if outputs else np.zeros((len(x), 0, self.units), x.dtype)
        context.note("steps", sequence)
        seen_by.finish()
        shown = self._shown(sequence, output, mask)

        def backward(gradients: Arrays) -> Arrays:
            dsteps, doutput = self._spread(gradients[0], sequence, mask)
            dstate = gradients[1:] if len(gradients) > 1 else tuple(np.zeros_like(s) for s in state)
            dprojected = np.zeros_like(projected)
            for number in range(len(steps) - 1, -1, -1):
                step_back, here = steps[number]
                doutput = doutput + dsteps[:, number]
                if here is None:
                    dnew, doutput = (dstate[0] + doutput, *dstate[1:]), np.zeros_like(doutput)
                    dprojected[:, number], dstate = step_back(dnew)
                    continue
                dnew = tuple(here * d for d in (dstate[0] + doutput, *dstate[1:]))
                dprojected[:, number], dold = step_back(dnew)
                dstate = tuple(~here * d + o for d, o in zip(dstate, dold, strict=True))
                doutput = ~here * doutput
            rows = dprojected.reshape(-1, dprojected.shape[-1])
            self.learn("kernel", seen.reshape(-1, seen.shape[-1]).T @ rows)
            if bias is not None:
                self.learn_input_bias(rows.sum(axis=0))
            dx = dprojected @ self["kernel"].T
            if drop is not None:
                dx = dx * drop
            return (dx[:, ::-1] if backwards else dx, *dstate)

        last = state if self.config.flag("return_state") else ()
        return (shown, *last), backward

    def _start(self, x: Array, given: Arrays) -> Arrays:
        """The initial states: those given, those kept from the last batch, or zeros."""
        if given:
            return given
        if self.config.flag("stateful") and self.carried is not None and len(self.carried[0]) == len(x):
            return self.carried
        return tuple(np.zeros((len(x), self.units), x.dtype) for _ in range(self.states))

    def _dropout(self, x: Array, context: Context) -> tuple[Array | None, Array | None]:
        """What is kept of the inputs and of the state: the same at every step of a sequence."""
        masks: list[Array | None] = []
        for name, size in (("dropout", x.shape[-1]), ("recurrent_dropout", self.units)):
            rate = self.config.real(name)
            if not context.training or not 0 < rate < 1:
                masks.append(None)
                continue
            assert context.random is not None
            kept = context.random.random((len(x), size), dtype=np.float32) >= rate
            masks.append(kept / x.dtype.type(1 - rate))
        inputs = masks[0]
        return None if inputs is None else inputs[:, None], masks[1]

    def _shown(self, sequence: Array, last: Array, mask: Array | None) -> Array:
        """What the layer returns: every step or the last; padded steps as zeros where that is asked for."""
        zero = mask is not None and self.config.flag("zero_output_for_mask")
        if not self.config.flag("return_sequences"):
            return last * mask[:, -1:] if zero and mask is not None else last
        return sequence * mask[..., None] if zero and mask is not None else sequence

    def _spread(self, gradient: Array, sequence: Array, mask: Array | None) -> tuple[Array, Array]:
        """The way back of `_shown`: gradients of every step, and of the last output."""
        zero = mask is not None and self.config.flag("zero_output_for_mask")
        if self.config.flag("return_sequences"):
            dsteps = gradient * mask[..., None] if zero and mask is not None else gradient
            return dsteps, np.zeros_like(gradient[:, 0])
        return np.zeros_like(sequence), gradient * mask[:, -1:] if zero and mask is not None else gradient

    def output_masks(self, inputs: Arrays, context: Context) -> Masks:
        last = (None,) * (self.states if self.config.flag("return_state") else 0)
        return (context.mask if self.config.flag("return_sequences") else None, *last)
