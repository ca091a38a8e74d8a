"""What a walk along a sequence costs: products and gates at every step, and all that backpropagation through
time must remember.
"""

from __future__ import annotations

from typing import Final

from engine.spec.catalogue.activations import space_of
from engine.spec.catalogue.core import known_last
from engine.spec.catalogue.kinds import NUMBER, Work, held, volume
from engine.spec.structure import Layer, Shapes

GATES: Final = {"SimpleRNN": 1, "LSTM": 4, "GRU": 3}
"""How many blocks of weighted sums each of them has."""

REMEMBERED: Final = {"SimpleRNN": 1, "LSTM": 7, "GRU": 7}
"""Arrays of (batch, units) that each step keeps: gates, states, and what lies between them."""


def recurrent_cost(layer: Layer, inputs: Shapes, outputs: Shapes) -> Work:
    """Two matrix products a step, and about a dozen operations for each unit's gates.

    The inputs' sums are there for all steps at once; the states are collected, then laid side by side.
    """
    batch, steps = inputs[0][0] or 1, inputs[0][1] or 1
    units, width = layer.config.whole("units"), GATES[layer.kind] * layer.config.whole("units")
    flops = batch * steps * (2 * width * (known_last(inputs[0]) + units) + 12 * width)
    sums, states, made = NUMBER * batch * steps * width, NUMBER * batch * steps * units, held(*outputs)
    moment = NUMBER * batch * (2 * width + 4 * units)
    biased = 2 * sums if layer.config.flag("use_bias") else sums
    peak = max(biased, sums + states + max(states, moment))
    hidden = 0 if layer.config.flag("return_sequences") else states
    kept = sums + hidden + int(states * (REMEMBERED[layer.kind] + _activations(layer)))
    back = sums + hidden + moment + held(inputs[0])
    return Work(flops, max(peak - made, 0), steps, kept, back)


def _activations(layer: Layer) -> float:
    """Arrays of (batch, units) a step, of what its activations keep besides their outputs."""
    own = space_of(layer.config["activation"])
    kept = own.kept + own.sums
    if layer.kind == "SimpleRNN":
        return kept
    gate = space_of(layer.config["recurrent_activation"])
    inner = gate.kept + gate.sums
    return 3 * inner + 2 * kept if layer.kind == "LSTM" else 2 * inner + kept


def bidirectional_cost(layer: Layer, inputs: Shapes, outputs: Shapes) -> Work:
    """Both directions, one after the other, and their outputs until they are merged."""
    inner, made = layer.config.layer("layer"), held(*outputs)
    mode = layer.config["merge_mode"]
    own = made // 2 if mode in ("concat", None) else made
    half = outputs[:1] if mode != "concat" else ((*outputs[0][:-1], known_last(outputs[0]) // 2),)
    once, x = recurrent_cost(inner, inputs, half), held(inputs[0])
    merged = 0 if mode is None else 2 * own
    batch, steps = inputs[0][0] or 1, inputs[0][1] or 1
    first = NUMBER * batch * steps * inner.config.whole("units") * (GATES[inner.kind] + 1)
    return Work(
        2 * once.flops + sum(map(volume, outputs)),
        max(first + once.scratch + own - made, first + merged),
        2 * once.steps,
        2 * once.kept + merged,
        max(once.back + x, 3 * x) + (2 * own if mode == "mul" else 0),
    )
