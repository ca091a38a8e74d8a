"""Layers and configured objects, built from the calls that write them."""

from __future__ import annotations

from typing import Final

from engine.errors import Diagnostic
from engine.language import modernize
from engine.language.machine import Machine
from engine.language.passing import Passing, as_value, bind, settle
from engine.language.symbols import LayerClass
from engine.language.values import LayerObject, Passed, Unknown
from engine.spec.arguments import Dimensions, Text, Unfit, Whole
from engine.spec.catalogue import LAYERS
from engine.spec.catalogue.items import ItemKind
from engine.spec.catalogue.kinds import LayerKind
from engine.spec.structure import Item, Shape, Value, as_shape
from engine.spec.wording import show

SHAPE_ARGUMENTS: Final = ("input_shape", "batch_input_shape", "batch_shape", "input_dim", "input_length")

ABOUT: Final = {
    "name": "Use letters, digits and underscores, or leave the name out.",
    "input_shape": "It is the shape of one sample, without the batch.",
    "batch_input_shape": "It is the shape of a batch; its first number may be None.",
    "batch_shape": "It is the shape of a batch; its first number may be None.",
    "input_dim": "It is how many numbers one sample has.",
    "input_length": "It is how many steps one sample has.",
    "batch_size": "It is how many samples a batch has; leave it out to keep that open.",
}
"""What the arguments mean that any layer may be given."""


def build_layer(machine: Machine, meaning: LayerClass, passing: Passing) -> LayerObject:
    """The layer that a call of its class builds; what is wrong with the call stands in its `problems`."""
    kind = LAYERS[meaning.kind]
    modernize.modernize(machine, kind, meaning.spelling, passing)
    problems: list[Diagnostic] = []
    name = _name(machine, kind, passing, problems)
    states_input = _states_input(kind, passing)
    shape = _input(machine, kind, passing, problems)
    bound, wrong = bind(machine, kind.name, kind.every_argument(), passing)
    wrapped = bound["layer"].value if "layer" in bound else None
    if isinstance(wrapped, LayerObject) and kind.name == "Bidirectional":
        shape, states_input = shape or wrapped.input_shape, states_input or wrapped.states_input
    config, more = settle(machine, kind.name, kind.every_argument(), bound, passing.callee, kind.settle)
    problems += wrong + more
    layer = LayerObject(
        kind.name,
        name,
        passing.call,
        None if problems else config,
        passing.callee,
        shape,
        states_input,
        problems,
        places={argument: passed.place for argument, passed in bound.items()},
    )
    machine.built(layer)
    return layer


def _name(machine: Machine, kind: LayerKind, passing: Passing, problems: list[Diagnostic]) -> str:
    passed = passing.take("name")
    if passed is None or passed.value is None:
        return machine.names.next(kind.name)
    value = _checked(machine, kind.name, "name", passed, Text(), problems)
    if value is not None and (value == "" or "/" in str(value)):
        problems.append(
            machine.diagnostic(
                "bad-argument",
                f"{kind.name}: name must be a string without '/', and not empty; it is {show(value)}.",
                ABOUT["name"],
                passed.place,
            )
        )
    return str(value) if value else machine.names.next(kind.name)


def _checked(
    machine: Machine,
    owner: str,
    name: str,
    passed: Passed,
    wanted: Text | Dimensions | Whole,
    problems: list[Diagnostic],
) -> Value:
    value = as_value(machine, passed.value, passed.place)
    if isinstance(value, Diagnostic):
        problems.append(value)
        return None
    try:
        return wanted.read(value)
    except Unfit as unfit:
        problems.append(
            machine.diagnostic(
                "bad-argument",
                f"{owner}: {name} must be {unfit.wanted}; it is {show(value)}.",
                f"Write {name}={unfit.fix}." if unfit.fix else ABOUT[name],
                passed.place,
                fix=unfit.fix,
            )
        )
        return None


def _states_input(kind: LayerKind, passing: Passing) -> bool:
    own = {argument.name for argument in kind.arguments}
    return any(name in passing.named and name not in own for name in SHAPE_ARGUMENTS)


def _input(machine: Machine, kind: LayerKind, passing: Passing, problems: list[Diagnostic]) -> Shape | None:
    """The input shape that a first layer may carry, batch first."""
    if kind.name == "InputLayer":
        return None
    own = {argument.name for argument in kind.arguments}
    given = {name: passing.take(name) for name in SHAPE_ARGUMENTS if name not in own}
    batch = passing.take("batch_size") if "batch_size" not in own else None
    passing.take("input_dtype")
    passing.take("weights")

    def read(name: str, wanted: Dimensions | Whole) -> Value:
        passed = given.get(name)
        if passed is None or passed.value is None:
            return None
        return _checked(machine, kind.name, name, passed, wanted, problems)

    whole = read("batch_input_shape", Dimensions()) or read("batch_shape", Dimensions())
    if isinstance(whole, tuple):
        return as_shape(whole)
    shape, size = read("input_shape", Dimensions()), None
    dim, length = read("input_dim", Whole(1)), read("input_length", Whole(1))
    if batch is not None and batch.value is not None:
        size = _checked(machine, kind.name, "batch_size", batch, Whole(1), problems)
    if not isinstance(shape, tuple):
        if dim is None and length is None:
            return None
        # Recurrent and one-dimensional layers count input_length time steps; without it they stay open.
        steps = (length,) if length is not None or kind.ranks[0] == 3 else ()
        shape = (*steps, dim) if dim is not None else steps
    return as_shape((size, *shape))


def build_item(machine: Machine, kind: ItemKind, passing: Passing) -> Item | Unknown:
    """The object that a call of its class builds, or an Unknown with the first thing wrong with it."""
    modernize.modernize_item(machine, kind, passing)
    bound, wrong = bind(machine, kind.name, kind.arguments, passing)
    config, more = settle(machine, kind.name, kind.arguments, bound, passing.callee)
    if config is None or wrong:
        return Unknown((wrong + more)[0])
    return Item(kind.name, config)
