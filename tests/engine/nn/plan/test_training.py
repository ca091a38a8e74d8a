from typing import Any

import numpy as np
import pytest
from hypothesis import given, reject
from hypothesis import strategies as st

from engine.errors import Diverged, ShapeError
from engine.nn import Model, build
from engine.nn.training.trainer import Trainer
from engine.spec import Config, Item
from tests.engine.networks import dense, layer, sequential

LOSSES = {
    "mse": ["linear", "tanh", "relu", "sigmoid", "softmax"],
    "mae": ["linear", "tanh"],
    "binary_crossentropy": ["sigmoid"],
    "categorical_crossentropy": ["softmax", "sigmoid"],
    "sparse_categorical_crossentropy": ["softmax"],
    "hinge": ["tanh"],
}


class Plainly(Trainer):
    """A trainer that has no plans."""

    def _plan(self, *given: Any) -> None:
        return None


def fitted(model: Model, trainer: type[Trainer], x: Any, y: Any, **options: Any) -> tuple[Any, list[Any]]:
    """The history and the weights of a training that is done by this trainer."""
    assert model.compiled is not None
    made = trainer(model.network, model.compiled, model.output_names, model.dtype)
    model._trainer = made
    history = model.fit(x, y, **options).history
    return history, model.get_weights()


def assert_same(make: Any, x: Any, y: Any, rtol: float = 1e-9, **options: Any) -> None:
    plan = fitted(make(), Trainer, x, y, **options)
    plain = fitted(make(), Plainly, x, y, **options)
    assert list(plan[0]) == list(plain[0])
    for key, values in plain[0].items():
        assert plan[0][key] == pytest.approx(values, rel=rtol, abs=rtol), key
    for got, wanted in zip(plan[1], plain[1], strict=True):
        np.testing.assert_allclose(got, wanted, rtol=rtol, atol=rtol)


def hidden_layers() -> st.SearchStrategy[list[Any]]:
    return st.lists(
        st.one_of(
            st.builds(
                lambda units, activation, bias: layer(
                    "Dense", units=units, activation=activation, use_bias=bias
                ),
                st.integers(1, 6),
                st.sampled_from(["linear", "tanh", "sigmoid", "softmax", "gelu", "log_softmax"]),
                st.booleans(),
            ),
            st.builds(lambda: layer("Flatten")),
            st.builds(lambda: layer("Dropout", rate=0.4)),
            st.builds(lambda: layer("Activation", activation="softplus")),
        ),
        max_size=4,
    )


@given(
    hidden_layers(),
    st.sampled_from([(loss, last) for loss, each in LOSSES.items() for last in each]),
    st.lists(st.integers(1, 3), min_size=1, max_size=2),
    st.integers(1, 25),
    st.integers(1, 9),
    st.sampled_from(["sgd", "adam"]),
    st.integers(0, 2**31),
)
def test_plan_trains_as_the_layers_do(
    hidden: list[Any],
    goal: tuple[str, str],
    shape: list[int],
    samples: int,
    batch: int,
    optimizer: str,
    seed: int,
) -> None:
    loss, last = goal
    random = np.random.default_rng(seed)
    layers = [*hidden, layer("Flatten"), layer("Dense", units=3, activation=last)]

    def make() -> Model:
        model = build(sequential(tuple(shape), *layers), seed=seed, dtype="float64")
        model.compile(optimizer, loss, ["accuracy"])
        return model

    classes = random.integers(0, 3, samples)
    y = {
        "sparse_categorical_crossentropy": classes,
        "categorical_crossentropy": np.eye(3)[classes],
        "binary_crossentropy": random.integers(0, 2, (samples, 3)),
    }.get(loss, random.normal(size=(samples, 3)))
    x = random.normal(size=(samples, *shape))
    assert_same(make, x, y, rtol=1e-7, epochs=3, batch_size=batch, seed=seed)


def rings(samples: int) -> tuple[np.ndarray, np.ndarray]:
    x = np.random.default_rng(0).normal(size=(samples, 2))
    return x, (np.hypot(*x.T) > 1).astype(int)


@pytest.mark.parametrize(
    "settings",
    [
        {"kernel_regularizer": Item("L2", Config({"l2": 0.01}))},
        {"kernel_constraint": Item("NonNeg", Config())},
        {"trainable": False},
    ],
    ids=lambda settings: next(iter(settings)),
)
def test_what_happens_beside_the_plain_step(settings: dict[str, Any]) -> None:
    def make() -> Model:
        first = layer("Dense", units=5, activation="relu", **settings)
        model = build(sequential((2,), first, *dense(4, 1, last="sigmoid")), dtype="float64")
        model.compile("adam", "binary_crossentropy", ["accuracy", "AUC"])
        return model

    assert_same(make, *rings(50), epochs=4, batch_size=8, validation_split=0.2)


