import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.budget import Budget
from engine.errors import BudgetExceeded
from engine.explain import equivalent
from engine.nn import Model, build
from engine.spec import Spec
from tests.engine.networks import animals_model, dense, layer, sequential

PROVEN = (
    "They are the same network but for changes that no output notices: the order of hidden units, factors "
    "that cancel, or units that add nothing."
)


def network(*units: int, activation: str = "relu", last: str = "softmax", seed: int = 0) -> Model:
    model = build(sequential((3,), *dense(*units, activation=activation, last=last)), seed, "float64")
    random = np.random.default_rng(seed)
    model.set_weights([w if w.ndim > 1 else random.normal(size=w.shape) for w in model.get_weights()])
    return model


def with_weights(spec: Spec, weights: list[np.ndarray]) -> Model:
    model = build(spec, dtype="float64")
    model.set_weights(weights)
    return model


def permuted(model: Model, random: np.random.Generator) -> Model:
    """Every hidden layer's units in another order."""
    weights = model.get_weights()
    for index in range(0, len(weights) - 2, 2):
        order = random.permutation(weights[index].shape[1])
        weights[index] = weights[index][:, order]
        weights[index + 1] = weights[index + 1][order]
        weights[index + 2] = weights[index + 2][order]
    return with_weights(model.spec, weights)


def scaled(model: Model, factors: np.ndarray) -> Model:
    """The first hidden layer's units times factors, taken back in the next layer."""
    first, bias, second, *rest = model.get_weights()
    return with_weights(model.spec, [first * factors, bias * factors, second / factors[:, None], *rest])


@given(seed=st.integers(0, 1000), activation=st.sampled_from(["relu", "tanh", "sigmoid", "elu", "softplus"]))
def test_the_order_of_hidden_units_does_not_matter(seed: int, activation: str) -> None:
    model = network(6, 5, 4, activation=activation, seed=seed)
    found = equivalent(model, permuted(model, np.random.default_rng(seed)))
    assert (found.is_equal, found.is_proven, found.reason) == (True, True, PROVEN)


@given(seed=st.integers(0, 1000))
def test_positive_factors_pass_relu(seed: int) -> None:
    model = network(6, 5, 4, seed=seed)
    factors = np.random.default_rng(seed).uniform(0.1, 10, 6)
    assert equivalent(model, scaled(model, factors)).is_proven
    assert equivalent(model, permuted(scaled(model, factors), np.random.default_rng(seed)))


@pytest.mark.parametrize(
    ("activation", "factor", "is_equal"),
    [
        ("relu", 3.0, True),
        ("relu", -1.0, False),
        ("leaky_relu", 3.0, True),
        ("tanh", -1.0, True),
        ("tanh", 2.0, False),
        ("sigmoid", -1.0, False),
        ("sigmoid", 2.0, False),
        ("linear", -2.5, True),
    ],
)
def test_which_factors_pass_which_activation(activation: str, factor: float, is_equal: bool) -> None:
    model = network(4, 3, activation=activation, seed=1)
    found = equivalent(model, scaled(model, np.array([1, factor, 1, 1])))
    assert found.is_equal is is_equal
    assert found.is_proven
    assert (found.counterexample is None) is is_equal


@given(seed=st.integers(0, 1000))
def test_signs_pass_tanh(seed: int) -> None:
    random = np.random.default_rng(seed)
    model = network(6, 5, 4, activation="tanh", seed=seed)
    turned = permuted(scaled(model, random.choice([-1.0, 1.0], 6)), random)
    assert equivalent(model, turned).is_proven


def test_only_one_side_of_a_permutation_changes_the_function() -> None:
    model = network(4, 3)
    first, *rest = model.get_weights()
    found = equivalent(model, with_weights(model.spec, [first[:, [1, 0, 2, 3]], *rest]))
    assert not found
    assert found.reason == "They differ for the input shown."


