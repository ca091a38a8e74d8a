"""The layers that were read from a text, one row each: what it is, what comes out, what it has to learn."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class LayerRow:
    """One row of the live table. `parameters` and `output` are texts; "?" stands for what is not known."""

    kind: str
    about: str
    output: str
    parameters: str
    sum: str
    is_gap: bool
    units: int | None


def layer_rows(reading: Any) -> list[LayerRow]:
    """One row per layer, in the order of the text."""
    return []


def total(rows: Sequence[LayerRow]) -> str:
    """The parameters of all rows: "54 + ?" while some are not known."""
    known = sum(int(row.parameters.replace(",", "")) for row in rows if row.parameters != "?")
    return f"{known:,} + ?" if any(row.parameters == "?" for row in rows) else f"{known:,}"
