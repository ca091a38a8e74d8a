"""Blanks: words, numbers and code, each compared as people mean it."""

from typing import Any

import pytest

from quizzes.kinds import KINDS, FormatError, Grade, Variant
from quizzes.kinds.random import Pcg32

BLANKS = KINDS["blanks"]
WORDS: dict[str, Any] = {
    "text": "A layer has {1} units and then applies its {2}.",
    "blanks": [
        {"answers": ["6", "six"]},
        {
            "answers": ["activation"],
            "options": ["activation", "loss"],
            "slips": [{"text": "loss", "title": "Loss", "feedback": "The loss comes last.", "code": "L9"}],
        },
    ],
}
CODE: dict[str, Any] = {
    "text": "model.add({1}(6, {2}))\n",
    "is_code": True,
    "blanks": [{"answers": ["Dense"]}, {"answers": ["activation='relu'"]}],
}


def drawn(data: dict[str, Any]) -> Variant:
    assert BLANKS.validate(data) == []
    return BLANKS.generate(data, Pcg32(2, 1))


def grade(data: dict[str, Any], *typed: str) -> Grade:
    variant = drawn(data)
    return BLANKS.grade(variant, BLANKS.parse(variant, {"answer": typed}))


@pytest.mark.parametrize(
    ("data", "typed", "fraction"),
    [
        (WORDS, ("6", "activation"), 1),
        (WORDS, ("6.0", "activation"), 1),
        (WORDS, (" Six ", "activation"), 1),
        (WORDS, ("7", "activation"), 0.5),
        (CODE, ("Dense", 'activation = "relu"'), 1),
        (CODE, ("dense", "activation='relu'"), 0.5),
        (CODE, ("Dense", "activation='re lu'"), 0.5),
    ],
)
def test_each_blank_counts(data: dict[str, Any], typed: tuple[str, ...], fraction: float) -> None:
    assert grade(data, *typed).fraction == fraction


@pytest.mark.parametrize(
    ("typed", "is_right"),
    [("0.5", True), (".50", True), ("5e-1", True), ("0,5", False), ("50%", False)],
)
def test_a_number_in_code_is_one_of_python(typed: str, is_right: bool) -> None:
    rate = {"text": "Dropout({1})", "is_code": True, "blanks": [{"answers": ["0.5"]}]}
    assert grade(rate, typed).fraction == is_right


def test_a_comma_in_code_counts() -> None:
    shape = {"text": "Input(shape=({1}))", "is_code": True, "blanks": [{"answers": ["8,"]}]}
    assert [grade(shape, typed).fraction for typed in ("8,", "8 ,", "8")] == [1, 1, 0]


def test_a_slip_is_told_by_its_blank() -> None:
    found = grade(WORDS, "7", "loss")
    assert (found.fraction, found.feedback, found.code, found.title) == (
        0, ("The loss comes last.",), "L9", "Loss",
    )  # fmt: skip
    assert grade(WORDS, "7", "activation").feedback == ("1 of 2 is not right yet.",)


def test_what_is_there_counts_when_time_is_over() -> None:
    variant = drawn(WORDS)
    assert BLANKS.grade_unfinished(variant, {"answer": ["6", ""]}) == Grade(  # type: ignore[attr-defined]
        0.5, ("1 of 2 is empty, or not right yet.",)
    )
    assert BLANKS.grade_unfinished(variant, {"answer": ["7", ""]}) is None  # type: ignore[attr-defined]


def test_what_is_missing_or_forged_is_not_graded() -> None:
    for typed, message in [
        (("6",), "Blank 2 is still empty. Fill in all of them."),
        (("6", "bias"), "Blank 2: choose one of the list, please."),
        (("1,024", "loss"), "Blank 1: “1,024” may mean 1024 or 1.024. Write the one that you mean."),
        (("6" * 81, "loss"), "Blank 1 holds more than 80 characters."),
    ]:
        with pytest.raises(FormatError) as caught:
            grade(WORDS, *typed)
        assert str(caught.value) == message


def test_the_text_is_cut_at_its_blanks_and_the_key_waits() -> None:
    variant = drawn(WORDS)
    assert variant.shown["parts"] == ["A layer has ", " units and then applies its ", "."]
    fields = {"answer": ["7", "activation"]}
    found = BLANKS.grade(variant, BLANKS.parse(variant, fields))
    for is_revealed, key in ((False, ""), (True, "6")):
        pieces = BLANKS.view(variant, fields, found, is_revealed).context["pieces"]
        assert [(p["mark"], p["key"]) for p in pieces if "number" in p] == [("other", key), ("right", "")]


def test_authors_are_told_what_to_mend() -> None:
    faulty = {
        "text": "{2} {1}",
        "blanks": [
            {"answers": ["a"], "options": ["b", "c"]},
            {"answers": ["a"], "slips": [{"text": "A", "title": "t", "feedback": "f"}]},
        ],
    }
    assert [str(fault) for fault in BLANKS.validate(faulty)] == [
        "text: Mark the blanks in order, each once: {1}, {2}.",
        "blanks[0].options: Every answer must be on the list.",
        "blanks[1].slips[0].text: This equals another answer. Change it or drop it.",
    ]
