import math

import numpy as np
import pytest

from engine.nn.activations import ACTIVATIONS, activation, normal_cdf
from engine.spec import catalogue
from tests.engine.nn.gradients import assert_close, numeric

# Away from every kink: -3, -1, -0.5, 0, 0.5, 1, 3, 6.
POINTS = np.array([[-7.3, -2.4, -0.8, -0.3], [0.3, 0.8, 2.4, 7.3], [-4.1, -0.7, 0.2, 3.4]])


def test_every_name_of_the_catalogue_has_arithmetic() -> None:
    assert set(ACTIVATIONS) == set(catalogue.ACTIVATIONS)


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_way_back_agrees_with_central_differences(name: str) -> None:
    z = POINTS.copy()
    a, backward = ACTIVATIONS[name](z)
    weights = np.random.default_rng(0).normal(size=a.shape)
    got = backward(weights)
    assert_close(got, numeric(lambda: float((weights * ACTIVATIONS[name](z)[0]).sum()), z), name)


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_stays_in_its_dtype_and_finite(name: str) -> None:
    z = np.array([[-60.0, -1.0], [0.0, 60.0]], np.float32)
    a, backward = ACTIVATIONS[name](z)
    gradient = backward(np.ones_like(a))
    assert a.dtype == gradient.dtype == np.float32
    assert np.isfinite(a).all()
    assert np.isfinite(gradient).all()


def test_normal_distribution_is_exact_to_rounding() -> None:
    z = np.linspace(-9, 9, 1001)
    expected = [0.5 * math.erfc(-value / math.sqrt(2)) for value in z]
    assert np.abs(normal_cdf(z) - expected).max() < 1e-15


def test_softmax_of_the_llama() -> None:
    a, _ = activation("softmax")(np.array([[-2.5, -1.0, 1.5, -2.0]]))
    assert a.round(6).tolist() == [[0.0162, 0.072603, 0.884488, 0.026709]]


def test_softmax_of_large_numbers_does_not_overflow() -> None:
    a, _ = activation("softmax")(np.array([[1000.0, 1000.0]]))
    assert a.tolist() == [[0.5, 0.5]]


def test_sparsemax_gives_small_ones_nothing() -> None:
    a, _ = activation("sparsemax")(np.array([[1.0, 0.5, -2.0]]))
    assert a.tolist() == [[0.75, 0.25, 0.0]]
