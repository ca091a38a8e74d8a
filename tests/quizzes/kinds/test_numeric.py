"""Fixed numbers: tolerance, slips by value, sign flips, and what an author is told."""

from typing import Any

import pytest

from quizzes.kinds import KINDS, FormatError, Grade, Variant
from quizzes.kinds.random import Pcg32

NUMERIC = KINDS["numeric"]
DATA: dict[str, Any] = {
    "answer": 0.75,
    "slips": [
        {"value": 0.25, "title": "One step short", "feedback": "0.25 leaves out `b`.", "code": "B0"},
        {"value": 1.75, "title": "One step far", "feedback": "1.75 adds 1."},
    ],
}


def variant(data: dict[str, Any] = DATA) -> Variant:
    return NUMERIC.generate(data, Pcg32(1, 1))


def grade(typed: str, data: dict[str, Any] = DATA) -> Grade:
    asked = variant(data)
    return NUMERIC.grade(asked, NUMERIC.parse(asked, {"answer": [typed]}))


@pytest.mark.parametrize("typed", ["0,75", "3/4", "+.75", "0.750", " 75e-2", "75%", "0.76", "0.74"])
def test_the_key_in_any_spelling_and_within_a_hundredth(typed: str) -> None:
    assert grade(typed).fraction == 1


@pytest.mark.parametrize("typed", ["0.7601", "0.7399", "-0.77"])
def test_beyond_the_tolerance_is_not_yet(typed: str) -> None:
    assert grade(typed) == Grade(
        0.0, ("This number matches neither the key nor a slip we know. Take it step by step once more.",)
    )


def test_slips_are_named() -> None:
    assert grade("1/4") == Grade(0.0, ("0.25 leaves out `b`.",), "B0", "One step short")


def test_a_turned_sign_is_named() -> None:
    assert grade("-0.75") == Grade(
        0.0,
        (
            "The size 0.75 is right, the sign is not.",
            "Follow the signs once more: a product is negative when exactly one of its two numbers is.",
        ),
        "SG",
        "Sign turned round",
    )


def test_whole_keys_are_exact_and_a_large_key_has_one_percent() -> None:
    assert grade("124.001", {"answer": 124}).fraction == 0
    assert grade("201.5", {"answer": 200.5}).fraction == 1
    assert grade("203", {"answer": 200.5}).fraction == 0
    assert grade("121", {"answer": 124, "tolerance": 3}).fraction == 1


@pytest.mark.parametrize("typed", ["25", "25%", "25 %", " 25.0% "])
def test_the_unit_behind_the_field_may_be_typed_too(typed: str) -> None:
    assert grade(typed, {"answer": 25, "unit": "%"}).fraction == 1


def test_other_units_are_told() -> None:
    assert grade("884 Parameters", {"answer": 884, "unit": "parameters"}).fraction == 1
    with pytest.raises(FormatError, match="“884 weights” cannot be read as a number"):
        grade("884 weights", {"answer": 884, "unit": "parameters"})


def test_a_thousand_is_never_taken_for_one() -> None:
    with pytest.raises(FormatError, match="“1,000” may mean 1000"):
        grade("1,000", {"answer": 1000})


def test_a_variant_survives_json() -> None:
    asked = variant()
    assert Variant.from_json(asked.to_json()) == asked


def test_the_open_view_holds_nothing_but_the_question() -> None:
    view = NUMERIC.view(variant(), {"answer": ["1"]}, None, False)
    assert view.context == {
        "value": "1", "unit": "", "is_count": False, "is_open": True, "is_right": False,
    }  # fmt: skip


def test_the_released_view_shows_key_and_slips() -> None:
    asked = variant()
    view = NUMERIC.view(asked, {"answer": ["0.25"]}, grade("0.25"), True)
    assert (view.context["key"], view.context["accepted"]) == ("0.75", "within 0.01 of 0.75")
    assert view.context["slips"] == [
        {"title": "One step short", "value": "0.25", "is_mine": True},
        {"title": "One step far", "value": "1.75", "is_mine": False},
    ]


def test_authors_are_told_what_to_mend() -> None:
    faulty = {
        "tolerance": -1,
        "steps": "none",
        "slips": [{"value": 0.01, "title": "t", "feedback": "f"}, {"value": "3", "title": "t"}],
    }
    assert [str(fault) for fault in NUMERIC.validate(faulty)] == [
        "answer: This must be a number, such as 124 or 0.5.",
        "answer: Write the number that is right.",
        "tolerance: A tolerance is 0 or more.",
        "steps: This must be a list of 1 to 12 texts.",
        "slips[1].value: This must be a number, such as 124 or 0.5.",
        "slips[1].value: This lies within four tolerances of another answer. Change it or drop it.",
        "slips[1].feedback: Write a text here.",
    ]
    near = {"answer": 1.5, "slips": [{"value": 1.55, "title": "t", "feedback": "f"}]}
    assert [str(fault) for fault in NUMERIC.validate(near)] == [
        "slips[0].value: This lies within four tolerances of another answer. Change it or drop it."
    ]
    assert NUMERIC.validate(DATA) == []
