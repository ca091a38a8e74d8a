"""TOML that people keep: read with places in errors, rewritten by changing only the values that differ."""

from collections.abc import Mapping, Sequence
from typing import Any

import tomlkit
from tomlkit.exceptions import ParseError
from tomlkit.items import AoT, Item, String, StringType

from course.content.tree import ContentError

Values = Mapping[str, Any]


def read_toml(path: str, text: str) -> dict[str, Any]:
    """The plain values of a TOML text; ContentError carries the line."""
    try:
        return dict(tomlkit.parse(text).unwrap())
    except ParseError as error:
        reason = str(error).partition(" at line ")[0]
        raise ContentError(path, f"This is not TOML: {reason}.", error.line) from error


def rewrite(text: str, base: Values, values: Values) -> str:
    """The TOML `text` (which says `base`) changed so that it says `values`; what is equal stays as written.

    `base` is what the app's own parser made of `text`, defaults filled in, so a default nobody wrote down
    is not written down by a dump. A value that became empty is removed. Tables in a list are recognized by
    `slug`, or by their place when they have none.
    """
    document = tomlkit.parse(text)
    _merge(document, base, values)
    return tomlkit.dumps(document)


def _merge(table: Any, base: Values, values: Values) -> None:
    for key, value in values.items():
        before = base.get(key)
        if before == value and (key in table or key in base):
            continue
        if _is_empty(value):
            table.pop(key, None)
        elif isinstance(value, Mapping) and isinstance(before, Mapping) and key in table:
            _merge(table[key], before, value)
        elif _is_tables(value) and _are_the_same(before, value) and key in table:
            for old, said, wanted in zip(table[key], list(before or []), value, strict=True):
                _merge(old, said, wanted)
        elif _is_tables(value):
            table[key] = _merge_tables(table.get(key, []), list(before or []), value)
        else:
            table[key] = _item(value)


def _are_the_same(base: Any, values: Sequence[Values]) -> bool:
    """The same tables in the same order: they can be changed where they stand, blank lines and all."""
    return isinstance(base, list) and [_name(said, place) for place, said in enumerate(base)] == [
        _name(value, place) for place, value in enumerate(values)
    ]


def _merge_tables(old: Any, base: Sequence[Values], values: Sequence[Values]) -> AoT:
    """Tables in the order of `values`: those that were there before keep their comments and layout."""
    known = {
        _name(said, place): (said, table) for place, (said, table) in enumerate(zip(base, old, strict=False))
    }
    tables = tomlkit.aot()
    for place, value in enumerate(values):
        said, table = known.get(_name(value, place), ({}, tomlkit.table()))
        _merge(table, said, value)
        tables.append(table)
    return tables


def _name(table: Values, place: int) -> object:
    return table.get("slug", place)


def _item(value: Any) -> Item:
    if isinstance(value, str) and "\n" in value:
        return String.from_raw(value, StringType.MLB)
    if isinstance(value, Mapping):
        table = tomlkit.table()
        _merge(table, {}, value)
        return table
    item: Item = tomlkit.item(value)
    return item


def _is_empty(value: object) -> bool:
    if isinstance(value, Mapping):
        return all(map(_is_empty, value.values()))
    return value is None or value in ("", [])


def _is_tables(value: object) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(entry, Mapping) for entry in value)
