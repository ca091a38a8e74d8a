"""The ladder: which slips can be told apart, what several cells earn, which slip explains them."""

from fractions import Fraction
from typing import Any

import pytest

from quizzes.kinds import Known, Variant
from quizzes.kinds.ladder import grade_cells, grade_number, keep_apart


def slip(value: Any, code: str) -> Known:
    return Known(value, 0.0, (f"told {code}",), code, f"title {code}")


def kept(keys: list[Any], slips: list[Known], tolerance: float) -> list[str]:
    return [one.code for one in keep_apart(keys, slips, tolerance)]


def test_a_number_must_lie_four_tolerances_from_every_other() -> None:
    slips = [slip(1.04, "a"), slip(1.03, "b"), slip(1.08, "c"), slip(1.1, "d"), slip(0.5, "e")]
    assert kept([1.0], slips, 0.01) == ["a", "c", "e"]
    assert kept([1.0, 0.51], slips, 0.01) == ["a", "c"], "another right answer counts as well"
    assert kept([5], [slip(5, "a"), slip(6, "b"), slip(6, "c")], 0) == ["b"]


def test_cells_need_one_that_is_clearly_neither_the_keys_nor_the_others() -> None:
    key = [1.0, 2.0, 3.0]
    slips = [
        slip([1.0, 5.0, 3.0], "a"),
        slip([1.0, 5.0, 3.01], "b"),  # explained by a wherever it differs from the key
        slip([7.0, 5.0, 3.0], "c"),
        slip([1.0, 2.0, 3.02], "d"),
    ]
    assert kept([key], slips, 0.01) == ["a", "c"]
    assert kept([[[2, 3], "x"]], [slip([[3, 2], "x"], "a"), slip([[2, 3], "x"], "b")], 0) == ["a"]


def variant(key: Any, *slips: Known, tolerance: float = 0.01) -> Variant:
    return Variant({}, (Known(key, 1.0), *slips), tolerance)


def test_a_slip_is_named_when_it_explains_every_cell_that_is_not_right() -> None:
    asked = variant([1.0, 2.0, 3.0, 4.0], slip([1.0, -2.0, -3.0, 4.0], "S"))
    explained = grade_cells(asked, [Fraction(1), Fraction(-2), Fraction(3), Fraction(4)], "Again.")
    assert (explained.code, explained.fraction) == ("S", pytest.approx(0.6))
    beyond = grade_cells(asked, [Fraction(9), Fraction(-2), Fraction(3), Fraction(4)], "Again.")
    assert (beyond.code, beyond.fraction) == ("", pytest.approx(0.4))
    assert beyond.feedback == ("2 of 4 are not right yet.", "Again.")
    assert grade_cells(asked, [Fraction(1), Fraction(2), Fraction(3), Fraction(401, 100)], "").fraction == 1


def test_the_first_match_wins_and_a_turned_sign_comes_last() -> None:
    asked = variant(2.0, Known(2.03, 1.0), slip(-2.0, "N"))
    assert grade_number(asked, Fraction("2.04"), "").fraction == 1
    assert grade_number(asked, Fraction(-2), "").code == "N"
    turned = grade_number(variant(2.5), Fraction("-2.5"), "")
    assert (turned.code, turned.feedback[0]) == ("SG", "The size 2.5 is right, the sign is not.")
    assert grade_number(variant(2.5), Fraction(9), "Again.").feedback == ("Again.",)
