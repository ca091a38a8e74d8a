"""What stands behind a dot: names of a library, members of the text's own objects, properties of layers."""

from __future__ import annotations

import ast
from typing import Final

from engine.language.machine import Machine
from engine.language.values import (
    Class,
    DictObject,
    Function,
    Instance,
    LayerObject,
    ListObject,
    Method,
    Model,
    Symbol,
    TensorObject,
    Thing,
    Unknown,
)
from engine.spec.wording import cut, show

HARMLESS_PARTS: Final = ("_name", "_make_predict_function", "_make_train_function")
"""Inner parts of models that texts do use, and that change nothing about the layers."""


def attribute(machine: Machine, owner: Thing, node: ast.Attribute) -> Thing:
    """The value of `owner.attr`."""
    name = node.attr
    match owner:
        case Symbol():
            return Symbol(f"{owner.path}.{name}", owner.assumed)
        case Instance():
            if name in owner.attributes:
                return owner.attributes[name]
            return bound(owner.kind.members.get(name, Method(owner, name)), owner)
        case Class():
            return owner.members.get(name, Method(owner, name))
        case TensorObject():
            return _of_tensor(machine, owner, node)
        case LayerObject():
            return _of_layer(owner, name)
        case Model():
            if name.startswith("_") and name not in HARMLESS_PARTS:
                return _private(machine, owner, node)
            return _of_model(owner, name)
        case ListObject() | DictObject() | str() | tuple():
            return Method(owner, name)
        case _:
            place = machine.source.node(node)
            text = cut(machine.source.snippet(place), 40)
            return machine.unknown(
                "unknown-value",
                f"The reader cannot know what {text} is without running it.",
                "Write the value itself.",
                place,
            )


def _private(machine: Machine, model: Model, node: ast.Attribute) -> Unknown:
    """A part of a model that is not for texts: with it in hand, anything may be changed."""
    unknown = machine.unknown(
        "unknown-value",
        f"{node.attr} is an inner part of a model, by which a text may change anything.",
        "Build the network with add, or with Model(inputs, outputs).",
        machine.source.node(node),
    )
    machine.change(model)
    machine.spoil(model, unknown.reason)
    return unknown


def bound(member: Thing, owner: Instance) -> Thing:
    """A function of a class, bound to an instance unless it is static."""
    if isinstance(member, Function) and not is_static(member):
        return Function(member.node, member.scope, owner)
    return member


def is_static(function: Function) -> bool:
    """Whether a method is marked @staticmethod or @classmethod."""
    node = function.node
    return isinstance(node, ast.FunctionDef) and any(
        isinstance(mark, ast.Name) and mark.id in ("staticmethod", "classmethod")
        for mark in node.decorator_list
    )


def _of_tensor(machine: Machine, tensor: TensorObject, node: ast.Attribute) -> Thing:
    if node.attr in ("shape", "_keras_shape") and tensor.shape is not None:
        return tensor.shape
    if node.attr == "get_shape" and tensor.shape is not None:
        return Method(tensor.shape, node.attr)
    place = machine.source.node(node)
    return machine.unknown(
        "unknown-value",
        f"The reader does not know {show(node.attr)} of this tensor.",
        "Write the value itself.",
        place,
    )


def _of_layer(layer: LayerObject, name: str) -> Thing:
    if name == "name":
        return layer.name
    if layer.config is not None and name in layer.config:
        value = layer.config[name]
        if isinstance(value, bool | int | float | str):
            return value
    return Method(layer, name)


def layers_of(model: Model) -> list[LayerObject]:
    """The layers of a model, each after those it reads."""
    if model.kind == "Sequential":
        return [entry for entry in model.entries if isinstance(entry, LayerObject)]
    order: dict[int, LayerObject] = {}
    waiting: list[tuple[TensorObject, bool]] = [(tensor, False) for tensor in reversed(model.outputs)]
    seen: set[int] = set()
    while waiting:
        tensor, leaving = waiting.pop()
        node = tensor.node
        if leaving:
            order.setdefault(id(node.layer), node.layer)
        elif id(node) not in seen:
            seen.add(id(node))
            waiting.append((tensor, True))
            waiting.extend((source, False) for source in reversed(node.inputs))
    return list(order.values())


def _of_model(model: Model, name: str) -> Thing:
    if name == "name":
        return model.name
    if name == "layers":
        return ListObject([layer for layer in layers_of(model) if layer.kind != "InputLayer"])
    if name == "inputs" and model.inputs:
        return ListObject(list(model.inputs))
    if name == "outputs" and model.outputs:
        return ListObject(list(model.outputs))
    if name == "input" and len(model.inputs) == 1:
        return model.inputs[0]
    if name == "output" and len(model.outputs) == 1:
        return model.outputs[0]
    return Method(model, name)
