"""Which of a text's networks is meant: the one bound to `model`, else the last trained, else the last
built.
"""

from __future__ import annotations

import ast
from collections.abc import Callable

from engine.errors import Diagnostic
from engine.language.machine import Machine
from engine.language.scope import Scope
from engine.language.source import Place
from engine.language.values import (
    Class,
    Function,
    Model,
    Thing,
    Unknown,
)
from engine.spec.wording import closest

BUILDERS = ("build_model", "create_model", "make_model", "get_model", "build", "model")


def choose(machine: Machine, scope: Scope, run: Callable[[Function | Class], Thing]) -> Model | Diagnostic:
    """The network of the text, or why there is none. `run` calls a function that the text never calls."""
    bound, value = scope.find("model")
    if bound and isinstance(value, Model):
        return _unspoiled(machine, value, named=True)
    refused = value.reason if bound and isinstance(value, Unknown) else None
    if not machine.models:
        made = _from_builders(machine, scope, run)
        if isinstance(made, Model):
            return _unspoiled(machine, made, named=False)
    candidates = [model for model in machine.models if not model.is_inner]
    if refused is not None and (not candidates or _concerns(refused, candidates)):
        return refused
    if machine.used is not None:
        return _unspoiled(machine, machine.used, named=False)
    if candidates:
        return _unspoiled(machine, candidates[-1], named=False)
    return _none(machine)


def _unspoiled(machine: Machine, model: Model, named: bool) -> Model | Diagnostic:
    others = [other for other in machine.models if other is not model and not other.is_inner]
    if others and model.spoiled is None:
        how = (
            "the one named model"
            if named
            else "the last one trained"
            if machine.used is model
            else "the last one"
        )
        machine.note(
            "several-networks",
            f"The text builds {len(others) + 1} networks; {how} is read.",
            "Name the one you mean model.",
            model.place,
        )
    return model.spoiled or model


def _concerns(reason: Diagnostic, models: list[Model]) -> bool:
    """Whether a refusal of `model` comes after a network was built, so that it may be about that network."""
    return any(model.place.line <= reason.line for model in models)


def _from_builders(machine: Machine, scope: Scope, run: Callable[[Function | Class], Thing]) -> Model | None:
    """The network that a function returns which the text defines and never calls."""
    waiting = [
        function
        for function in machine.functions
        if not function.called and _is_itself(function, scope.find(function.name))
    ]
    waiting.sort(key=lambda function: function.name in BUILDERS)
    for function in reversed(waiting):
        value = run(function)
        if isinstance(value, Model):
            place = (
                machine.source.head(function.node)
                if isinstance(function.node, ast.FunctionDef)
                else value.place
            )
            machine.note(
                "builder-called",
                f"The text never calls {function.name}; it is read as if it did.",
                f"Write model = {function.name}().",
                place,
            )
            return value
    return None


def _is_itself(function: Function, found: tuple[bool, Thing]) -> bool:
    """Whether the name of a function still means it; methods have no name outside their class."""
    is_bound, value = found
    return not is_bound or value is function


def _none(machine: Machine) -> Diagnostic:
    if machine.layers:
        first = machine.layers[0]
        return machine.diagnostic(
            "no-network",
            "The text builds layers but no network.",
            "Put them in one: model = Sequential([...]).",
            first.callee,
        )
    for place, value in machine.skipped:
        if isinstance(value, Unknown) and value.reason.code in ("unknown-layer", "own-class", "unknown-call"):
            near = closest(value.reason.snippet, ("Sequential", "Model"))
            if near or value.reason.code != "unknown-call":
                return value.reason
        del place
    return machine.diagnostic(
        "no-network",
        "The text builds no network.",
        "Write one, such as model = Sequential([Dense(4, input_shape=(8,))]).",
        Place(1, 1, 1, len(machine.source.lines[0]) + 1),
    )
