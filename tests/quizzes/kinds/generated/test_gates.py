"""Gates: whatever does the job is right, a row that fails is shown, one neuron is not asked for XOR."""

import pytest

from quizzes.kinds import KINDS, Grade, Kind, Variant
from quizzes.kinds.generated.gates import NO, YES, Gate
from tests.quizzes.kinds.generated.cases import drawn


def asked(case: str, words: str) -> tuple[Kind, Variant]:
    kind, variants = drawn(case)
    return kind, next(variant for variant in variants if words in variant.shown["ask"])


def grade(kind: Kind, variant: Variant, *said: str) -> Grade:
    return kind.grade(variant, kind.parse(variant, {"answer": said}))


def test_any_weights_will_do_that_give_the_table() -> None:
    kind, variant = asked("gate", "is AND:")
    assert grade(kind, variant, YES, "3", "2", "-4").is_right
    assert grade(kind, variant, YES, "1", "1", "-1,5").is_right
    found = grade(kind, variant, YES, "1", "0", "-0.5")
    assert found.fraction == pytest.approx(0.8 * 3 / 4)
    assert found.feedback[0] == "3 of 4 rows come out. For (1, 0) your z is 0.5; the neuron should not fire."
    near = grade(kind, variant, YES, "1", "1", "-1.95")
    assert near.feedback[0] == (
        "3 of 4 rows come out. For (1, 1) your z is 0.05, too close to 0: keep 0.1 away from it; "
        "the neuron should fire."
    )


def test_one_neuron_cannot_do_xor_and_nothing_more_is_asked_then() -> None:
    kind, variant = asked("gate", "is XOR:")
    assert grade(kind, variant, NO, "", "", "").is_right
    found = grade(kind, variant, YES, "5", "-3", "0.25")
    assert (found.fraction, found.code, found.title) == (0, "L1", "XOR by one neuron")


def test_a_possible_gate_called_impossible() -> None:
    kind, variant = asked("gate", "is NOR:")
    found = grade(kind, variant, NO)
    assert (found.fraction, found.code) == (0, "XN")


def test_the_cells_of_another_right_answer_are_not_marked_against_the_key() -> None:
    kind, variant = asked("gate", "is OR:")
    fields = {"answer": [YES, "9", "8", "-2"]}
    view = kind.view(variant, fields, kind.grade(variant, kind.parse(variant, fields)), True)
    cells = [cell for row in view.context["table"]["rows"] for cell in row["cells"]]
    assert {(cell["mark"], cell["key"]) for cell in cells} == {("right", "")}


def test_where_one_neuron_will_do_its_cells_are_marked_apart_from_saying_so() -> None:
    kind, variant = asked("gate", "is OR:")
    assert isinstance(kind, Gate)
    assert kind.marks(variant, kind.parse(variant, {"answer": [YES, "0", "0", "1"]})) == [
        "right",
        *["other"] * 3,
    ]
    kind, variant = asked("gate", "is XOR:")
    assert isinstance(kind, Gate)
    assert kind.marks(variant, kind.parse(variant, {"answer": [YES, "0", "0", "1"]})) == ["other", "", "", ""]
    assert kind.marks(variant, kind.parse(variant, {"answer": [NO]})) == ["right", "", "", ""]


def test_another_hidden_layer_for_xor() -> None:
    kind, variant = asked("xor_network", "exactly one input is 1")
    assert kind is KINDS["xor_network"]
    # x1 without x2, and x2 without x1
    assert grade(kind, variant, "1", "-1", "0", "-1", "1", "0", "1", "1", "-0.5").is_right
    assert not grade(kind, variant, "1", "1", "0", "1", "1", "0", "1", "1", "-0.5").is_right
