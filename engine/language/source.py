"""A text and the places in it. Lines and columns count from 1; columns count code points, as editors do."""

from __future__ import annotations

import ast
import re
from bisect import bisect_right
from dataclasses import dataclass
from typing import Final, TypeAlias

from engine.errors import Diagnostic
from engine.spec.wording import cut

Node: TypeAlias = ast.expr | ast.stmt | ast.keyword | ast.arg | ast.alias | ast.excepthandler

_NEWLINE: Final = re.compile(r"\r\n|\r|\n")


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A range of a text; `end_column` is the column just after it."""

    line: int
    column: int
    end_line: int
    end_column: int


class Source:
    """The text of a network, with the way from bytes and offsets to places."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.starts = [0, *(match.end() for match in _NEWLINE.finditer(text))]
        self.lines = _NEWLINE.split(text)

    def at(self, start: int, end: int) -> Place:
        """The place between two offsets into the text."""
        line, end_line = bisect_right(self.starts, start), bisect_right(self.starts, end)
        return Place(line, start - self.starts[line - 1] + 1, end_line, end - self.starts[end_line - 1] + 1)

    def node(self, node: Node) -> Place:
        """The place of a node of the syntax tree, whose columns count UTF-8 bytes."""
        end_line = node.end_lineno or node.lineno
        end = node.end_col_offset if node.end_col_offset is not None else node.col_offset
        return Place(
            node.lineno, self._column(node.lineno, node.col_offset), end_line, self._column(end_line, end)
        )

    def head(self, node: ast.stmt) -> Place:
        """The first line of a statement."""
        place = self.node(node)
        if place.end_line == place.line:
            return place
        return Place(place.line, place.column, place.line, len(self.lines[place.line - 1]) + 1)

    def keyword_name(self, node: ast.keyword) -> Place:
        """The name in `name=value`."""
        place = self.node(node)
        line = self.lines[place.line - 1]
        end = place.column - 1
        while end < len(line) and (line[end].isalnum() or line[end] == "_"):
            end += 1
        return Place(place.line, place.column, place.line, end + 1)

    def callee(self, node: ast.expr) -> Place:
        """The last name of a callee: `Dense` in `keras.layers.Dense`."""
        place = self.node(node)
        if isinstance(node, ast.Attribute):
            width = len(node.attr)
            if (
                self.lines[place.end_line - 1][place.end_column - 1 - width : place.end_column - 1]
                == node.attr
            ):
                return Place(place.end_line, place.end_column - width, place.end_line, place.end_column)
        return place

    def _column(self, line: int, offset: int) -> int:
        text = self.lines[line - 1] if line <= len(self.lines) else ""
        if text.isascii():
            return offset + 1
        return len(text.encode("utf-8")[:offset].decode("utf-8", "ignore")) + 1

    def snippet(self, place: Place) -> str:
        """The text at a place, its first line only, escaped and cut to 80 characters."""
        line = self.lines[place.line - 1] if place.line <= len(self.lines) else ""
        end = place.end_column - 1 if place.end_line == place.line else len(line)
        return cut(line[place.column - 1 : end].strip())

    def diagnostic(
        self,
        code: str,
        message: str,
        hint: str,
        place: Place,
        *,
        name: str | None = None,
        fix: str | None = None,
    ) -> Diagnostic:
        """A diagnostic that marks a place, which is moved into the text if it lies outside."""
        line = min(max(place.line, 1), len(self.lines))
        end_line = min(max(place.end_line, line), len(self.lines))
        column = min(max(place.column, 1), len(self.lines[line - 1]) + 1)
        end_column = min(max(place.end_column, 1), len(self.lines[end_line - 1]) + 1)
        if end_line == line:
            end_column = max(end_column, column)
        inside = Place(line, column, end_line, end_column)
        return Diagnostic(
            code, message, hint, line, column, end_line, end_column, name, fix, self.snippet(inside)
        )
