from typing import Any

import numpy as np
import pytest

from engine.budget import Budget
from engine.errors import BudgetExceeded, Diverged, ShapeError, SpecError
from engine.nn import Model, build
from engine.spec import Item, Spec
from engine.spec.catalogue import LOSSES, OPTIMIZERS
from engine.spec.completion import complete
from tests.engine.networks import dense, functional, layer, sequential


def sgd(rate: float) -> Item:
    config, problems = complete("SGD", OPTIMIZERS["SGD"].arguments, {"learning_rate": rate})
    assert config is not None, problems
    return Item("SGD", config)


def line() -> Model:
    """A single unit that is to learn y = 2 x - 1."""
    model = build(sequential((1,), layer("Dense", units=1)), seed=1)
    model.compile(sgd(0.1), "mse", ("mae",))
    return model


X = np.linspace(-1, 1, 20)[:, None]
Y = 2 * X - 1


def test_learns_a_line() -> None:
    model = line()
    history = model.fit(X, Y, epochs=60, batch_size=5).history
    kernel, bias = model.get_weights()
    assert kernel[0, 0] == pytest.approx(2, abs=0.01)
    assert bias[0] == pytest.approx(-1, abs=0.01)
    assert list(history) == ["loss", "mae"]
    assert len(history["loss"]) == 60
    assert history["loss"][-1] < 0.001


def test_same_seed_same_training() -> None:
    runs = []
    for seed in (1, 1, 2):
        model = build(
            sequential((1,), layer("Dense", units=4), layer("Dropout", rate=0.5), layer("Dense", units=1))
        )
        model.compile("adam", "mse")
        runs.append(model.fit(X, Y, epochs=3, batch_size=4, seed=seed).history["loss"])
    assert runs[0] == runs[1] != runs[2]


def test_optimizer_goes_on_where_it_stopped() -> None:
    once, twice = line(), line()
    once.fit(X, Y, epochs=4, shuffle=False)
    twice.fit(X, Y, epochs=2, shuffle=False)
    twice.fit(X, Y, epochs=2, shuffle=False)
    assert all(map(np.array_equal, once.get_weights(), twice.get_weights()))


def test_validation_by_data_and_by_split() -> None:
    given = line().fit(X[:15], Y[:15], epochs=2, validation_data=(X[15:], Y[15:])).history
    split = line().fit(X, Y, epochs=2, validation_split=0.25).history
    assert list(given) == ["loss", "mae", "val_loss", "val_mae"]
    assert given == split


def test_an_observer_sees_each_epoch_and_may_end_it() -> None:
    seen: list[tuple[int, float]] = []

    def watch(epoch: int, results: dict[str, Any]) -> bool:
        seen.append((epoch, results["loss"]))
        return epoch == 3

    history = line().fit(X, Y, epochs=10, on_epoch=watch).history
    assert [epoch for epoch, _ in seen] == [1, 2, 3]
    assert history["loss"] == [loss for _, loss in seen]


def test_evaluates_without_learning() -> None:
    model = line()
    before = model.get_weights()
    told = model.evaluate(X, Y)
    assert list(told) == ["loss", "mae"]
    assert all(map(np.array_equal, before, model.get_weights()))


def test_tells_when_and_why_a_run_diverged() -> None:
    model = line()
    model.compile(sgd(100.0), "mse")
    with pytest.raises(Diverged) as caught:
        model.fit(X, Y, epochs=50)
    assert 5 < caught.value.epoch < 50
    assert str(caught.value) == (
        f"Training diverged in epoch {caught.value.epoch}: the loss itself overflows. "
        "The learning rate is 100; try 10."
    )


def test_frozen_layers_keep_their_weights() -> None:
    model = build(sequential((1,), layer("Dense", units=3, trainable=False), layer("Dense", units=1)))
    model.compile("sgd", "mse")
    before = model.get_weights()
    model.fit(X, Y, epochs=2)
    after = model.get_weights()
    assert all(map(np.array_equal, before[:2], after[:2]))
    assert not np.array_equal(before[2], after[2])


def two_heads() -> Model:
    """One input, read by two Dense layers that are outputs both."""
    spec = functional(layer("Dense", "first", units=2, activation="softmax"), (3,))
    second = layer("Dense", "second", units=1)
    calls = (*spec.calls, type(spec.calls[0])("second", spec.calls[1].inputs))
    outputs = (*spec.outputs, type(spec.outputs[0])(2))
    spec = Spec(spec.kind, spec.name, (*spec.layers, second), calls, spec.inputs, outputs)
    return build(spec)


def test_several_outputs_have_losses_and_metrics_of_their_own() -> None:
    model = two_heads()
    model.compile(
        "sgd",
        {"first": "sparse_categorical_crossentropy", "second": "mse"},
        {"first": ("accuracy",), "second": ("mae",)},
    )
    x = np.random.default_rng(0).normal(size=(12, 3))
    told = model.evaluate(x, {"first": np.zeros(12), "second": np.ones(12)})
    assert list(told) == ["first_accuracy", "first_loss", "loss", "second_loss", "second_mae"]
    assert told["loss"] == pytest.approx(told["first_loss"] + told["second_loss"])
    history = model.fit(x, [np.zeros(12), np.ones(12)], epochs=20).history
    assert history["loss"][-1] < history["loss"][0]


