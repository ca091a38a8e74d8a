"""Passes in buffers: the curves are the engine's, and a batch's gradients are those of its points."""

from itertools import pairwise

import numpy as np
import pytest

from engine.nn.activations import activation
from engine.playground import ACTIVATIONS
from engine.playground.passing import CURVES, Passes


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_a_curve_in_place_is_the_activation_of_that_name(name: str) -> None:
    z = np.array([[-800.0, -2.5, -0.0, 0.0], [0.5, 3.0, 800.0, np.nan]])
    answers, back = activation(name)(z.copy())
    given = np.full_like(z, 0.7)
    bent, scaled, spare = z.copy(), given.copy(), np.empty_like(z)
    CURVES[name].bend(bent)
    CURVES[name].scale(scaled, bent, spare)

    np.testing.assert_array_equal(bent, answers)
    np.testing.assert_allclose(scaled, back(given), rtol=1e-15)


def test_every_activation_has_a_curve() -> None:
    assert set(CURVES) == set(ACTIVATIONS)


@pytest.mark.parametrize("is_logistic", [True, False])
def test_gradients_of_a_batch_are_the_sum_over_its_points(is_logistic: bool) -> None:
    random = np.random.default_rng(1)
    shape, rows = (3, 4, 2, 1), 7
    weights = [random.normal(size=(given + 1, units)) for given, units in pairwise(shape)]
    inputs = np.vstack([random.normal(size=(3, rows)), np.ones(rows)])
    labels = random.normal(size=rows)
    names = ("tanh", "sigmoid", "tanh")
    together = [np.zeros_like(each) for each in weights]
    Passes(rows, shape, names).gather(inputs, labels, weights, together, is_logistic=is_logistic)
    alone, one = [np.zeros_like(each) for each in weights], Passes(1, shape, names)
    for row in range(rows):
        at = slice(row, row + 1)
        one.gather(inputs[:, at], labels[at], weights, alone, is_logistic=is_logistic)

    for whole, summed in zip(together, alone, strict=True):
        np.testing.assert_allclose(whole, summed, rtol=1e-12)
