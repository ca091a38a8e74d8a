"""Weights that a learner sets by hand: tables to fill in beside the text, and what was filled in.

Every number has a field `w.<array>.<place>`, places counted through the rows, so that what was typed keeps
its place while the text changes. A field that is not sent is zero.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import prod
from typing import Any, TypeAlias

import engine
from course.figures.numbers import MINUS, plain, typed
from engine.spec import graph_weights

MOST_NUMBERS = 200
"""More than that nobody sets by hand."""
LIMIT = 1000
LONGEST = 24
PREFIX = "w."

Given: TypeAlias = Mapping[str, str]


@dataclass(frozen=True)
class Cell:
    """One number: its field's name and text, and what a screen reader calls it."""

    name: str
    label: str
    text: str
    is_bad: bool


@dataclass(frozen=True)
class Sheet:
    """One array as a table: a row per input, a column per unit; a bias has a single row."""

    title: str
    shape: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, tuple[Cell, ...]], ...]


@dataclass(frozen=True)
class WeightTables:
    """All arrays of a network. `arrays` is what they hold, None while a number cannot be read."""

    sheets: tuple[Sheet, ...]
    fault: str
    arrays: list[Any] | None

    @property
    def signature(self) -> str:
        """Changes when the tables have other rows or columns."""
        return " ".join(f"{sheet.title}{sheet.shape}" for sheet in self.sheets)


def weight_tables(spec: engine.Spec | None, given: Given) -> WeightTables | None:
    """The tables of a network with the numbers that were `given`; None when it has none or too many."""
    if spec is None:
        return None
    found = [(layer.name, weight) for layer, weights in graph_weights(spec) for weight in weights]
    if not 0 < sum(weight.size for _, weight in found) <= MOST_NUMBERS:
        return None
    sheets = [_sheet(k, name, weight.name, weight.shape, given) for k, (name, weight) in enumerate(found)]
    bad = [cell for sheet in sheets for _, cells in sheet.rows for cell in cells if cell.is_bad]
    if bad:
        return WeightTables(tuple(sheets), _fault(bad), None)
    return WeightTables(tuple(sheets), "", [_array(k, w.shape, given) for k, (_, w) in enumerate(found)])


def given_weights(fields: Mapping[str, Any]) -> dict[str, str]:
    """The weights among a form's fields."""
    named = ((name, str(value)) for name, value in fields.items() if name.startswith(PREFIX))
    return {name: value[: LONGEST + 1] for name, value in named}


def as_given(arrays: Sequence[Any] | None) -> dict[str, str]:
    """Stored arrays as the fields that would send them."""
    return {
        f"{PREFIX}{k}.{place}": plain(value)
        for k, array in enumerate(arrays or ())
        for place, value in enumerate(_flat(array))
    }


def _flat(array: Any) -> Iterator[float]:
    if isinstance(array, list):
        for part in array:
            yield from _flat(part)
    else:
        yield float(array)


def _sheet(k: int, layer: str, weight: str, shape: tuple[int, ...], given: Given) -> Sheet:
    rows, columns = prod(shape[:-1]), shape[-1]
    is_vector = len(shape) == 1
    written = []
    for row in range(rows):
        of = weight if is_vector else f"{weight}, row {row + 1}"
        cells = [
            _cell(f"{PREFIX}{k}.{row * columns + column}", f"{layer} {of}, unit {column + 1}", given)
            for column in range(columns)
        ]
        head = f"from {row + 1}" if len(shape) == 2 else f"row {row + 1}"  # as the labels of its fields say
        written.append((weight if is_vector else head, tuple(cells)))
    heads = tuple(f"unit {column + 1}" for column in range(columns))
    return Sheet(f"{layer} {weight}", "×".join(map(str, shape)), heads, tuple(written))


def _cell(name: str, label: str, given: Given) -> Cell:
    text = given.get(name, "0").strip()
    return Cell(name, label, text, _number(text) is None)


def _number(text: str) -> float | None:
    value = typed(text) if len(text) <= LONGEST else None
    return value if value is not None and abs(value) <= LIMIT else None


def _array(k: int, shape: tuple[int, ...], given: Given) -> Any:
    numbers = [_number(given.get(f"{PREFIX}{k}.{place}", "0").strip()) or 0.0 for place in range(prod(shape))]
    return _nested(numbers, shape)


def _nested(numbers: list[float], shape: tuple[int, ...]) -> Any:
    if len(shape) == 1:
        return numbers
    size = prod(shape[1:])
    return [_nested(numbers[k * size : (k + 1) * size], shape[1:]) for k in range(shape[0])]


def _fault(bad: Sequence[Cell]) -> str:
    first = bad[0]
    told = f"{first.text[:20]!r}" if first.text else "empty"
    more = f" {len(bad) - 1} more need mending." if len(bad) > 1 else ""
    wanted = f"Write a number from {MINUS}{LIMIT} to {LIMIT}, such as 0.75, 0,75 or 3/4."
    return f"{first.label} is {told}. {wanted}{more}"
