"""Layers called on tensors, and models made of inputs and outputs."""

from __future__ import annotations

from typing import Final

from engine.errors import Diagnostic, ShapeError
from engine.language.building import build_layer
from engine.language.machine import Machine
from engine.language.nesting import layer_data
from engine.language.networks import refusal
from engine.language.passing import Passing, as_value
from engine.language.rows import Assembly
from engine.language.source import Place
from engine.language.symbols import LayerClass
from engine.language.values import (
    DictObject,
    LayerObject,
    ListObject,
    Model,
    Node,
    Passed,
    TensorObject,
    Thing,
    Unknown,
)
from engine.spec.catalogue.kinds import Misfit
from engine.spec.inference import check_states, misfit_message, output_count, output_shapes
from engine.spec.structure import Config, Layer, Shape, Value
from engine.spec.wording import listed, show

EACH: Final = ("query", "value", "key")
"""Names by which an attention layer takes its inputs, in order."""

CALL_TENSORS: Final = ("initial_state", "mask", "attention_mask")
CALL_OPTIONS: Final = ("training", "use_causal_mask")


SCORES: Final = "return_attention_scores"
ATTENTION: Final = ("Attention", "AdditiveAttention", "MultiHeadAttention")


def tensors_of(value: Thing) -> tuple[TensorObject, ...] | None:
    """The tensors in a value: one, or a list of them."""
    if isinstance(value, TensorObject):
        return (value,)
    parts = value.items if isinstance(value, ListObject) else value
    if isinstance(value, DictObject):
        parts = list(value.items.values())
    if isinstance(parts, list | tuple) and parts and all(isinstance(part, TensorObject) for part in parts):
        return tuple(part for part in parts if isinstance(part, TensorObject))
    return None


def call_layer(machine: Machine, layer: LayerObject, passing: Passing) -> Thing:
    """The tensor, or list of tensors, that a layer returns when called."""
    passed = passing.take("inputs") or (passing.positional.pop(0) if passing.positional else None)
    passed = passed or passing.take(EACH[0])
    if passed is None:
        return machine.unknown(
            "missing-argument", f"{layer.kind} is called on nothing.", "Give it a tensor.", passing.call
        )
    inputs = tensors_of(passed.value)
    if inputs is None:
        return Unknown(_not_tensors(machine, passed))
    scores = passing.take(SCORES) if layer.kind in ATTENTION else None
    if scores is not None and scores.value is not False:
        return machine.unknown(
            "unknown-argument",
            f"{layer.kind} gives its output only, not the scores behind it.",
            f"Leave {SCORES} out; python -m engine trace shows them.",
            scores.name_place or scores.place,
        )
    if layer.model is not None:
        layer.model.is_inner = True
    for extra in (*passing.positional, *(passing.take(name) for name in EACH[1:])):
        more = tensors_of(extra.value) if extra is not None else None
        inputs += more or ()
    keywords, options, problems = _extras(machine, layer, passing)
    node = Node(layer, inputs, passing.callee, keywords, options, problems=problems)
    node.shapes = _shapes(machine, node)
    made = tuple(TensorObject(node, index) for index in range(len(node.shapes)))
    return made[0] if len(made) == 1 else ListObject(list(made))


def _extras(
    machine: Machine, layer: LayerObject, passing: Passing
) -> tuple[tuple[tuple[str, tuple[TensorObject, ...]], ...], Config, list[Diagnostic]]:
    """Tensors given by name, plain settings of the call, and what is wrong with either."""
    keywords: list[tuple[str, tuple[TensorObject, ...]]] = []
    options: dict[str, Value] = {}
    problems: list[Diagnostic] = list(passing.opaque)
    for name, passed in passing.named.items():
        tensors = tensors_of(passed.value)
        if name not in CALL_TENSORS and name not in CALL_OPTIONS:
            problems.append(
                machine.diagnostic(
                    "unknown-argument",
                    f"{layer.kind} cannot be called with {show(name)}.",
                    f"A call takes {listed((*CALL_TENSORS, *CALL_OPTIONS))}.",
                    passed.name_place or passed.place,
                )
            )
        elif tensors is not None:
            keywords.append((name, tensors))
        else:
            value = as_value(machine, passed.value, passed.place)
            if isinstance(value, Diagnostic):
                problems.append(value)
            elif value is not None and not (name == "training" and value is False):
                options[name] = value
    return tuple(keywords), Config(options), problems


def merge(machine: Machine, kind: str, passing: Passing) -> Thing:
    """The lower-case form of a merging layer: `concatenate([a, b], axis=-1)`."""
    inputs = passing.take("inputs") or (passing.positional.pop(0) if passing.positional else None)
    layer = build_layer(machine, LayerClass(kind, kind), passing)
    given = Passing(passing.call, passing.callee, [inputs] if inputs is not None else [])
    return call_layer(machine, layer, given)


def activate(machine: Machine, name: str, passing: Passing) -> Thing:
    """An activation function called on a tensor is an Activation layer."""
    given = Passing(passing.call, passing.callee, passing.positional[:1])
    naming = Passing(passing.call, passing.callee, [Passed(name, passing.callee)])
    machine.note(
        "function-as-layer",
        f"{name} called on a tensor is read as the layer Activation({name!r}).",
        f"Write layers.Activation({name!r})(x).",
        passing.callee,
    )
    return call_layer(machine, build_layer(machine, LayerClass("Activation", "Activation"), naming), given)


def combine(machine: Machine, kind: str, tensors: tuple[TensorObject, TensorObject], place: Place) -> Thing:
    """`a + b`, `a - b` and `a * b` on tensors are the layers Add, Subtract and Multiply."""
    machine.note(
        "function-as-layer",
        f"Two tensors combined so are read as the layer {kind}().",
        f"Write layers.{kind}()([a, b]).",
        place,
    )
    layer = build_layer(machine, LayerClass(kind, kind), Passing(place, place))
    return call_layer(machine, layer, Passing(place, place, [Passed(tensors, place)]))


def _shapes(machine: Machine, node: Node) -> tuple[Shape | None, ...]:
    received = tuple(tensor.shape for tensor in node.inputs)
    known = tuple(shape for shape in received if shape is not None)
    made = Assembly()
    data = layer_data(machine, node.layer, known[0] if known else None, made)
    if data is None or len(known) < len(received):
        return _unshaped(data)
    try:
        shapes = output_shapes(data, known)
    except ShapeError as error:  # inside a nested model, for these inputs
        node.problems.append(machine.diagnostic("shape", error.message, error.hint, node.place))
        return _unshaped(data)
    except Misfit as misfit:
        node.problems.append(_misfit(machine, node, data, misfit, node.inputs))
        return _unshaped(data)
    states = dict(node.keywords).get("initial_state", ())
    starts = tuple(tensor.shape for tensor in states)
    try:
        check_states(
            data, tuple(shape for shape in starts if shape is not None) if None not in starts else ()
        )
    except Misfit as misfit:
        node.problems.append(_misfit(machine, node, data, misfit, states))
    return shapes


def _misfit(
    machine: Machine, node: Node, data: Layer, misfit: Misfit, tensors: tuple[TensorObject, ...]
) -> Diagnostic:
    number = 1 + sum(layer.kind != "InputLayer" for layer in machine.layers[: _index(machine, node.layer)])
    shapes = tuple(tensor.shape for tensor in tensors if tensor.shape is not None)
    origins = [tensor.node.layer.name for tensor in tensors]
    message = misfit_message(misfit, data, number, shapes, origins)
    return machine.diagnostic("shape", message, misfit.remedy, node.place)


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
