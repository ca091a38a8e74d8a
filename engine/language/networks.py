"""Models as the text builds them: Sequential with its `add`, `pop` and `build`, and what can stand in one."""

from __future__ import annotations

from typing import Final

from engine.errors import Diagnostic
from engine.language.machine import Machine
from engine.language.passing import Passing, as_value
from engine.language.source import Place
from engine.language.values import (
    Gap,
    LayerObject,
    ListObject,
    Model,
    Node,
    Passed,
    Symbol,
    TensorObject,
    Thing,
    Unknown,
)
from engine.spec.catalogue import LAYER_SPELLINGS, LAYERS
from engine.spec.completion import complete
from engine.spec.structure import Config, Shape, as_shape
from engine.spec.wording import closest, show

MOST_ENTRIES: Final = 600
"""More than a network may have, so that one too large is told as such."""

REMEDIES: Final = {
    "a layer": "Build one, such as Dense(6).",
    "a list of layers": "Write the layers in brackets: Sequential([...]).",
    "a tensor": "Start from keras.Input(shape=(...)) and call layers on it.",
}


def layer_of(machine: Machine, thing: Thing) -> LayerObject | None:
    """The layer that a value is or can be used as: a layer itself, a model, or the tensor of an Input."""
    match thing:
        case LayerObject():
            return thing
        case Model():
            if thing.layer is None:
                place = thing.place
                thing.layer = LayerObject(thing.kind, thing.name, place, Config(), place, model=thing)
            return thing.layer
        case TensorObject() if thing.node.layer.kind == "InputLayer":
            return thing.node.layer
        case _:
            return None


def sequential(machine: Machine, passing: Passing, element_places: list[Place] | None) -> Model:
    """`Sequential(layers=None, name=None)`."""
    name_given = passing.value("name", 1)
    name = name_given if isinstance(name_given, str) else machine.names.next("Sequential")
    model = Model("Sequential", name, passing.callee)
    model.problems += passing.opaque
    machine.models.append(model)
    layers = passing.get("layers", 0)
    if layers is None or layers.value is None:
        return model
    items = _listed(layers.value)
    if items is None:
        reason = refusal(machine, layers, "a list of layers")
        model.entries.append(Gap(reason, layers.place, machine.source.snippet(layers.place)))
        return model
    places = element_places if element_places and len(element_places) == len(items) else None
    for number, item in enumerate(items[:MOST_ENTRIES]):
        add(machine, model, Passed(item, places[number] if places else layers.place))
    return model


def _listed(value: Thing) -> list[Thing] | None:
    if isinstance(value, ListObject):
        return list(value.items)
    return list(value) if isinstance(value, tuple) else None


def add(machine: Machine, model: Model, passed: Passed) -> None:
    """`model.add(layer)`: a layer, or a gap with the reason why it is none."""
    machine.change(model)
    layer = layer_of(machine, passed.value)
    if layer is None:
        reason = refusal(machine, passed, "a layer")
        model.entries.append(Gap(reason, passed.place, machine.source.snippet(passed.place)))
        return
    if layer.model is not None:
        layer.model.is_inner = True
    if not model.entries and layer.kind != "InputLayer" and layer.input_shape is not None:
        model.entries.append(input_layer(machine, layer.input_shape, layer.callee))
    model.entries.append(layer)


def input_layer(machine: Machine, shape: Shape, place: Place) -> LayerObject:
    """The InputLayer that Keras puts before a first layer that states its input's shape."""
    kind = LAYERS["InputLayer"]
    config, problems = complete(kind.name, kind.arguments, {"batch_shape": shape}, kind.settle)
    told = [machine.diagnostic(problem.code, problem.message, problem.hint, place) for problem in problems]
    return LayerObject(kind.name, machine.names.next(kind.name), place, config, place, problems=told)


def refusal(machine: Machine, passed: Passed, wanted: str) -> Diagnostic:
    """Why a value is not the layer or model that is wanted here."""
    if isinstance(passed.value, Unknown):
        return passed.value.reason
    text = machine.source.snippet(passed.place)
    if isinstance(passed.value, Symbol):
        last = passed.value.path.rpartition(".")[2]
        if last in LAYER_SPELLINGS:
            return machine.diagnostic(
                "not-a-layer",
                f"{last} is a class of layers, not a layer.",
                f"Write {last}() to build one.",
                passed.place,
                fix=f"{text}()",
            )
        near = closest(last, LAYER_SPELLINGS)
        suggestion = f"; did you mean {show(near)}?" if near else "."
        return machine.diagnostic(
            "unknown-layer",
            f"There is no layer named {show(last)}{suggestion}",
            f"Write {near}." if near else "Look it up in the list of layers.",
            passed.place,
            fix=near,
        )
    return machine.diagnostic("not-a-layer", f"{text} is not {wanted}.", REMEDIES[wanted], passed.place)


def input_tensor(machine: Machine, layer: LayerObject) -> TensorObject:
    """The tensor that `Input(...)` returns."""
    shape = layer.config.shape("batch_shape") if layer.config is not None else None
    return TensorObject(Node(layer, (), layer.place, shapes=(shape,)))


def pop(machine: Machine, model: Model) -> None:
    """`model.pop()`."""
    machine.change(model)
    if model.entries:
        model.entries.pop()


def build(machine: Machine, model: Model, passed: Passed | None) -> None:
    """`model.build(input_shape)`: the shape of a batch for a model that states none."""
    machine.change(model)
    if passed is None or model.kind != "Sequential" or not model.entries:
        return
    first = model.entries[0]
    if isinstance(first, LayerObject) and first.kind == "InputLayer":
        return
    value = as_value(machine, passed.value, passed.place)
    if isinstance(value, Diagnostic):
        model.problems.append(value)
    elif isinstance(value, tuple) and value and all(part is None or isinstance(part, int) for part in value):
        shape = as_shape(value)
        model.entries.insert(0, input_layer(machine, shape, passed.place))
