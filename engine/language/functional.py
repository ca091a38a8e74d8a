"""Layers called on tensors, and models made of inputs and outputs."""

from __future__ import annotations

from engine.errors import Diagnostic, ShapeError
from engine.language.machine import Machine
from engine.language.nesting import layer_data
from engine.language.networks import refusal
from engine.language.passing import Passed, Passing, as_value
from engine.language.rows import Assembly
from engine.language.values import (
    LayerObject,
    ListObject,
    Model,
    Node,
    TensorObject,
    Thing,
    Unknown,
)
from engine.spec.catalogue.kinds import Misfit
from engine.spec.inference import misfit_message, output_count, output_shapes
from engine.spec.structure import Config, Layer, Shape, Value


def tensors_of(value: Thing) -> tuple[TensorObject, ...] | None:
    """The tensors in a value: one, or a list of them."""
    if isinstance(value, TensorObject):
        return (value,)
    parts = value.items if isinstance(value, ListObject) else value
    if isinstance(parts, list | tuple) and parts and all(isinstance(part, TensorObject) for part in parts):
        return tuple(part for part in parts if isinstance(part, TensorObject))
    return None


def call_layer(machine: Machine, layer: LayerObject, passing: Passing) -> Thing:
    """The tensor, or tuple of tensors, that a layer returns when called."""
    passed = passing.get("inputs", 0)
    if passed is None:
        passed = next(iter(passing.named.values()), None)
    if passed is None:
        return machine.unknown(
            "missing-argument", f"{layer.kind} is called on nothing.", "Give it a tensor.", passing.call
        )
    inputs = tensors_of(passed.value)
    if inputs is None:
        return Unknown(refusal(machine, passed, "a tensor"))
    if layer.model is not None:
        layer.model.is_inner = True
    for extra in passing.positional[1:]:
        more = tensors_of(extra.value)
        if more is not None:
            inputs += more
    keywords, options, problems = _extras(machine, passing)
    node = Node(layer, inputs, passing.callee, keywords, options, problems=problems)
    node.shapes = _shapes(machine, node)
    made = tuple(TensorObject(node, index) for index in range(len(node.shapes)))
    return made[0] if len(made) == 1 else ListObject(list(made))


def _extras(
    machine: Machine, passing: Passing
) -> tuple[tuple[tuple[str, tuple[TensorObject, ...]], ...], Config, list[Diagnostic]]:
    keywords: list[tuple[str, tuple[TensorObject, ...]]] = []
    options: dict[str, Value] = {}
    problems: list[Diagnostic] = list(passing.opaque)
    for name, passed in passing.named.items():
        if name == "inputs":
            continue
        tensors = tensors_of(passed.value)
        if tensors is not None:
            keywords.append((name, tensors))
            continue
        value = as_value(machine, passed.value, passed.place)
        if isinstance(value, Diagnostic):
            problems.append(value)
        elif value is not None:
            options[name] = value
    return tuple(keywords), Config(options), problems


def _shapes(machine: Machine, node: Node) -> tuple[Shape | None, ...]:
    received = tuple(tensor.shape for tensor in node.inputs)
    known = tuple(shape for shape in received if shape is not None)
    made = Assembly()
    data = layer_data(machine, node.layer, known[0] if known else None, made)
    if data is None or len(known) < len(received):
        return _unshaped(data)
    try:
        return output_shapes(data, known)
    except ShapeError as error:  # inside a nested model, for these inputs
        node.problems.append(machine.diagnostic("shape", error.message, error.hint, node.place))
        return _unshaped(data)
    except Misfit as misfit:
        number = 1 + sum(
            layer.kind != "InputLayer" for layer in machine.layers[: _index(machine, node.layer)]
        )
        origins = [tensor.node.layer.name for tensor in node.inputs]
        message = misfit_message(misfit, data, number, known, origins)
        node.problems.append(machine.diagnostic("shape", message, misfit.remedy, node.place))
        return _unshaped(data)


def _index(machine: Machine, layer: LayerObject) -> int:
    return next((index for index, other in enumerate(machine.layers) if other is layer), 0)


def _unshaped(layer: Layer | None) -> tuple[Shape | None, ...]:
    """As many unknown shapes as the layer has outputs."""
    if layer is None:
        return (None,)
    return (None,) * output_count(layer)


def functional(machine: Machine, passing: Passing) -> Thing:
    """`Model(inputs, outputs, name=None)`."""
    for old, today in (("input", "inputs"), ("output", "outputs")):
        if old in passing.named:
            passing.named[today] = passing.named.pop(old)
    name_given = passing.value("name", 2)
    name = name_given if isinstance(name_given, str) else machine.names.next("Functional")
    model = Model("Functional", name, passing.callee)
    model.problems += passing.opaque
    machine.models.append(model)
    model.inputs = _ends(machine, model, passing, "inputs", 0)
    model.outputs = _ends(machine, model, passing, "outputs", 1)
    for tensor in model.inputs:
        if tensor.node.layer.kind != "InputLayer":
            model.problems.append(
                machine.diagnostic(
                    "not-an-input",
                    f'The inputs of a model come from Input; this one comes from "{tensor.node.layer.name}".',
                    "Start the model with keras.Input(shape=(...)).",
                    passing.callee,
                )
            )
    return model


def _ends(
    machine: Machine, model: Model, passing: Passing, name: str, position: int
) -> tuple[TensorObject, ...]:
    passed = passing.get(name, position)
    if passed is None:
        model.problems.append(
            machine.diagnostic(
                "missing-argument",
                f"Model needs {name}: a tensor or a list of tensors.",
                "Write Model(inputs, outputs).",
                passing.callee,
            )
        )
        return ()
    tensors = tensors_of(passed.value)
    if tensors is None:
        model.problems.append(_not_tensors(machine, passed))
        return ()
    return tensors


def _not_tensors(machine: Machine, passed: Passed) -> Diagnostic:
    value = passed.value
    parts = value.items if isinstance(value, ListObject) else value if isinstance(value, tuple) else []
    for part in parts:
        if isinstance(part, Unknown):
            return part.reason
    return refusal(machine, passed, "a tensor")
