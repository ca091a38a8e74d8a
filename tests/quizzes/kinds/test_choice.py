"""Choices: shuffled per learner, graded with partial credit, opaque until released."""

from typing import Any

import pytest

from quizzes.kinds import KINDS, FormatError, Variant
from quizzes.kinds.choice import option_id
from quizzes.kinds.random import Pcg32

SINGLE, MULTIPLE = KINDS["single_choice"], KINDS["multiple_choice"]
ONE: dict[str, Any] = {
    "options": [
        {"text": "yes", "is_right": True, "feedback": "It is."},
        {"text": "no", "feedback": "It is not no."},
        {"text": "maybe", "feedback": "It is settled.", "code": "M1"},
    ]
}
SEVERAL: dict[str, Any] = {
    "options": [
        {"text": "a", "is_right": True},
        {"text": "b", "is_right": True},
        {"text": "c", "is_right": True},
        {"text": "d", "feedback": "Not d."},
        {"text": "e", "feedback": "Not e."},
    ]
}


def fields(*texts: str) -> dict[str, list[str]]:
    return {"answer": [option_id(text) for text in texts]}


def several(seed: int = 1) -> Variant:
    return MULTIPLE.generate(SEVERAL, Pcg32(seed, 1))


def test_the_order_depends_on_the_seed_unless_the_author_fixes_it() -> None:
    orders = {tuple(o["text"] for o in SINGLE.generate(ONE, Pcg32(s, 1)).shown["options"]) for s in range(40)}
    assert len(orders) == 6
    fixed = {"shuffle": False, **ONE}
    assert [o["text"] for o in SINGLE.generate(fixed, Pcg32(3, 1)).shown["options"]] == ["yes", "no", "maybe"]


def test_single_choice_is_right_or_not_yet() -> None:
    variant = SINGLE.generate(ONE, Pcg32(1, 1))
    grades = [SINGLE.grade(variant, SINGLE.parse(variant, fields(text))) for text in ("yes", "no", "maybe")]
    assert [(grade.fraction, grade.code) for grade in grades] == [(1, ""), (0, ""), (0, "M1")]


@pytest.mark.parametrize(
    ("chosen", "fraction", "feedback"),
    [
        ("abc", 1, ()),
        ("ab", 2 / 3, ("Not every option that holds is chosen yet.",)),
        ("abcd", 2 / 3, ("1 of your 4 choices does not hold.",)),
        ("abcde", 1 / 3, ("2 of your 5 choices do not hold.",)),
        ("ad", 0, ("1 of your 2 choices does not hold.", "Not every option that holds is chosen yet.")),
        ("d", 0, ("What you chose does not hold.", "Not every option that holds is chosen yet.")),
        ("de", 0, ("None of your 2 choices holds.", "Not every option that holds is chosen yet.")),
    ],
)
def test_multiple_choice_counts_right_minus_other(chosen: str, fraction: float, feedback: tuple[str]) -> None:
    variant = several()
    grade = MULTIPLE.grade(variant, MULTIPLE.parse(variant, fields(*chosen)))
    assert (grade.fraction, grade.feedback) == (pytest.approx(fraction), feedback)


def test_responses_that_cannot_be_read() -> None:
    variant = SINGLE.generate(ONE, Pcg32(1, 1))
    for typed, message in [
        ({}, "Choose one option."),
        (fields("yes", "no"), "Choose one option only."),
        ({"answer": ["forged"]}, "This option is not one of the question. Choose again, please."),
    ]:
        with pytest.raises(FormatError) as caught:
            SINGLE.parse(variant, typed)
        assert str(caught.value) == message


def test_feedback_shows_for_chosen_options_only_until_the_key_is_released() -> None:
    variant = several()
    grade = MULTIPLE.grade(variant, MULTIPLE.parse(variant, fields("a", "d")))

    def marks(is_revealed: bool) -> dict[str, str]:
        view = MULTIPLE.view(variant, fields("a", "d"), grade, is_revealed)
        return {option["text"]: option["mark"] for option in view.context["options"]}

    assert marks(False) == {"a": "right", "b": "", "c": "", "d": "other", "e": ""}
    assert marks(True) == {"a": "right", "b": "right", "c": "right", "d": "other", "e": "other"}


def test_an_open_view_holds_neither_marks_nor_feedback() -> None:
    variant = several()
    view = MULTIPLE.view(variant, {}, None, False)
    assert {option["mark"] for option in view.context["options"]} == {""}
    assert "Not d." not in str(view)


def test_authors_are_told_what_to_mend() -> None:
    faulty = {
        "options": [
            {"text": "yes", "is_right": True},
            {"text": "yes", "is_right": True},
            {"text": "no"},
            {"text": "", "is_right": "true", "feedbak": "x"},
        ]
    }
    assert [str(fault) for fault in SINGLE.validate(faulty)] == [
        "options[2].feedback: Write a text here.",
        "options[3].text: Write a text here.",
        "options[3].is_right: This must be true or false.",
        "options[3].feedback: Write a text here.",
        "options[3].feedbak: This name has no meaning here. Did you mean “feedback”?",
        "options: Two options have the same text. Change one of them.",
        "options: Exactly one option must be right (is_right = true); 2 are.",
    ]
    assert [str(f) for f in MULTIPLE.validate({"options": [{"text": "a", "feedback": "x"}]})] == [
        "options: This must be a list of 2 to 12 tables."
    ]
    assert [str(f) for f in SINGLE.validate([])] == [  # type: ignore[arg-type]
        "This must be a table of names and values.",
        "options: This must be a list of 2 to 12 tables.",
    ]
    assert SINGLE.validate(ONE) == []
    assert MULTIPLE.validate(SEVERAL) == []
