"""Tables that people paste or upload: comma, semicolon or tab between the values, a row of names or none.

Text is only read as text and numbers: what looks like a formula is a class with an odd name.
"""

import csv
import math
import re
from collections.abc import Iterator
from dataclasses import dataclass

from engine.playground.own import FEWEST_OF_A_CLASS, MOST_POINTS

MOST_BYTES = 64 * 1024
FEWEST_COLUMNS, MOST_COLUMNS = 3, 20
MOST_TOLD = 5
LARGEST = 1e12
SEPARATORS = (",", ";", "\t")
NUMBER = re.compile(r"[+-]?(\d{1,30}(\.\d{0,30})?|\.\d{1,30})([eE][+-]?\d{1,3})?")


class SheetError(ValueError):
    """What is wrong with a table, each with its place and how to mend it."""

    def __init__(self, *told: str) -> None:
        super().__init__(*told)
        self.told = told


@dataclass(frozen=True)
class Row:
    """The values of a row, and the line of the text where it ends."""

    line: int
    cells: tuple[str, ...]


@dataclass(frozen=True)
class Sheet:
    """A table: a name for each column, and rows of as many values."""

    heads: tuple[str, ...]
    rows: tuple[Row, ...]
    separator: str

    def column(self, place: int) -> tuple[str, ...]:
        """The values of a column."""
        return tuple(row.cells[place] for row in self.rows)

    def number(self, text: str) -> float | None:
        """What a value says as a number; a comma may stand for the point where it separates nothing."""
        plain = text.strip().replace("\N{MINUS SIGN}", "-")
        if self.separator != ",":
            plain = plain.replace(",", ".")
        value = float(plain) if NUMBER.fullmatch(plain) else math.nan
        return value if abs(value) <= LARGEST else None


def read_sheet(text: str) -> Sheet:
    """The table that a text holds. Raises SheetError."""
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    _check_text(text)
    separator = max(SEPARATORS, key=text.lstrip("\n").partition("\n")[0].count)
    rows = _rows(text, separator)
    if not rows:
        raise SheetError("There is no table yet: paste one, choose a file, or place some points.")
    _check_shape(rows)
    sheet = Sheet(tuple(_named(rows[0])), tuple(rows[1:]), separator)
    if any(sheet.number(cell) is not None for cell in rows[0].cells):
        sheet = Sheet(
            tuple(f"column {place + 1}" for place in range(len(rows[0].cells))), tuple(rows), separator
        )
    if not 2 * FEWEST_OF_A_CLASS <= len(sheet.rows) <= MOST_POINTS:
        raise SheetError(
            f"The table has {len(sheet.rows):,} rows of values; "
            f"from {2 * FEWEST_OF_A_CLASS} to {MOST_POINTS} fit."
        )
    return sheet


def _check_text(text: str) -> None:
    if (size := len(text.encode(errors="replace"))) > MOST_BYTES:
        raise SheetError(
            f"The table has {size:,} bytes; at most {MOST_BYTES:,} can be read. Leave some rows out."
        )
    for number, line in enumerate(text.split("\n"), 1):
        for place, character in enumerate(line, 1):
            if not character.isprintable() and character != "\t":
                raise SheetError(
                    f"Line {number}, character {place} is U+{ord(character):04X}, which is no text. "
                    "Save the table as plain CSV (UTF-8)."
                )


def _rows(text: str, separator: str) -> list[Row]:
    reader = csv.reader(text.split("\n"), delimiter=separator, strict=True)
    rows = []
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                rows.append(Row(reader.line_num, tuple(cell.strip() for cell in cells)))
    except csv.Error:
        raise SheetError(
            f"Line {reader.line_num} has a quotation mark that is not closed, or stands within a value. "
            'A value in quotes looks like "a, b".'
        ) from None
    return rows


def _check_shape(rows: list[Row]) -> None:
    width = len(rows[0].cells)
    if not FEWEST_COLUMNS <= width <= MOST_COLUMNS:
        raise SheetError(
            f"Line {rows[0].line} has {width} column{'' if width == 1 else 's'}; a row needs at least "
            f"two numbers and a class, as in 1.5,-2,A, and at most {MOST_COLUMNS} columns."
        )
    odd = [
        f"Line {row.line} has {len(row.cells)} column{'' if len(row.cells) == 1 else 's'}, "
        f"line {rows[0].line} has {width}. A value that has the separator in it stands in quotes."
        for row in rows
        if len(row.cells) != width
    ]
    if odd:
        raise SheetError(*odd[:MOST_TOLD])


def _named(row: Row) -> Iterator[str]:
    for place, name in enumerate(row.cells, 1):
        yield name or f"column {place}"
