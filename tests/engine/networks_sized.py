"""Random networks over the whole catalogue, of layers large enough to weigh."""

from __future__ import annotations

import math
import random
from typing import Any

from engine.errors import EngineError
from engine.spec import Call, Graph, Layer, Shape, Spec, Tensor, catalogue
from engine.spec.arguments import REQUIRED
from engine.spec.catalogue import Arity, LayerKind
from engine.spec.catalogue.activations import ACTIVATIONS
from engine.spec.catalogue.kinds import Misfit
from engine.spec.completion import complete
from engine.spec.inference import output_shapes
from tests.engine.networks import layer

LARGEST = 2**17
"""Numbers of one sample at most, behind any layer."""

USUAL = ("Dense", "Conv1D", "Conv2D", "MaxPooling1D", "MaxPooling2D", "LSTM", "GRU", "SimpleRNN", "Flatten")
KINDS = [kind for name, kind in catalogue.LAYERS.items() if name != "InputLayer"]
VALUES: list[Any] = [
    *(1, 2, 3, 4, 8, 16, 0, 0.25, 0.5, 1.0, True, False, None, True, False),
    *("same", "valid", "causal", "concat", "sum", "ave", "mul", "bilinear"),
    *((1,), (2,), (2, 1), (3, 3), (2, 2), (1, 2, 3), (2, 2, 2), (-1,), (1, 2), (2, 3, 1), (4, -1)),
    *(((1, 2), (0, 3)), ((1, 1), (1, 1), (2, 0))),
]
NAMES = sorted(ACTIVATIONS)


def settings(kind: LayerKind, draw: random.Random) -> dict[str, Any]:
    """Some of a layer's arguments, drawn without asking whether they fit."""
    given: dict[str, Any] = {}
    for argument in kind.arguments:
        name = argument.name
        if name == "layer":
            wrapped = ("LSTM", "SimpleRNN", "GRU") if kind.name == "Bidirectional" else USUAL[:3]
            given[name] = random_layer(catalogue.LAYERS[draw.choice(wrapped)], draw)
        elif "activation" in name and "regularizer" not in name:
            if argument.default is REQUIRED or draw.random() < (0.2 if "recurrent" in name else 0.7):
                given[name] = draw.choice([*NAMES, "relu", "relu", "tanh", "linear", "sigmoid"])
        elif name in ("units", "filters", "output_dim", "key_dim"):
            given[name] = draw.choice([1, 2, 4, 8, 16, 32, 64])
        elif name in ("groups", "axes") and draw.random() < 0.9:
            given[name] = draw.choice([1, 2, 4, -1])
        elif name == "input_dim":
            given[name] = draw.choice([2, 100, 5000])
        elif name in ("stateful", "return_state", "backward_layer"):
            continue
        elif argument.default is REQUIRED or draw.random() < 0.2:
            given[name] = draw.choice(VALUES)
    return given


def random_layer(kind: LayerKind, draw: random.Random) -> Layer | None:
    """A layer of that kind with settings that it takes; None where none were found."""
    for _ in range(20):
        config, _problems = complete(kind.name, kind.every_argument(), settings(kind, draw), kind.settle)
        if config is not None:
            return Layer(kind.name, kind.name, config)
    return None


def random_network(draw: random.Random) -> Spec | None:
    """A network of up to eight layers, each on what one of those before returns; None where none fits."""
    is_chain, most = draw.random() < 0.6, draw.randint(2, 9)
    first = Layer("InputLayer", "input_0", layer("InputLayer", shape=_sample(draw)).config)
    layers, calls, shapes = [first], [Call(first.name)], [first.config.shape("batch_shape")]
    for _ in range(60):
        source = len(calls) - 1 if is_chain or draw.random() < 0.6 else draw.randrange(len(calls))
        found = _drawn(source, shapes, draw, is_chain)
        if found is not None:
            made, inputs, shape = found
            layers.append(Layer(made.kind, f"layer_{len(layers)}", made.config))
            calls.append(Call(layers[-1].name, tuple(map(Tensor, inputs))))
            shapes.append(shape)
        if len(layers) == most:
            break
    if len(layers) < 2:
        return None
    return _joined(layers, calls, is_chain)


def _sample(draw: random.Random) -> Shape:
    rank = draw.choice([1, 2, 2, 3, 3, 4])
    sizes = {1: (4, 20, 64, 300, 784), 2: (4, 12, 30, 64), 3: (3, 8, 16, 28), 4: (2, 4, 6, 8)}[rank]
    return tuple(draw.choice(sizes) for _ in range(rank))


def _drawn(
    source: int, shapes: list[Shape], draw: random.Random, is_chain: bool
) -> tuple[Layer, tuple[int, ...], Shape] | None:
    """A layer that takes this tensor, what it takes, and what it returns."""
    rank = len(shapes[source])
    known = [kind for kind in KINDS if kind.ranks[0] <= rank <= kind.ranks[1]]
    usual = [kind for kind in known if kind.name in USUAL]
    # Layers that take this rank and no other would be lost among those that take any.
    own = [kind for kind in known if kind.ranks == (rank, rank) and rank > 2]
    many = [kind for kind in known if kind.arity is not Arity.ONE and not is_chain]
    kind = draw.choice(draw.choice([usual or known, own or known, many or known, known]))
    if kind.name == "Embedding" and len(shapes) > 1:
        return None
    inputs, made = _inputs(kind, source, shapes, draw, is_chain), random_layer(kind, draw)
    if made is None or inputs is None:
        return None
    try:
        (shape,) = output_shapes(made, tuple(shapes[number] for number in inputs))
    except (Misfit, ValueError, EngineError):
        return None
    return (made, inputs, shape) if math.prod(size or 1 for size in shape) <= LARGEST else None


def _inputs(
    kind: LayerKind, source: int, shapes: list[Shape], draw: random.Random, is_chain: bool
) -> tuple[int, ...] | None:
    if kind.arity is Arity.ONE:
        return (source,)
    if is_chain:
        return None
    alike = [number for number, shape in enumerate(shapes) if shape == shapes[source]]
    return (source, *(draw.choice(alike) for _ in range(draw.choice([1, 1, 2]))))


def _joined(layers: list[Layer], calls: list[Call], is_chain: bool) -> Spec:
    """The graph up to its last call, without what that does not need."""
    needed = {len(calls) - 1}
    for number in range(len(calls) - 1, 0, -1):
        if number in needed:
            needed |= {tensor.call for tensor in calls[number].inputs}
    order = sorted(needed | {0})
    place = {number: index for index, number in enumerate(order)}
    kept = tuple(
        Call(calls[number].layer, tuple(Tensor(place[tensor.call]) for tensor in calls[number].inputs))
        for number in order
    )
    names = {call.layer for call in kept}
    graph = Graph(
        "Sequential" if is_chain else "Functional",
        "network",
        tuple(each for each in layers if each.name in names),
        kept,
        (Tensor(0),),
        (Tensor(len(kept) - 1),),
    )
    return Spec.of(graph)
