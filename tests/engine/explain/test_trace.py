import json
from typing import Any

import numpy as np
import pytest

from engine.budget import Budget
from engine.errors import BudgetExceeded, ShapeError
from engine.explain import LayerTrace, trace
from engine.explain.forward import NOTES
from engine.explain.sums import SUMS
from engine.nn import build
from tests.engine.networks import LLAMA, animals_model, layer, sequential
from tests.engine.nn.cases import CASES, Case


def test_llama_step_by_step() -> None:
    steps = trace(animals_model(), LLAMA)
    assert [each.name for each in steps.layers] == ["input_layer", "dense_0", "dense_1", "dense_2"]
    first, second, last = steps.layers[1:]
    assert first.z is not None
    assert second.z is not None
    assert last.z is not None
    assert first.z.tolist() == [-0.5, -1, 4, -7, 3, 0]
    assert first.a.tolist() == [0, 0, 4, 0, 3, 0]
    assert second.z.tolist() == [-3, -0.5, 4, 0, 1.5, -1]
    assert second.a.tolist() == [0, 0, 4, 0, 1.5, 0]
    assert last.z.tolist() == [-2.5, -1, 1.5, -2]
    assert last.a.round(3).tolist() == [0.016, 0.073, 0.884, 0.027]


def test_sum_names_every_term_and_ends_with_the_bias() -> None:
    terms = trace(animals_model(), LLAMA).layer("dense_2").sum(2)
    assert [term.to_list() for term in terms] == [
        [0, -1.0, 0.0, 0.0],
        [1, -0.5, 0.0, 0.0],
        [2, 0.5, 4.0, 2.0],
        [3, 0.0, 0.0, 0.0],
        [4, 0.0, 1.5, 0.0],
        [5, 0.5, 0.0, 0.0],
        ["bias", -0.5, 1.0, -0.5],
    ]


def test_sum_without_a_bias() -> None:
    model = build(sequential((2,), layer("Dense", units=1, use_bias=False)))
    model.set_weights([[[2.0], [3.0]]])
    terms = trace(model, [10, 1]).layers[1].sum((0,))
    assert [term.to_list() for term in terms] == [[0, 2.0, 10.0, 20.0], [1, 3.0, 1.0, 3.0]]


def test_computes_in_double_whatever_the_model_computes_in() -> None:
    assert trace(animals_model("float32"), LLAMA).layers[-1].a.dtype == np.float64


def test_changes_nothing_in_the_model() -> None:
    model = animals_model()
    before = model.get_weights()
    trace(model, LLAMA)
    assert all(map(np.array_equal, before, model.get_weights()))


KEYS = {
    *("name", "kind", "inputs", "shape", "activation", "kernel", "bias", "weights"),
    *("z", "notes", "a", "omitted", "unit", "sum"),
}


def nested(value: Any, shape: list[int]) -> bool:
    """Whether a value is nested lists of numbers of that shape."""
    if not shape:
        return isinstance(value, float)
    return isinstance(value, list) and len(value) == shape[0] and all(nested(v, shape[1:]) for v in value)


def test_json_has_the_promised_form() -> None:
    told = json.loads(trace(animals_model(), LLAMA).to_json(("dense_1", 4)))
    assert set(told) == {"v", "layers"}
    assert told["v"] == 1
    for index, entry in enumerate(told["layers"]):
        assert KEYS >= set(entry) >= {"name", "kind", "inputs", "shape", "a"}
        assert isinstance(entry["name"], str)
        assert isinstance(entry["kind"], str)
        assert entry["inputs"] == ([index - 1] if index else [])
        assert nested(entry["a"], entry["shape"])
    first, second = told["layers"][1:3]
    assert nested(first["kernel"], [8, 6])
    assert nested(first["bias"], [6])
    assert nested(first["z"], [6])
    assert first["activation"] == "relu"
    assert "sum" not in first
    assert second["unit"] == [4]
    assert [len(term) for term in second["sum"]] == [4] * 7
    assert sum(term[3] for term in second["sum"]) == second["z"][4] == 1.5


def test_json_never_holds_infinity_or_negative_zero() -> None:
    model = build(sequential((1,), layer("Dense", units=2, activation="exponential")))
    model.set_weights([[[1e30, -1.0]], [0.0, 0.0]])
    told = json.loads(trace(model, [0.0]).to_json())
    assert "-0.0" not in json.dumps(told)
    told = json.loads(trace(model, [1.0]).to_json())
    assert told["layers"][1]["a"] == [None, pytest.approx(np.exp(-1))]


@pytest.mark.parametrize(
    ("x", "message"),
    [
        ([LLAMA, LLAMA], "A trace follows one sample; x holds 2. Choose one row of x."),
        ([np.nan] * 8, "x holds values that are not finite. Every input must be a number."),
        (
            [1, 2],
            "x must have the shape (batch, 8); it has the shape (1, 2). Its first axis counts the samples.",
        ),
    ],
)
def test_refuses_what_is_not_one_sample(x: object, message: str) -> None:
    with pytest.raises(ShapeError) as caught:
        trace(animals_model(), x)
    assert str(caught.value) == message


