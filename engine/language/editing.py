"""Edits of a text that lists its layers one by one: only what is touched changes, comments and layout stay.

Such a text writes each layer as a call of its own, all of them in one list or each in a `model.add(...)` of
one block of lines. `Listing.of(text)` is None for every other text: loops, builder calls, functional graphs.
"""

from __future__ import annotations

import ast
from typing import Final

from engine.language import guard, notebook
from engine.language.listing import Entry, Span, Style, listed
from engine.language.source import Source
from engine.language.writer import layer_text, value_text
from engine.records import record
from engine.spec.arguments import Argument
from engine.spec.catalogue import LAYERS
from engine.spec.structure import Config, Shape, Value

SHAPES: Final = ("input_shape", "batch_input_shape", "input_dim", "batch_shape", "input_length")
"""Arguments that the first layer has for the whole network; they stay first when layers move."""


@record
class Listing:
    """A text with its layers in order. `shape` is that of one sample, None while nothing says it."""

    text: str
    style: Style
    entries: tuple[Entry, ...]
    shape: Shape | None

    @staticmethod
    def of(text: str) -> Listing | None:
        """The layers of a text, if it lists them one by one."""
        found = listed(text)
        return Listing(*found) if found is not None else None

    def with_argument(self, index: int, name: str, value: Value) -> str:
        """The text with one argument of a layer changed, added, or left out where it is the default."""
        entry = self.entries[index]
        if not entry.is_plain or entry.row.config is None:
            return self._with_config(entry, name, value)
        argument = _argument(entry.row.kind, name)
        written = self._written(entry, argument)
        is_default = not argument.is_required and value == argument.default
        if written is None:
            return self.text if is_default else self._with_new(entry, f"{name}={value_text(value)}")
        place, whole, inner = written
        if is_default and entry.arguments[place][0] is not None:
            return self._without(entry, place, whole)
        return self._replaced(inner, value_text(value))

    def with_input_shape(self, shape: Shape) -> str:
        """The text with another shape of its samples, said where it is said now, else by the first layer."""
        first, written = self.entries[0], value_text(shape)
        for name, whole, inner in first.arguments:
            if first.row.kind == "InputLayer" and name in (None, "shape"):
                return self._replaced(inner, written)
            if name in SHAPES:
                named = "shape" if first.row.kind == "InputLayer" else "input_shape"
                return self._replaced(whole, f"{named}={written}")
        return self._with_new(first, f"input_shape={written}")

    def with_layer(self, index: int, kind: str, config: Config) -> str:
        """The text with a new layer before the one at `index`, or at the end."""
        return self._inserted(index, layer_text(kind, config, self._prefix()), kind)

    def without_layer(self, index: int) -> str:
        """The text without one layer; the network's input shape stays with the first."""
        carried = self._shape(index) if index == 0 and len(self.entries) > 1 else None
        text = self._removed(index)
        if carried is None:
            return text
        rest = Listing.of(text)
        return text if rest is None else rest._with_new(rest.entries[0], carried)

    def with_layer_moved(self, index: int, to: int) -> str:
        """The text with two neighboring layers in each other's place."""
        first, second = sorted((index, to))
        carried = self._shape(first) if first == 0 else None
        one, other = self._block(first), self._block(second)
        text = (
            self.text[: one.start]
            + self.text[other.start : other.end]
            + self.text[one.end : other.start]
            + self.text[one.start : one.end]
            + self.text[other.end :]
        )
        return text if carried is None else _shape_first(text, carried)

    # --- arguments

    def _written(self, entry: Entry, argument: Argument) -> tuple[int, Span, Span] | None:
        """Where an argument stands in the call: by its name, else by its position."""
        order = [one.name for one in LAYERS[entry.row.kind].every_argument() if not one.keyword_only]
        for place, (name, whole, inner) in enumerate(entry.arguments):
            by_position = name is None and place < len(order) and order[place] == argument.name
            if name == argument.name or by_position:
                return place, whole, inner
        return None

    def _with_new(self, entry: Entry, written: str) -> str:
        """The text with an argument added at the end of a call."""
        if not entry.arguments:
            return self._replaced(Span(entry.span.end - 1, entry.span.end - 1), written)
        last = entry.arguments[-1][1].end
        return self._replaced(Span(last, last), f", {written}")

    def _without(self, entry: Entry, place: int, whole: Span) -> str:
        """The text without an argument and the comma that parted it from its neighbor."""
        if place:
            return self._replaced(Span(entry.arguments[place - 1][1].end, whole.end), "")
        after = entry.arguments[1][1].start if len(entry.arguments) > 1 else whole.end
        return self._replaced(Span(whole.start, after), "")

    def _with_config(self, entry: Entry, name: str, value: Value) -> str:
        """A layer in an older spelling is written anew as a whole."""
        config = (entry.row.config or Config()).replace(**{name: value})
        shape = self._shape(self.entries.index(entry))
        new = layer_text(entry.row.kind, config, self._prefix(), *([shape] if shape else []))
        return _with_import(self._replaced(entry.span, new), entry.row.kind, self._prefix())

    def _shape(self, index: int) -> str | None:
        """The argument of a layer that gives the network's input shape, as it is written."""
        for name, whole, _ in self.entries[index].arguments:
            if name in SHAPES and self.entries[index].row.kind != "InputLayer":
                return self.text[whole.start : whole.end]
        return None

    # --- layers

    def _prefix(self) -> str:
        """How layers are spelled here: 'layers.' in `layers.Dense(...)`, else nothing."""
        head, dot, _ = self.entries[0].callee.rpartition(".") if self.entries else ("", "", "")
        return f"{head}{dot}"

    def _inserted(self, index: int, written: str, kind: str) -> str:
        at_end = index >= len(self.entries)
        beside = self.entries[-1 if at_end else index]
        block = self._block(self.entries.index(beside))
        if self.style == "add":
            owner = self._owner(beside)
            line = f"{self._indent(block.start)}{owner}.add({written})\n"
            text = (
                self._added_after(block, line)
                if at_end
                else self._replaced(Span(block.start, block.start), line)
            )
        elif self._is_own_line(block):
            line = f"{self._indent(block.start)}{written},\n"
            text = (
                self._added_after(block, line)
                if at_end
                else self._replaced(Span(block.start, block.start), line)
            )
        elif at_end:
            text = self._replaced(Span(beside.span.end, beside.span.end), f", {written}")
        else:
            text = self._replaced(Span(beside.span.start, beside.span.start), f"{written}, ")
        if index == 0 and (shape := self._shape(0)):
            text = _shape_first(text, shape)
        return _with_import(text, kind, self._prefix())

    def _added_after(self, block: Span, line: str) -> str:
        """The text with a line below a block; in a list the line above needs its comma."""
        text, entry = self.text, self.entries[-1]
        end, comma = block.end, ""
        if self.style == "list" and "," not in _code(text[entry.span.end : block.end]):
            comma = ","
        if not text[block.start : end].endswith("\n"):
            line = "\n" + line.rstrip("\n")
        return text[: entry.span.end] + comma + text[entry.span.end : end] + line + text[end:]

    def _removed(self, index: int) -> str:
        block = self._block(index)
        if self.style == "add" or self._is_own_line(block):
            return self._replaced(block, "")
        entries = self.entries
        if index + 1 < len(entries):
            return self._replaced(Span(entries[index].span.start, entries[index + 1].span.start), "")
        start = entries[index - 1].span.end if index else entries[index].span.start
        return self._replaced(Span(start, entries[index].span.end), "")

    def _block(self, index: int) -> Span:
        """What moves with a layer: its whole lines, trailing comments and all, where it has them alone."""
        span = self.entries[index].span
        start = self.text.rfind("\n", 0, span.start) + 1
        end = self.text.find("\n", span.end)
        end = len(self.text) if end < 0 else end + 1
        before, after = self.text[start : span.start], _code(self.text[span.end : end])
        is_alone = before.strip() == "" and after.strip() in ("", ",")
        if self.style == "add":
            return Span(start, end)
        return Span(start, end) if is_alone else span

    def _is_own_line(self, block: Span) -> bool:
        return block.start == 0 or self.text[block.start - 1] == "\n"

    def _indent(self, start: int) -> str:
        line = self.text[start:].split("\n", 1)[0]
        return line[: len(line) - len(line.lstrip())]

    def _owner(self, entry: Entry) -> str:
        start = self.text.rfind("\n", 0, entry.span.start) + 1
        return self.text[start : entry.span.start].strip().removesuffix("(").removesuffix(".add").strip()

    def _replaced(self, span: Span, new: str) -> str:
        return self.text[: span.start] + new + self.text[span.end :]


