"""What stands in brackets: entries and slices of lists, tuples, strings and dicts."""

from __future__ import annotations

import ast

from engine.language.evaluator import Evaluator
from engine.language.scope import Scope
from engine.language.values import DictObject, ListObject, Thing, Unknown
from engine.spec.wording import cut


def item(expressions: Evaluator, node: ast.Subscript, scope: Scope) -> Thing:
    """The value of `owner[index]` or of a slice."""
    owner = expressions.evaluate(node.value, scope)
    if isinstance(owner, Unknown):
        index_text = expressions.machine.source.snippet(expressions.machine.source.node(node.slice))
        path = f"{owner.path}[{cut(index_text, 30)}]" if owner.path else None
        if path is not None and path in expressions.machine.given:
            return expressions.machine.given[path]
        return Unknown(owner.reason, path)
    if isinstance(node.slice, ast.Slice):
        return _slice(expressions, node, node.slice, owner, scope)
    index = expressions.evaluate(node.slice, scope)
    if isinstance(index, Unknown):
        return index
    if isinstance(owner, DictObject) and (isinstance(index, bool | int | float | str) or index is None):
        if index in owner.items:
            return owner.items[index]
        return expressions.impossible(node, "the dict has no such key")
    parts = owner.items if isinstance(owner, ListObject) else owner
    if isinstance(parts, list | tuple | str) and isinstance(index, int):
        return (
            parts[index]
            if -len(parts) <= index < len(parts)
            else expressions.impossible(node, "there is no such entry")
        )
    return expressions.opaque(node)


def _slice(
    expressions: Evaluator, node: ast.Subscript, bounds: ast.Slice, owner: Thing, scope: Scope
) -> Thing:
    limits: list[int | None] = []
    for bound in (bounds.lower, bounds.upper, bounds.step):
        value = None if bound is None else expressions.evaluate(bound, scope)
        if isinstance(value, Unknown):
            return value
        if value is not None and (isinstance(value, bool) or not isinstance(value, int)):
            return expressions.opaque(node)
        limits.append(value)
    if limits[2] == 0:
        return expressions.impossible(node, "a slice cannot have step 0")
    wanted = slice(*limits)
    if isinstance(owner, ListObject):
        return ListObject(owner.items[wanted])
    return owner[wanted] if isinstance(owner, tuple | str) else expressions.opaque(node)
