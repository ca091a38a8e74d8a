"""Networks as answers: read, never run as code, graded by the engine's criteria with a reason each."""

from typing import Any

import pytest

from quizzes.kinds import KINDS, FormatError, Grade, Variant
from quizzes.kinds.random import Pcg32

NETWORK = KINDS["network"]
IMPORTS = "from keras import Input, Sequential\nfrom keras.layers import Dense\n"
GOOD = IMPORTS + "model = Sequential([Input(shape=(8,)), Dense(4, activation='softmax')])\n"
DATA: dict[str, Any] = {
    "criteria": [
        {"kind": "output_shape", "want": [4]},
        {"kind": "parameters", "at_most": 40, "points": 3},
    ],
    "example": GOOD,
    "starter": "model = Sequential([\n])\n",
}


def drawn() -> Variant:
    assert NETWORK.validate(DATA) == []
    return NETWORK.generate(DATA, Pcg32(1, 1))


def grade(text: str) -> Grade:
    variant = drawn()
    return NETWORK.grade(variant, NETWORK.parse(variant, {"answer": [text]}))


def test_each_criterion_earns_its_points_and_gives_its_reason() -> None:
    assert grade(GOOD).is_right
    found = grade(GOOD.replace("Dense(4", "Dense(6"))
    assert found.fraction == 0
    assert len(found.feedback) == 2
    assert "14 more than allowed" in found.feedback[1]
    half = grade(GOOD.replace("Dense(4", "Dense(3"))
    assert half.fraction == pytest.approx(3 / 4)
    assert len(half.feedback) == 1
    assert "3" in half.feedback[0]


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("  ", "There is no network yet. Write it as Keras text."),
        ("x" * 8_001, "That is longer than 8,000 characters. Leave out what is not the network."),
        (IMPORTS + "model = Sequential([Dense(", "Line 3: "),
        (IMPORTS + "import os\nos.system('ls')\n", "Line 1: The text builds no network."),
        (GOOD.replace("Dense(4", "Dense(400000"), "This network is too large for a quiz."),
    ],
)
def test_what_does_not_read_is_not_graded(text: str, part: str) -> None:
    with pytest.raises(FormatError) as caught:
        grade(text)
    assert str(caught.value).startswith(part)


def test_the_page_shows_the_starter_then_each_criterion_and_the_example_when_released() -> None:
    variant = drawn()
    opened = NETWORK.view(variant, {}, None, False)
    assert opened.context["value"] == DATA["starter"]
    assert "rows" not in opened.context
    assert GOOD not in str(opened)
    fields = {"answer": [GOOD.replace("Dense(4", "Dense(3")]}
    found = NETWORK.grade(variant, NETWORK.parse(variant, fields))
    assert [row["is_met"] for row in NETWORK.view(variant, fields, found, False).context["rows"]] == [
        False,
        True,
    ]
    assert "key" not in NETWORK.view(variant, fields, found, False).context
    assert NETWORK.view(variant, fields, found, True).context["key"] == GOOD


def test_authors_are_told_what_to_mend() -> None:
    trained = DATA | {"criteria": [{"kind": "accuracy", "dataset": "blobs", "at_least": 0.9}]}
    assert [str(fault) for fault in NETWORK.validate(trained)] == [
        "criteria[0]: A quiz trains no network. Ask this in a challenge."
    ]
    unmet = DATA | {"criteria": [{"kind": "parameters", "at_most": 20}]}
    (fault,) = NETWORK.validate(unmet)
    assert str(fault).startswith("example: It does not meet its own criteria. ")
    assert [str(fault) for fault in NETWORK.validate(DATA | {"example": "model = 3"})] == [
        "example: This text does not read as a network."
    ]
    (fault,) = NETWORK.validate(DATA | {"criteria": [{"kind": "paramters"}]})
    assert fault.path == "criteria"
    assert "parameters" in fault.message
