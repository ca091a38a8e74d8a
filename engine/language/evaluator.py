"""What the parts of an expression's reader need of the whole."""

from __future__ import annotations

import ast
from collections.abc import Iterable
from typing import Protocol

from engine.language.machine import Machine
from engine.language.scope import Scope
from engine.language.values import Thing, Unknown


class Evaluator(Protocol):
    """Whoever says what expressions are worth; `Expressions` does."""

    machine: Machine

    def evaluate(self, node: ast.expr, scope: Scope) -> Thing:
        """The value of an expression in a scope."""
        ...

    def items(self, value: Thing) -> list[Thing] | None:
        """What a loop over a value goes through, or None when that is not known."""
        ...

    def opaque(self, node: ast.expr) -> Unknown:
        """An expression that the reader does not follow."""
        ...

    def impossible(self, node: ast.expr, why: str) -> Unknown:
        """An expression without a value."""
        ...

    def perhaps(self, nodes: Iterable[ast.expr], scope: Scope, unknown: Unknown) -> None:
        """Reads expressions that may or may not happen: what they change is unknown afterwards."""
        ...
