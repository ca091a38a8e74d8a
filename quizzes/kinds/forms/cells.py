"""Several cells in a table: numbers, shapes, or choices from a list. Each counts; all together earn the rest.

The table is kept as `shown["cells"]`: {"corner", "columns", "rows": [{"head", "cells"}]}. A cell is given
({"text": …}) or open ({"reads": "number" | "whole" | "shape"}, or "choice" with its "options"). The values of
the open ones, row by row, are the response.
"""

from collections.abc import Callable, Sequence
from typing import Any

from quizzes.kinds.contract import (
    ANSWER,
    Fields,
    FormatError,
    Grade,
    Json,
    JsonObject,
    Variant,
    View,
)
from quizzes.kinds.forms.slips import slips_context
from quizzes.kinds.given import given_context
from quizzes.kinds.ladder import PARTIAL, grade_cells, hits, is_number, is_same
from quizzes.kinds.numbers import exact, read_number, read_shape, read_whole, shown, shown_shape

NUMBER: JsonObject = {"reads": "number"}
WHOLE: JsonObject = {"reads": "whole"}
SHAPE: JsonObject = {"reads": "shape"}

_READERS: dict[str, Callable[[str], Json]] = {
    "number": read_number,
    "whole": read_whole,
    "shape": read_shape,
}


def choice(*options: str) -> JsonObject:
    """An open cell that is one of these texts."""
    return {"reads": "choice", "options": list(options)}


def text(said: str) -> JsonObject:
    """A cell that is filled in already."""
    return {"text": said}


def cells(
    corner: str, columns: Sequence[str], rows: Sequence[tuple[str, Sequence[JsonObject]]]
) -> JsonObject:
    """The table of a question; `columns` without the corner."""
    return {
        "corner": corner,
        "columns": list(columns),
        "rows": [{"head": head, "cells": [dict(cell) for cell in row]} for head, row in rows],
    }


class CellsForm:
    """A kind that asks for several values; `generic` is said when no slip explains them."""

    generic = "Look at each of them once more."
    template = "quizzes/kinds/cells.html"
    counts_each = True
    """Whether a cell is right by itself, whatever stands in the others."""

    def parse(self, variant: Variant, fields: Fields) -> list[Json]:
        return [
            _read(cell, label, said)
            for (label, cell), said in zip(_open(variant), _said(variant, fields), strict=True)
        ]

    def grade(self, variant: Variant, response: list[Json]) -> Grade:
        return grade_cells(variant, response, self.generic)

    def grade_unfinished(self, variant: Variant, fields: Fields) -> Grade | None:
        """What the cells earn that can be read; None when none of them is right, or none by itself."""
        found = self._found(variant, fields)
        if not any(found):
            return None
        count = len(found) - sum(found)
        said = f"{count} of {len(found)} {'is' if count == 1 else 'are'} not right yet, or could not be read."
        return Grade(PARTIAL * sum(found) / len(found), (said, "The others count."))

    def _found(self, variant: Variant, fields: Fields) -> list[bool]:
        """Per open cell of a table that cannot be read as a whole, whether it counts as right."""
        if not self.counts_each:
            return [False] * len(variant.key)
        tolerance = exact(variant.tolerance)
        return [
            is_same(_read_or_none(cell, said), value, tolerance)
            for (_, cell), said, value in zip(
                _open(variant), _said(variant, fields), variant.key, strict=True
            )
        ]

    def marks(self, variant: Variant, response: list[Json]) -> list[str]:
        """Per open cell what a graded page says of it: "right" or "other"."""
        return ["right" if hit else "other" for hit in hits(variant, response)]

    def _marks(self, variant: Variant, fields: Fields) -> list[str]:
        """The marks of a graded page; an attempt may also end with a table that cannot be read."""
        try:
            return self.marks(variant, self.parse(variant, fields))
        except FormatError:
            return ["right" if hit else "other" for hit in self._found(variant, fields)]

    def first_missed(self, variant: Variant, fields: Fields) -> int | None:
        """The first open cell that is neither right nor follows from another; None when there is none."""
        marks = self._marks(variant, fields)
        return marks.index("other") if "other" in marks else None

    def view(self, variant: Variant, fields: Fields, grade: Grade | None, is_revealed: bool) -> View:
        said = _said(variant, fields)
        marks = self._marks(variant, fields) if grade else [""] * len(said)
        keys = [_words(value) for value in variant.key] if is_revealed else [""] * len(said)
        filled = iter(
            [
                {"value": one, "mark": mark, "key": key if mark == "other" else ""}
                for one, mark, key in zip(said, marks, keys, strict=True)
            ]
        )
        table = variant.shown["cells"]
        rows = [
            {
                "head": row["head"],
                "cells": [_view(row["head"], name, cell, filled)
                          for name, cell in zip(table["columns"], row["cells"], strict=True)],
            }
            for row in table["rows"]
        ]  # fmt: skip
        context: JsonObject = {
            "table": table | {"rows": rows},
            "has_columns": any(table["columns"]),
            "is_open": grade is None,
            "is_right": grade is not None and grade.is_right,
        }
        if is_revealed:
            context["slips"] = slips_context(variant, grade, self.words)
        return View(self.template, given_context(variant.shown) | context)

    def words(self, variant: Variant, value: Json) -> str:
        return "; ".join(_words(one) for one in value)


def _open(variant: Variant) -> list[tuple[str, JsonObject]]:
    """Every open cell with its label, row by row."""
    table = variant.shown["cells"]
    return [
        (label(row["head"], name), cell)
        for row in table["rows"]
        for name, cell in zip(table["columns"], row["cells"], strict=True)
        if "reads" in cell
    ]


def label(head: str, column: str) -> str:
    """The name of a cell, for a message and for those who hear the table."""
    return ", ".join(part for part in (head, column) if part)


def _said(variant: Variant, fields: Fields) -> list[str]:
    """What was typed into each open cell; a form that was cut short or forged is filled up or cut off."""
    said = list(fields.get(ANSWER, ()))
    count = len(_open(variant))
    return (said + [""] * count)[:count]


def _read(cell: JsonObject, name: str, said: str) -> Json:
    if not said.strip():
        raise FormatError(f"{name}: this one is still empty. Fill in all of them.")
    if cell["reads"] == "choice":
        if said not in cell["options"]:
            raise FormatError(f"{name}: choose one of the list, please.")
        return said
    try:
        return _READERS[cell["reads"]](said)
    except FormatError as error:
        raise FormatError(f"{name}: {error}") from None


def _read_or_none(cell: JsonObject, said: str) -> Json:
    try:
        return _read(cell, "", said)
    except FormatError:
        return None


def _view(head: str, column: str, cell: JsonObject, filled: Any) -> JsonObject:
    return cell if "text" in cell else cell | next(filled) | {"label": label(head, column)}


def _words(value: Json) -> str:
    if isinstance(value, list):
        return shown_shape(value)
    return shown(value) if is_number(value) else str(value)
