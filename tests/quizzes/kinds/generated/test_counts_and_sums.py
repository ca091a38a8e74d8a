"""What is particular to counts and weighted sums: their slips, their figure, what authors are told."""

from math import prod

import pytest

from quizzes.kinds import KINDS, NoVariantError, make_variant
from tests.quizzes.kinds.generated.cases import CASES, drawn, grade, seed


def test_the_lessons_network_and_its_slips() -> None:
    variant = drawn("count-lesson")[1][0]
    assert variant.key == 124
    assert {known.value: known.code for known in variant.answers[1:]} == {
        108: "Q2", 24: "Q1", 16: "Q1", 132: "QI", 111: "QL", prod((8, 6, 6, 4)): "QP", 120: "QO",
    }  # fmt: skip
    assert [step.text for step in variant.steps] == [
        "Layer 1: 8 × 6 = 48 weights, plus 6 biases makes 54.",
        "Layer 2: 6 × 6 = 36 weights, plus 6 biases makes 42.",
        "Layer 3: 6 × 4 = 24 weights, plus 4 biases makes 28.",
        "Add the layers: 54 + 42 + 28 = 124.",
    ]


@pytest.mark.parametrize("case", [case for case in CASES if case.startswith("sum")])
def test_a_sum_by_hand_ends_after_two_decimals(case: str) -> None:
    assert all(variant.key == round(variant.key, 2) for variant in drawn(case)[1])


def test_half_of_the_sums_show_the_activation_slip_and_every_code_occurs() -> None:
    codes = [{known.code for known in variant.answers[1:]} for variant in drawn("sum-small")[1]]
    assert {"B0", "B-", "RA", "WA", "N1", "P1"} <= set().union(*codes)
    assert sum("RA" in found for found in codes) >= len(codes) / 4


def test_the_released_sum_is_drawn_with_the_learners_value() -> None:
    kind, variants = drawn("sum-lesson")
    variant = variants[0]
    slip = variant.answers[1]
    view = kind.view(variant, {"answer": [str(slip.value)]}, grade(kind, variant, slip.value), True)
    assert view.solution == "quizzes/kinds/_weighted_sum_solution.html"
    assert view.context["sum"].cells[-1].name == "z"
    assert view.context["sum"].mark is not None
    x = ",".join(f"{value:g}" for value in variant.shown["x"])
    assert view.context["figure_query"] == f"x={x}&focus={view.context['unit_name']}&t=2"


def test_data_without_room_give_no_variant() -> None:
    still = {"features": ["a", "b", "c"], "units": 2, "kernel": [[0, 0]] * 3, "bias": [0, 0]}
    assert KINDS["weighted_sum"].validate(still) == []
    with pytest.raises(NoVariantError) as caught:
        make_variant(KINDS["weighted_sum"], still, seed(1))
    assert str(caught.value) == "None of 200 seeds gives a variant of kind weighted_sum. Widen its ranges."


def test_authors_are_told_what_to_mend() -> None:
    faulty = {"features": ["a", "a"], "units": 9, "inputs": [2, 2], "kernel": [[1]], "activation": "gelu"}
    assert [str(fault) for fault in KINDS["weighted_sum"].validate(faulty)] == [
        "features: This must be a list of 3 to 8 texts.",
        "units: This must be a whole number from 2 to 8.",
        "inputs: The largest input must be larger than the smallest.",
        "activation: This must be one of: relu, tanh, sigmoid, linear.",
        "kernel: This must be 0 rows of 3 numbers.",
        "bias: This must be a list of 3 numbers.",
    ]
    fine_grid = {"features": ["a", "b", "c"], "units": 2, "kernel": [[0.25, 1]] * 3, "bias": [1, 1]}
    assert [str(fault) for fault in KINDS["weighted_sum"].validate(fine_grid)] == [
        "kernel: Use multiples of 0.5 here, so that the sum can be done by hand exactly."
    ]
    assert [
        str(fault) for fault in KINDS["parameter_count"].validate({"units": [2, 4], "layers": [3, 9]})
    ] == [
        "layers: This must be the smallest and the largest whole number, within [1, 6].",
        "units: Sizes are all different: leave room for 4 of them.",
    ]
    assert [str(fault) for fault in KINDS["parameter_count"].validate({"sizes": [8, 0, 4]})] == [
        "sizes: This must be a list of 3 to 7 whole numbers from 1 to 1024."
    ]