def test_many_batches_are_put_in_order_piece_by_piece(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("engine.nn.plan.training.GATHERED", 60)

    def make() -> Model:
        model = build(sequential((2,), *dense(4, 1, last="sigmoid")), dtype="float64")
        model.compile("sgd", "binary_crossentropy", ["accuracy"])
        return model

    assert_same(make, *rings(101), epochs=3, batch_size=7)
    assert_same(make, *rings(101), epochs=3, batch_size=7, shuffle=False)


@pytest.mark.parametrize(
    ("loss", "last", "units"),
    [
        ("binary_crossentropy", "sigmoid", 1),
        ("categorical_crossentropy", "softmax", 2),
        ("sparse_categorical_crossentropy", "softmax", 2),
    ],
)
@pytest.mark.parametrize("size", [20.0, 200.0, 2000.0])
def test_probabilities_beyond_kerass_bound(loss: str, last: str, units: int, size: float) -> None:
    def make() -> Model:
        model = build(sequential((2,), *dense(units, last=last)), dtype="float64")
        model.set_weights([size * np.eye(2)[:, :units], np.zeros(units)])
        model.compile("sgd", loss)
        return model

    x, y = rings(40)
    targets = np.eye(2)[y] if loss == "categorical_crossentropy" else y
    assert_same(make, x, targets, rtol=1e-6, epochs=2, batch_size=10)


def test_divergence_names_the_same_epoch_and_cause() -> None:
    told = []
    for trainer in (Trainer, Plainly):
        model = build(sequential((2,), *dense(4, 1, last="linear")))
        model.compile("sgd", "mse")
        x, y = rings(40)
        with pytest.raises(Diverged) as caught:
            fitted(model, trainer, 1e9 * x, 1e9 * y, epochs=50)
        told.append(str(caught.value))
    assert told[0] == told[1]


def test_optimizer_keeps_its_state_from_one_fit_to_the_next() -> None:
    x, y = rings(30)

    def run(trainer: type[Trainer]) -> list[Any]:
        model = build(sequential((2,), *dense(4, 1, last="sigmoid")), dtype="float64")
        model.compile("adam", "binary_crossentropy")
        fitted(model, trainer, x, y, epochs=2)
        model.fit(x, y, epochs=2, seed=1)
        return model.get_weights()

    for got, wanted in zip(run(Trainer), run(Plainly), strict=True):
        np.testing.assert_allclose(got, wanted, rtol=1e-9)


@given(
    st.sampled_from(["Conv1D", "Conv2D"]),
    st.integers(1, 6),
    st.lists(
        st.tuples(
            st.integers(1, 3),
            st.sampled_from([(1, 1), (2, 1), (1, 2)]),
            st.sampled_from(["valid", "same"]),
            st.sampled_from(["relu", "tanh", "linear", "gelu"]),
            st.booleans(),
            st.sampled_from([None, (2, 2, "valid"), (3, 3, "valid"), (2, 1, "same"), (3, 2, "valid")]),
        ),
        min_size=1,
        max_size=2,
    ),
    st.integers(1, 7),
    st.integers(0, 2**31),
)
def test_convolutions_train_as_the_layers_do(
    kind: str, channels: int, stack: list[Any], samples: int, seed: int
) -> None:
    rank, layers = int(kind[4]), []
    for size, (strides, dilation), padding, activation, bias, pool in stack:
        settings = {"strides": strides, "dilation_rate": dilation, "padding": padding, "use_bias": bias}
        layers.append(layer(kind, filters=3, kernel_size=size, activation=activation, **settings))
        if pool is not None:
            size, strides, padding = pool
            layers.append(layer(f"MaxPooling{rank}D", pool_size=size, strides=strides, padding=padding))
    random = np.random.default_rng(seed)
    shape = (*random.integers(10, 13, rank).tolist(), channels)

    def make() -> Model:
        model = build(sequential(shape, *layers, layer("Flatten"), *dense(2)), seed=seed, dtype="float64")
        model.compile("sgd", "sparse_categorical_crossentropy")
        return model

    try:
        make()
    except ShapeError:
        reject()
    x, y = random.normal(size=(samples, *shape)), random.integers(0, 2, samples)
    assert_same(make, x, y, rtol=1e-8, epochs=2, batch_size=4, seed=seed)


def test_convolutions_in_several_chunks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("engine.spec.sliding.CACHED", 2000)

    def make() -> Model:
        convolutions = [
            layer("Conv2D", filters=4, kernel_size=3, padding="same", activation="relu"),
            layer("MaxPooling2D", pool_size=2),
        ]
        model = build(
            sequential((8, 8, 1), *convolutions, *convolutions, layer("Flatten"), *dense(3)), dtype="float64"
        )
        model.compile("adam", "sparse_categorical_crossentropy")
        return model

    random = np.random.default_rng(0)
    assert_same(make, random.normal(size=(23, 8, 8, 1)), random.integers(0, 3, 23), epochs=2, batch_size=9)
