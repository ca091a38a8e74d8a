"""The points that a seed draws."""

import math

import numpy as np
import pytest

from engine.playground.points import ALL, REGRESSION, drawn
from engine.playground.randomness import SeededRandom


@pytest.mark.parametrize("dataset", ALL)
@pytest.mark.parametrize("noise", [0, 50])
def test_every_data_set_is_what_it_says(dataset: str, noise: int) -> None:
    points, _ = drawn(dataset, "0.5", noise, 30)

    count = 1200 if dataset in REGRESSION else 500
    assert points.at.shape == (count, 2)
    assert points.train == count * 30 // 100
    assert np.isfinite(points.at).all()
    if dataset in REGRESSION:
        assert len(np.unique(points.labels)) > 100
    else:
        assert set(points.labels) == {-1.0, 1.0}


def test_the_first_point_of_a_circle_takes_the_first_two_numbers() -> None:
    """The original's rule for a point, written out once more."""
    random = SeededRandom("0.43")
    radius, angle = random.random() * 2.5, random.random() * 2 * math.pi
    expected = (radius * math.sin(angle), radius * math.cos(angle))

    at = drawn("circle", "0.43", 0, 50)[0].at

    assert any(tuple(point) == expected for point in at.tolist())


def test_classes_lie_where_they_should() -> None:
    circle = drawn("circle", "a", 0, 50)[0]
    assert ((np.hypot(*circle.at.T) < 2.5) == (circle.labels > 0)).all()
    xor = drawn("xor", "a", 0, 50)[0]
    assert ((xor.at.prod(1) > 0) == (xor.labels > 0)).all()
    plane = drawn("reg-plane", "a", 0, 50)[0]
    np.testing.assert_allclose(plane.labels, plane.at.sum(1) / 10, atol=1e-12)


def test_noise_and_share_do_not_change_which_numbers_follow() -> None:
    assert drawn("circle", "a", 0, 50)[0].at.tolist() == drawn("circle", "a", 0, 80)[0].at.tolist()
    assert drawn("circle", "a", 0, 50)[0].at.tolist() != drawn("circle", "b", 0, 50)[0].at.tolist()
