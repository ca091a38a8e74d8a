"""Reads a text: guard, interpretation of our own small subset, choice of the network, graph. Never raises."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from functools import partial
from typing import Final

from engine.errors import Diagnostic, SourceError
from engine.language import guard, notebook
from engine.language.calls import Calls
from engine.language.ceiling import too_large
from engine.language.chains import assemble_sequential
from engine.language.choosing import choose
from engine.language.expressions import Expressions
from engine.language.functional import combine
from engine.language.functions import Functions
from engine.language.graphs import assemble_functional
from engine.language.machine import Machine, OutOfFuel
from engine.language.passing import Passing
from engine.language.rows import Assembly, Row
from engine.language.scope import Scope
from engine.language.source import Place, Source
from engine.language.statements import Statements
from engine.language.values import Class, Function, ListObject, Model, Thing, Unknown
from engine.records import record
from engine.spec.spec import Spec
from engine.spec.structure import Shape

MOST_PROBLEMS: Final = 50
MOST_NOTES: Final = 50


@record
class Reading:
    """All that a text says. `spec` is None when anything in the network is wrong or open.

    `holes` are those of `diagnostics` that need a value (code 'hole', with its name). `notes` are no
    mistakes. `layers` holds what could be read so far, in order, gaps included, whatever is wrong
    elsewhere.
    """

    spec: Spec | None
    diagnostics: tuple[Diagnostic, ...]
    notes: tuple[Diagnostic, ...]
    layers: tuple[Row, ...]

    @property
    def holes(self) -> tuple[Diagnostic, ...]:
        """The diagnostics that a value would mend."""
        return tuple(diagnostic for diagnostic in self.diagnostics if diagnostic.code == "hole")


def read(text: str | bytes, values: Mapping[str, object] | None = None) -> Reading:
    """Reads a text as far as it goes; never raises for any text.

    `values` fills holes by name: `{'num_classes': 10, 'x_train.shape': (None, 784)}`.
    """
    try:
        source = guard.decode(text)
        python, notebook_lines = notebook.plain(source)
        tree = guard.tree(python)
        machine = Machine(source, {name: _given(value) for name, value in (values or {}).items()})
        for place in notebook_lines:
            machine.note("skipped", "This is a notebook's own line; it is passed over.", "", place)
        return _interpreted(machine, tree)
    except SourceError as error:
        return Reading(None, error.diagnostics, (), ())


def _interpreted(machine: Machine, tree: ast.Module) -> Reading:
    scope = Scope()
    statements, functions = _tied(machine)
    statements.module(tree, scope)
    chosen = choose(machine, scope, lambda builder: _call(machine, functions, builder))
    if isinstance(chosen, Diagnostic):
        return Reading(None, (chosen,), _notes(machine, ()), ())
    return _reading(machine, chosen, _whole(machine, chosen))


def parse(text: str | bytes, values: Mapping[str, object] | None = None) -> Spec:
    """The network of a text; raises SourceError, whose `diagnostics` are never empty."""
    reading = read(text, values)
    if reading.spec is None:
        raise SourceError(reading.diagnostics)
    return reading.spec


def _tied(machine: Machine) -> tuple[Statements, Functions]:
    """The parts of the reader, each given those it calls."""
    expressions = Expressions(machine)
    calls = Calls(expressions)
    expressions.call = calls.call
    expressions.combine = partial(combine, machine)
    statements = Statements(expressions, calls)
    functions = Functions(statements)
    calls.run = functions.run
    calls.construct = functions.construct
    machine.assemble = partial(_assemble, machine)
    return statements, functions


def _assemble(machine: Machine, model: Model, given: Shape | None) -> Assembly:
    if model.kind == "Sequential":
        return assemble_sequential(machine, model, given)
    return assemble_functional(machine, model)


def _whole(machine: Machine, model: Model) -> Assembly:
    """The chosen network put together; one too large to put together is a problem like any other."""
    machine.refuel()
    try:
        return machine.assemble(model, None)
    except (OutOfFuel, RecursionError):
        reason = machine.diagnostic(
            "too-much-work", "The network takes too many steps to read.", "Build a smaller one.", model.place
        )
        return Assembly(problems=[reason])


def _call(machine: Machine, functions: Functions, builder: Function | Class) -> Thing:
    if not isinstance(builder, Function):
        return None
    machine.refuel()
    nowhere = Place(1, 1, 1, 1)
    try:
        return functions.run(builder, Passing(nowhere, nowhere))
    except (OutOfFuel, RecursionError):
        return None


def _given(value: object) -> Thing:
    """A value from outside as the reader's own: numbers, strings, and lists or tuples of them."""
    match value:
        case bool() | int() | float() | str() | None:
            return value
        case tuple():
            return tuple(_given(part) for part in value)
        case list():
            return ListObject([_given(part) for part in value])
        case _:
            raise TypeError(
                f"a value for a hole is a number, a string or a tuple, not {type(value).__name__}"
            )


def _reading(machine: Machine, model: Model, made: Assembly) -> Reading:
    problems = list(made.problems) + model.settings_problems
    spec: Spec | None = None
    if made.graph is not None and not problems:
        excess = too_large(machine, made.graph, made.rows, model)
        if excess is None:
            spec = Spec.of(made.graph, model.compiled, model.fit)
        else:
            problems.append(excess)
    ordered = sorted(problems, key=lambda told: (told.line, told.column))
    unique = tuple(dict.fromkeys(ordered))[:MOST_PROBLEMS]
    return Reading(spec, unique, _notes(machine, unique), tuple(made.rows))


def _notes(machine: Machine, told: tuple[Diagnostic, ...]) -> tuple[Diagnostic, ...]:
    """What was passed over, beside what was noted on the way; nothing that is already told as a mistake."""
    lines = {diagnostic.line for diagnostic in told}
    for place, value in machine.skipped:
        if isinstance(value, Unknown) and place.line not in lines:
            machine.note(
                "skipped",
                "This line is passed over: it does not define the network.",
                "",
                place,
            )
    ordered = sorted(machine.notes.values(), key=lambda note: (note.line, note.column))
    return tuple(ordered[:MOST_NOTES])


__all__ = ["Reading", "Source", "parse", "read"]