def test_a_counterexample_is_true_and_simple() -> None:
    one, other = network(4, 3, seed=1), network(4, 3, seed=2)
    example = equivalent(one, other).counterexample
    assert example is not None
    (x,) = example.x
    assert x.tolist() == [0, 0, 0]
    assert np.allclose(one.predict(x[None])[0], example.one[0])
    assert np.allclose(other.predict(x[None])[0], example.other[0])
    assert set(example.to_dict()) == {"x", "one", "other"}


def test_linear_depth_is_no_depth() -> None:
    deep = network(5, 4, activation="linear", last="softmax")
    first, first_bias, second, second_bias = deep.get_weights()
    flat = with_weights(sequential((3,), *dense(4)), [first @ second, first_bias @ second + second_bias])
    assert equivalent(deep, flat).reason == PROVEN


def test_units_that_add_nothing_do_not_count() -> None:
    small = network(3, 2, seed=4)
    kernel, bias, following, last = small.get_weights()
    unread = np.hstack([kernel, [[1.0], [2.0], [3.0]]])
    with_unread = with_weights(
        sequential((3,), *dense(4, 2)),
        [unread, np.append(bias, 1), np.vstack([following, [[0.0, 0.0]]]), last],
    )
    assert equivalent(small, with_unread).is_proven
    twin = np.hstack([kernel, kernel[:, :1] * 2])
    halves = np.vstack([following, following[:1] / 4])
    halves[0] /= 2
    with_twin = with_weights(
        sequential((3,), *dense(4, 2)), [twin, np.append(bias, bias[0] * 2), halves, last]
    )
    assert equivalent(small, with_twin).is_proven


def test_softmax_does_not_notice_a_shift() -> None:
    model = network(4, 3)
    *rest, kernel, bias = model.get_weights()
    shifted = with_weights(model.spec, [*rest, kernel + np.arange(4)[:, None], bias + 7])
    assert equivalent(model, shifted).is_proven


def test_the_same_weights() -> None:
    assert equivalent(animals_model(), animals_model()).reason == (
        "They have the same layers and the same weights."
    )


def test_an_activation_written_as_a_layer() -> None:
    spec = sequential(
        (3,),
        layer("Dense", units=4),
        layer("ReLU"),
        layer("Dropout", rate=0.5),
        layer("Dense", units=2),
        layer("Softmax"),
    )
    model = network(4, 2)
    assert equivalent(model, with_weights(spec, model.get_weights())).is_proven


def test_other_networks_are_compared_by_probes() -> None:
    spec = sequential((6, 6, 1), layer("Conv2D", filters=2, kernel_size=3), layer("Flatten"), *dense(3))
    model = build(spec, dtype="float64")
    kernel, bias, following, last = model.get_weights()
    turned = with_weights(
        spec,
        [kernel[..., ::-1], bias[::-1], following.reshape(4, 4, 2, 3)[:, :, ::-1].reshape(32, 3), last],
    )
    found = equivalent(model, turned)
    assert (found.is_equal, found.is_proven) == (True, False)
    assert found.reason == "They agree on all 249 inputs that were tried."


def test_tokens_are_probed_with_tokens() -> None:
    spec = sequential((5,), layer("Embedding", input_dim=7, output_dim=2), layer("Flatten"), *dense(2))
    one, other = build(spec, 0), build(spec, 1)
    example = equivalent(one, other).counterexample
    assert example is not None
    assert set(example.x[0]) <= set(range(7))


@pytest.mark.parametrize(
    ("other", "reason"),
    [
        (sequential((4,), *dense(3)), "One takes inputs of shape (batch, 3), the other (batch, 4)."),
        (sequential((3,), *dense(2)), "One gives outputs of shape (batch, 3), the other (batch, 2)."),
    ],
)
def test_shapes_that_differ(other: Spec, reason: str) -> None:
    assert equivalent(network(3), build(other)).reason == reason


def test_stays_within_a_budget() -> None:
    with pytest.raises(BudgetExceeded):
        equivalent(network(3), network(3), budget=Budget("tiny", 3, 10**6, 10**6))