@pytest.mark.parametrize(
    ("name", "unit", "message"),
    [
        ("input_layer", 0, 'InputLayer "input_layer" computes no weighted sum.'),
        ("dense_0", 6, 'Dense "dense_0" has no unit at (6,). Its sums have the shape (6,), counted from 0.'),
        (
            "dense_0",
            (0, 1),
            'Dense "dense_0" has no unit at (0, 1). Its sums have the shape (6,), counted from 0.',
        ),
    ],
)
def test_refuses_a_sum_that_is_not_there(name: str, unit: int | tuple[int, ...], message: str) -> None:
    with pytest.raises(ShapeError) as caught:
        trace(animals_model(), LLAMA).layer(name).sum(unit)
    assert str(caught.value) == message


def test_stays_within_a_budget() -> None:
    with pytest.raises(BudgetExceeded):
        trace(animals_model(), LLAMA, budget=Budget("tiny", 123, 10**6, 10**6))


def traced(case: Case) -> LayerTrace:
    """What a layer does with one sample, its weights away from their start."""
    random = np.random.default_rng(2)
    model = build(case.spec(), seed=1, dtype="float64")
    for parameter in model.network.parameters:
        parameter.value += np.abs(random.normal(0, 0.3, parameter.value.shape))
    shapes = (case.shape, *case.others)
    x = [random.integers(0, case.tokens, s) if case.tokens else random.normal(size=s) for s in shapes]
    return trace(model, x if len(x) > 1 else x[0]).layers[-1]


@pytest.mark.parametrize("case", [case for case in CASES if case.kind != "InputLayer"], ids=str)
def test_every_layer_can_be_followed(case: Case) -> None:
    followed = traced(case)
    entry = json.loads(json.dumps(followed.to_dict(), allow_nan=False))
    assert set(entry) <= KEYS
    assert nested(entry["a"], entry["shape"])
    for name in entry.get("notes", {}):
        assert name.removeprefix("forward_").removeprefix("backward_") in {*NOTES, "z"}
    kernels = {"kernel", "bias"} & set(entry)
    assert kernels | set(entry.get("weights", {})) == set(followed.weights)


@pytest.mark.parametrize("case", [case for case in CASES if case.kind in SUMS], ids=str)
def test_every_sum_adds_up(case: Case) -> None:
    followed = traced(case)
    assert followed.z is not None
    for position in np.ndindex(*followed.z.shape):
        total = sum(term.product for term in followed.sum(position))
        assert total == pytest.approx(followed.z[position]), position


def test_a_window_names_the_pixels_it_reads() -> None:
    model = build(sequential((3, 3, 1), layer("Conv2D", filters=1, kernel_size=2, padding="same")))
    model.set_weights([np.array([1.0, 2.0, 3.0, 4.0]).reshape(2, 2, 1, 1), [0.5]])
    terms = trace(model, np.arange(9.0).reshape(3, 3, 1)).layers[1].sum((2, 1, 0))
    assert [term.to_list() for term in terms] == [
        [[2, 1, 0], 1.0, 7.0, 7.0],
        [[2, 2, 0], 2.0, 8.0, 16.0],
        [[3, 1, 0], 3.0, 0.0, 0.0],
        [[3, 2, 0], 4.0, 0.0, 0.0],
        ["bias", 0.5, 1.0, 0.5],
    ]


def test_pooling_tells_its_winners() -> None:
    model = build(sequential((4, 1), layer("MaxPooling1D")))
    followed = trace(model, [[1.0], [3.0], [5.0], [5.0]]).layers[1]
    assert followed.a.ravel().tolist() == [3, 5]
    assert followed.notes["winner"].ravel().tolist() == [1, 0]


def test_an_lstm_shows_its_gates() -> None:
    followed = trace(build(sequential((5, 2), layer("LSTM", units=3))), np.ones((5, 2))).layers[1]
    shown = {name: array.shape for name, array in followed.notes.items()}
    assert shown == dict.fromkeys(
        ["steps", "input_gate", "forget_gate", "candidate", "output_gate", "memory"], (5, 3)
    )
    memory, output = followed.notes["memory"], followed.notes["output_gate"]
    assert np.allclose(followed.a, output[-1] * np.tanh(memory[-1]))


def test_attention_shows_its_shares() -> None:
    case = next(case for case in CASES if case.kind == "MultiHeadAttention")
    shares = traced(case).notes["attention"]
    assert shares.shape == (2, 3, 2)
    assert np.allclose(shares.sum(axis=-1), 1)


def test_large_arrays_stay_out_of_the_json() -> None:
    model = build(sequential((300,), layer("Dense", units=200)))
    entry = trace(model, np.zeros(300)).layers[1].to_dict()
    assert entry["omitted"] == ["kernel"]
    assert "kernel" not in entry
    assert "bias" in entry
