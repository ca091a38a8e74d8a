import json
from typing import Any

import numpy as np
import pytest

from engine.budget import Budget
from engine.errors import BudgetExceeded, ShapeError, SpecError
from engine.explain import trace, trace_backward
from engine.nn import Model, build
from engine.spec import Call, Graph, Spec, Tensor
from tests.engine.networks import LLAMA, animals_model, dense, layer, sequential

LLAMA_CLASS = 2
CAT_CLASS = 0


def test_output_gradient_is_probability_minus_target() -> None:
    p = trace(animals_model(), LLAMA).layers[-1].a
    way = trace_backward(animals_model(), LLAMA, LLAMA_CLASS)
    gradient = way.layer("dense_2").z_gradient
    assert gradient is not None
    assert np.allclose(gradient, p - np.eye(4)[LLAMA_CLASS], atol=1e-12)
    assert way.loss == pytest.approx(-np.log(p[LLAMA_CLASS]))
    assert way.loss_name == "categorical_crossentropy"


def test_kernel_gradient_is_input_times_gradient_of_z() -> None:
    way = trace_backward(animals_model(), LLAMA, CAT_CLASS)
    forward = trace(animals_model(), LLAMA)
    for name in ("dense_0", "dense_1", "dense_2"):
        gradients, dz = way.layer(name), way.layer(name).z_gradient
        assert dz is not None
        assert np.allclose(gradients.weight("kernel").gradient, np.outer(forward.layer(name).x[0], dz))
        assert np.allclose(gradients.weight("bias").gradient, dz)


def test_gradient_stops_at_a_unit_that_is_off() -> None:
    way = trace_backward(animals_model(), LLAMA, CAT_CLASS).layer("dense_0")
    assert way.z_gradient is not None
    assert (way.z_gradient[[0, 1, 3, 5]] == 0).all()
    assert (way.weight("kernel").gradient[:, 0] == 0).all()


def test_one_step_downhill() -> None:
    way = trace_backward(animals_model(), LLAMA, CAT_CLASS, learning_rate=0.1)
    step = way.layer("dense_1").weight("kernel")
    assert np.allclose(step.after, step.value - 0.1 * step.gradient)
    assert way.loss_after < way.loss
    assert way.learning_rate == 0.1


def test_learning_rate_and_loss_come_from_the_compiled_model() -> None:
    model = animals_model()
    model.compile(optimizer="adam", loss="mse")
    way = trace_backward(model, LLAMA, CAT_CLASS)
    assert way.learning_rate == 0.001
    assert way.loss_name == "mean_squared_error"


def test_changes_nothing_in_the_model() -> None:
    model = animals_model()
    model.compile(loss="mse")
    before = model.get_weights()
    trace_backward(model, LLAMA, CAT_CLASS)
    assert all(map(np.array_equal, before, model.get_weights()))


@pytest.mark.parametrize(
    ("last", "units", "loss"),
    [
        ("softmax", 3, "categorical_crossentropy"),
        ("sigmoid", 1, "binary_crossentropy"),
        ("linear", 2, "mean_squared_error"),
    ],
)
def test_an_uncompiled_model_gets_the_loss_that_suits_it(last: str, units: int, loss: str) -> None:
    model = build(sequential((3,), *dense(4, units, last=last)))
    assert trace_backward(model, [1, 2, 3], np.zeros(units)).loss_name == loss


@pytest.mark.parametrize(
    ("loss", "y"),
    [
        ("sparse_categorical_crossentropy", 2),
        ("sparse_categorical_crossentropy", [2]),
        ("categorical_crossentropy", 2),
        ("categorical_crossentropy", [0, 0, 1, 0]),
        ("categorical_crossentropy", [[0, 0, 1, 0]]),
    ],
)
def test_targets_in_every_form(loss: str, y: Any) -> None:
    way = trace_backward(animals_model(), LLAMA, y, loss=loss)
    assert way.loss == pytest.approx(0.12275, abs=1e-5)


def differences(model: Model, x: Any, y: Any, name: str, weight: str) -> np.ndarray:
    """The gradient of a weight array by central differences."""
    told = trace_backward(model, x, y).layer(name).weight(weight)
    place = next(
        index
        for index, (owner, each) in enumerate(
            (each.name, p.name) for each in model.layers for p in each.parameters
        )
        if (owner, each) == (name, weight)
    )
    found = np.zeros_like(told.value)
    for index in np.ndindex(found.shape):
        losses = []
        for offset in (1e-6, -1e-6):
            weights = [np.array(array) for array in model.get_weights()]
            weights[place][index] += offset
            twin = build(model.spec, dtype="float64")
            twin.set_weights(weights)
            losses.append(trace_backward(twin, x, y, learning_rate=0).loss)
        found[index] = (losses[0] - losses[1]) / 2e-6
    return found


