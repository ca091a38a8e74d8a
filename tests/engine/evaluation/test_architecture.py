import json

import pytest

from engine.budget import Budget
from engine.errors import BudgetExceeded
from engine.evaluation import Report, criteria, evaluate_spec
from engine.spec import Spec
from tests.engine.evaluation.test_criteria import FIRST_NETWORK
from tests.engine.networks import animals_spec, dense, layer, sequential


def graded(spec: Spec, text: str = FIRST_NETWORK) -> Report:
    return evaluate_spec(spec, criteria(text))


def row(spec: Spec, criterion: str) -> tuple[str, str, str, str, str]:
    (only,) = graded(spec, f"[[criterion]]\n{criterion}").rows
    return only.verdict, only.reason, only.advice, only.value, only.limit


def test_the_lessons_network_meets_everything() -> None:
    report = graded(animals_spec())
    assert report.passed
    assert report.verdict == "passed"
    assert report.points == report.possible == 10
    assert [(each.verdict, each.reason, each.value, each.limit) for each in report.rows] == [
        ("met", "The layers are Dense, Dense, Dense.", "3 layers", "needed 3"),
        ("met", "The layers have 6, 6, 4 units.", "6, 6, 4", "needed 6, 6, 4"),
        (
            "met",
            "The activations are relu, relu, softmax.",
            "relu, relu, softmax",
            "needed relu, relu, softmax",
        ),
        ("met", "Each sample goes in as (8,).", "(8,)", "needed (8,)"),
        ("met", 'The last layer, "dense_2", gives (4,) and applies softmax.', "(4,)", "needed (4,)"),
        ("met", "8×6 + 6, then 6×6 + 6, then 6×4 + 4.", "124", "allowed 124"),
    ]


def test_a_larger_network_falls_short_with_its_own_numbers() -> None:
    report = graded(sequential((8,), *dense(6, 8, 4)))
    assert report.verdict == "not yet"
    assert report.points == 6
    assert [(each.id, each.reason, each.advice) for each in report.rows if each.verdict == "not yet"] == [
        (
            "units-2",
            'The second layer, "dense_1", has 8 units; 6 are wanted.',
            "Give that layer 6 units.",
        ),
        (
            "small",
            "8×6 + 6, then 6×8 + 8, then 8×4 + 4: that is 22 more than allowed.",
            "Give the largest layer fewer units.",
        ),
    ]


def test_activations_may_stand_as_layers() -> None:
    spec = sequential(
        (8,),
        layer("Dense", units=6),
        layer("Activation", activation="relu"),
        layer("Dense", units=6, activation="relu"),
        layer("Dense", units=4),
        layer("Activation", activation="softmax"),
    )
    assert graded(spec).passed


@pytest.mark.parametrize(
    ("spec", "criterion", "expected"),
    [
        (
            sequential((8,), *dense(6, 4)),
            'kind = "layers"\nwant = ["Dense", "Dense", "Dense"]',
            (
                "not yet",
                "The network ends after 2 layers; 3 are wanted.",
                "Add a Dense layer.",
                "2 layers",
                "needed 3",
            ),
        ),
        (
            sequential((8,), *dense(6, 6, 4)),
            'kind = "layers"\nwant = ["Dense", "Dense"]',
            (
                "not yet",
                "There are 3 layers; 2 are wanted.",
                "Take out what comes after the second layer.",
                "3 layers",
                "needed 2",
            ),
        ),
        (
            sequential((8,), layer("Dropout", rate=0.5), *dense(4)),
            'kind = "layers"\nwant = ["Dense", "Dense"]',
            (
                "not yet",
                "The first layer is Dropout; Dense is wanted there.",
                "Let the layers be Dense, Dense.",
                "2 layers",
                "needed 2",
            ),
        ),
        (
            sequential((8,), *dense(4)),
            'kind = "units"\nwant = [6, 4]',
            (
                "not yet",
                'The first layer, "dense_0", has 4 units; 6 are wanted.',
                "Give that layer 6 units.",
                "4",
                "needed 6, 4",
            ),
        ),
        (
            sequential((8,), *dense(6)),
            'kind = "units"\nwant = [6, 4]',
            (
                "not yet",
                "1 layer with units; 2 are wanted.",
                "Let the layers with units have 6, 4 of them.",
                "6",
                "needed 6, 4",
            ),
        ),
        (
            sequential((8,), *dense(6, 4, activation="linear")),
            'kind = "activations"\nwant = ["relu", "softmax"]',
            (
                "not yet",
                'The first layer, "dense_0", applies no activation; relu is wanted there.',
                "Write activation='relu' in that layer.",
                "linear, softmax",
                "needed relu, softmax",
            ),
        ),
        (
            sequential((8,), *dense(6, 3)),
            'kind = "output_shape"\nwant = [4]',
            (
                "not yet",
                "Each sample comes out as (3,); (4,) is wanted.",
                "Give the last layer 4 units.",
                "(3,)",
                "needed (4,)",
            ),
        ),
        (
            sequential((7,), *dense(4)),
            'kind = "input_shape"\nwant = [8]',
            (
                "not yet",
                "The network takes samples of shape (7,); the data has (8,).",
                "Write input_shape=(8,).",
                "(7,)",
                "needed (8,)",
            ),
        ),
        (
            sequential((8,), *dense(4)),
            'kind = "parameters"\nat_least = 100',
            ("not yet", "8×4 + 4: 64 are missing.", "Add units or layers.", "36", "needed 100"),
        ),
        (
            sequential((8,), layer("Flatten")),
            'kind = "parameters"\nat_most = 100',
            ("met", "No layer has parameters.", "", "0", "allowed 100"),
        ),
    ],
)
def test_reasons(spec: Spec, criterion: str, expected: tuple[str, str, str, str, str]) -> None:
    assert row(spec, criterion) == expected


def test_json_is_plain_and_always_the_same() -> None:
    first, second = (graded(animals_spec()).to_json() for _ in range(2))
    assert first == second
    told = json.loads(first)
    names = {"v", "engine", "verdict", "passed", "points", "possible", "seed", "rows", "diagnostics"}
    assert set(told) == names
    assert set(told["rows"][0]) == {
        "id",
        "kind",
        "title",
        "points",
        "earned",
        "verdict",
        "reason",
        "try",
        "value",
        "limit",
        "evidence",
    }
    assert told["rows"][5]["evidence"]["layers"] == [
        ["input_layer", "InputLayer", 0],
        ["dense_0", "Dense", 54],
        ["dense_1", "Dense", 42],
        ["dense_2", "Dense", 28],
    ]


def test_budget() -> None:
    with pytest.raises(BudgetExceeded):
        evaluate_spec(animals_spec(), criteria(FIRST_NETWORK), budget=Budget("tiny", 100, 10**9, 10**9))
