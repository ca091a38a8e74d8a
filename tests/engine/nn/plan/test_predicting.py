import threading
from typing import Any

import numpy as np
import pytest
from hypothesis import given, reject
from hypothesis import strategies as st

from engine.errors import ShapeError
from engine.nn import Model, build
from engine.nn.layers import Context
from engine.spec.line import chunk_size
from tests.engine.networks import LLAMA, animals_model, animals_spec, dense, layer, sequential

ACTIVATIONS = ["linear", "relu", "tanh", "sigmoid", "softmax", "gelu", "elu", "log_softmax", "softplus"]


def plainly(model: Model, x: np.ndarray) -> np.ndarray:
    """What the layers answer when they are called one by one."""
    return model.run(model.take(x), Context())[0][0]


def assert_same(model: Model, x: np.ndarray) -> None:
    wanted, rtol = plainly(model, x), {"float32": 2e-5, "float64": 1e-12}[model.dtype]
    for _ in range(2):
        answer = model.predict(x)
        assert answer.dtype == wanted.dtype
        np.testing.assert_allclose(answer, wanted, rtol=rtol, atol=rtol / 10)


def layers_of_a_network() -> st.SearchStrategy[list[Any]]:
    return st.lists(
        st.one_of(
            st.builds(
                lambda units, activation, bias: layer(
                    "Dense", units=units, activation=activation, use_bias=bias
                ),
                st.integers(1, 9),
                st.sampled_from(ACTIVATIONS),
                st.booleans(),
            ),
            st.builds(lambda: layer("Flatten")),
            st.builds(lambda: layer("Dropout", rate=0.5)),
            st.builds(lambda name: layer("Activation", activation=name), st.sampled_from(ACTIVATIONS)),
        ),
        min_size=1,
        max_size=5,
    )


@given(
    layers_of_a_network(),
    st.lists(st.integers(1, 4), min_size=1, max_size=3),
    st.integers(1, 40),
    st.sampled_from(["float32", "float64"]),
    st.integers(0, 2**32 - 1),
)
def test_plan_answers_as_the_layers_do(
    layers: list[Any], shape: list[int], batch: int, dtype: Any, seed: int
) -> None:
    model = build(sequential(tuple(shape), *layers), seed=seed, dtype=dtype)
    random = np.random.default_rng(seed)
    model.set_weights([random.normal(size=w.shape) for w in model.get_weights()])
    assert_same(model, random.normal(size=(batch, *shape)).astype(dtype))


@pytest.mark.parametrize("batch", [1, 3, 64, 200, 1000])
def test_wide_networks_and_many_chunks(batch: int) -> None:
    model = build(sequential((300,), *dense(120, 2000, 70)))
    assert_same(model, np.random.default_rng(0).normal(size=(batch, 300)).astype(np.float32))


def test_chunks_are_powers_of_two_and_never_tiny() -> None:
    assert [chunk_size(widths) for widths in ([24], [784, 512, 256, 10], [10**6], [])] == [
        16384,
        256,
        16,
        262144,
    ]


@pytest.mark.parametrize("size", [1e3, 1e20, -1e20, np.inf, np.nan])
@pytest.mark.parametrize("batch", [1, 2])
def test_numbers_beyond_every_bound_end_as_in_the_layers(size: float, batch: int) -> None:
    model = animals_model()
    x = np.array([LLAMA, np.eye(8)[0]][:batch], np.float32)
    x[0, 0] = size
    answer = model.predict(x)
    np.testing.assert_allclose(answer, plainly(model, x), rtol=1e-5, atol=1e-7)
    assert np.array_equal(answer, model.predict(x), equal_nan=True)


def test_weights_that_change_are_seen() -> None:
    model, x = animals_model(), np.array([LLAMA], np.float32)
    before = model.predict(x)
    model.set_weights([2 * array for array in model.get_weights()])
    assert not np.allclose(model.predict(x), before)
    assert_same(model, x)
    model.layers[1]["kernel"][0, 0] += 1
    assert_same(model, x)
    model.compile("sgd", "categorical_crossentropy")
    model.fit(np.eye(8), np.eye(4)[[0, 1, 2, 3] * 2], epochs=2)
    assert_same(model, x)


def test_answers_are_fresh_and_laid_out_row_by_row() -> None:
    for batch in (1, 5):
        model, x = animals_model(), np.ones((batch, 8), np.float32)
        first = model.predict(x)
        assert first.flags.c_contiguous
        held = first.copy()
        model.predict(2 * x)
        assert np.array_equal(first, held)
        first[:] = 0
        assert np.array_equal(model.predict(x), held)
        assert x.all()


def test_strided_and_read_only_inputs_are_taken() -> None:
    model = animals_model()
    wide = np.random.default_rng(0).normal(size=(10, 16)).astype(np.float32)
    wide.flags.writeable = False
    assert_same(model, wide[::2, ::2])
    assert_same(model, np.asfortranarray(wide[:, :8]))


