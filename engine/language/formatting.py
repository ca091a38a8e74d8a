"""Strings made of constants, as names of layers are: `'conv_{}'.format(i)`, `'conv_%d' % i`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from engine.language.values import Thing

LONGEST: Final = 2_000


class Impossible(Exception):  # noqa: N818 - the caller turns it into an Unknown with a place
    """An operation that has no small, finite result. The argument says why."""


def constant_text(value: Thing) -> str:
    """`str(value)` of a constant; raises Impossible for anything else."""
    if isinstance(value, bool | int | float | str) or value is None:
        return str(value)
    raise Impossible("it is not a constant")


def format_text(template: str, values: list[Thing], named: Mapping[str, Thing]) -> str:
    """`template.format(...)` for plain `{}`, `{0}` and `{name}` and constants; raises Impossible for more."""
    made, rest, index = "", template, 0
    while "{" in rest:
        before, _, after = rest.partition("{")
        field, closed, rest = after.partition("}")
        if not closed or len(field) > 40:
            raise Impossible("only plain {} are read")
        if field == "":
            field, index = str(index), index + 1
        value: Thing
        if field.isdecimal() and int(field) < len(values):
            value = values[int(field)]
        elif field in named:
            value = named[field]
        else:
            raise Impossible("only plain {} are read")
        made += before + constant_text(value)
    made += rest
    if len(made) > LONGEST:
        raise Impossible("it is too long a string")
    return made


def percent_text(template: str, value: Thing) -> str:
    """`template % value` for %d and %s and constants; raises Impossible for more."""
    values = list(value) if isinstance(value, tuple) else [value]
    made, rest = "", template
    while "%" in rest:
        before, _, rest = rest.partition("%")
        if rest[:1] not in ("d", "s", "i") or not values:
            raise Impossible("only plain %d and %s are read")
        made += before + constant_text(values.pop(0))
        rest = rest[1:]
    made += rest
    if values or len(made) > LONGEST:
        raise Impossible("only plain %d and %s are read")
    return made