@pytest.mark.parametrize(
    ("x", "y", "message"),
    [
        (X, Y[:5], "x holds 20 samples and y 5. Give one target for each sample."),
        (X[:0], Y[:0], "x holds no samples. Give at least one."),
        (X * np.nan, Y, "x holds values that are not finite. Leave such samples out."),
        (X, Y * np.inf, "y holds values that are not finite. Leave such samples out."),
        (
            X,
            np.zeros((20, 3)),
            "y must have the shape (20, 1), beside the predictions; it has (20, 3). "
            "One target is needed for each output.",
        ),
    ],
)
def test_refuses_data_that_do_not_fit(x: Any, y: Any, message: str) -> None:
    with pytest.raises(ShapeError) as caught:
        line().fit(x, y)
    assert str(caught.value) == message


def test_refuses_a_class_that_the_model_does_not_have() -> None:
    model = build(sequential((2,), *dense(3)))
    model.compile("adam", "sparse_categorical_crossentropy")
    with pytest.raises(ShapeError) as caught:
        model.fit(np.zeros((4, 2)), np.array([0, 1, 2, 3]))
    assert str(caught.value) == (
        "y holds the class 3; the model has 3 outputs. Classes are numbered from 0 to 2."
    )


def test_refuses_a_loss_along_an_axis_that_is_not_there() -> None:
    model = build(sequential((2,), *dense(3)))
    config, _ = complete("it", LOSSES["CategoricalCrossentropy"].arguments, {"axis": 2})
    assert config is not None
    model.compile("adam", Item("CategoricalCrossentropy", config))
    with pytest.raises(ShapeError) as caught:
        model.fit(np.zeros((4, 2)), np.eye(3)[[0, 1, 2, 0]])
    assert str(caught.value) == (
        "CategoricalCrossentropy adds up along axis 2; the outputs have 2 axes. "
        "Leave axis out: the classes stand last."
    )


def test_refuses_to_train_without_compile() -> None:
    with pytest.raises(SpecError) as caught:
        build(sequential((1,), layer("Dense", units=1))).fit(X, Y)
    assert str(caught.value) == (
        "The model is not compiled. "
        "Call compile(optimizer='adam', loss='categorical_crossentropy') before fit."
    )


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        (
            ("adamm", "mse"),
            "compile: optimizer must be the name of an optimizer such as 'sgd', 'rmsprop', 'adam'; "
            "it is 'adamm'. Did you mean 'adam'?",
        ),
        (
            ("adam", "mse", ("acuracy",)),
            "compile: metrics must be the name of a metric such as 'accuracy', "
            "'mae' or 'categorical_accuracy'; it is 'acuracy'. Did you mean 'accuracy'?",
        ),
    ],
)
def test_compile_tells_a_name_that_there_is_not(settings: tuple[Any, ...], message: str) -> None:
    with pytest.raises(SpecError) as caught:
        build(sequential((1,), layer("Dense", units=1))).compile(*settings)
    assert str(caught.value) == message


def test_a_training_stays_within_a_budget() -> None:
    with pytest.raises(BudgetExceeded) as caught:
        line().fit(X, Y, epochs=100_000, budget=Budget("small", 10**6, 10**6, 10**9))
    assert caught.value.what == "flops"


def playground(kind: str, random: np.random.Generator, count: int = 200) -> tuple[np.ndarray, np.ndarray]:
    """The data of TensorFlow Playground, within -6 and 6."""
    if kind == "xor":
        x = random.uniform(-5, 5, (count, 2))
        x += np.where(x > 0, 0.3, -0.3)
        return x, (x[:, 0] * x[:, 1] >= 0).astype(float)
    label = np.arange(count) % 2
    if kind == "circle":
        radius = np.where(label == 1, random.uniform(0, 2.5, count), random.uniform(3.5, 5, count))
        angle = random.uniform(0, 2 * np.pi, count)
        return np.c_[radius * np.sin(angle), radius * np.cos(angle)], label.astype(float)
    step = np.arange(count) // 2 / (count // 2)
    angle = 1.75 * step * 2 * np.pi + np.pi * label
    return np.c_[5 * step * np.sin(angle), 5 * step * np.cos(angle)], label.astype(float)


@pytest.mark.parametrize(
    ("kind", "units", "epochs", "least"),
    [("circle", (4, 2), 40, 0.98), ("xor", (4, 2), 40, 0.97), ("spiral", (8, 8), 200, 0.95)],
)
def test_playgrounds_classic_set_ups_are_learned(
    kind: str, units: tuple[int, ...], epochs: int, least: float
) -> None:
    x, y = playground(kind, np.random.default_rng(3))
    model = build(sequential((2,), *dense(*units, 1, activation="tanh", last="sigmoid")), seed=4)
    config, _ = complete("Adam", OPTIMIZERS["Adam"].arguments, {"learning_rate": 0.03})
    assert config is not None
    model.compile(Item("Adam", config), "binary_crossentropy", ("accuracy",))
    model.fit(x, y, epochs=epochs, batch_size=10)
    accuracy = model.evaluate(x, y)["accuracy"]
    assert isinstance(accuracy, float)
    assert accuracy >= least
