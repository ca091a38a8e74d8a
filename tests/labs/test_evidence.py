"""The table behind a rubric's row, for every kind of evidence that the engine gives."""

import pytest

import engine
from labs.evidence import Evidence, evidence_of, shown

GATE = """
from keras import Sequential
from keras.layers import Dense
model = Sequential([Dense(2, input_shape=(2,), activation="relu"), Dense(1, activation="sigmoid")])
"""


def behind(criterion: str) -> Evidence:
    [row] = engine.evaluate(GATE, engine.criteria(f"[[criterion]]\n{criterion}")).to_dict()["rows"]  # type: ignore[misc]
    table = evidence_of(row)  # type: ignore[arg-type]
    assert table is not None
    assert all(
        len(line.cells) + (line.holds is not None) == len(table.heads) for line in table.lines
    )  # a head for each cell
    return table


def test_a_truth_table_is_shown_row_by_row() -> None:
    zeros = "weights = [[[0, 0], [0, 0]], [0, 0], [[0], [0]], [0]]"
    table = behind(f'kind = "truth_table"\ngate = "and"\nmargin = 0.0\n{zeros}')
    assert table.heads == ("Input", "Wanted", "Your network", "Holds")
    assert table.lines[0].cells == ("0, 0", "0", "0.5")
    assert len(table.lines) == 4


def test_a_counterexample_is_shown_with_both_answers() -> None:
    reference = GATE.replace("sigmoid", "tanh")
    table = behind(f'kind = "equivalent"\nreference = """{reference}"""')
    assert [line.cells[0] for line in table.lines] == ["Input", "Your network", "The reference"]


def test_parameters_are_shown_layer_by_layer() -> None:
    table = behind('kind = "parameters"\nat_most = 5')
    assert [line.cells for line in table.lines] == [("dense", "Dense", "6"), ("dense_1", "Dense", "3")]


def test_symptoms_are_shown_with_what_to_try() -> None:
    symptom = {"code": "dead-units", "message": "Off.", "advice": "Try more.", "layer": None, "units": [0]}
    table = evidence_of({"evidence": {"symptoms": [symptom]}})
    assert table is not None
    assert table.lines[0].cells == ("the whole network", "Off.", "Try more.")


def test_most_rows_need_no_table() -> None:
    assert evidence_of({"evidence": {}}) is None
    assert evidence_of({}) is None
    assert evidence_of({"evidence": {"symptoms": []}}) is None


@pytest.mark.parametrize(
    ("value", "told"),
    [
        (0.123456, "0.123"),
        (-1.0, "\N{MINUS SIGN}1"),
        (-0.0001, "0"),
        ([1, 0.5], "1, 0.5"),
        ([[1, 2], [3, 4]], "(1, 2), (3, 4)"),
        (None, "not a number"),
    ],
)
def test_values_are_written_for_reading(value: object, told: str) -> None:
    assert shown(value) == told


def test_an_image_of_one_channel_is_read_row_by_row() -> None:
    assert shown([[[0], [1]], [[-2.5], [0.12345]]]) == "0 1\n−2.5 0.123"
    assert shown([[0, 1], [2, 3]]) == "(0, 1), (2, 3)"
    assert shown([[[1, 2]], [[3, 4]]]) == "((1, 2)), ((3, 4))"
