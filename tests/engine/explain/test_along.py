"""The loss along one weight: as evaluating the changed model says, and as steep as differences are."""

import numpy as np
import pytest

import engine
from engine.explain.along import loss_along

TEXT = """from keras import Sequential, layers
model = Sequential([
    layers.Dense(4, activation="tanh", input_shape=(3,)),
    layers.Dense(3, activation="softmax"),
])
"""
X, Y = np.array([0.5, -1.0, 2.0]), 1
LOSS = "sparse_categorical_crossentropy"


@pytest.fixture
def model() -> engine.Model:
    return engine.build(engine.parse(TEXT), seed=3, dtype="float64")


@pytest.mark.parametrize(("layer", "name", "place"), [("dense", "kernel", (2, 1)), ("dense_1", "bias", (2,))])
def test_losses_and_slopes(model: engine.Model, layer: str, name: str, place: tuple[int, ...]) -> None:
    values, step = np.linspace(-2, 2, 9), 1e-6
    losses, slopes = loss_along(model, X, Y, (layer, name, place), values.tolist(), LOSS)
    above, _ = loss_along(model, X, Y, (layer, name, place), (values + step).tolist(), LOSS)
    below, _ = loss_along(model, X, Y, (layer, name, place), (values - step).tolist(), LOSS)
    assert slopes == pytest.approx((above - below) / (2 * step), abs=1e-7)
    assert losses.dtype == slopes.dtype == np.float64


def test_where_the_weight_stands_it_is_the_trace(model: engine.Model) -> None:
    before = [array.copy() for array in model.get_weights()]
    traced = engine.trace_backward(model, X, Y, LOSS)
    step = traced.layer("dense").weight("kernel")
    losses, slopes = loss_along(model, X, Y, ("dense", "kernel", (0, 3)), [step.value[0, 3]], LOSS)
    assert losses[0] == pytest.approx(traced.loss, rel=1e-12)
    assert slopes[0] == pytest.approx(step.gradient[0, 3], rel=1e-12)
    assert all((old == new).all() for old, new in zip(before, model.get_weights(), strict=True))


@pytest.mark.parametrize(
    "weight", [("dense_7", "kernel", (0, 0)), ("dense", "gamma", (0,)), ("dense", "kernel", (3, 0))]
)
def test_a_weight_that_there_is_not(model: engine.Model, weight: tuple[str, str, tuple[int, ...]]) -> None:
    with pytest.raises(engine.SpecError) as caught:
        loss_along(model, X, Y, weight, [0.0])
    assert str(caught.value) == (
        f"There is no weight {weight[1]}{list(weight[2])} in {weight[0]!r}. "
        "Name a layer, one of its trainable arrays and a place in it."
    )
