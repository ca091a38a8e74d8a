import numpy as np
import pytest

from engine.errors import ShapeError
from engine.nn.initializers import INITIALIZERS, draw, fans
from engine.spec import Config, Item, catalogue
from engine.spec.catalogue.items import default_item


def test_every_name_of_the_catalogue_can_be_drawn() -> None:
    assert set(INITIALIZERS) == set(catalogue.INITIALIZERS)


@pytest.mark.parametrize("name", INITIALIZERS)
def test_shape_and_repeatability(name: str) -> None:
    item = default_item(catalogue.INITIALIZERS[name])
    first, second = (draw(item, (6, 4), np.random.default_rng(1)) for _ in range(2))
    assert first.shape == (6, 4)
    assert np.array_equal(first, second)


@pytest.mark.parametrize(
    ("name", "variance"),
    [
        ("GlorotUniform", 2 / 500),
        ("GlorotNormal", 2 / 500),
        ("HeNormal", 2 / 300),
        ("HeUniform", 2 / 300),
        ("LecunNormal", 1 / 300),
        ("LecunUniform", 1 / 300),
        ("RandomNormal", 0.0025),
        ("RandomUniform", 0.1**2 / 12),
        ("TruncatedNormal", 0.0025 * 0.87962566103423978**2),
    ],
)
def test_variance_is_the_one_the_name_promises(name: str, variance: float) -> None:
    drawn = draw(default_item(catalogue.INITIALIZERS[name]), (300, 200), np.random.default_rng(2))
    assert abs(drawn.mean()) < 0.001
    assert drawn.var() == pytest.approx(variance, rel=0.02)


def test_truncated_normal_stays_within_two_deviations() -> None:
    item = default_item(catalogue.INITIALIZERS["TruncatedNormal"])
    assert np.abs(draw(item, (100, 100), np.random.default_rng(3))).max() <= 0.1


@pytest.mark.parametrize("shape", [(4, 7), (7, 4), (2, 3, 5)])
def test_orthogonal_rows_or_columns(shape: tuple[int, ...]) -> None:
    item = default_item(catalogue.INITIALIZERS["Orthogonal"])
    matrix = draw(item, shape, np.random.default_rng(4)).reshape(-1, shape[-1])
    small = matrix @ matrix.T if matrix.shape[0] < matrix.shape[1] else matrix.T @ matrix
    assert np.allclose(small, np.eye(len(small)))


def test_own_seed_wins() -> None:
    item = Item("GlorotUniform", Config(seed=9))
    first, second = (draw(item, (3, 3), np.random.default_rng(seed)) for seed in (1, 2))
    assert np.array_equal(first, second)


@pytest.mark.parametrize(
    ("shape", "expected"), [((), (1, 1)), ((5,), (5, 5)), ((3, 4), (3, 4)), ((3, 3, 8, 16), (72, 144))]
)
def test_fans(shape: tuple[int, ...], expected: tuple[int, int]) -> None:
    assert fans(shape) == expected


@pytest.mark.parametrize("kind", ["Identity", "Orthogonal"])
def test_matrices_are_no_biases(kind: str) -> None:
    with pytest.raises(ShapeError) as caught:
        draw(default_item(catalogue.INITIALIZERS[kind]), (3,), np.random.default_rng(0))
    assert str(caught.value) == (
        f"{kind} makes a matrix; the weight it is given for has the shape (3,). Use 'zeros', or another "
        "initializer."
    )


def test_bounds_may_stand_in_either_order() -> None:
    kind = catalogue.INITIALIZERS["RandomUniform"]
    item = Item("RandomUniform", default_item(kind).config.replace(minval=1.0, maxval=-1.0))
    drawn = draw(item, (1000,), np.random.default_rng(0))
    assert -1 <= drawn.min() < -0.9
    assert 0.9 < drawn.max() <= 1