def _argument(kind: str, name: str) -> Argument:
    return next(one for one in LAYERS[kind].every_argument() if one.name == name)


def _code(rest: str) -> str:
    """The end of a line without its comment; behind a call there can be no string."""
    return rest.partition("#")[0]


def _shape_first(text: str, shape: str) -> str:
    """The text with the network's input shape taken from where it stands to the first layer."""
    listing = Listing.of(text)
    if listing is None:
        return text
    for entry in listing.entries:
        for place, (_, whole, _inner) in enumerate(entry.arguments):
            if listing.text[whole.start : whole.end] == shape:
                text = listing._without(entry, place, whole)
                rest = Listing.of(text)
                return text if rest is None else rest._with_new(rest.entries[0], shape)
    return text


def _with_import(text: str, kind: str, prefix: str) -> str:
    """The text with a layer's name imported where layers are imported by name and this one is not."""
    name = "Input" if kind == "InputLayer" else kind
    if prefix:
        return text
    source = guard.decode(text)
    tree = guard.tree(notebook.plain(source)[0])
    last: ast.alias | None = None
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and (node.module or "").endswith("layers"):
            names = {alias.asname or alias.name for alias in node.names}
            if name in names or "*" in names:
                return text
            last = node.names[-1]
    if last is None:
        return text
    end = _alias_end(source, last)
    return f"{text[:end]}, {name}{text[end:]}"


def _alias_end(source: Source, alias: ast.alias) -> int:
    place = source.node(alias)
    return source.starts[place.end_line - 1] + place.end_column - 1
