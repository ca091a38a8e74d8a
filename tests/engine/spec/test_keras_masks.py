"""Masks that Keras writes into its JSON as operations are taken out; masks of anything else are refused."""

import json
from typing import Any

import pytest

import engine

TEXT = """
from keras import Input, Model
from keras.layers import LSTM, Dense, {layer}
x = Input({shape}, name="x")
start = {start}(x)
h = LSTM(5, return_sequences=True, name="h")(start)
y = LSTM(2, name="y")(h)
model = Model(x, y, name="model")
"""
EMBEDDING = TEXT.format(layer="Embedding", shape=(6,), start="Embedding(10, 4, mask_zero=True, name='start')")
MASKING = TEXT.format(layer="Masking", shape=(6, 3), start="Masking(0.5, name='start')")


def tensor(layer: str) -> dict[str, Any]:
    return {
        "class_name": "__keras_tensor__",
        "config": {"shape": [None, 6], "dtype": "bool", "keras_history": [layer, 0, 0]},
    }


def operation(kind: str, name: str, *args: Any, **config: Any) -> dict[str, Any]:
    """An operation as Keras writes it among the layers."""
    return {
        "module": "keras.src.ops.numpy",
        "class_name": kind,
        "config": {"name": name, **config},
        "registered_name": kind,
        "name": name,
        "inbound_nodes": [{"args": list(args), "kwargs": {}}],
    }


def keras_json(
    text: str, *operations: dict[str, Any], mask: str, readers: tuple[str, ...] = ("h", "y")
) -> str:
    """A text's network as Keras writes it: operations that compute a mask, handed to the readers."""
    plain = json.loads(engine.parse(text).to_json())
    for layer in plain["config"]["layers"]:
        if layer["config"]["name"] in readers:
            layer["inbound_nodes"][0]["kwargs"] |= {"training": False, "mask": tensor(mask)}
    plain["config"]["layers"] += operations
    return json.dumps(plain)


def test_the_mask_of_an_embedding() -> None:
    written = keras_json(EMBEDDING, operation("NotEqual", "not_equal", tensor("x"), 0), mask="not_equal")
    assert engine.Spec.from_json(written) == engine.parse(EMBEDDING)


def test_the_mask_of_a_masking_layer() -> None:
    written = keras_json(
        MASKING,
        operation("NotEqual", "not_equal", tensor("x"), 0.5),
        operation("Any", "any", tensor("not_equal"), axis=-1, keepdims=False),
        mask="any",
    )
    assert engine.Spec.from_json(written) == engine.parse(MASKING)


def test_masks_that_are_joined() -> None:
    written = keras_json(
        EMBEDDING,
        operation("NotEqual", "not_equal", tensor("x"), 0),
        operation("LogicalOr", "either", tensor("not_equal"), tensor("not_equal")),
        mask="either",
    )
    assert engine.Spec.from_json(written) == engine.parse(EMBEDDING)


NOBODYS = (
    "{} computes a mask that no Embedding or Masking of the model makes. "
    "The engine hands their masks on by itself, and takes no other."
)


@pytest.mark.parametrize(
    "found",
    [
        operation("NotEqual", "not_equal", tensor("x"), 1),
        operation("NotEqual", "not_equal", tensor("h"), 0),
        operation("NotEqual", "not_equal", tensor("x"), "0"),
        operation("NotEqual", "not_equal", tensor("nothing"), 0),
        operation("LogicalOr", "not_equal", tensor("not_equal"), tensor("not_equal")),
        operation("Any", "not_equal", tensor("x"), axis=-1),
        operation("LogicalAnd", "not_equal"),
    ],
)
def test_a_mask_of_nobody_is_refused(found: dict[str, Any]) -> None:
    with pytest.raises(engine.SpecError) as caught:
        engine.Spec.from_json(keras_json(EMBEDDING, found, mask="not_equal"))
    assert str(caught.value) == NOBODYS.format("not_equal")


def test_a_long_chain_of_masks_is_refused() -> None:
    chain = [operation("NotEqual", "m0", tensor("x"), 0)]
    chain += [operation("LogicalOr", f"m{n}", tensor(f"m{n - 1}")) for n in range(1, 400)]
    with pytest.raises(engine.SpecError, match="computes a mask that no Embedding"):
        engine.Spec.from_json(keras_json(EMBEDDING, *chain, mask="m399"))


def test_a_mask_from_beside_the_way_is_refused() -> None:
    more = "other = Input((6, 3), name='other')\nz = LSTM(2, name='z')(other)\n"
    text = EMBEDDING.replace("model = Model(x, y", f"{more}model = Model([x, other], [y, z]")
    made = operation("NotEqual", "not_equal", tensor("x"), 0)
    assert engine.Spec.from_json(keras_json(text, made, mask="not_equal", readers=("y",))) == engine.parse(
        text
    )
    with pytest.raises(engine.SpecError) as caught:
        engine.Spec.from_json(keras_json(text, made, mask="not_equal", readers=("z",)))
    assert str(caught.value) == (
        "z is given the mask of a layer that it does not read. "
        "The engine hands masks on by itself, along the layers."
    )


def test_other_operations_are_unknown_layers() -> None:
    with pytest.raises(engine.SpecError, match="Sign"):
        engine.Spec.from_json(keras_json(EMBEDDING, operation("Sign", "sign", tensor("x")), mask="sign"))
