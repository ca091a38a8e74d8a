"""Layers that a text lists one by one, and where each stands: all in one list, or each in a `….add(…)`.

Loops, builder functions and functional graphs build layers otherwise; there is no listing of them.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from typing import Literal, TypeAlias

from engine.errors import SourceError
from engine.language import guard, notebook
from engine.language.reader import read
from engine.language.rows import Row
from engine.language.source import Place, Source
from engine.records import record
from engine.spec.structure import Shape

Style: TypeAlias = Literal["list", "add"]


@record
class Span:
    """A stretch of a text, by offsets."""

    start: int
    end: int


@record
class Entry:
    """One layer as it is written: what was read of it, its call, and the arguments that the call has.

    `arguments` are those by position first (under None), with the spans of the whole argument and its value.
    """

    row: Row
    callee: str
    span: Span
    arguments: tuple[tuple[str | None, Span, Span], ...]

    @property
    def is_plain(self) -> bool:
        """Whether it is spelled as today's Keras spells it, so that single arguments can be changed."""
        return self.callee.rpartition(".")[2] == self.row.kind or self.row.kind == "InputLayer"


Listed: TypeAlias = tuple[str, Style, tuple[Entry, ...], Shape | None]
"""The text as it was read, how it lists, its layers in order, and the shape of one sample if that is said."""


def listed(text: str) -> Listed | None:
    """The layers of a text, if it lists them one by one."""
    reading = read(text)
    try:
        source = guard.decode(text)
        tree = guard.tree(notebook.plain(source)[0])
    except SourceError:
        return None
    calls = {source.node(node): node for node in ast.walk(tree) if isinstance(node, ast.Call)}
    rows = [row for row in reading.layers if not _is_implied(row, calls)]
    found = [calls.get(row.place) for row in rows]
    if not rows or None in found or len(set(map(id, found))) < len(found):
        return None
    nodes = [node for node in found if node is not None]
    style = _style(tree, nodes)
    if style is None:
        return None
    entries = [_entry(source, row, node) for row, node in zip(rows, nodes, strict=True)]
    first = reading.layers[0].config
    shape = first.shape("batch_shape")[1:] if first is not None and "batch_shape" in first else None
    return source.text, style, tuple(entries), shape


def _is_implied(row: Row, calls: dict[Place, ast.Call]) -> bool:
    """An input that the text does not write: its shape is an argument of the first layer."""
    return row.kind == "InputLayer" and row.place not in calls


def _style(tree: ast.Module, nodes: Sequence[ast.Call]) -> Style | None:
    wanted = [id(node) for node in nodes]
    for node in ast.walk(tree):
        if isinstance(node, ast.List | ast.Tuple) and [id(one) for one in node.elts] == wanted:
            return "list"
        body = getattr(node, "body", None)
        if isinstance(body, list) and [id(one) for one in _added(body)] == wanted:
            return "add"
    return None


def _added(body: Sequence[ast.stmt]) -> Iterator[ast.expr]:
    """The arguments of `….add(…)` statements of one block, each on lines of its own."""
    for statement in body:
        match statement:
            case ast.Expr(value=ast.Call(func=ast.Attribute(attr="add"), args=[one], keywords=[])):
                yield one


def _entry(source: Source, row: Row, node: ast.Call) -> Entry:
    places = [(None, one, one) for one in node.args] + [(one.arg, one, one.value) for one in node.keywords]
    arguments = [(name, _span(source, whole), _span(source, inner)) for name, whole, inner in places]
    return Entry(row, ast.unparse(node.func), _span(source, node), tuple(arguments))


def _span(source: Source, node: ast.expr | ast.keyword) -> Span:
    place = source.node(node)
    start = source.starts[place.line - 1] + place.column - 1
    return Span(start, source.starts[place.end_line - 1] + place.end_column - 1)
