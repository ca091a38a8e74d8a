from typing import Any

import numpy as np
import pytest

import engine
from engine.budget import Budget
from tests.engine.evaluation.grading import row, text
from tests.engine.networks import ANIMALS, animals_weights

ANIMAL_TEXT = text(
    "Dense(6, input_shape=(8,), activation='relu')",
    "Dense(6, activation='relu')",
    "Dense(4, activation='softmax')",
)
LLAMA = "rows = [{ x = [2, 2, 0, 2, 2, 0, 0, 2], y = [0.016, 0.073, 0.884, 0.027] }]\n"
AND = text(
    "Dense(1, input_shape=(2,), activation='sigmoid', kernel_initializer=Constant(10), "
    "bias_initializer=Constant(-15))"
)
ONE_LAYER = text("Dense(1, input_shape=(2,))")


def told(weights: list[np.ndarray]) -> str:
    return f"weights = {[weight.tolist() for weight in weights]}\n"


def test_the_lesson_with_the_weights_of_the_lesson() -> None:
    found = row(ANIMAL_TEXT, "outputs", LLAMA + told(animals_weights()))
    assert (found.verdict, found.reason, found.title) == (
        "met", "1 row holds.", "Gives the right outputs for 1 row",
    )  # fmt: skip


def test_a_wrong_activation_shows_in_the_numbers() -> None:
    source = ANIMAL_TEXT.replace("'relu'", "'tanh'")
    found = row(source, "outputs", LLAMA + told(animals_weights()))
    assert found.verdict == "not yet"
    assert found.reason.startswith("0 of 1 row holds. For (2, 2, 0, 2, 2, 0, 0, 2) the network gives (")
    assert found.reason.endswith("; (0.016, 0.073, 0.884, 0.027) ± 0.01 is wanted.")


def test_each_row_counts() -> None:
    rows = "rows = [{ x = [1, 0], y = [2] }, { x = [0, 1], y = [3] }, { x = [1, 1], y = [9] }]\n"
    found = row(ONE_LAYER, "outputs", rows + "weights = [[[2], [3]], [0]]")
    assert (found.earned, found.value, found.limit) == (4, "2 of 3", "needed 3")
    assert found.reason == "2 of 3 rows hold. For (1, 1) the network gives 5; 9 ± 0.01 is wanted."
    assert found.evidence["rows"] == [
        {"x": [1, 0], "have": [2], "want": [2], "holds": True},
        {"x": [0, 1], "have": [3], "want": [3], "holds": True},
        {"x": [1, 1], "have": [5], "want": [9], "holds": False},
    ]


