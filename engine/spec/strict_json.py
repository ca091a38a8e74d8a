"""JSON from strangers: bounded in size, depth and numbers, without NaN, Infinity or a key given twice."""

from __future__ import annotations

import json
import math
import re
from typing import Final, NoReturn, TypeAlias

from engine.errors import SpecError
from engine.spec.wording import show

Plain: TypeAlias = "bool | int | float | str | list[Plain] | dict[str, Plain] | None"

MOST_BYTES: Final = 256 * 1024
MOST_DEPTH: Final = 64
LARGEST: Final = 2**63 - 1

# Strings are matched so that brackets within them do not count; an unclosed one runs to the end.
_TOKENS: Final = re.compile(r'"(?:[^"\\]|\\.)*+"?|[\[{]|[\]}]', re.DOTALL)


def loads(text: str) -> Plain:
    """The value of a JSON text; raises SpecError for anything that is not plain, small JSON."""
    if len(text) > MOST_BYTES or len(text.encode("utf-8", "surrogatepass")) > MOST_BYTES:
        raise _refusal(f"The JSON is longer than {MOST_BYTES // 1024} KiB.")
    _check_depth(text)
    try:
        value: Plain = json.loads(
            text, parse_constant=_constant, parse_float=_real, parse_int=_whole, object_pairs_hook=_unique
        )
    except json.JSONDecodeError as error:
        raise _refusal(
            f"This is not JSON: {error.msg} (line {error.lineno}, column {error.colno})."
        ) from None
    return value


def _check_depth(text: str) -> None:
    depth = 0
    for token in _TOKENS.finditer(text):
        first = token.group()[0]
        depth += (first in "[{") - (first in "]}")
        if depth > MOST_DEPTH:
            raise _refusal(f"The JSON is nested more than {MOST_DEPTH} deep.")


def _refusal(message: str) -> SpecError:
    return SpecError(message, code="bad-json")


def _constant(name: str) -> NoReturn:
    raise _refusal(f"The JSON holds {name}; only finite numbers are read.")


def _real(digits: str) -> float:
    number = float(digits) if len(digits) <= 100 else math.inf
    if not math.isfinite(number):
        raise _refusal("The JSON holds a number too large to read.")
    return number


def _whole(digits: str) -> int:
    if len(digits) > 20 or abs(int(digits)) > LARGEST:
        raise _refusal("The JSON holds a number too large to read.")
    return int(digits)


def _unique(pairs: list[tuple[str, Plain]]) -> dict[str, Plain]:
    found: dict[str, Plain] = {}
    for key, value in pairs:
        if key in found:
            raise _refusal(f"The JSON gives the key {show(key)} twice.")
        found[key] = value
    return found
