"""The arguments of a call: gathered from the text, matched to names, turned into the values of specs."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from engine.errors import Diagnostic
from engine.language import symbols
from engine.language.expressions import Expressions
from engine.language.machine import Machine
from engine.language.scope import Scope
from engine.language.source import Place
from engine.language.values import (
    DictObject,
    Function,
    LayerObject,
    ListObject,
    Model,
    Passed,
    Symbol,
    Thing,
    Unknown,
)
from engine.spec.arguments import Argument
from engine.spec.catalogue.kinds import DTYPES
from engine.spec.completion import Problem, complete
from engine.spec.structure import EMPTY, Config, Item, Layer, Value

MOST_DEEP: Final = 8
"""How deep lists may lie in lists, and wrappers around layers."""


@dataclass(slots=True, eq=False)
class Passing:
    """All arguments of a call. `opaque` holds what was given by `*` or `**` and is not known."""

    call: Place
    callee: Place
    positional: list[Passed] = field(default_factory=list)
    named: dict[str, Passed] = field(default_factory=dict)
    opaque: list[Diagnostic] = field(default_factory=list)

    def take(self, name: str) -> Passed | None:
        """Removes an argument given by name."""
        return self.named.pop(name, None)

    def value(self, name: str, position: int | None = None) -> Thing:
        """The value given by name or position; None when it is not given."""
        passed = self.get(name, position)
        return passed.value if passed else None

    def get(self, name: str, position: int | None = None) -> Passed | None:
        """The argument given by name or position."""
        if name in self.named:
            return self.named[name]
        if position is not None and position < len(self.positional):
            return self.positional[position]
        return None


def gather(expressions: Expressions, node: ast.Call, scope: Scope) -> Passing:
    """Evaluates the arguments of a call."""
    machine = expressions.machine
    source = machine.source
    passing = Passing(source.node(node), source.callee(node.func))
    for part in node.args:
        if isinstance(part, ast.Starred):
            items = expressions.items(expressions.evaluate(part.value, scope))
            if items is None:
                passing.opaque.append(_opaque(machine, part))
            else:
                passing.positional += [Passed(item, source.node(part)) for item in items]
        else:
            passing.positional.append(Passed(expressions.evaluate(part, scope), source.node(part)))
    for keyword in node.keywords:
        value = expressions.evaluate(keyword.value, scope)
        place = source.node(keyword.value)
        if keyword.arg is None:
            if isinstance(value, DictObject):
                for key, item in value.items.items():
                    passing.named[str(key)] = Passed(item, place)
            else:
                passing.opaque.append(_opaque(machine, keyword.value))
        elif keyword.arg in passing.named:
            passing.opaque.append(
                machine.diagnostic(
                    "repeated-argument",
                    f"{keyword.arg} is given twice.",
                    "Leave one of them out.",
                    source.keyword_name(keyword),
                )
            )
        else:
            passing.named[keyword.arg] = Passed(value, place, source.keyword_name(keyword))
    return passing


def _opaque(machine: Machine, node: ast.expr) -> Diagnostic:
    return machine.diagnostic(
        "unknown-arguments",
        "The reader does not know which arguments this gives.",
        "Write them out, or give a dict of constants.",
        machine.source.node(node),
    )


def as_value(machine: Machine, thing: Thing, place: Place, deep: int = 0) -> Value | Diagnostic:
    """The form in which a spec holds a value, or why it cannot."""
    if deep > MOST_DEEP:
        return _unusable(machine, place)
    match thing:
        case bool() | int() | float() | str() | None | Item() | Config():
            return thing
        case Unknown():
            return machine.hole(thing.path, place) if thing.path else thing.reason
        case tuple():
            return _parts(machine, thing, place, deep)
        case ListObject():
            return _parts(machine, tuple(thing.items), place, deep)
        case DictObject():
            made: dict[str, Value] = {}
            for key, item in thing.items.items():
                value = as_value(machine, item, place, deep + 1)
                if isinstance(value, Diagnostic):
                    return value
                made[str(key)] = value
            return Config(made)
        case Symbol():
            return _named(machine, thing, place)
        case LayerObject() if thing.model is None:
            if thing.config is None:
                return thing.problems[0]
            if wrapped(thing.config) >= MOST_DEEP:
                return _unusable(machine, place)
            return Layer(thing.kind, thing.name, thing.config)
        case Model():
            inner = machine.assemble(thing, None)
            if inner.graph is None:
                return inner.problems[0]
            return Layer(thing.kind, thing.name, EMPTY, inner.graph)
        case Function():
            return machine.diagnostic(
                "own-function",
                f"{thing.name} is a function of the text; the reader does not run it.",
                "Use one of Keras's own by name.",
                place,
            )
        case _:
            return _unusable(machine, place)


def wrapped(config: Config) -> int:
    """How many layers lie one inside the other in the settings of a layer."""
    inner = [value.config for value in config.values() if isinstance(value, Layer)]
    return 1 + max(wrapped(each) for each in inner) if inner else 0


def _parts(machine: Machine, things: tuple[Thing, ...], place: Place, deep: int) -> Value | Diagnostic:
    values: list[Value] = []
    for thing in things:
        value = as_value(machine, thing, place, deep + 1)
        if isinstance(value, Diagnostic):
            return value
        values.append(value)
    return tuple(values)


def _named(machine: Machine, symbol: Symbol, place: Place) -> Value | Diagnostic:
    match symbols.meaning(symbol.path):
        case symbols.Activation(name) | symbols.DtypeName(name):
            return name
        case symbols.ItemClass(kind):
            return kind.name
        case _:
            last = symbol.path.rpartition(".")[2]
            if last in DTYPES:
                return last
            return _unusable(machine, place)


def _unusable(machine: Machine, place: Place) -> Diagnostic:
    return machine.diagnostic(
        "unknown-value",
        f"The reader cannot use {machine.source.snippet(place)} here.",
        "Write a number, a name in quotes or an object of Keras.",
        place,
    )


def bind(
    machine: Machine, owner: str, arguments: tuple[Argument, ...], passing: Passing
) -> tuple[dict[str, Passed], list[Diagnostic]]:
    """Positional arguments matched to their names, beside those given by name."""
    problems = list(passing.opaque)
    places = [argument.name for argument in arguments if not argument.keyword_only]
    bound = dict(passing.named)
    if len(passing.positional) > len(places):
        extra = passing.positional[len(places)]
        most = "no arguments" if not places else f"at most {len(places)}: {', '.join(places)}"
        problems.append(
            machine.diagnostic(
                "too-many-arguments",
                f"{owner} takes {most} by position.",
                "Give the others by name, or leave them out.",
                extra.place,
            )
        )
    for name, passed in zip(places, passing.positional, strict=False):
        if name in bound:
            problems.append(
                machine.diagnostic(
                    "repeated-argument",
                    f"{owner}: {name} is given twice, by position and by name.",
                    "Leave one of them out.",
                    bound[name].name_place or bound[name].place,
                )
            )
        else:
            bound[name] = passed
    return bound, problems


def settle(
    machine: Machine,
    owner: str,
    arguments: tuple[Argument, ...],
    bound: Mapping[str, Passed],
    callee: Place,
    rule: object = None,
) -> tuple[Config | None, list[Diagnostic]]:
    """The complete config of a call, or everything that is wrong with it, each at its place."""
    problems: list[Diagnostic] = []
    values: dict[str, Value] = {}
    for name, passed in bound.items():
        value = as_value(machine, passed.value, passed.place)
        if isinstance(value, Diagnostic):
            problems.append(value)
        else:
            values[name] = value
    open_names = bound.keys() - values.keys()
    config, found = complete(owner, arguments, values, rule if callable(rule) else None)
    problems += [
        located(machine, problem, bound, callee) for problem in found if problem.argument not in open_names
    ]
    return (None if problems else config), problems


def located(machine: Machine, problem: Problem, bound: Mapping[str, Passed], callee: Place) -> Diagnostic:
    """A problem at the place of the argument it is about."""
    passed = bound.get(problem.argument or "")
    place = callee
    if passed is not None:
        about_name = problem.code == "unknown-argument" and passed.name_place is not None
        place = passed.name_place if about_name and passed.name_place else passed.place
    fix = problem.fix if passed is not None else None
    return machine.diagnostic(problem.code, problem.message, problem.hint, place, fix=fix)
