"""What every generated kind promises, seed by seed: keys, slips, tolerances, the same stream for ever."""

import json
import os
from collections.abc import Callable
from fractions import Fraction
from functools import cache
from math import prod
from typing import Any

import pytest

from quizzes.kinds import KINDS, Grade, Kind, NoVariantError, Variant, make_variant
from quizzes.kinds.random import Pcg32
from quizzes.kinds.weighted_sum import FEWEST_SLIPS

SEEDS = range(int(os.environ.get("VARIANT_SEEDS", "50")))
ANIMAL_KERNEL = [
    [0.5, 0, -0.5, -1.5, 0, 0.5], [0, 0.5, 0.5, -0.5, 1, -0.5], [0.5, 1.5, 0, 0, -0.5, 0],
    [-0.5, -0.5, 1, 0, 0, 0], [-0.5, 0, 0.5, -1, 0.5, 0], [0.5, -0.5, -0.5, 0, -0.5, 1],
    [-0.5, 1, -0.5, 1, 0.5, 0.5], [0, -0.5, 0.5, -0.5, 0, 0],
]  # fmt: skip
CASES: dict[str, tuple[str, dict[str, Any]]] = {
    "count": ("parameter_count", {"layers": [2, 4], "units": [2, 9], "bias": "some"}),
    "count-lesson": ("parameter_count", {"sizes": [8, 6, 6, 4]}),
    "sum-small": ("weighted_sum", {"features": ["legs", "fur", "neck", "size"], "units": 3}),
    "sum-signed": ("weighted_sum", {"features": ["a", "b", "c"], "units": 2, "inputs": [-3, 3]}),
    "sum-tanh": ("weighted_sum", {"features": ["a", "b", "c"], "units": 2, "activation": "tanh"}),
    "sum-lesson": (
        "weighted_sum",
        {
            "features": ["legs", "fur", "whiskers", "neck", "size", "scales", "barks", "hooves"],
            "units": 6, "kernel": ANIMAL_KERNEL, "bias": [0.5, 0, 0, 0, 0, 0], "is_of_lesson": True,
        },
    ),
}  # fmt: skip
every_case = pytest.mark.parametrize("case", CASES)


def seed(number: int) -> Callable[[int], bytes]:
    return lambda k: number.to_bytes(8, "big") + k.to_bytes(8, "big")


@cache
def drawn(case: str) -> tuple[Kind, list[Variant]]:
    name, data = CASES[case]
    kind = KINDS[name]
    assert kind.validate(data) == []
    return kind, [make_variant(kind, data, seed(number)) for number in SEEDS]


def grade(kind: Kind, variant: Variant, typed: object) -> Grade:
    return kind.grade(variant, kind.parse(variant, {"answer": [str(typed)]}))


@every_case
def test_the_key_is_right_and_every_slip_is_itself(case: str) -> None:
    kind, variants = drawn(case)
    for variant in variants:
        assert grade(kind, variant, variant.key).is_right
        slips = variant.answers[1:]
        assert len(slips) >= FEWEST_SLIPS
        for slip in slips:
            found = grade(kind, variant, slip.value)
            assert (found.fraction, found.code, found.feedback) == (0, slip.code, slip.feedback)


@every_case
def test_answers_keep_their_distance(case: str) -> None:
    for variant in drawn(case)[1]:
        values = [Fraction(str(known.value)) for known in variant.answers]
        gaps = [abs(a - b) for n, a in enumerate(values) for b in values[:n]]
        assert min(gaps) >= 4 * Fraction(str(variant.tolerance))
        assert min(gaps) > 0


@every_case
def test_a_variant_is_small_plain_and_always_the_same(case: str) -> None:
    variants = drawn(case)[1]
    again = drawn.__wrapped__(case)[1]
    for variant, other in zip(variants, again, strict=True):
        text = json.dumps(variant.to_json(), allow_nan=False)
        assert text == json.dumps(other.to_json())
        assert len(text) < 16_384
        assert Variant.from_json(json.loads(text)) == variant


@every_case
def test_what_is_shown_before_grading_tells_nothing(case: str) -> None:
    kind, variants = drawn(case)
    for variant in variants:
        view = kind.view(variant, {}, None, False)
        assert view.solution == ""
        assert not {"key", "slips", "accepted", "sum", "figure_query"} & set(view.context)
        assert not {"key", "answers", "steps", "tolerance"} & set(variant.shown)


def test_counts_agree_with_a_count_by_hand() -> None:
    for variant in drawn("count")[1]:
        lines = [line.strip() for line in variant.shown["source"].splitlines()]
        arriving = int(lines[1].partition("(")[2].strip("shape=(),"))
        total = 0
        for line in lines[2:-1]:
            units = int(line.removeprefix("Dense(").partition(",")[0])
            total += arriving * units + (0 if "use_bias=False" in line else units)
            arriving = units
        assert variant.key == total


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
def test_sums_agree_with_a_loop_in_plain_python(case: str) -> None:
    for variant in drawn(case)[1]:
        part = variant.shown
        unit = part["asked"]
        z = part["bias"][unit]
        for x, row in zip(part["x"], part["kernel"], strict=True):
            z += x * row[unit]
        assert abs(variant.key - z) <= 1e-12
        assert z == round(z, 2), "a sum by hand ends after two decimals"


@pytest.mark.parametrize("case", [case for case in CASES if case.startswith("sum")])
def test_rounding_is_forgiven_and_an_offset_is_not(case: str) -> None:
    kind, variants = drawn(case)
    assert all(grade(kind, variant, f"{variant.key:.2f}").is_right for variant in variants)
    offsets = [grade(kind, variant, f"{variant.key + 0.05:.2f}").is_right for variant in variants]
    assert sum(offsets) <= len(offsets) / 100


def test_a_blind_guess_is_hardly_ever_right() -> None:
    """A bot that knows the range of the answers and two decimals, but not the question."""
    rng = Pcg32(7, 7)
    hits = tried = 0
    for case in ("sum-small", "sum-lesson", "count"):
        kind, variants = drawn(case)
        for variant in variants:
            guess = (
                Fraction(rng.between(-500, 500), 100) if case != "count" else Fraction(rng.between(10, 300))
            )
            hits += kind.grade(variant, guess).is_right
            tried += 1
    assert hits <= tried / 50


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
