from typing import Any

import numpy as np
import pytest

from engine.errors import ShapeError
from engine.nn import build
from engine.nn.layers import Context, Layer
from engine.nn.network import Network
from tests.engine.networks import layer, sequential
from tests.engine.nn.gradients import assert_close, numeric

MASK = np.array([[True, True, False, False], [False, True, True, False]])


def made(kind: str, **config: Any) -> Layer:
    """A recurrent layer on (steps 4, features 3) in float64, behind an input."""
    network: Network = build(sequential((4, 3), layer(kind, **config)), seed=2, dtype="float64").network
    return network.layers[1]


KINDS = [
    ("SimpleRNN", {"units": 2}),
    ("LSTM", {"units": 2}),
    ("GRU", {"units": 2}),
    ("Bidirectional", {"layer": layer("LSTM", units=2, return_sequences=True, return_state=True)}),
    ("Bidirectional", {"layer": layer("GRU", units=2, return_state=True), "merge_mode": None}),
]


@pytest.mark.parametrize("masked", [False, True])
@pytest.mark.parametrize("sequences", [False, True])
@pytest.mark.parametrize(("kind", "config"), KINDS, ids=["rnn", "lstm", "gru", "both lstm", "both gru"])
def test_way_back_through_masks_and_states(
    kind: str, config: dict[str, Any], sequences: bool, masked: bool
) -> None:
    random = np.random.default_rng(1)
    if kind != "Bidirectional":
        config = {
            **config,
            "return_sequences": sequences,
            "return_state": True,
            "zero_output_for_mask": masked,
        }
    tested = made(kind, **config)
    count = {"SimpleRNN": 1, "LSTM": 2, "GRU": 1}.get(kind, 4 if "LSTM" in str(config) else 2)
    x = random.normal(size=(2, 4, 3))
    starts = tuple(random.normal(size=(2, 2)) for _ in range(count))

    def run() -> Any:
        masks = (MASK if masked else None,)
        return tested.call((x,), Context(masks=masks, keywords={"initial_state": starts}))

    outputs, backward = run()
    weights = tuple(random.normal(size=output.shape) for output in outputs)
    gradients = backward(weights)
    learned = [parameter.gradient.copy() for parameter in tested.parameters]

    def loss() -> float:
        return float(sum((w * y).sum() for w, y in zip(weights, run()[0], strict=True)))

    for got, array in zip(gradients, (x, *starts), strict=True):
        assert_close(got, numeric(loss, array), "inputs and states")
    for parameter, got in zip(tested.parameters, learned, strict=True):
        assert_close(got, numeric(loss, parameter.value), parameter.name)


def test_padded_steps_change_no_state() -> None:
    tested = made("LSTM", units=2)
    x = np.random.default_rng(0).normal(size=(1, 4, 3))
    whole, _ = tested.call((x[:, :2],), Context())
    mask = np.array([[True, True, False, False]])
    padded, _ = tested.call((x,), Context(masks=(mask,)))
    assert np.allclose(whole[0], padded[0])


def test_a_stateful_layer_begins_where_the_last_batch_ended() -> None:
    x = np.random.default_rng(0).normal(size=(1, 4, 3))
    whole, _ = made("GRU", units=2).call((x,), Context())
    tested = made("GRU", units=2, stateful=True)
    tested.call((x[:, :2],), Context())
    parts, _ = tested.call((x[:, 2:],), Context())
    assert np.allclose(whole[0], parts[0])


def test_forget_gates_start_open() -> None:
    assert made("LSTM", units=2)["bias"].tolist() == [0, 0, 1, 1, 0, 0, 0, 0]
    assert not made("LSTM", units=2, unit_forget_bias=False)["bias"].any()


def test_embedding_refuses_a_number_it_has_no_row_for() -> None:
    model = build(sequential((2,), layer("Embedding", input_dim=5, output_dim=2), dtype="int32"))
    with pytest.raises(ShapeError) as caught:
        model.predict([[1, 5]])
    assert str(caught.value) == (
        'Embedding "embedding_0" has 5 rows; x holds the number 5. Numbers must be from 0 to 4.'
    )