@pytest.mark.parametrize(
    ("spec", "x", "name", "weight"),
    [
        (sequential((3,), *dense(4, 3, activation="tanh")), [0.3, -1, 2], "dense_0", "kernel"),
        (
            sequential(
                (5, 5, 1),
                layer("Conv2D", filters=2, kernel_size=3, activation="sigmoid"),
                layer("MaxPooling2D"),
                layer("Flatten"),
                *dense(3),
            ),
            np.random.default_rng(0).normal(size=(5, 5, 1)),
            "conv2d_0",
            "kernel",
        ),
        (
            sequential((4, 2), layer("LSTM", units=3), *dense(3)),
            np.random.default_rng(0).normal(size=(4, 2)),
            "lstm_0",
            "recurrent_kernel",
        ),
    ],
    ids=["dense", "convolution", "recurrent"],
)
def test_agrees_with_central_differences(spec: Spec, x: Any, name: str, weight: str) -> None:
    model = build(spec, seed=3, dtype="float64")
    told = trace_backward(model, x, 1).layer(name).weight(weight).gradient
    assert np.allclose(told, differences(model, x, 1, name, weight), atol=1e-6)


def test_several_outputs() -> None:
    layers = (
        layer("InputLayer", "x", shape=(2,)),
        layer("Dense", "p", units=1),
        layer("Dense", "q", units=2),
    )
    calls = (Call("x"), Call("p", (Tensor(0),)), Call("q", (Tensor(0),)))
    model = build(Spec.of(Graph("Functional", "two", layers, calls, (Tensor(0),), (Tensor(1), Tensor(2)))))
    way = trace_backward(model, [1, 2], [[0], [1, 1]])
    assert way.loss_name == "mean_squared_error + mean_squared_error"
    assert way.layer("x").a_gradient.shape == (2,)
    by_name = trace_backward(model, [1, 2], {"q": [1, 1], "p": [0]})
    assert by_name.loss == way.loss
    with pytest.raises(ShapeError) as caught:
        trace_backward(model, [1, 2], [1])
    assert str(caught.value) == "The model has 2 outputs; y must be a list of 2 targets. Their order is p, q."


def test_penalties_and_constraints_take_part() -> None:
    spec = sequential(
        (2,), layer("Dense", units=1, kernel_regularizer="l2", kernel_constraint="non_neg", activation=None)
    )
    model = build(spec)
    model.set_weights([[[1.0], [0.01]], [0.0]])
    way = trace_backward(model, [1, 1], [0], learning_rate=0.5)
    step = way.layer("dense_0").weight("kernel")
    assert way.loss == pytest.approx(1.01**2 + 0.01 * (1 + 0.01**2), rel=1e-6)
    assert step.gradient[0, 0] == pytest.approx(2 * 1.01 + 0.02)
    assert step.after.min() == 0


KEYS = {"name", "kind", "inputs", "shape", "a_gradient", "z_gradient", "weights"}


def test_json_has_the_promised_form() -> None:
    told = json.loads(trace_backward(animals_model(), LLAMA, CAT_CLASS).to_json())
    assert set(told) == {"v", "loss", "loss_after", "loss_name", "learning_rate", "y", "layers"}
    assert told["v"] == 1
    assert told["y"] == [[1, 0, 0, 0]]
    for index, entry in enumerate(told["layers"]):
        assert KEYS >= set(entry) >= KEYS - {"z_gradient"}
        assert entry["inputs"] == ([index - 1] if index else [])
        assert np.array(entry["a_gradient"]).shape == tuple(entry["shape"])
    last = told["layers"][-1]
    assert [weight["name"] for weight in last["weights"]] == ["kernel", "bias"]
    for weight in last["weights"]:
        assert set(weight) == {"name", "value", "gradient", "after"}
        assert np.array(weight["value"]).shape == np.array(weight["after"]).shape


def test_json_never_holds_infinity() -> None:
    model = build(sequential((1,), layer("Dense", units=1)))
    model.set_weights([[[3e38]], [0.0]])
    told = json.loads(trace_backward(model, [1e200], [0.0]).to_json())
    assert told["loss"] is None


@pytest.mark.parametrize(
    ("x", "y", "options", "message"),
    [
        ([LLAMA, LLAMA], 0, {}, "A trace follows one sample; x holds 2. Choose one row of x."),
        (LLAMA, 4, {}, "y is 4; the model has 4 outputs. Give a class from 0 to 3."),
        (LLAMA, np.eye(4)[:2], {}, "A trace follows one sample; y holds 2. Choose one row of y."),
        (LLAMA, [[0], [1, 2]], {}, "y is ragged. Give every row the same length."),
        (LLAMA, 0, {"learning_rate": -1}, "The learning rate is -1. It must be a number of at least 0."),
    ],
)
def test_refuses_what_is_not_one_sample(x: Any, y: Any, options: dict[str, Any], message: str) -> None:
    with pytest.raises(ShapeError) as caught:
        trace_backward(animals_model(), x, y, **options)
    assert str(caught.value) == message


def test_refuses_an_unknown_loss() -> None:
    with pytest.raises(SpecError) as caught:
        trace_backward(animals_model(), LLAMA, 0, loss="crossentropy")
    assert str(caught.value).startswith("compile: loss must be ")


def test_stays_within_a_budget() -> None:
    with pytest.raises(BudgetExceeded):
        trace_backward(animals_model(), LLAMA, 0, budget=Budget("tiny", 123, 10**6, 10**6))