def test_known_shape_of_another_dtype_is_cast() -> None:
    model = animals_model()
    single = model.predict(np.array([LLAMA], np.float32))
    for dtype in (np.float64, np.int8, np.dtype(">f4")):
        assert np.array_equal(model.predict(np.array([LLAMA], dtype)), single)


def test_more_shapes_than_are_kept() -> None:
    model = animals_model()
    for batch in [*range(1, 30), 1, 2]:
        assert_same(model, np.full((batch, 8), 0.5, np.float32))


def test_threads_do_not_meet_in_a_buffer() -> None:
    model = build(animals_spec(), seed=3)
    inputs = [np.random.default_rng(n).normal(size=(7, 8)).astype(np.float32) for n in range(8)]
    wanted = [plainly(model, x) for x in inputs]
    misses: list[int] = []

    def ask(number: int) -> None:
        for _ in range(300):
            if not np.allclose(model.predict(inputs[number]), wanted[number], atol=1e-6):
                misses.append(number)

    threads = [threading.Thread(target=ask, args=(number,)) for number in range(len(inputs))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert misses == []


@given(
    st.sampled_from(["Conv1D", "Conv2D"]),
    st.integers(1, 3),
    st.integers(1, 20),
    st.lists(
        st.tuples(
            st.integers(1, 3),
            st.sampled_from([(1, 1), (2, 1), (1, 2)]),
            st.sampled_from(["valid", "same"]),
            st.sampled_from(["relu", "tanh", "linear", "gelu", "softmax"]),
            st.booleans(),
            st.sampled_from([None, (2, 2, "valid"), (3, 3, "valid"), (2, 1, "same"), (3, 2, "valid")]),
        ),
        min_size=1,
        max_size=2,
    ),
    st.integers(1, 7),
    st.integers(0, 2**31),
)
def test_convolutions_answer_as_the_layers_do(
    kind: str, channels: int, filters: int, stack: list[Any], batch: int, seed: int
) -> None:
    rank, layers = int(kind[4]), []
    for size, (strides, dilation), padding, activation, bias, pool in stack:
        layers.append(
            layer(
                kind,
                filters=filters,
                kernel_size=size,
                strides=strides,
                dilation_rate=dilation,
                padding=padding,
                activation=activation,
                use_bias=bias,
            )
        )
        if pool is not None:
            size, strides, padding = pool
            layers.append(layer(f"MaxPooling{rank}D", pool_size=size, strides=strides, padding=padding))
    random = np.random.default_rng(seed)
    shape = (*random.integers(12, 16, rank).tolist(), channels)
    try:
        model = build(sequential(shape, *layers, layer("Flatten"), *dense(3)), seed=seed)
    except ShapeError:
        reject()
    assert_same(model, random.normal(size=(batch, *shape)).astype(np.float32))


def test_many_images_in_chunks_with_a_rest() -> None:
    convolutions = [
        layer("Conv2D", filters=20, kernel_size=5, activation="relu"),
        layer("MaxPooling2D", pool_size=2),
        layer("Conv2D", filters=30, kernel_size=3, activation="relu"),
        layer("MaxPooling2D", pool_size=2),
    ]
    model = build(sequential((28, 28, 1), *convolutions, layer("Flatten"), *dense(10)))
    assert_same(model, np.random.default_rng(0).normal(size=(77, 28, 28, 1)).astype(np.float32))


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["SimpleRNN", "LSTM", "GRU"]),
            st.integers(1, 5),
            st.booleans(),
            st.booleans(),
            st.sampled_from(["tanh", "relu", "gelu"]),
        ),
        min_size=1,
        max_size=2,
    ),
    st.booleans(),
    st.tuples(st.integers(1, 6), st.integers(1, 6), st.integers(1, 4)),
    st.integers(0, 2**31),
)
def test_recurrent_layers_answer_as_they_are_written(
    stack: list[Any], is_last: bool, sizes: tuple[int, int, int], seed: int
) -> None:
    layers = [
        layer(
            kind,
            units=units,
            use_bias=bias,
            go_backwards=backwards,
            activation=activation,
            return_sequences=number < len(stack) - 1 or is_last,
        )
        for number, (kind, units, bias, backwards, activation) in enumerate(stack)
    ]
    batch, steps, features = sizes
    model = build(sequential((steps, features), *layers), seed=seed)
    random = np.random.default_rng(seed)
    model.set_weights([random.normal(size=w.shape) for w in model.get_weights()])
    assert_same(model, random.normal(size=(batch, steps, features)).astype(np.float32))
    model.set_weights([random.normal(size=w.shape) for w in model.get_weights()])
    assert_same(model, random.normal(size=(batch, steps, features)).astype(np.float32))
