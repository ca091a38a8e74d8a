"""Costs are known from shapes alone, and a budget says what is too large and by how much."""

import pytest

import engine
from engine.budget import INTERACTIVE, Budget


def spec(text):
    return engine.parse(f"model = Sequential([{text}])")


def test_the_cost_of_a_dense_network():
    cost = engine.estimate(spec("Dense(6, input_shape=(8,)), Dense(4)"), batch_size=10)
    assert cost.parameters == 54 + 28
    assert cost.output_shape == (None, 4)
    assert cost.flops == 10 * (6 * (2 * 8 + 2) + 4 * (2 * 6 + 2))
    weights_and_gradients, samples, answers = 2 * 82, 10 * 8, 10 * 4
    buffers = 10 * (9 + 7 + 5) + 10 * 4  # columns with a row of ones for each layer, then the rows of answers
    assert cost.bytes == 4 * (weights_and_gradients + samples + answers + buffers)
    assert [layer.parameters for layer in cost.layers] == [0, 54, 28]


def test_costs_add_up_over_many_layers():
    one = engine.estimate(spec("Input((8,)), Dense(8)")).flops
    many = spec("Input((8,))" + ", Dense(8)" * 100)
    assert engine.estimate(many).flops == 100 * one


def test_a_shared_layer_counts_once_in_parameters_and_twice_in_work():
    shared = engine.parse("x = Input((4,))\nd = Dense(4)\nmodel = Model(x, d(d(x)))")
    cost = engine.estimate(shared)
    assert cost.parameters == 20
    assert cost.flops == 2 * engine.estimate(spec("Dense(4, input_dim=4)")).flops


def test_open_dimensions_stay_open():
    assert engine.estimate(spec("Dense(4, input_shape=(None, 2))")).output_shape == (None, None, 4)


def test_a_product_that_would_wrap_around_does_not():
    text = "model = Sequential([Dense(2147483647, input_shape=(2147483647,))])"
    (diagnostic,) = engine.read(text).diagnostics
    assert diagnostic.message == (
        "The network needs 4,611,686,016,279,904,256 parameters; no more than 500,000,000 are read."
    )


def test_a_small_network_is_within_the_interactive_budget():
    INTERACTIVE.check(engine.estimate(spec("Dense(6, input_shape=(8,))")))


@pytest.mark.parametrize(
    ("budget", "what", "wanted"),
    [
        (
            Budget("tiny", 10, 10**9, 10**9),
            "parameters",
            "The network needs 54 parameters, 5.40 times what the tiny budget allows (10 parameters). "
            "Use fewer units or fewer layers.",
        ),
        (
            Budget("tiny", 10**9, 10, 10**9),
            "flops",
            "The network needs 0.000108 MFLOP, 10.80 times what the tiny budget allows (1e-05 MFLOP). "
            "Use fewer units, smaller inputs or a smaller batch.",
        ),
        (
            Budget("tiny", 10**9, 10**9, 2**7),
            "bytes",
            "The network needs 0.000732 MiB, 6.00 times what the tiny budget allows (0.000122 MiB). "
            "Use smaller layers, smaller inputs or a smaller batch.",
        ),
    ],
)
def test_a_refusal_says_what_is_too_large_and_by_how_much(budget, what, wanted):
    with pytest.raises(engine.BudgetExceeded) as caught:
        budget.check(engine.estimate(spec("Dense(6, input_shape=(8,))")))
    assert caught.value.what == what
    assert str(caught.value) == wanted
    assert caught.value.needed > caught.value.limit
