"""The layers that were read from a text, one row each: what it is, what comes out, what it has to learn."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import engine

UNKNOWN = "?"


@dataclass(frozen=True)
class LayerRow:
    """One layer as the live table and the diagram show it.

    `output` and `parameters` are texts, "?" where they are not known; `sum` tells where the parameters come
    from, or what they wait for. `units` is the size of a plain vector, else None.
    """

    kind: str
    line: int
    about: str
    output: str
    label: str
    parameters: str
    count: int | None
    sum: str
    is_gap: bool
    is_input: bool
    units: int | None


def layer_rows(reading: engine.Reading) -> list[LayerRow]:
    """One row per layer in the order of the network, the input first where it is known."""
    gap = next((row.place.line for row in reading.layers if row.gap), None)
    pairs = pairwise([None, *reading.layers])
    return [_row(row, before, gap) for before, row in pairs if row is not None]


def total(rows: Sequence[LayerRow]) -> str:
    """The parameters of all rows: "54 + ?" while some are not known."""
    known = sum(row.count or 0 for row in rows)
    return f"{known:,} + {UNKNOWN}" if any(row.count is None for row in rows) else f"{known:,}"


def _row(row: engine.Row, before: engine.Row | None, gap: int | None) -> LayerRow:
    units = _units(row)
    return LayerRow(
        kind=row.kind,
        line=row.place.line,
        about=f"line {row.place.line}" + (f", {row.summary}" if row.summary else ""),
        output=_shape(row) if row.output_shape else ("not read" if row.gap else UNKNOWN),
        label=_label(row, units),
        parameters=UNKNOWN if row.parameters is None else f"{row.parameters:,}",
        count=row.parameters,
        sum=_sum(row, before, gap),
        is_gap=row.gap,
        is_input=row.kind == "InputLayer",
        units=units,
    )


def _shape(row: engine.Row) -> str:
    sizes = ", ".join(UNKNOWN if size is None else str(size) for size in (row.output_shape or ())[1:])
    return f"(batch, {sizes})"


def _label(row: engine.Row, units: int | None) -> str:
    if row.output_shape is None:
        return str(units) if units else UNKNOWN
    return "×".join(UNKNOWN if size is None else str(size) for size in row.output_shape[1:])


def _units(row: engine.Row) -> int | None:
    """The size of the vector a layer gives: what its shape says, else what the text says of its units."""
    if row.output_shape is not None:
        return row.output_shape[1] if len(row.output_shape) == 2 else None
    told = re.match(r"(\d{1,9}) units", row.summary)
    return int(told[1]) if told else None


def _sum(row: engine.Row, before: engine.Row | None, gap: int | None) -> str:
    """How a Dense layer's parameters come about: one weight per input and unit, one bias per unit."""
    if row.parameters is None:
        return "" if row.gap or gap is None else f"waits for line {gap}"
    if row.kind != "Dense" or before is None or not before.output_shape or not row.output_shape:
        return ""
    inputs, units = before.output_shape[-1], row.output_shape[-1]
    if inputs is None or units is None:
        return ""
    has_bias = row.parameters == (inputs + 1) * units
    return f"{inputs}×{units} + {units}" if has_bias else f"{inputs}×{units}"
