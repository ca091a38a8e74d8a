"""What a report says of the plane: the same answer as the network's own, cell by cell and point by point."""

import numpy as np

import engine
from engine.evaluation.regions import CELLS, regions
from engine.evaluation.runs import Recipe, Run, Runs

TWO_NUMBERS = """
from keras import Sequential
from keras.layers import Dense
model = Sequential([Dense(4, input_shape=(2,), activation="tanh"), Dense(1, activation="sigmoid")])
"""
EIGHT_NUMBERS = TWO_NUMBERS.replace("(2,)", "(8,)").replace('Dense(1, activation="sigmoid")', "Dense(4)")


def trained(text: str, dataset: str) -> Run:
    return Runs(engine.parse(text), 3, None).run(Recipe(dataset, 3, epochs=5))


def test_each_cell_holds_what_the_network_answers_in_its_middle() -> None:
    run = trained(TWO_NUMBERS, "moons")
    told = regions(run)
    assert told is not None
    grid = [[int(cell) for cell in row] for row in told["grid"]]  # type: ignore[union-attr]
    (left, right), (low, high) = told["x"], told["y"]  # type: ignore[misc]
    for row, column in ((0, 0), (7, 31), (CELLS - 1, 12)):
        x = left + (right - left) * (column + 0.5) / CELLS
        y = high - (high - low) * (row + 0.5) / CELLS
        [said] = run.model.predict(np.array([[x, y]], np.float32))[:, 0] > 0.5
        assert grid[row][column] == int(said)


def test_the_points_are_those_of_validation_and_never_hidden_ones() -> None:
    run = trained(TWO_NUMBERS, "circles")
    told = regions(run)
    assert told is not None
    samples, hidden = run.samples("validation"), run.samples("hidden")
    shown = np.array([point[:2] for point in told["points"]])  # type: ignore[union-attr]
    assert np.allclose(shown, samples.x[: len(shown)], atol=1e-3)
    apart = np.abs(shown[:, None] - hidden.x[None]).max(-1)
    assert apart.min() > 1e-5
    right = [point[2] == point[3] for point in told["points"]]  # type: ignore[union-attr]
    assert sum(right) == round(run.scores[-1] * len(right))


def test_other_data_has_no_plane() -> None:
    assert regions(trained(EIGHT_NUMBERS, "animals")) is None
