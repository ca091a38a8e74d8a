import numpy as np
import pytest

from engine.nn.optimizers import CHUNK, OPTIMIZERS, Optimizer
from engine.spec import Item
from engine.spec.catalogue import OPTIMIZERS as ENTRIES
from engine.spec.completion import complete


def made(kind: str, size: int, **given: float) -> Optimizer:
    config, problems = complete(kind, ENTRIES[kind].arguments, given)
    assert config is not None, problems
    return OPTIMIZERS[kind](Item(kind, config), [slice(0, size)], size, np.dtype("float64"))


@pytest.mark.parametrize("amsgrad", [False, True])
@pytest.mark.parametrize("size", [3, CHUNK + 5])
def test_adam_takes_the_steps_of_its_paper(size: int, amsgrad: bool) -> None:
    random = np.random.default_rng(0)
    optimizer = made("Adam", size, amsgrad=amsgrad)
    weights = random.normal(size=size)
    wanted, mean, square, largest = weights.copy(), 0.0, 0.0, np.zeros(size)
    for number in range(1, 6):
        gradients = random.normal(size=size) / number
        mean = 0.9 * mean + 0.1 * gradients
        square = 0.999 * square + 0.001 * gradients**2
        largest = np.maximum(largest, square)
        rate = 0.001 * np.sqrt(1 - 0.999**number) / (1 - 0.9**number)
        wanted = wanted - rate * mean / (np.sqrt(largest if amsgrad else square) + 1e-7)
        optimizer.step(weights, gradients.copy())
    np.testing.assert_allclose(weights, wanted, rtol=1e-12)


def test_adam_with_means_that_never_move() -> None:
    for beta, moved in (("beta_1", np.nan), ("beta_2", 1.0)):
        weights = np.ones(3)
        made("Adam", 3, **{beta: 1.0}).step(weights, np.ones(3))
        assert np.array_equal(weights, np.full(3, moved), equal_nan=True)
