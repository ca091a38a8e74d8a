"""A matrix or a table of numbers to fill in.

rows = ["x1", "x2"]
columns = ["h1", "h2"]
values = [[0.5, 1], [-1, 0]]
filled = [[true, false], [false, false]]   # cells that are given; none when left out
tolerance = 0                              # absolute; exact for whole numbers, else 0.01
hints = ["…"]
steps = ["…"]
[[slips]]
values = [[0.5, -1], [1, 0]]
title = "Transposed"
feedback = "…"
"""

from typing import Any

from quizzes.kinds.authoring import Sheet
from quizzes.kinds.contract import Fault, JsonObject, Known, Step, Variant
from quizzes.kinds.forms import NUMBER, CellsForm, cells, text
from quizzes.kinds.ladder import keep_apart
from quizzes.kinds.numbers import shown
from quizzes.kinds.random import Pcg32

LARGEST = 6


class Matrix(CellsForm):
    name = "matrix"
    label = "Matrix"
    is_generated = False
    sample = """\
rows = ["x1", "x2"]
columns = ["h1", "h2"]
values = [[0.5, 1], [-1, 0]]
filled = [[true, false], [false, false]]     # the cells that are given
hints = ["A row holds the weights of one input."]
[[slips]]
values = [[0.5, -1], [1, 0]]
title = "Rows and columns exchanged"
feedback = "A row is an input, a column a neuron."
"""

    def validate(self, data: JsonObject) -> list[Fault]:
        sheet = Sheet(data)
        height = len(sheet.texts("rows", 1, LARGEST))
        width = len(sheet.texts("columns", 1, LARGEST))
        sheet.rows("values", height, width)
        if sheet.has("filled"):
            sheet.truths("filled", height, width)
        if sheet.number("tolerance", _tolerance(data)) < 0:
            sheet.fault("tolerance", "A tolerance is 0 or more.")
        for name in ("steps", "hints"):
            if sheet.has(name):
                sheet.texts(name, 1, 12)
        for slip in sheet.sheets("slips", 0, 12):
            slip.rows("values", height, width)
            slip.text("title")
            slip.text("feedback")
            slip.text("code", is_needed=False)
            slip.done()
        sheet.done()
        if not sheet.faults:
            self._check_slips(sheet, data)
        return sheet.faults

    def _check_slips(self, sheet: Sheet, data: JsonObject) -> None:
        if not _open(data, data["values"]):
            sheet.fault("filled", "Leave at least one cell open.")
            return
        slips = _slips(data)
        kept = keep_apart([_open(data, data["values"])], slips, float(_tolerance(data)))
        for place, slip in enumerate(slips):
            if slip not in kept:
                sheet.fault(f"slips[{place}].values", "This cannot be told from another answer.")

    def generate(self, data: JsonObject, rng: Pcg32) -> Variant:
        rows = [
            (head, [text(shown(value)) if is_given else NUMBER
                    for value, is_given in zip(values, given, strict=True)])
            for head, values, given in zip(data["rows"], data["values"], _filled(data), strict=True)
        ]  # fmt: skip
        return Variant(
            shown={"cells": cells("", data["columns"], rows)},
            answers=(Known(_open(data, data["values"]), 1.0), *_slips(data)),
            tolerance=float(_tolerance(data)),
            hints=tuple(data.get("hints", [])),
            steps=tuple(Step(said) for said in data.get("steps", [])),
        )


def _filled(data: JsonObject) -> list[list[bool]]:
    return data.get("filled") or [[False] * len(data["columns"]) for _ in data["rows"]]


def _open(data: JsonObject, values: list[list[float]]) -> list[float]:
    """The values of the open cells, row by row."""
    return [
        value
        for row, given in zip(values, _filled(data), strict=True)
        for value, is_given in zip(row, given, strict=True)
        if not is_given
    ]


def _slips(data: JsonObject) -> list[Known]:
    return [
        Known(_open(data, one["values"]), 0.0, (one["feedback"],), one.get("code", ""), one["title"])
        for one in data.get("slips", [])
    ]


def _tolerance(data: JsonObject) -> Any:
    if "tolerance" in data:
        return data["tolerance"]
    values = data.get("values")
    is_whole = isinstance(values, list) and not any(n % 1 for row in values for n in row if type(n) is float)
    return 0 if is_whole else 0.01
