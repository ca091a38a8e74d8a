"""Inputs to tell two networks apart with: the simplest first, so that a counterexample is easy to read."""

from __future__ import annotations

from typing import Final

import numpy as np

from engine.nn.arrays import Array, Arrays, Random
from engine.nn.model import Model
from engine.spec import Shape

RANDOM: Final = 120
"""How many random samples there are beside the simple ones."""

STEPS: Final = 5
"""What an open dimension is probed with."""

MOST_SINGLE: Final = 64
"""How many features are switched on one by one."""


def probes(model: Model) -> Arrays:
    """Samples for each input of a model, float64 (samples, ...); always the same for the same shapes."""
    random = np.random.default_rng(0)
    words = _vocabularies(model)
    return tuple(
        _tokens(shape, words[name], random) if name in words else _reals(shape, random)
        for name, shape in zip(model.input_names, model.input_shapes, strict=True)
    )


def _vocabularies(model: Model) -> dict[str, int]:
    """How many words each input of tokens knows."""
    graph = model.spec
    found: dict[str, int] = {}
    for call in graph.calls:
        layer = graph.layer(call.layer)
        if layer.kind == "Embedding":
            found |= {
                graph.calls[tensor.call].layer: layer.config.whole("input_dim") for tensor in call.inputs
            }
    return found


def _sizes(shape: Shape) -> tuple[int, ...]:
    return tuple(STEPS if size is None else size for size in shape[1:])


def _tokens(shape: Shape, words: int, random: Random) -> Array:
    return random.integers(0, words, (RANDOM + 1 + 2 * MOST_SINGLE, *_sizes(shape))).astype(np.float64)


def _reals(shape: Shape, random: Random) -> Array:
    sizes = _sizes(shape)
    count = int(np.prod(sizes))
    single = np.zeros((MOST_SINGLE, count))
    places = np.arange(MOST_SINGLE)
    single[places, places % count] = 1 + places // count
    quarter = RANDOM // 4
    drawn = [
        random.integers(0, 3, (quarter, count)).astype(np.float64),
        random.integers(-4, 5, (quarter, count)) / 2,
        random.normal(0, 1, (quarter, count)).round(2),
        random.normal(0, 10, (RANDOM - 3 * quarter, count)).round(1),
    ]
    return np.concatenate([np.zeros((1, count)), single, -single, *drawn]).reshape(-1, *sizes)
