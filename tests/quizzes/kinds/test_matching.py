"""Matching: shuffled, a share for each pair, every expected confusion told."""

from typing import Any

import pytest

from quizzes.kinds import KINDS, FormatError, Variant
from quizzes.kinds.random import Pcg32

MATCHING = KINDS["matching"]
DATA: dict[str, Any] = {
    "pairs": [
        {"left": "relu", "right": "max(0, z)"},
        {"left": "sigmoid", "right": "1 / (1 + exp(−z))"},
        {"left": "linear", "right": "z"},
        {"left": "identity", "right": "z"},
    ],
    "others": ["|z|"],
    "confusions": [
        {
            "left": "relu",
            "right": "|z|",
            "feedback": "relu makes 0 of it.",
            "title": "Sign dropped",
            "code": "RZ",
        },
        {"left": "linear", "right": "max(0, z)", "feedback": "Linear bends nothing."},
    ],
}
RIGHT = {pair["left"]: pair["right"] for pair in DATA["pairs"]}


def drawn() -> Variant:
    assert MATCHING.validate(DATA) == []
    return MATCHING.generate(DATA, Pcg32(3, 1))


def fields(variant: Variant, **other: str) -> dict[str, list[str]]:
    return {"answer": [(RIGHT | other)[row["head"]] for row in variant.shown["cells"]["rows"]]}


def test_both_sides_are_shuffled_and_the_list_says_each_thing_once() -> None:
    orders, lists = set(), set()
    for seed in range(30):
        rows = MATCHING.generate(DATA, Pcg32(seed, 1)).shown["cells"]["rows"]
        orders.add(tuple(row["head"] for row in rows))
        lists.add(tuple(rows[0]["cells"][0]["options"]))
        assert sorted(rows[0]["cells"][0]["options"]) == sorted({*RIGHT.values(), "|z|"})
    assert len(orders) > 10
    assert len(lists) > 10


def test_all_pairs_are_right_and_some_earn_their_share() -> None:
    variant = drawn()
    assert MATCHING.grade(variant, MATCHING.parse(variant, fields(variant))).is_right
    one_off = MATCHING.grade(variant, MATCHING.parse(variant, fields(variant, sigmoid="z")))
    assert one_off.fraction == pytest.approx(0.8 * 3 / 4)
    assert one_off.feedback == (
        "1 of 4 is not right yet.",
        "Some of these belong to another one on the list.",
    )


def test_every_confusion_is_told() -> None:
    variant = drawn()
    found = MATCHING.grade(
        variant, MATCHING.parse(variant, fields(variant, relu="|z|", linear="max(0, z)", sigmoid="z"))
    )
    assert found.fraction == pytest.approx(0.8 / 4)
    assert found.feedback == ("relu makes 0 of it.", "Linear bends nothing.")
    assert (found.code, found.title) == ("RZ", "Sign dropped")


def test_what_is_missing_or_forged_is_not_graded() -> None:
    variant = drawn()
    first = variant.shown["cells"]["rows"][0]["head"]
    for typed, message in [
        ([], f"{first}, belongs to: this one is still empty. Fill in all of them."),
        (["forged"] * 4, f"{first}, belongs to: choose one of the list, please."),
    ]:
        with pytest.raises(FormatError) as caught:
            MATCHING.parse(variant, {"answer": typed})
        assert str(caught.value) == message


def test_authors_are_told_what_to_mend() -> None:
    faulty = {
        "pairs": [{"left": "a", "right": "1"}, {"left": "a", "right": ""}],
        "confusions": [{"left": "b", "right": "9", "feedback": "x"}],
    }
    assert [str(fault) for fault in MATCHING.validate(faulty)] == [
        "pairs[1].right: Write a text here.",
        "pairs: Two pairs have the same left side. Change one of them.",
        "confusions[0].left: This is the left side of no pair.",
        "confusions[0].right: This is not on the list.",
    ]
