import pytest

import engine
from engine.datasets import DATASETS
from engine.evaluation.holes import offered
from tests.engine.evaluation.grading import HEAD, row

OPEN = HEAD + (
    "model = Sequential()\n"
    "model.add(Dense(6, activation='relu', input_shape=(x_train.shape[1],)))\n"
    "model.add(Dense(num_classes, activation='softmax'))\n"
)


@pytest.mark.parametrize(
    ("dataset", "name", "value"),
    [
        ("animals", "num_classes", 4),
        ("animals", "n_classes", 4),
        ("animals", "x_train.shape", (None, 8)),
        ("animals", "data.X.shape", (None, 8)),
        ("animals", "y_train.shape", (None, 4)),
        ("animals", "input_shape", (8,)),
        ("animals", "input_dim", 8),
        ("animals", "args.num_classes", 4),
        ("digits", "img_shape", (12, 12, 1)),
        ("digits", "X.shape", (None, 12, 12, 1)),
        ("waves", "timesteps", 16),
        ("waves", "n_features", 1),
        ("waves", "output_dim", 1),
        ("animals", "timesteps", None),
        ("animals", "hidden_units", None),
        ("animals", "epochs", None),
    ],
)
def test_what_a_data_set_says(dataset: str, name: str, value: object) -> None:
    assert offered(DATASETS[dataset], name) == value


def test_a_text_with_open_names_is_graded_on_its_data_set() -> None:
    assert row(OPEN, "accuracy", 'dataset = "animals"\nat_least = 0.9').verdict == "met"


def test_a_network_without_an_input_shape_takes_that_of_the_data() -> None:
    source = HEAD + "model = Sequential([Dense(4, activation='tanh'), Dense(1, activation='sigmoid')])\n"
    assert row(source, "accuracy", 'dataset = "xor"\nat_least = 0.9').verdict == "met"


def test_without_a_data_set_it_stays_open() -> None:
    report = engine.evaluate(OPEN, engine.criteria('[[criterion]]\nkind = "units"\nwant = [6, 4]'))
    assert report.verdict == "invalid"
    assert {diagnostic.name for diagnostic in report.diagnostics} == {"x_train.shape", "num_classes"}
