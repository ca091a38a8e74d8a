"""Comprehensions over known lists: `[Dense(u) for u in (8, 4) if u]`, and those that nobody can count."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import TypeAlias

from engine.language.arithmetic import truth
from engine.language.evaluator import Evaluator
from engine.language.formatting import Impossible
from engine.language.scope import Scope
from engine.language.values import Constant, DictObject, ListObject, Thing, Unknown

Comprehension: TypeAlias = ast.ListComp | ast.GeneratorExp | ast.DictComp | ast.SetComp


def comprehend(expressions: Evaluator, node: Comprehension, scope: Scope) -> Thing:
    """The list or dict that a comprehension makes; an Unknown where its rounds or its keys are not known."""
    inner = Scope(scope)
    try:
        if isinstance(node, ast.DictComp):
            return _dict(expressions, node, inner)
        if isinstance(node, ast.SetComp):
            raise Impossible("a set has no order")
        return ListObject(
            [expressions.evaluate(node.elt, inner) for _ in _rounds(expressions, node.generators, inner)]
        )
    except Impossible:
        return _uncounted(expressions, node, inner)


def _dict(expressions: Evaluator, node: ast.DictComp, inner: Scope) -> DictObject:
    made: dict[Constant, Thing] = {}
    for _ in _rounds(expressions, node.generators, inner):
        key = expressions.evaluate(node.key, inner)
        if not isinstance(key, bool | int | float | str):
            raise Impossible("its keys are not known")
        made[key] = expressions.evaluate(node.value, inner)
    return DictObject(made)


def _rounds(expressions: Evaluator, clauses: list[ast.comprehension], inner: Scope) -> Iterator[None]:
    """Binds the targets of every round; raises Impossible where the rounds are not known."""
    if not clauses:
        yield
        return
    clause, *rest = clauses
    items = expressions.items(expressions.evaluate(clause.iter, inner))
    if items is None or clause.is_async:
        raise Impossible("it goes over something that is not known")
    for item in items:
        _bind(expressions, clause.target, item, inner)
        if all(_kept(expressions.evaluate(test, inner)) for test in clause.ifs):
            yield from _rounds(expressions, rest, inner)


def _kept(value: Thing) -> bool:
    if isinstance(value, Unknown):
        raise Impossible("its condition is not known")
    return truth(value)


def _bind(expressions: Evaluator, target: ast.expr, item: Thing, inner: Scope) -> None:
    if isinstance(target, ast.Name):
        inner.bind(target.id, item)
        return
    parts = expressions.items(item)
    if not isinstance(target, ast.Tuple | ast.List) or parts is None or len(parts) != len(target.elts):
        raise Impossible("what it assigns to is not known")
    for part, value in zip(target.elts, parts, strict=True):
        _bind(expressions, part, value, inner)


def _uncounted(expressions: Evaluator, node: Comprehension, inner: Scope) -> Unknown:
    """A comprehension nobody can count: read once, so that what it may change is known to be unknown."""
    opaque = expressions.opaque(node)
    for clause in node.generators:
        for part in ast.walk(clause.target):
            if isinstance(part, ast.Name):
                inner.bind(part.id, opaque)
    parts = [node.key, node.value] if isinstance(node, ast.DictComp) else [node.elt]
    expressions.perhaps([*parts, *(test for clause in node.generators for test in clause.ifs)], inner, opaque)
    return opaque
