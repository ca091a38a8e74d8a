"""Functions and classes of the text, called by the text: a builder is read with the arguments it is given."""

from __future__ import annotations

import ast

from engine.language.machine import MOST_CALLS_DEEP
from engine.language.passing import Passing
from engine.language.scope import Scope
from engine.language.statements import Statements
from engine.language.values import Class, DictObject, Function, Instance, Thing, Unknown


class Functions:
    """Calls of the text's own functions."""

    def __init__(self, statements: Statements) -> None:
        self.statements = statements
        self.machine = statements.machine

    def run(self, function: Function, passing: Passing) -> Thing:
        """What a function of the text returns for these arguments."""
        function.called = True
        if self.machine.deep >= MOST_CALLS_DEEP:
            return self.machine.unknown(
                "too-much-work",
                f"{function.name} is called more than {MOST_CALLS_DEEP} calls deep.",
                "Write the layers one by one.",
                passing.callee,
            )
        scope = Scope(function.scope)
        self._bind(function, passing, scope)
        self.machine.deep += 1
        try:
            if isinstance(function.node, ast.Lambda):
                return self.statements.expressions.evaluate(function.node.body, scope)
            if _is_generator(function.node):
                return self._not_followed(function, passing)
            flow = self.statements.block(function.node.body, scope)
        finally:
            self.machine.deep -= 1
        return flow.value if flow.kind == "return" else None

    def _not_followed(self, function: Function, passing: Passing) -> Unknown:
        return self.machine.unknown(
            "unknown-call",
            f"The reader cannot follow {function.name}(...), which yields its values one by one.",
            "Return the network instead.",
            passing.callee,
        )

    def _bind(self, function: Function, passing: Passing, scope: Scope) -> None:
        arguments = function.node.args
        positional = [argument.arg for argument in (*arguments.posonlyargs, *arguments.args)]
        given: list[Thing] = [passed.value for passed in passing.positional]
        if function.owner is not None:
            given.insert(0, function.owner)
        elif isinstance(function.node, ast.FunctionDef) and _is_classmethod(function.node):
            given.insert(0, None)
        named = {name: passed.value for name, passed in passing.named.items()}
        self._defaults(function, scope)
        for name in (*positional, *(argument.arg for argument in arguments.kwonlyargs)):
            if name in named:
                scope.bind(name, named.pop(name))
        for name, value in zip(positional, given, strict=False):
            scope.bind(name, value)
        if arguments.vararg is not None:
            scope.bind(arguments.vararg.arg, tuple(given[len(positional) :]))
        if arguments.kwarg is not None:
            rest = DictObject({})
            rest.items.update(named.items())
            scope.bind(arguments.kwarg.arg, rest)

    def _defaults(self, function: Function, scope: Scope) -> None:
        """Every parameter at its default, or open under its own name."""
        arguments = function.node.args
        every = [*arguments.posonlyargs, *arguments.args]
        required = len(every) - len(arguments.defaults)
        pairs = [*zip(every, [*[None] * required, *arguments.defaults], strict=True)]
        pairs += zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True)
        for argument, default in pairs:
            if default is not None:
                value = self.statements.expressions.evaluate(default, function.scope)
                scope.bind(argument.arg, value)
            else:
                place = self.machine.source.node(argument)
                scope.bind(
                    argument.arg,
                    self.machine.unknown(
                        "unknown-name",
                        f"The text does not say what {argument.arg} is.",
                        "Give it a default, or call the function with it.",
                        place,
                        argument.arg,
                    ),
                )

    def construct(self, kind: Class, passing: Passing) -> Thing:
        """An object of a class of the text; `__init__` is read like any function."""
        if kind.refusal is not None:
            return Unknown(kind.refusal)
        made = Instance(kind, {})
        start = kind.members.get("__init__")
        if isinstance(start, Function):
            self.run(Function(start.node, start.scope, made), passing)
        return made


def _is_classmethod(node: ast.FunctionDef) -> bool:
    return any(isinstance(mark, ast.Name) and mark.id == "classmethod" for mark in node.decorator_list)


def _is_generator(node: ast.FunctionDef) -> bool:
    return any(isinstance(part, ast.Yield | ast.YieldFrom) for part in ast.walk(node))
