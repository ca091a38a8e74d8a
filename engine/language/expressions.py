"""What an expression is worth: constants, names, attributes, items, arithmetic. Calls are handed on.

Never raises for a text and never runs any of it: what cannot be known is an Unknown that says why.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterable, Mapping
from typing import Final

from engine.language import symbols
from engine.language.arithmetic import binary, bounded, compare, truth, unary
from engine.language.attributes import attribute
from engine.language.comprehensions import comprehend
from engine.language.formatting import LONGEST, Impossible
from engine.language.fstrings import formatted
from engine.language.indexing import item
from engine.language.machine import Machine
from engine.language.scope import Scope
from engine.language.source import Place
from engine.language.values import (
    DictObject,
    Function,
    ListObject,
    Mutable,
    Symbol,
    TensorObject,
    Thing,
    Unknown,
)
from engine.spec.catalogue import LAYER_SPELLINGS
from engine.spec.wording import closest, cut, show

BUILTINS: Final = frozenset(
    {
        "abs", "bool", "dict", "enumerate", "float", "int", "len", "list", "max", "min", "print",
        "range", "reversed", "round", "sorted", "str", "sum", "super", "tuple", "zip", "isinstance",
        "type", "set",
    }
)  # fmt: skip

MERGING: Final[Mapping[type[ast.operator], str]] = {ast.Add: "Add", ast.Sub: "Subtract", ast.Mult: "Multiply"}
"""Layers that operators between tensors stand for."""


class Expressions:
    """Evaluates expressions; `call` and `combine` are set by the reader, which ties the parts together."""

    def __init__(self, machine: Machine) -> None:
        self.machine = machine
        self.call: Callable[[ast.Call, Scope], Thing] = lambda node, scope: self.opaque(node)
        self.combine: Callable[[str, tuple[TensorObject, TensorObject], Place], Thing]

    def evaluate(self, node: ast.expr, scope: Scope) -> Thing:
        """The value of an expression in a scope."""
        self.machine.step()
        match node:
            case ast.Constant():
                return self._constant(node)
            case ast.Name():
                return self._name(node, scope)
            case ast.Attribute():
                return self._attribute(node, scope)
            case ast.Call():
                return self.call(node, scope)
            case ast.Tuple():
                return self._gathered(node.elts, scope)
            case ast.List():
                items = self._gathered(node.elts, scope)
                return items if isinstance(items, Unknown) else ListObject(list(items))
            case ast.Dict():
                return self._dict(node, scope)
            case ast.BinOp():
                return self._binary(node, scope)
            case ast.UnaryOp():
                return self._unary(node, scope)
            case ast.BoolOp() | ast.Compare():
                return self._logic(node, scope)
            case ast.IfExp():
                return self._choice(node, scope)
            case ast.Subscript():
                return item(self, node, scope)
            case ast.JoinedStr():
                return formatted(self, node, scope)
            case ast.ListComp() | ast.GeneratorExp() | ast.DictComp() | ast.SetComp():
                return comprehend(self, node, scope)
            case ast.NamedExpr():
                value = self.evaluate(node.value, scope)
                scope.bind(node.target.id, self.opaque(node) if self.machine.regions else value)
                return value
            case ast.Lambda():
                return Function(node, scope)
            case _:
                opaque = self.opaque(node)
                parts = [part for part in ast.iter_child_nodes(node) if isinstance(part, ast.expr)]
                self.perhaps(parts, scope, opaque)
                return opaque

    def perhaps(self, nodes: Iterable[ast.expr], scope: Scope, unknown: Unknown) -> None:
        """Reads expressions that may or may not happen: what they change is unknown afterwards."""
        with self.machine.uncertain(unknown.reason):
            for node in nodes:
                self.evaluate(node, scope)

    def opaque(self, node: ast.expr) -> Unknown:
        """An expression that the reader does not follow."""
        text = cut(self.machine.source.snippet(self.machine.source.node(node)), 40)
        return self.machine.unknown(
            "unknown-value",
            f"The reader cannot know what {text} is without running it.",
            "Write the value itself.",
            self.machine.source.node(node),
        )

    def impossible(self, node: ast.expr, why: str) -> Unknown:
        """An expression without a value."""
        place = self.machine.source.node(node)
        text = cut(self.machine.source.snippet(place), 40)
        return self.machine.unknown(
            "arithmetic", f"{text} cannot be computed: {why}.", "Write the number itself.", place
        )

    def _constant(self, node: ast.Constant) -> Thing:
        value = node.value
        if isinstance(value, bool | str) or value is None:
            return value
        if isinstance(value, int | float):
            try:
                return bounded(value)
            except Impossible as impossible:
                return self.impossible(node, str(impossible))
        return self.opaque(node)

    def _name(self, node: ast.Name, scope: Scope) -> Thing:
        found, value = scope.find(node.id)
        if found:
            return self._seen(node.id, value)
        if node.id in self.machine.given:
            return self.machine.given[node.id]
        for module in scope.stars:
            path = symbols.starred(module, node.id)
            if path is not None:
                return Symbol(path)
        if node.id in BUILTINS:
            return Symbol(f"builtins.{node.id}")
        path = symbols.bare(node.id)
        return Symbol(path, assumed=True) if path else self._unbound(node)

    def _seen(self, name: str, value: Thing) -> Thing:
        if isinstance(value, Mutable) and value.spoiled is not None:
            value = Unknown(value.spoiled)
        if isinstance(value, Unknown):
            if name in self.machine.given:
                return self.machine.given[name]
            # What cannot be computed is told as that, not as a name without a value.
            return value if value.path or value.reason.code == "arithmetic" else Unknown(value.reason, name)
        return value

    def _unbound(self, node: ast.Name) -> Unknown:
        near = closest(node.id, LAYER_SPELLINGS) if node.id[:1].isupper() else None
        suggestion = f"; did you mean {show(near)}?" if near else "."
        place = self.machine.source.node(node)
        return self.machine.unknown(
            "unknown-name",
            f"The text does not say what {show(node.id)} is{suggestion}",
            f"Write {near}." if near else "Define it, or import it.",
            place,
            node.id,
        )

    def _attribute(self, node: ast.Attribute, scope: Scope) -> Thing:
        owner = self.evaluate(node.value, scope)
        if isinstance(owner, Unknown):
            path = f"{owner.path}.{node.attr}" if owner.path else None
            if path is not None and path in self.machine.given:
                return self.machine.given[path]
            return Unknown(owner.reason, path)
        value = attribute(self.machine, owner, node)
        if isinstance(value, Mutable) and value.spoiled is not None:
            return Unknown(value.spoiled)
        return value

    def _gathered(self, nodes: Iterable[ast.expr], scope: Scope) -> tuple[Thing, ...] | Unknown:
        items: list[Thing] = []
        for node in nodes:
            if isinstance(node, ast.Starred):
                more = self.items(self.evaluate(node.value, scope))
                if more is None:
                    return self.opaque(node)
                items.extend(more)
            else:
                items.append(self.evaluate(node, scope))
        return tuple(items)

    def items(self, value: Thing) -> list[Thing] | None:
        """What a loop over a value goes through, or None when that is not known."""
        match value:
            case ListObject():
                return list(value.items)
            case tuple():
                return list(value)
            case DictObject():
                return list(value.items)
            case str() if len(value) <= LONGEST:
                return list(value)
            case _:
                return None

    def _dict(self, node: ast.Dict, scope: Scope) -> Thing:
        made = DictObject({})
        for key_node, value_node in zip(node.keys, node.values, strict=True):
            value = self.evaluate(value_node, scope)
            if key_node is None:
                if not isinstance(value, DictObject):
                    return self.opaque(node)
                made.items.update(value.items)
                continue
            key = self.evaluate(key_node, scope)
            if not isinstance(key, bool | int | float | str) and key is not None:
                return self.opaque(node)
            made.items[key] = value
        return made

    def _binary(self, node: ast.BinOp, scope: Scope) -> Thing:
        left, right = self.evaluate(node.left, scope), self.evaluate(node.right, scope)
        for side in (left, right):
            if isinstance(side, Unknown):
                return side
        kind = MERGING.get(type(node.op))
        if kind is not None and isinstance(left, TensorObject) and isinstance(right, TensorObject):
            return self.combine(kind, (left, right), self.machine.source.node(node))
        try:
            return binary(node.op, left, right)
        except Impossible as impossible:
            return self.impossible(node, str(impossible))

    def _unary(self, node: ast.UnaryOp, scope: Scope) -> Thing:
        value = self.evaluate(node.operand, scope)
        if isinstance(value, Unknown):
            return value
        try:
            return unary(node.op, value)
        except Impossible as impossible:
            return self.impossible(node, str(impossible))

    def _logic(self, node: ast.BoolOp | ast.Compare, scope: Scope) -> Thing:
        try:
            return self._compared(node, scope) if isinstance(node, ast.Compare) else self._joined(node, scope)
        except Impossible as impossible:
            return self.impossible(node, str(impossible))

    def _compared(self, node: ast.Compare, scope: Scope) -> Thing:
        left = self.evaluate(node.left, scope)
        for kind, right_node in zip(node.ops, node.comparators, strict=True):
            right = self.evaluate(right_node, scope)
            for side in (left, right):
                if isinstance(side, Unknown):
                    return side
            if not compare(kind, left, right):
                return False
            left = right
        return True

    def _joined(self, node: ast.BoolOp, scope: Scope) -> Thing:
        stops = isinstance(node.op, ast.Or)
        value: Thing = None
        for index, part in enumerate(node.values):
            value = self.evaluate(part, scope)
            if isinstance(value, Unknown):
                self.perhaps(node.values[index + 1 :], scope, value)
            if isinstance(value, Unknown) or truth(value) is stops:
                return value
        return value

    def _choice(self, node: ast.IfExp, scope: Scope) -> Thing:
        value = self.evaluate(node.test, scope)
        if isinstance(value, Unknown):
            unsure = self.unsure(node.test, value)
            self.perhaps((node.body, node.orelse), scope, unsure)
            return unsure
        try:
            return self.evaluate(node.body if truth(value) else node.orelse, scope)
        except Impossible as impossible:
            return self.impossible(node, str(impossible))

    def unsure(self, node: ast.expr, condition: Unknown) -> Unknown:
        """What depends on a condition that the reader does not know."""
        place = self.machine.source.node(node)
        text = cut(self.machine.source.snippet(place), 40)
        return self.machine.unknown(
            "unknown-condition",
            f"The network depends on {text}, which the reader does not know.",
            "Write the case that is meant.",
            place,
        )
