"""A data set is looked at before anything is trained: samples of each class, answers, and whether it fits."""

import numpy as np
import pytest

import engine
from engine.datasets import DATASETS

HEAD = "from keras import Sequential\nfrom keras.layers import Conv2D, Dense, Embedding, Flatten\n"


def glance(name: str, layers: str, budget: engine.Budget = engine.INTERACTIVE) -> engine.Glance:
    return engine.glance(name, engine.parse(f"{HEAD}model = Sequential([{layers}])\n"), budget)


def test_samples_are_training_samples_one_of_each_class() -> None:
    seen = engine.glance("animals", None, engine.INTERACTIVE)
    train = DATASETS["animals"].split("train")
    assert seen.wanted.tolist() == [0, 1, 2, 3]
    assert all((train.x == x).all(axis=1).any() for x in seen.x)
    assert (seen.answers, seen.misfit) == (None, "")


def test_answers_are_classes_or_numbers_of_the_first_weights() -> None:
    seen = glance("animals", "Dense(4, activation='softmax', input_shape=(8,))")
    assert seen.answers is not None
    assert set(seen.answers.tolist()) <= {0, 1, 2, 3}
    seen = glance("sine", "Dense(1, input_shape=(1,), kernel_initializer='zeros')")
    assert seen.answers is not None
    np.testing.assert_array_equal(seen.answers, np.zeros((4, 1)))


@pytest.mark.parametrize(
    ("layers", "misfit", "advice"),
    [
        (
            "Dense(4, input_shape=(2,))",
            "Samples of animals have the shape (8,); the network takes (2,).",
            "Write input_shape=(8,) in the first layer.",
        ),
        (
            "Dense(3, input_shape=(8,))",
            "animals has 4 classes; the network gives outputs of shape (3,).",
            "Let the last layer have 4 units.",
        ),
    ],
)
def test_what_does_not_fit_is_told(layers: str, misfit: str, advice: str) -> None:
    seen = glance("animals", layers)
    assert (seen.answers, seen.misfit, seen.advice) == (None, misfit, advice)


@pytest.mark.parametrize(
    ("name", "layers"),
    [
        ("animals", "Dense(9000, input_shape=(8,)), Dense(9000), Dense(4)"),
        ("animals", "Embedding(2, 3, input_shape=(8,)), Flatten(), Dense(4)"),
    ],
)
def test_what_cannot_be_asked_at_once_has_no_answers(name: str, layers: str) -> None:
    seen = glance(name, layers)
    assert (seen.answers, seen.misfit) == (None, "")
