"""Matrices: a cell each, given cells not asked for, slips as whole tables."""

from typing import Any

import pytest

from quizzes.kinds import KINDS, FormatError, Grade, Variant
from quizzes.kinds.random import Pcg32

MATRIX = KINDS["matrix"]
DATA: dict[str, Any] = {
    "rows": ["x1", "x2"],
    "columns": ["h1", "h2"],
    "values": [[0.5, 1], [-1, 2.25]],
    "filled": [[True, False], [False, False]],
    "slips": [{"values": [[0.5, -1], [1, 2.25]], "title": "Transposed", "feedback": "Rows are inputs."}],
}


def drawn() -> Variant:
    assert MATRIX.validate(DATA) == []
    return MATRIX.generate(DATA, Pcg32(1, 1))


def grade(*typed: str) -> Grade:
    variant = drawn()
    return MATRIX.grade(variant, MATRIX.parse(variant, {"answer": typed}))


def test_open_cells_are_graded_one_by_one() -> None:
    assert drawn().key == [1, -1, 2.25]
    assert grade("1", "−1,00", "9/4").is_right
    assert grade("1", "-1", "2.259").is_right, "within 0.01"
    off = grade("1", "5", "2.25")
    assert off.fraction == pytest.approx(0.8 * 2 / 3)
    assert off.feedback == ("1 of 3 is not right yet.", "Look at each of them once more.")


def test_a_slip_is_a_whole_table() -> None:
    assert grade("-1", "1", "2.25").feedback == ("Rows are inputs.",)


def test_a_cell_that_cannot_be_read_is_named() -> None:
    for typed, message in [
        (("1", "", "3"), "x2, h1: this one is still empty. Fill in all of them."),
        (
            ("1", "x", "3"),
            "x2, h1: “x” cannot be read as a number. Write it like 0.75, 0,75, 3/4, -3 or 25%.",
        ),
    ]:
        with pytest.raises(FormatError) as caught:
            grade(*typed)
        assert str(caught.value) == message


def test_given_cells_and_marks_are_shown() -> None:
    variant = drawn()
    fields = {"answer": ["1", "5", "2.25"]}
    view = MATRIX.view(variant, fields, MATRIX.grade(variant, MATRIX.parse(variant, fields)), True)
    first, second = (row["cells"] for row in view.context["table"]["rows"])
    assert first[0] == {"text": "0.5"}
    assert [(cell["mark"], cell["key"]) for cell in (first[1], *second)] == [
        ("right", ""), ("other", "−1"), ("right", ""),
    ]  # fmt: skip


def test_authors_are_told_what_to_mend() -> None:
    assert [str(fault) for fault in MATRIX.validate(DATA | {"values": [[1]], "filled": [[1, 2]]})] == [
        "values: This must be 2 rows of 2 numbers.",
        "filled: This must be 2 rows of 2 times true or false.",
    ]
    same = {"values": DATA["values"], "title": "x", "feedback": "y"}
    assert [str(fault) for fault in MATRIX.validate(DATA | {"slips": [same]})] == [
        "slips[0].values: This cannot be told from another answer."
    ]
    assert [str(fault) for fault in MATRIX.validate(DATA | {"filled": [[True, True]] * 2})] == [
        "filled: Leave at least one cell open."
    ]
