"""Methods that a text calls: on models (`add`, `compile`, `fit` ...), on lists, dicts and strings."""

from __future__ import annotations

from typing import Final

from engine.language import networks, training
from engine.language.arithmetic import extend
from engine.language.builtins import parts, whole
from engine.language.formatting import Impossible, format_text
from engine.language.machine import Machine
from engine.language.passing import Passing
from engine.language.values import DictObject, LayerObject, ListObject, Method, Model, Mutable, Thing, Unknown
from engine.spec.wording import closest, show

HARMLESS: Final = frozenset(
    {
        "count_params", "evaluate", "evaluate_generator", "export", "get_config", "get_layer",
        "get_weights", "load_weights", "predict", "predict_classes", "predict_generator", "predict_on_batch",
        "predict_proba", "reset_metrics", "reset_states", "save", "save_weights", "set_weights", "summary",
        "test_on_batch", "to_json", "to_yaml", "train_on_batch", "get_compile_config", "compute_output_shape",
        "call", "get_input_at", "get_output_at", "stop_training",
    }
)  # fmt: skip
"""Methods of a model that leave its layers as they are."""

CHANGING: Final = ("add", "pop", "build", "compile", "fit")


def call_method(machine: Machine, method: Method, passing: Passing) -> Thing:
    """What a method returns; what it changes is changed."""
    match method.owner:
        case Model():
            return _of_model(machine, method.owner, method.name, passing)
        case ListObject():
            return _of_list(machine, method.owner, method.name, passing)
        case DictObject():
            return _of_dict(machine, method.owner, method.name, passing)
        case tuple() if method.name in ("get_shape", "as_list"):
            return ListObject(list(method.owner)) if method.name == "as_list" else method.owner
        case str():
            return _of_text(machine, method.owner, method.name, passing)
        case _:
            return unread(machine, passing, method.name)


def unread(machine: Machine, passing: Passing, name: str) -> Unknown:
    """The result of a call that the reader does not follow."""
    return machine.unknown(
        "unknown-call",
        f"The reader cannot follow {name}(...): it reads networks and runs no code.",
        "Build this part with Keras's own layers, or write its result.",
        passing.call,
    )


def _of_model(machine: Machine, model: Model, name: str, passing: Passing) -> Thing:
    match name:
        case "add" if model.kind == "Sequential":
            layer = passing.get("layer", 0)
            if layer is None:
                model.problems.append(
                    machine.diagnostic(
                        "missing-argument", "add needs a layer.", "Write model.add(Dense(6)).", passing.callee
                    )
                )
            else:
                networks.add(machine, model, layer)
            return None
        case "pop" if model.kind == "Sequential":
            networks.pop(machine, model)
            return None
        case "build":
            networks.build(machine, model, passing.get("input_shape", 0))
            return None
        case "compile":
            training.read_compile(machine, model, passing)
            return None
        case "fit" | "fit_generator":
            positions = training.FIT if name == "fit" else training.FIT_GENERATOR
            training.read_fit(machine, model, passing, positions)
            return Unknown(machine.diagnostic("history", "What fit returns is not known.", "", passing.call))
        case "get_layer":
            return _found_layer(machine, model, passing)
        case "summary":
            return None
        case _ if name in HARMLESS:
            return unread(machine, passing, name)
    near = closest(name, (*CHANGING, *HARMLESS))
    reason = machine.diagnostic(
        "unknown-method",
        f"A {model.kind} model has no method {show(name)}"
        + (f"; did you mean {show(near)}?" if near else "."),
        f"Write {near}." if near else "The reader cannot know what it does to the network.",
        passing.callee,
        fix=near,
    )
    model.problems.append(reason)
    return Unknown(reason)


def _found_layer(machine: Machine, model: Model, passing: Passing) -> Thing:
    wanted = passing.value("name", 0)
    layers = [entry for entry in model.entries if isinstance(entry, LayerObject)]
    for layer in layers:
        if isinstance(wanted, str) and layer.name == wanted:
            return layer
    index = passing.value("index", 1)
    shown = [layer for layer in layers if layer.kind != "InputLayer"]
    if isinstance(index, int) and -len(shown) <= index < len(shown):
        return shown[index]
    return unread(machine, passing, "get_layer")


def _of_list(machine: Machine, owner: ListObject, name: str, passing: Passing) -> Thing:
    value = passing.value("object", 0)
    if name in ("append", "extend", "insert", "pop", "reverse", "remove", "clear", "sort"):
        machine.change(owner)
    match name, len(passing.positional):
        case ("append", 1) | ("extend", 1) | ("insert", 2):
            return _grown(machine, owner, name, passing)
        case "pop", 0 if owner.items:
            return owner.items.pop()
        case "pop", 1 if isinstance(value, int) and -len(owner.items) <= value < len(owner.items):
            return owner.items.pop(value)
        case "reverse", 0:
            owner.items.reverse()
            return None
        case "clear", 0:
            owner.items.clear()
            return None
        case "copy", 0:
            return ListObject(list(owner.items))
    return lose(machine, owner, name, passing)


def _grown(machine: Machine, owner: ListObject, name: str, passing: Passing) -> Thing:
    first, last = passing.positional[0].value, passing.positional[-1].value
    try:
        if name == "insert":
            extend(owner, [last], at=whole(first))
        else:
            extend(owner, parts(first) if name == "extend" else [first])
    except Impossible:
        return lose(machine, owner, name, passing)
    return None


def lose(machine: Machine, owner: Mutable, name: str, passing: Passing) -> Unknown:
    """Something happened to an object that the reader does not follow."""
    unknown = unread(machine, passing, name)
    machine.spoil(owner, unknown.reason)
    return unknown


def _of_dict(machine: Machine, owner: DictObject, name: str, passing: Passing) -> Thing:
    key = passing.value("key", 0)
    match name:
        case "get" if isinstance(key, bool | int | float | str):
            return owner.items.get(key, passing.value("default", 1))
        case "keys":
            return ListObject(list(owner.items))
        case "values":
            return ListObject(list(owner.items.values()))
        case "items":
            return ListObject([(part, value) for part, value in owner.items.items()])
        case "copy":
            return DictObject(dict(owner.items))
        case "update" if isinstance(key, DictObject) or not passing.positional:
            machine.change(owner)
            owner.items.update(key.items if isinstance(key, DictObject) else {})
            owner.items.update({part: passed.value for part, passed in passing.named.items()})
            return None
    return lose(machine, owner, name, passing)


def _of_text(machine: Machine, owner: str, name: str, passing: Passing) -> Thing:
    given = [passed.value for passed in passing.positional]
    named = {part: passed.value for part, passed in passing.named.items()}
    try:
        match name:
            case "format":
                return format_text(owner, given, named)
            case "lower":
                return owner.lower()
            case "upper":
                return owner.upper()
            case "strip":
                return owner.strip()
    except Impossible:
        pass
    return unread(machine, passing, name)
