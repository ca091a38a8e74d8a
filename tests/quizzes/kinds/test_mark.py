"""Marks: a set of neurons on a figure that is a form."""

from typing import Any

from quizzes.kinds import KINDS, Grade
from quizzes.kinds.forms import option_id
from quizzes.kinds.random import Pcg32

MARK = KINDS["mark"]
DATA: dict[str, Any] = {
    "layers": [["legs", "fur"], ["h1", "h2", "h3"], ["cat"]],
    "titles": ["inputs", "hidden layer", "classes"],
    "marked": ["h1", "h3"],
    "slips": [{"marked": ["h2"], "title": "On for off", "feedback": "That one is on.", "code": "DC"}],
}


def grade(*names: str) -> Grade:
    assert MARK.validate(DATA) == []
    variant = MARK.generate(DATA, Pcg32(1, 1))
    return MARK.grade(variant, MARK.parse(variant, {"answer": [option_id(name) for name in names]}))


def test_a_set_earns_what_it_shares_with_the_key() -> None:
    assert grade("h3", "h1").is_right
    found = grade("h1", "h2")
    assert found.fraction == 1 / 3
    assert found.feedback[0] == "Not this set yet: 1 too many and 1 missing."
    assert (grade("h2").code, grade("h2").feedback) == ("DC", ("That one is on.",))


def test_neurons_stand_in_their_layers_and_the_key_waits() -> None:
    variant = MARK.generate(DATA, Pcg32(1, 1))
    fields = {"answer": [option_id("h2")]}
    found = MARK.grade(variant, MARK.parse(variant, fields))
    for is_revealed, marks in ((False, ["", "", ""]), (True, ["right", "other", "right"])):
        layers = MARK.view(variant, fields, found, is_revealed).context["layers"]
        assert [layer["title"] for layer in layers] == DATA["titles"]
        assert [neuron["text"] for neuron in layers[1]["neurons"]] == ["h1", "h2", "h3"]
        assert [neuron["mark"] for neuron in layers[1]["neurons"]] == marks


def test_authors_are_told_what_to_mend() -> None:
    faulty = {"layers": [["a"], ["a", "b"]], "titles": ["x", "y", "z"], "marked": ["c"],
              "slips": [{"marked": ["b"], "title": "t", "feedback": "f"},
                        {"marked": ["b"], "title": "t", "feedback": "f"}]}  # fmt: skip
    assert [str(fault) for fault in MARK.validate(faulty)] == [
        "layers: Two neurons have the same name. Change one of them.",
        "titles: There are 2 layers: give each a title.",
        "marked: There is no neuron c.",
        "slips[1].marked: This set equals another answer. Change it or drop it.",
    ]
    assert str(MARK.validate(DATA | {"layers": [["a"]]})[0]) == (
        "layers: This must be a list of 2 to 6 lists of 1 to 10 names."
    )
