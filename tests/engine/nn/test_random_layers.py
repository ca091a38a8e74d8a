"""Whatever the catalogue accepts, the arithmetic can do: random settings on random shapes, forward and one
step of training.
"""

import random
from typing import Any

import numpy as np
import pytest

from engine.errors import EngineError, ShapeError
from engine.nn import Model, build
from engine.spec import Layer, Spec, catalogue, estimate
from engine.spec.arguments import REQUIRED
from engine.spec.catalogue import Arity, LayerKind
from engine.spec.completion import complete
from tests.engine.networks import functional, layer, sequential

VALUES = [
    *(0, 1, 2, 3, 4, 5, -1, -2, 0.0, 0.5, 1.0, True, False, None),
    *("same", "valid", "causal", "relu", "glu", "softmax", "tanh", "concat", "sum", "dot", "bilinear"),
    *((), (1,), (2,), (1, 2), (2, 1), (3, 3), (-1,), (1, 2, 3), (2, -1), (-1, -2)),
    *(((1, 2), (0, 3)), ((1, 1), (1, 1), (2, 0))),
]
KINDS = [kind for kind in catalogue.LAYERS.values() if kind.name != "InputLayer"]


def settings(kind: LayerKind, draw: random.Random) -> dict[str, Any]:
    given: dict[str, Any] = {}
    for argument in kind.arguments:
        if argument.name == "layer":
            given["layer"] = layer(draw.choice(["LSTM", "SimpleRNN", "GRU"]), units=2)
        elif argument.default is REQUIRED and draw.random() < 0.8:
            given[argument.name] = draw.choice([1, 2, 2, 3, (2, 3), (2, 1), 0.5, "tanh"])
        elif argument.name != "backward_layer" and (argument.default is REQUIRED or draw.random() < 0.1):
            given[argument.name] = draw.choice(VALUES)
    return given


def network(kind: LayerKind, drawn: Layer, draw: random.Random) -> Spec:
    least, most = kind.ranks
    rank = draw.randint(max(least - 1, 1), min(most - 1, 4)) if draw.random() < 0.9 else draw.randint(1, 4)
    shape = tuple(draw.choice([1, 2, 3, 4, 6]) for _ in range(rank))
    if kind.arity is Arity.ONE:
        return sequential(shape, drawn)
    others = [
        shape if draw.random() < 0.6 else tuple(draw.choice([1, 2, 3, 4]) for _ in shape)
        for _ in range(draw.choice([1, 1, 2]))
    ]
    return functional(drawn, shape, *others)


def accepted(kind: LayerKind, draw: random.Random) -> Model | None:
    """A model with random settings, or None where the catalogue refuses them."""
    config, _ = complete(kind.name, kind.every_argument(), settings(kind, draw), kind.settle)
    if config is None:
        return None
    try:
        spec = network(kind, Layer(kind.name, "drawn", config), draw)
        estimate(spec)
        return build(spec)
    except EngineError:
        return None


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_what_is_accepted_runs_and_learns(kind: LayerKind) -> None:
    draw = random.Random(kind.name)
    ran = 0
    for _ in range(80):
        model = accepted(kind, draw)
        if model is None:
            continue
        shapes = [(2, *shape[1:]) for shape in model.input_shapes]
        noise = np.random.default_rng(0)
        x = [np.zeros(shape) if kind.name == "Embedding" else noise.normal(size=shape) for shape in shapes]
        answer = model.predict(x if len(x) > 1 else x[0])
        answers = answer if isinstance(answer, list) else [answer]
        for array, shape in zip(answers, model.output_shapes, strict=True):
            assert array.ndim == len(shape)
            assert all(size in (None, own) for size, own in zip(shape, array.shape, strict=True))
        model.compile("sgd", "mse")
        model.fit(
            x if len(x) > 1 else x[0],
            [np.zeros_like(y) for y in answers] if len(answers) > 1 else np.zeros_like(answer),
        )
        ran += 1
    assert ran


def test_a_layer_on_nothing_is_refused() -> None:
    with pytest.raises(ShapeError):
        build(sequential((), layer("Dense", units=1)))
