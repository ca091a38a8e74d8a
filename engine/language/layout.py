"""The small forms of written text: names in quotes, calls over several lines, objects by their names."""

from __future__ import annotations

from typing import Final

from engine.spec.arguments import ArgumentType, Unfit
from engine.spec.catalogue.items import ItemKind, Named, snake_case
from engine.spec.inference import output_count
from engine.spec.structure import Item, Layer, Value

LINE: Final = 92


def reads_as(wanted: ArgumentType, name: str, item: Item) -> bool:
    """Whether an argument that is given this name takes it for that object."""
    try:
        return wanted.read(name) == item
    except Unfit:
        return False


def short_name(item: Item, kind: ItemKind, named: Named | None) -> str | None:
    """The name of an object whose settings are all default."""
    for spelling in (snake_case(kind.name), kind.name.lower()):
        if named is not None and reads_as(named, spelling, item):
            return quoted(spelling)
    return None


def is_same(value: Value, default: object) -> bool:
    """Whether a value is the default; 1 is not True."""
    return value == default and isinstance(value, bool) == isinstance(default, bool)


def outputs_of(layer: Layer) -> int:
    """How many tensors a call of the layer returns."""
    if layer.model is not None:
        return len(layer.model.outputs)
    return output_count(layer)


def bracketed(names: list[str]) -> str:
    """One name, or a list of them."""
    return names[0] if len(names) == 1 else f"[{', '.join(names)}]"


def quoted(value: str) -> str:
    """A string in quotes; names are printable, so that only backslash and quote need an escape."""
    escaped = value.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def wrapped(start: str, parts: list[str], end: str, brackets: str = "") -> str:
    """One line if it fits, else one part to a line."""
    line = f"{start}{', '.join(parts)}{end}"
    if len(line) <= LINE and "\n" not in line:
        return line
    opened, closed = (brackets[:1], brackets[1:]) if brackets else ("", end)
    inner = "".join(f"    {row}\n" for part in parts for row in f"{part},".split("\n"))
    return f"{start}{opened}\n{inner}{closed}"
