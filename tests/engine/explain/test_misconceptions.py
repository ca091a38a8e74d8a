import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.errors import ShapeError
from engine.explain import (
    distinct,
    gradient_mistakes,
    loss_mistakes,
    mistakes,
    recognize,
    step_mistakes,
    trace,
)
from engine.explain.misconceptions import Asked, Mistake
from engine.explain.mutants import LAST_ONLY, MUTANTS
from engine.nn import Model, build
from tests.engine.networks import LLAMA, animals_model, dense, layer, sequential


def neuron(activation: str = "relu") -> Model:
    """Two inputs, two units: x = (2, 1) gives z = (2 - 3 + 0.5, 8 - 1 - 1) = (-0.5, 6)."""
    model = build(sequential((2,), layer("Dense", units=2, activation=activation)), dtype="float64")
    model.set_weights([[[1.0, 4.0], [-3.0, -1.0]], [0.5, -1.0]])
    return model


X = [2.0, 1.0]


@pytest.mark.parametrize(
    ("code", "activation", "unit", "of", "value"),
    [
        ("B0", "relu", 0, "z", -1.0),
        ("B-", "relu", 0, "z", -1.5),
        ("B+", "relu", 0, "a", 0.5),
        ("R0", "relu", 0, "a", -0.5),
        ("RA", "relu", 0, "z", 0.0),
        ("RZ", "tanh", 0, "a", None),
        ("T1", "relu", 0, "z", 2 + 4 + 0.5),
        ("N1", "relu", 0, "z", 6.0),
        ("P1", "relu", 0, "z", 3 * -2 + 0.5),
        ("WA", "relu", 0, "z", 2 + 3 + 0.5),
        ("AX", "tanh", 1, "z", 4 * np.tanh(2) - np.tanh(1) - 1),
        ("R!", "softmax", 0, "a", 1 / (1 + np.exp(6))),
        ("S0", "softmax", 1, "a", 6 / 5.5),
        ("S1", "softmax", 1, "a", np.exp(6)),
        ("S2", "softmax", 0, "a", 1 / (1 + np.exp(0.5))),
        ("SB", "softmax", 0, "a", 1 / (1 + 2**6.5)),
        ("SX", "softmax", 0, "a", 1.0),
        ("SH", "softmax", 0, "a", 0.0),
    ],
)
def test_each_mistake_by_hand(code: str, activation: str, unit: int, of: Asked, value: float | None) -> None:
    found = [each.value for each in mistakes(neuron(activation), X, "dense_0", unit, of) if each.code == code]
    assert found == ([] if value is None else [pytest.approx(value)])


def test_absolute_value_for_relu() -> None:
    found = mistakes(neuron(), X, "dense_0", 0, "a")
    assert recognize(found, 0.5, 1e-9).code in ("B+", "RZ")  # type: ignore[union-attr]


def test_every_mutant_is_told() -> None:
    assert LAST_ONLY.issubset(mutant.code for mutant in MUTANTS)
    for mutant in MUTANTS:
        assert mutant.title[0].isupper()
        assert mutant.told[0].islower()
        assert mutant.advice.endswith(".")


def visible(mutant_place: int) -> bool:
    """Whether a mistake leads to a number of its own for some small network."""
    mutant = MUTANTS[mutant_place]
    for seed in range(30):
        random = np.random.default_rng(seed)
        for activation in ("relu", "tanh", "softmax"):
            for of in ("z", "a"):
                model = build(
                    sequential((3,), layer("Dense", units=3, activation=activation)), dtype="float64"
                )
                model.set_weights([random.normal(size=(3, 3)), random.normal(size=3)])
                found = mistakes(model, random.normal(size=3), "dense_0", 1, of)
                if any((each.code, each.told) == (mutant.code, mutant.told) for each in found):
                    return True
    return False


@pytest.mark.parametrize("place", range(len(MUTANTS)), ids=[mutant.code for mutant in MUTANTS])
def test_every_mutant_can_be_recognized(place: int) -> None:
    assert visible(place)


@given(seed=st.integers(0, 10_000), unit=st.integers(0, 3), of=st.sampled_from(["z", "a"]))
def test_a_mistake_is_recognized_by_its_number_and_the_right_one_is_none(
    seed: int, unit: int, of: Asked
) -> None:
    random = np.random.default_rng(seed)
    model = build(sequential((3,), *dense(4, 4)), dtype="float64")
    model.set_weights([random.integers(-4, 5, w.shape) / 2 for w in model.get_weights()])
    x = random.integers(0, 3, 3).astype(float)
    found = mistakes(model, x, "dense_1", unit, of)
    seen = trace(model, x).layer("dense_1")
    assert seen.z is not None
    right = float((seen.z if of == "z" else seen.a)[unit])
    assert recognize(found, right, 1e-10) is None
    for each in found:
        assert recognize(found, each.value, 1e-10) == each