@pytest.mark.parametrize(
    ("source", "settings", "reason"),
    [
        (ONE_LAYER, "rows = [{ x = [1, 2, 3], y = [1] }]",
         "The rows have inputs of shape (3,); the network takes (2,)."),
        (ONE_LAYER, "rows = [{ x = [1, 2], y = [1, 2] }]",
         "For each row the network gives (1,); (2,) is wanted."),
        (ONE_LAYER, "rows = [{ x = [1, 2], y = [1] }]\nweights = [[[1]], [0]]",
         "The weights do not fit the network. Weight array 1 (kernel) must have the shape (2, 1); it has the "
         "shape (1, 1)."),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_told(source: str, settings: str, reason: str) -> None:
    found = row(source, "outputs", settings)
    assert (found.reason, found.earned) == (reason, 0)


def test_initializers_can_give_the_weights() -> None:
    found = row(AND, "truth_table", 'gate = "and"')
    assert (found.verdict, found.reason, found.title) == (
        "met",
        "All 4 rows hold.",
        "Computes AND of 2 inputs",
    )


def test_a_gate_that_holds_for_three_rows() -> None:
    found = row(AND, "truth_table", 'gate = "xnor"')
    assert found.earned == 4.5
    assert found.reason == (
        "3 of 4 rows hold. For (0, 0) the network gives 3.059e-07; at least 0.6 is wanted."
    )
    assert found.advice == "Work that row through by hand."


def test_the_learners_own_weights() -> None:
    neuron = text("Dense(1, input_shape=(2,), activation='sigmoid')")
    weights: list[Any] = [[[-10.0], [-10.0]], [15.0]]
    assert row(neuron, "truth_table", 'gate = "nand"', weights=weights).verdict == "met"
    found = row(neuron, "truth_table", 'gate = "nand"', weights=weights[:1])
    assert found.reason == "The weights do not fit the network. The model has 2 weight arrays; 1 was given."


def test_a_gate_that_is_learned() -> None:
    source = text("Dense(8, input_shape=(2,), activation='tanh')", "Dense(1, activation='sigmoid')")
    assert row(source, "truth_table", 'gate = "xor"\ndataset = "xor_gate"').verdict == "met"


def test_a_gate_has_one_output() -> None:
    found = row(text("Dense(2, input_shape=(2,))"), "truth_table", 'gate = "or"')
    assert found.reason == "The network gives outputs of shape (2,); a gate has one."


REFERENCE = f"reference = '''{ANIMAL_TEXT}'''\n"


def test_the_same_layers_compute_the_same() -> None:
    found = row(ANIMAL_TEXT, "equivalent", REFERENCE)
    assert (found.verdict, found.reason) == (
        "met",
        "It computes what the reference computes. They have the same layers and the same weights.",
    )


def test_another_activation_gets_a_counterexample() -> None:
    found = row(ANIMAL_TEXT.replace("'relu'", "'tanh'"), "equivalent", REFERENCE)
    assert found.verdict == "not yet"
    assert found.reason.startswith("For the input (")
    assert found.evidence["counterexample"]


def test_a_network_rewritten_with_other_weights() -> None:
    first, bias, *rest = animals_weights()
    order = [3, 1, 2, 0, 5, 4]
    rest[0] = rest[0][order]
    own = [first[:, order], bias[order], *rest]
    settings = REFERENCE + "reference_" + told(animals_weights())
    found = row(ANIMAL_TEXT, "equivalent", settings, weights=own)
    assert found.verdict == "met"
    own[0] = first
    assert row(ANIMAL_TEXT, "equivalent", settings, weights=own).verdict == "not yet"


def test_shapes_that_differ_from_the_reference() -> None:
    settings = REFERENCE + "reference_" + told(animals_weights())
    found = row(ONE_LAYER, "equivalent", settings)
    assert found.reason == ("Your network takes inputs of shape (batch, 2), the reference (batch, 8).")


def test_a_probe_beyond_the_budget_is_told() -> None:
    budget = Budget("small", parameters=1000, flops=10_000, bytes=10**7)
    found = row(ANIMAL_TEXT, "equivalent", REFERENCE, budget=budget)
    assert found.verdict == "not yet"
    assert "what the small budget allows" in found.reason


@pytest.mark.parametrize(
    ("kind", "settings", "message"),
    [
        ("outputs", "rows = []",
         "line 3: The criterion outputs: rows must be a list of rows such as [{ x = [0, 1], y = [1] }]; "
         "it is ()."),
        ("outputs", "rows = [{ x = [0, 1] }]",
         "line 3: The criterion outputs: rows must be a list of rows such as [{ x = [0, 1], y = [1] }]; "
         "it is (a dict,)."),
        ("outputs", "rows = [{ x = [0, 1], y = [1] }, { x = [0], y = [1] }]",
         "line 1: The criterion outputs has rows of different shapes."),
        ("outputs", "rows = [{ x = [[0, 1], [2]], y = [1] }]",
         "line 3: The criterion outputs: rows must be a number, or lists of numbers of equal length; it is "
         "(a dict,)."),
        ("truth_table", 'gate = "and"\ndataset = "and_gate"\nweights = [[[1], [1]], [0]]',
         "line 1: The criterion truth_table gives weights and a data set to learn them from; one of them "
         "must go."),
        ("truth_table", 'gate = "if"',
         "line 3: The criterion truth_table: gate must be 'and', 'or', 'nand', 'nor', 'xor', 'xnor' or "
         "'majority'; it is 'if'."),
        ("equivalent", 'reference = "model = 3"',
         "line 1: The criterion equivalent has a reference that does not read: "),
        ("equivalent", REFERENCE + "reference_weights = [[1]]",
         "line 1: The criterion equivalent has reference_weights that do not fit: The model has 6 weight "
         "arrays; 1 was given."),
    ],
)  # fmt: skip
def test_authors_are_told(kind: str, settings: str, message: str) -> None:
    with pytest.raises(engine.CriteriaError) as caught:
        engine.criteria(f'[[criterion]]\nkind = "{kind}"\n{settings}')
    assert str(caught.value).startswith(message)


def test_the_prototypes_of_the_lesson_are_told_apart() -> None:
    rows = []
    for index, features in enumerate(ANIMALS["prototypes"].values()):
        rows.append(f"{{ x = {features}, y = {np.eye(4)[index].tolist()} }}")
    settings = f"rows = [{', '.join(rows)}]\ntolerance = 0.2\n" + told(animals_weights())
    assert row(ANIMAL_TEXT, "outputs", settings).reason == "All 4 rows hold."
