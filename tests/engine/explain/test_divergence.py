"""Where two networks part ways on one sample: the first layer that differs, in any order of units."""

import pytest

import engine

HIDDEN = [[1.0, 1.0], [1.0, 1.0]]


def network(*units: int, weights: list[object], activation: str = "relu") -> engine.Model:
    layers = ", ".join(f"Dense({n}, activation='{activation}')" for n in units[1:])
    text = (
        "from keras import Input, Sequential\nfrom keras.layers import Dense\n"
        f"model = Sequential([Input(({units[0]},)), {layers}])\n"
    )
    model = engine.build(engine.parse(text))
    model.set_weights(weights)  # type: ignore[arg-type]
    return model


RIGHT: list[object] = [HIDDEN, [0.0, -1.0], [[6.0], [-12.0]], [0.0]]


def test_the_same_network_never_parts() -> None:
    assert engine.diverging(network(2, 2, 1, weights=RIGHT), network(2, 2, 1, weights=RIGHT), [1, 1]) is None


def test_the_first_layer_that_differs_is_named_with_what_both_give() -> None:
    wrong = network(2, 2, 1, weights=[HIDDEN, [0.0, 0.0], [[6.0], [-12.0]], [0.0]])
    found = engine.diverging(wrong, network(2, 2, 1, weights=RIGHT), [1, 1])
    assert found is not None
    assert (found.number, found.count, found.kind, found.same_shape) == (1, 2, "Dense", True)
    assert (found.one.tolist(), found.other.tolist()) == ([2, 2], [2, 1])


def test_hidden_units_may_stand_in_any_order() -> None:
    turned: list[object] = [HIDDEN, [-1.0, 0.0], [[-12.0], [6.0]], [0.5]]
    found = engine.diverging(network(2, 2, 1, weights=turned), network(2, 2, 1, weights=RIGHT), [1, 1])
    assert found is not None
    assert found.number == 2


def test_a_hidden_layer_of_another_size_leaves_the_outputs_to_compare() -> None:
    wider: list[object] = [[[1.0] * 3] * 2, [0.0] * 3, [[1.0]] * 3, [0.0]]
    found = engine.diverging(network(2, 3, 1, weights=wider), network(2, 2, 1, weights=RIGHT), [1, 0])
    assert found is not None
    assert (found.number, found.count, found.one.tolist(), found.other.tolist()) == (2, 2, [3], [6])
    alone = network(2, 1, weights=[[[6.0], [6.0]], [0.0]])
    assert engine.diverging(alone, network(2, 2, 1, weights=RIGHT), [1, 0]) is None


def test_outputs_of_other_shapes_part_without_being_compared() -> None:
    found = engine.diverging(
        network(2, 2, weights=[HIDDEN, [0.0, 0.0]]), network(2, 2, 1, weights=RIGHT), [1, 0]
    )
    assert found is not None
    assert not found.same_shape


def test_a_sample_that_does_not_fit_is_refused() -> None:
    one = network(2, 2, 1, weights=RIGHT)
    with pytest.raises(engine.ShapeError):
        engine.diverging(one, one, [1, 2, 3])
