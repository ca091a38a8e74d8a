"""Ordering: a place for each thing, intruders left out, a share for the pairs that stand right."""

from itertools import permutations
from typing import Any

import pytest

from quizzes.kinds import KINDS, FormatError, Grade, Variant
from quizzes.kinds.forms import UNUSED, places_of
from quizzes.kinds.random import Pcg32

ORDERING = KINDS["ordering"]
STEPS = ["Multiply", "Add the bias", "Apply relu"]
DATA: dict[str, Any] = {"steps": STEPS, "intruders": ["Update the weights"]}


def drawn(data: dict[str, Any] = DATA) -> Variant:
    assert ORDERING.validate(data) == []
    return ORDERING.generate(data, Pcg32(5, 1))


def grade(variant: Variant, order: list[str]) -> Grade:
    things = [row["head"] for row in variant.shown["cells"]["rows"]]
    return ORDERING.grade(variant, ORDERING.parse(variant, {"answer": places_of(order, things)}))


def test_the_order_is_right_and_an_intruder_is_left_out() -> None:
    variant = drawn()
    assert grade(variant, STEPS).is_right
    assert not grade(variant, [*STEPS, "Update the weights"]).is_right
    assert ORDERING.words(variant, variant.key) == "Multiply, Add the bias, Apply relu"


def test_pairs_count() -> None:
    variant = drawn({"steps": STEPS})
    fractions = {order: grade(variant, list(order)).fraction for order in permutations(STEPS)}
    a, b, c = STEPS
    assert fractions[(a, b, c)] == 1
    assert fractions[(b, a, c)] == pytest.approx(1 / 3)
    assert fractions[(c, b, a)] == 0
    assert grade(variant, [b, a, c]).feedback == (
        "This order is not right yet.",
        "Ask of each one what it needs before it can happen.",
    )


def test_a_place_is_given_once() -> None:
    variant = drawn({"steps": STEPS})
    with pytest.raises(FormatError) as caught:
        ORDERING.parse(variant, {"answer": ["1", "1", "2"]})
    assert str(caught.value) == "Place 1 is given twice. Each place takes one."
    assert ORDERING.parse(drawn(), {"answer": [UNUSED, UNUSED, "1", "2"]}) == [UNUSED, UNUSED, "1", "2"]


def test_authors_are_told_what_to_mend() -> None:
    assert [str(fault) for fault in ORDERING.validate({"steps": ["a"], "intruders": ["a"]})] == [
        "steps: This must be a list of 2 to 10 texts."
    ]
    assert [str(fault) for fault in ORDERING.validate({"steps": ["a", "b"], "intruders": ["a"]})] == [
        "intruders: One of these is a step as well."
    ]