def deep(*without_bias: int) -> Model:
    """A 3-4-4-3 network; the biases of some layers are 0."""
    model = build(sequential((3,), *dense(4, 4, 3, activation="tanh")), dtype="float64")
    random = np.random.default_rng(0)
    weights = [random.normal(size=weight.shape) for weight in model.get_weights()]
    for index in without_bias:
        weights[2 * index + 1] *= 0
    model.set_weights(weights)
    return model


@pytest.mark.parametrize(
    ("forgotten", "layers"),
    [
        ((2,), ("dense_2",)),
        ((1,), ("dense_1",)),
        ((0,), ("dense_0",)),
        ((0, 1, 2), ("dense_0", "dense_1", "dense_2")),
    ],
)
def test_a_mistake_is_named_with_its_layers(forgotten: tuple[int, ...], layers: tuple[str, ...]) -> None:
    x = [1.0, -2.0, 0.5]
    wrong = float(trace(deep(*forgotten), x).layer("dense_2").a[1])
    named = recognize(mistakes(deep(), x, "dense_2", 1), wrong, 1e-12)
    assert named is not None
    assert (named.code, named.title, named.layers) == ("B0", "Bias forgotten", layers)
    assert f"That is what comes out {named.told}." == "That is what comes out without the bias."


def test_a_dense_layer_in_another_network() -> None:
    spec = sequential(
        (4, 1),
        layer("Flatten"),
        layer("Dense", units=2, activation="relu"),
        layer("Reshape", target_shape=(2, 1)),
    )
    model = build(spec, seed=1, dtype="float64")
    weights = model.get_weights()
    weights[1][:] = 0.25
    model.set_weights(weights)
    x = [[1.0], [2.0], [3.0], [4.0]]
    found = mistakes(model, x, "dense_1", 0, "z")
    assert {each.layers for each in found} == {("dense_1",)}
    seen = trace(model, x).layer("dense_1").z
    assert seen is not None
    named = recognize(found, float(seen[0]) - 0.25, 1e-9)
    assert named is not None
    assert named.code == "B0"


@pytest.mark.parametrize(
    ("name", "unit", "message"),
    [
        ("dense_9", 0, 'The network has no layer "dense_9".'),
        ("dense_0", 6, 'Dense "dense_0" has no unit 6. It has 6, from 0.'),
        ("input_layer", 0, 'InputLayer "input_layer" computes no weighted sum that people work by hand.'),
    ],
)
def test_refuses_what_is_not_there(name: str, unit: int, message: str) -> None:
    with pytest.raises(ShapeError) as caught:
        mistakes(animals_model(), LLAMA, name, unit)
    assert str(caught.value) == message


def test_nothing_is_named_that_lies_apart() -> None:
    assert recognize(mistakes(neuron(), X, "dense_0", 0, "z"), 1234.5) is None


def test_the_nearest_is_named() -> None:
    found = (Mistake("A", "", "", "", 1.0), Mistake("B", "", "", "", 1.006))
    assert recognize(found, 1.005) == found[1]
    assert recognize(found, 1.0) == found[0]


def test_what_cannot_be_told_apart_is_left_out() -> None:
    found = [
        Mistake(code, "", "", "", value)
        for code, value in [("A", 1.0), ("B", 1.03), ("C", 2.0), ("D", np.inf)]
    ]
    assert [each.code for each in distinct(found, right=2.01, apart=0.04)] == ["A"]


def test_losses() -> None:
    found = {each.code: each.value for each in loss_mistakes([0.1, 0.2, 0.7], 1)}
    assert found == {
        "E1": pytest.approx(0.8),
        "EL": pytest.approx(-np.log10(0.2)),
        "EN": pytest.approx(np.log(0.2)),
        "EO": pytest.approx(-np.log(0.8)),
        "EC": pytest.approx(-np.log(0.7)),
        "ES": pytest.approx(-np.log([0.1, 0.2, 0.7]).sum()),
        "EM": pytest.approx((0.01 + 0.64 + 0.49) / 3),
    }


def test_the_class_that_was_chosen_is_a_mistake_only_where_it_is_another() -> None:
    assert "EC" not in {each.code for each in loss_mistakes([0.1, 0.2, 0.7], 2)}


def values(found: tuple[Mistake, ...]) -> dict[str, float]:
    return {each.code: round(each.value, 9) for each in found}


def test_gradients_and_steps() -> None:
    assert values(gradient_mistakes(2.0, 0.3, True)) == {"G-": 1.4, "GA": -0.7, "GP": 0.6, "GY": -2.0}
    assert "GP" not in values(gradient_mistakes(2.0, 0.3, False))
    assert values(step_mistakes(1.0, 0.5, 0.1)) == {"G-": 1.05, "GL": 0.5, "GW": -0.05, "GS": -0.4}
