"""What single data sets promise beyond their declaration."""

import numpy as np
import pytest

from engine.datasets import DATASETS, GATES, truth_table
from engine.datasets.animals import PROTOTYPES, animals
from engine.datasets.digits import drawings, strokes
from engine.datasets.sequences import closes
from tests.engine.networks import animals_model


def test_the_network_of_the_lesson_knows_the_animals() -> None:
    samples = DATASETS["animals"].split("train")
    right = animals_model().predict(samples.x).argmax(axis=1) == samples.y
    assert right.mean() >= 0.9
    assert (animals_model().predict(PROTOTYPES).argmax(axis=1) == np.arange(4)).all()


def test_animals_are_rated_in_halves() -> None:
    x, _ = animals(np.random.default_rng(0), 200)
    assert set(np.unique(x)) == {0, 0.5, 1, 1.5, 2}


@pytest.mark.parametrize(
    ("gate", "answers"),
    [
        ("and", [0, 0, 0, 1]),
        ("or", [0, 1, 1, 1]),
        ("nand", [1, 1, 1, 0]),
        ("nor", [1, 0, 0, 0]),
        ("xor", [0, 1, 1, 0]),
        ("xnor", [1, 0, 0, 1]),
        ("majority", [0, 0, 0, 1]),
    ],
)
def test_truth_tables(gate: str, answers: list[int]) -> None:
    bits, told = truth_table(gate)
    assert bits.tolist() == [[0, 0], [0, 1], [1, 0], [1, 1]]
    assert told.tolist() == answers


def test_truth_tables_of_three_bits() -> None:
    assert all(len(truth_table(gate, 3)[1]) == 8 for gate in GATES)
    assert truth_table("majority", 3)[1].tolist() == [0, 0, 0, 1, 0, 1, 1, 1]


def test_parity_counts_ones() -> None:
    samples = DATASETS["parity4"].split("train")
    assert (samples.x.round().sum(axis=1) % 2 == samples.y).all()


def test_xor_is_the_sign_of_a_product() -> None:
    samples = DATASETS["xor"].split("train")
    agree = (samples.x.prod(axis=1) < 0) == (samples.y == 1)
    assert agree.mean() > 0.97


def test_brackets_fit_or_do_not() -> None:
    samples = DATASETS["brackets"].split("train")
    for row, fits in zip(samples.x, samples.y, strict=True):
        tokens = [int(token) for token in row if token]
        assert row[len(tokens) :].sum() == 0
        assert closes(tokens) == bool(fits)


def test_recall_asks_for_the_first_step() -> None:
    samples = DATASETS["recall"].split("train")
    assert ((samples.x[:, 0, 0] > 0) == (samples.y == 1)).all()


def test_waves_go_on_as_they_began() -> None:
    samples = DATASETS["waves"].split("train")
    last, before = samples.x[:, 15, 0], samples.x[:, 14, 0]
    ratio = (samples.x[:, 2, 0] + samples.x[:, 0, 0]) / samples.x[:, 1, 0]
    steady = np.abs(samples.x[:, 1, 0]) > 0.1
    assert np.allclose((ratio * last - before)[steady], samples.y[steady, 0], atol=1e-3)


def test_digits_differ_from_one_another_more_than_among_themselves() -> None:
    """The nearest of ten mean drawings is mostly the right one."""
    random = np.random.default_rng(1)
    means = np.stack([drawings(random, digit, 30).mean(axis=0) for digit in range(10)])
    samples = DATASETS["digits"].split("validation")
    flat = samples.x.reshape(len(samples), 1, -1)
    assert (np.square(flat - means).sum(axis=2).argmin(axis=1) == samples.y).mean() > 0.8


def test_strokes_stay_in_their_box() -> None:
    for digit in strokes():
        for stroke in digit:
            assert stroke.min() >= 0.05
            assert stroke.max() <= 0.95


def test_shapes_are_seen_whole() -> None:
    images = DATASETS["shapes"].split("train").x[..., 0]
    edges = np.concatenate([images[:, 0], images[:, -1], images[:, :, 0], images[:, :, -1]], axis=1)
    assert edges.mean() < 0.06
    assert images.mean() > 0.1
