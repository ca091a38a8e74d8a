"""Statements: assignments, calls, loops, conditions, functions.

What the reader cannot follow is passed over; names and objects that it may have changed are then unknown,
which matters only if the network depends on them.
"""

from __future__ import annotations

import ast
from typing import Final

from engine.errors import Diagnostic
from engine.language.arithmetic import truth
from engine.language.assignments import Assignments
from engine.language.calls import Calls
from engine.language.expressions import Expressions
from engine.language.formatting import Impossible
from engine.language.imports import bind_imports
from engine.language.machine import MOST_STEPS_IN_BRIEF, Machine, OutOfFuel
from engine.language.scope import Scope
from engine.language.values import (
    Class,
    Function,
    Thing,
    Unknown,
)
from engine.records import record
from engine.spec.wording import cut

MOST_ROUNDS: Final = 512


@record
class Flow:
    """How a block ended: 'next', 'break', 'continue', 'return' with a value, or 'unsure'.

    Unsure is a break or continue under a condition that is not known: `value` is the Unknown of it.
    """

    kind: str = "next"
    value: Thing = None


NEXT: Final = Flow()


class Statements:
    """Executes statements on the reader's own values."""

    def __init__(self, expressions: Expressions, calls: Calls) -> None:
        self.expressions, self.calls = expressions, calls
        self.assignments = Assignments(expressions)
        self.machine: Machine = expressions.machine

    def module(self, tree: ast.Module, scope: Scope) -> None:
        """The whole text, each statement with its own share of fuel."""
        for node in tree.body:
            self.machine.refuel()
            try:
                self.statement(node, scope)
            except (OutOfFuel, RecursionError):
                self._in_brief(node, scope)

    def _in_brief(self, node: ast.stmt, scope: Scope) -> None:
        """A statement that takes too many steps: a loop is read once more as one that nobody can count."""
        self.machine.refuel(MOST_STEPS_IN_BRIEF)
        try:
            if isinstance(node, ast.For | ast.While):
                self._rounds(node, scope)
                return
        except (OutOfFuel, RecursionError):
            pass
        self._lose(node, scope, self._reason("too-much-work", node, "takes too many steps to follow"))

    def block(self, body: list[ast.stmt], scope: Scope) -> Flow:
        """Statements in order, until one leaves the block."""
        for index, node in enumerate(body):
            flow = self.statement(node, scope)
            if flow.kind == "unsure" and isinstance(flow.value, Unknown):
                rest = self._maybe(body[index + 1 :], scope, flow.value.reason)
                return Flow("return", flow.value) if rest.kind == "return" else flow
            if flow.kind != "next":
                return flow
        return NEXT

    def statement(self, node: ast.stmt, scope: Scope) -> Flow:
        """One statement."""
        self.machine.step()
        match node:
            case ast.Expr():
                self._expression(node, scope)
            case ast.Assign():
                value = self.expressions.evaluate(node.value, scope)
                self._pass_over(node, value)
                for target in node.targets:
                    self.assignments.assign(target, value, scope)
            case ast.AnnAssign():
                if node.value is not None:
                    self.assignments.assign(node.target, self.expressions.evaluate(node.value, scope), scope)
            case ast.AugAssign():
                self.assignments.augment(node, scope)
            case ast.FunctionDef():
                function = Function(node, scope)
                self.machine.functions.append(function)
                scope.bind(node.name, function)
            case ast.ClassDef():
                scope.bind(node.name, self._class(node, scope))
            case ast.Import() | ast.ImportFrom():
                bind_imports(node, scope)
            case ast.Return():
                return Flow("return", self.expressions.evaluate(node.value, scope) if node.value else None)
            case ast.Break():
                return Flow("break")
            case ast.Continue():
                return Flow("continue")
            case ast.If():
                return self._if(node, scope)
            case ast.For():
                return self._for(node, scope)
            case ast.While():
                return self._while(node, scope)
            case ast.With():
                return self._with(node, scope)
            case ast.Try():
                return self._try(node, scope)
            case ast.Assert():
                self.expressions.evaluate(node.test, scope)
            case ast.Pass() | ast.Global() | ast.Nonlocal() | ast.Raise():
                pass
            case _:
                self._lose(
                    node, scope, self._reason("unknown-statement", node, "is not part of the language")
                )
        return NEXT

    def _reason(self, code: str, node: ast.stmt, why: str) -> Diagnostic:
        place = self.machine.source.head(node)
        text = cut(self.machine.source.snippet(place), 40).rstrip(":")
        return self.machine.diagnostic(
            code,
            f"The network depends on a statement that {why}: {text}.",
            "Write the layers one by one.",
            place,
        )

    def _expression(self, node: ast.Expr, scope: Scope) -> None:
        if not isinstance(node.value, ast.Constant):
            self._pass_over(node, self.expressions.evaluate(node.value, scope))

    def _pass_over(self, node: ast.stmt, value: Thing) -> None:
        if isinstance(value, Unknown) and value.reason.code != "history":
            self.machine.skipped.append((self.machine.source.head(node), value))

    def _if(self, node: ast.If, scope: Scope) -> Flow:
        value = self._condition(node.test, scope)
        if not isinstance(value, Unknown):
            return self.block(node.body if value else node.orelse, scope)
        reason = self.expressions.unsure(node.test, value).reason
        flows = [self._maybe(body, scope, reason).kind for body in (node.body, node.orelse)]
        if "return" in flows:
            return Flow("return", Unknown(reason))
        return NEXT if set(flows) == {"next"} else Flow("unsure", Unknown(reason))

    def _condition(self, test: ast.expr, scope: Scope) -> bool | Unknown:
        if _is_main(test):
            return True
        value = self.expressions.evaluate(test, scope)
        if isinstance(value, Unknown):
            return value
        try:
            return truth(value)
        except Impossible:
            return self.assignments.unknown_part(test)

    def _maybe(self, body: list[ast.stmt], scope: Scope, reason: Diagnostic) -> Flow:
        """Statements that may or may not happen: what they bind or change is unknown afterwards."""
        before = dict(scope.names)
        with self.machine.uncertain(reason):
            flow = self.block(body, scope)
        for name, value in scope.names.items():
            if name not in before or before[name] is not value:
                scope.names[name] = Unknown(reason)
        return flow

    def _for(self, node: ast.For, scope: Scope) -> Flow:
        items = self.expressions.items(self.expressions.evaluate(node.iter, scope))
        if items is None or len(items) > MOST_ROUNDS:
            self.assignments.assign(node.target, self.assignments.unknown_part(node.target), scope)
            return self._rounds(node, scope)
        for item in items:
            self.assignments.assign(node.target, item, scope)
            flow = self.block(node.body, scope)
            if flow.kind == "break":
                return NEXT
            if flow.kind == "return":
                return flow
            if flow.kind == "unsure":
                return self._rounds(node, scope)
        return self.block(node.orelse, scope)

    def _while(self, node: ast.While, scope: Scope) -> Flow:
        for _ in range(MOST_ROUNDS):
            value = self._condition(node.test, scope)
            if isinstance(value, Unknown):
                return self._rounds(node, scope)
            if not value:
                return self.block(node.orelse, scope)
            flow = self.block(node.body, scope)
            if flow.kind == "break":
                return NEXT
            if flow.kind == "return":
                return flow
            if flow.kind == "unsure":
                return self._rounds(node, scope)
        return self._rounds(node, scope)

    def _rounds(self, node: ast.For | ast.While, scope: Scope) -> Flow:
        """A loop whose rounds nobody can count: read once, with all that one round hands to the next
        unknown.
        """
        reason = self._reason("unknown-loop", node, "repeats an unknown number of times")
        for name in assigned(node.body):
            if name in scope.names:
                scope.names[name] = Unknown(reason)
        with self.machine.uncertain(reason):
            flow = self.block(node.body, scope)
        return Flow("return", Unknown(reason)) if flow.kind == "return" else NEXT

    def _with(self, node: ast.With, scope: Scope) -> Flow:
        for item in node.items:
            value = self.expressions.evaluate(item.context_expr, scope)
            if item.optional_vars is not None:
                self.assignments.assign(item.optional_vars, value, scope)
        return self.block(node.body, scope)

    def _try(self, node: ast.Try, scope: Scope) -> Flow:
        flow = self.block(node.body, scope)
        if flow.kind == "next":
            flow = self.block(node.orelse, scope)
        last = self.block(node.finalbody, scope)
        return flow if last.kind == "next" else last

    def _class(self, node: ast.ClassDef, scope: Scope) -> Class:
        inner = Scope(scope)
        kind = Class(node, scope, inner.names, self._subclass(node, scope))
        for part in node.body:
            self.statement(part, inner)
        self.machine.classes.append(kind)
        return kind

    def _subclass(self, node: ast.ClassDef, scope: Scope) -> Diagnostic | None:
        """Why objects of a class cannot be read: it derives from something that is not of this text."""
        for base in node.bases:
            value = self.expressions.evaluate(base, scope)
            name = self.machine.source.snippet(self.machine.source.callee(base))
            if name == "object" or (isinstance(value, Class) and value.refusal is None):
                continue
            return self.machine.diagnostic(
                "own-class",
                f"{node.name} is a class of its own, derived from {name}; the reader runs no code.",
                "Build the network with Sequential or with Model(inputs, outputs).",
                self.machine.source.head(node),
            )
        return None

    def _lose(self, node: ast.stmt, scope: Scope, reason: Diagnostic) -> None:
        """A statement nobody follows: the names it may bind are unknown, and so are objects it may change."""
        for name in assigned([node]):
            scope.names[name] = Unknown(reason)
        for part in ast.walk(node):
            if isinstance(part, ast.Name):
                self.machine.spoil(scope.find(part.id)[1], reason)


def assigned(body: list[ast.stmt]) -> set[str]:
    """The names that statements may bind in their own scope."""
    names: set[str] = set()
    waiting: list[ast.AST] = list(body)
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            names.add(node.name)
            continue
        if isinstance(node, ast.Name) and not isinstance(node.ctx, ast.Load):
            names.add(node.id)
        waiting.extend(ast.iter_child_nodes(node))
    return names


def _is_main(test: ast.expr) -> bool:
    return (
        isinstance(test, ast.Compare)
        and isinstance(test.left, ast.Name)
        and test.left.id == "__name__"
        and isinstance(test.ops[0], ast.Eq)
    )
