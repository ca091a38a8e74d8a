import numpy as np
import pytest

from engine.budget import Budget
from engine.errors import BudgetExceeded, ShapeError
from engine.nn import build
from tests.engine.networks import ANIMALS, LLAMA, animals_model, animals_spec, dense, layer, sequential


def test_llama_has_the_probabilities_worked_out_by_hand() -> None:
    (answer,) = animals_model().predict([LLAMA])
    assert [f"{share:.6f}" for share in answer] == ["0.016200", "0.072603", "0.884488", "0.026709"]


def test_every_prototype_is_told_apart() -> None:
    answers = animals_model().predict(list(ANIMALS["prototypes"].values()))
    assert [ANIMALS["classes"][best] for best in answers.argmax(axis=1)] == list(ANIMALS["prototypes"])


def test_answers_in_its_dtype_whatever_is_asked() -> None:
    for x in ([LLAMA], np.array([LLAMA], np.int8), np.array([LLAMA], np.float64)):
        assert animals_model().predict(x).dtype == np.float32
    assert animals_model("float64").predict([LLAMA]).dtype == np.float64


def test_batches_change_nothing() -> None:
    x = np.random.default_rng(0).normal(size=(10, 8))
    model = animals_model("float64")
    assert np.allclose(model.predict(x), model.predict(x, batch_size=3), atol=1e-15)


def test_no_samples_give_no_answers() -> None:
    assert animals_model().predict(np.zeros((0, 8))).shape == (0, 4)


def test_answer_is_a_fresh_array() -> None:
    x = np.ones((2, 3), np.float32)
    model = build(sequential((3,), layer("Dropout", rate=0.5)))
    answer = model.predict(x)
    answer[:] = 0
    assert x.all()


@pytest.mark.parametrize(
    ("x", "message"),
    [
        (
            [1, 2, 3],
            "x must have the shape (batch, 8); it has the shape (3,). Its first axis counts the samples.",
        ),
        (
            LLAMA,
            "x must have the shape (batch, 8); it has the shape (8,). One sample is a batch of one: x[None].",
        ),
        (
            np.zeros((2, 7)),
            "x must have the shape (batch, 8); it has the shape (2, 7). Its first axis counts the samples.",
        ),
        ([[1, 2], [3]], "x is ragged. Give every row the same length."),
        ([["a"] * 8], "x must hold numbers; it holds <U1. Convert it to numbers first."),
    ],
)
def test_refuses_what_it_cannot_take(x: object, message: str) -> None:
    with pytest.raises(ShapeError) as caught:
        animals_model().predict(x)
    assert str(caught.value) == message


def test_same_seed_same_weights() -> None:
    first, second, other = (build(animals_spec(), seed=seed) for seed in (1, 1, 2))
    for one, two, three in zip(first.get_weights(), second.get_weights(), other.get_weights(), strict=True):
        assert np.array_equal(one, two)
        assert one.ndim == 1 or not np.array_equal(one, three)


def test_weights_keep_keras_order_and_are_copies() -> None:
    model = animals_model()
    weights = model.get_weights()
    assert [array.shape for array in weights] == [(8, 6), (6,), (6, 6), (6,), (6, 4), (4,)]
    weights[0][:] = 9
    assert model.get_weights()[0].max() == 1.5


def test_counts_and_shapes() -> None:
    model = animals_model()
    assert model.count_params() == 124
    assert model.output_shape == (None, 4)
    assert [each.kind for each in model.layers] == ["InputLayer", "Dense", "Dense", "Dense"]


def test_summary_is_a_table() -> None:
    assert animals_model().summary() == "\n".join(
        [
            'Model: "sequential"',
            "──────────────────────────────────────────────────",
            "Layer (type)              Output shape  Parameters",
            "──────────────────────────────────────────────────",
            "input_layer (InputLayer)  (None, 8)              0",
            "dense_0 (Dense)           (None, 6)             54",
            "dense_1 (Dense)           (None, 6)             42",
            "dense_2 (Dense)           (None, 4)             28",
            "──────────────────────────────────────────────────",
            "Total parameters: 124 (496 bytes)",
            "Trainable parameters: 124",
            "Non-trainable parameters: 0",
        ]
    )


WANTED = "kernel (8, 6), bias (6,), kernel (6, 6), bias (6,), kernel (6, 4), bias (4,)."


def test_refuses_too_few_weights() -> None:
    with pytest.raises(ShapeError) as caught:
        animals_model().set_weights([np.zeros((8, 6))])
    assert str(caught.value) == f"The model has 6 weight arrays; 1 was given. It wants {WANTED}"


def test_refuses_a_transposed_kernel_and_changes_nothing() -> None:
    model = animals_model()
    weights = model.get_weights()
    held = [array.copy() for array in weights]
    weights[0] = weights[0].T
    with pytest.raises(ShapeError) as caught:
        model.set_weights(weights)
    assert str(caught.value) == (
        "Weight array 1 (kernel) must have the shape (8, 6); it has the shape (6, 8). "
        f"The model wants {WANTED}"
    )
    assert all(map(np.array_equal, held, model.get_weights()))


def test_refuses_weights_that_are_not_finite() -> None:
    model = animals_model()
    weights = model.get_weights()
    weights[1][0] = np.nan
    with pytest.raises(ShapeError) as caught:
        model.set_weights(weights)
    assert str(caught.value) == (
        "Weight array 2 (bias) holds values that are not finite. Every weight must be a number that float32 "
        "can hold."
    )


def test_budget_is_checked_before_anything_is_allocated() -> None:
    huge = sequential((10**6,), *dense(10**6, 2))
    with pytest.raises(BudgetExceeded) as caught:
        build(huge, budget=Budget("small", parameters=100, flops=10**9, bytes=10**9))
    assert caught.value.what == "parameters"
