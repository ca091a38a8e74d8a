"""Another key for what was asked: the page stays as it was, and the answers follow its order."""

import json
from typing import Any

import pytest

from quizzes.kinds import KINDS, Variant
from quizzes.kinds.random import Pcg32
from quizzes.kinds.rekeying import rekeyed
from tests.quizzes.written import WRITTEN


def drawn(kind: str, data: dict[str, Any], seed: int = 1) -> Variant:
    return KINDS[kind].generate(data, Pcg32.from_bytes(bytes([seed]) * 16))


def stored(variant: Variant) -> Variant:
    """As it comes back from a database."""
    return Variant.from_json(json.loads(json.dumps(variant.to_json())))


@pytest.mark.parametrize("kind", WRITTEN)
def test_whatever_order_it_was_asked_in_it_is_graded_alike(kind: str) -> None:
    data, right = WRITTEN[kind]
    rules = KINDS[kind]
    for seed in range(1, 30):
        asked = stored(drawn(kind, data, seed))
        found = rekeyed(asked, drawn(kind, data, 99))
        assert found is not None
        assert found.shown == asked.shown
        assert found.key == asked.key
        if right and kind != "matching":
            grade = rules.grade(found, rules.parse(found, {"answer": right}))
            assert grade.is_right


def test_the_key_of_a_choice_moves_and_its_order_stays() -> None:
    texts = ["5", "6", "7", "8"]

    def data(right: str) -> dict[str, Any]:
        return {"options": [{"text": text, "is_right": text == right, "feedback": text} for text in texts]}

    asked = stored(drawn("single_choice", data("5"), 3))
    found = rekeyed(asked, drawn("single_choice", data("8"), 8))
    assert found is not None
    assert found.shown == asked.shown
    assert KINDS["single_choice"].words(found, found.key) == "8"


def test_values_of_a_table_follow_the_rows_that_were_asked() -> None:
    data = {"steps": ["multiply", "add", "activate", "classify"], "intruders": ["learn"]}
    asked = stored(drawn("ordering", data, 5))
    turned = data | {"steps": ["add", "multiply", "activate", "classify"]}
    found = rekeyed(asked, drawn("ordering", turned, 6))
    assert found is not None
    assert KINDS["ordering"].words(found, found.key) == "add, multiply, activate, classify"


@pytest.mark.parametrize(
    ("kind", "change"),
    [
        ("single_choice", {"options": [{"text": "6", "is_right": True}, {"text": "8", "feedback": "Two."}]}),
        ("matching", {"pairs": [{"left": "relu", "right": "z"}, {"left": "tanh", "right": "z"}]}),
        ("ordering", {"steps": ["multiply", "subtract"], "intruders": ["learn"]}),
        ("blanks", {"text": "model.put({1}(6, activation={2}))\n"}),
        ("matrix", {"filled": [[False, True]] * 2}),
        ("mark", {"layers": [["legs", "tail"], ["h1", "h2", "h3"]]}),
    ],
)
def test_what_was_not_asked_gets_no_key(kind: str, change: dict[str, Any]) -> None:
    data, _ = WRITTEN[kind]
    assert rekeyed(stored(drawn(kind, data)), drawn(kind, {**data, **change})) is None


def test_another_unit_and_another_tolerance_ask_the_same() -> None:
    asked = drawn("numeric", {"answer": 4.5, "unit": "weights"})
    found = rekeyed(asked, drawn("numeric", {"answer": 4.5, "unit": "biases", "tolerance": 1}))
    assert found is not None
    assert (found.shown, found.tolerance) == ({"unit": "weights"}, 1.0)
