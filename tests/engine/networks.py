"""Small networks for tests, made without a text; and the animals, whose numbers are known by hand."""

import json
from pathlib import Path
from typing import Any

import numpy as np

from engine.nn import Model, build
from engine.spec import Call, Graph, Layer, Spec, Tensor, chain, kind_of
from engine.spec.catalogue.items import snake_case
from engine.spec.completion import complete

ANIMALS = json.loads((Path(__file__).parent / "data" / "animals.json").read_text())
LLAMA = ANIMALS["prototypes"]["llama"]


def layer(kind: str, name: str = "", **given: Any) -> Layer:
    """A layer with its defaults filled in."""
    entry = kind_of(kind)
    config, problems = complete(kind, entry.every_argument(), given, entry.settle)
    assert config is not None, problems
    return Layer(kind, name or snake_case(kind), config)


def sequential(shape: tuple[int | None, ...], *layers: Layer, dtype: str = "float32") -> Spec:
    """A Sequential spec whose layers get distinct names."""
    named = [Layer(each.kind, f"{each.name}_{index}", each.config) for index, each in enumerate(layers)]
    return Spec.of(chain("sequential", [layer("InputLayer", shape=shape, dtype=dtype), *named]))


def functional(merging: Layer, *shapes: tuple[int, ...]) -> Spec:
    """A Functional spec: an input for each shape, all of them read by one layer."""
    inputs = [
        Layer("InputLayer", f"input_{index}", layer("InputLayer", shape=shape).config)
        for index, shape in enumerate(shapes)
    ]
    calls = [Call(each.name) for each in inputs]
    read = tuple(Tensor(index) for index in range(len(inputs)))
    calls.append(Call(merging.name, read))
    graph = Graph("Functional", "functional", (*inputs, merging), tuple(calls), read, (Tensor(len(inputs)),))
    return Spec.of(graph)


def dense(*units: int, activation: str = "relu", last: str = "softmax") -> list[Layer]:
    """Dense layers of these sizes."""
    return [
        layer("Dense", units=size, activation=last if index == len(units) - 1 else activation)
        for index, size in enumerate(units)
    ]


def animals_spec() -> Spec:
    """The 8-6-6-4 network of the lesson."""
    return sequential((8,), *dense(6, 6, 4))


def animals_weights() -> list[np.ndarray]:
    """Its 124 numbers, in Keras's order."""
    pairs = zip(ANIMALS["W"], ANIMALS["b"], strict=True)
    return [np.array(array) for pair in pairs for array in pair]


def animals_model(dtype: Any = "float32") -> Model:
    """The lesson's network with the lesson's weights."""
    model = build(animals_spec(), dtype=dtype)
    model.set_weights(animals_weights())
    return model
