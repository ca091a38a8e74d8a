"""Functional texts: several inputs and outputs, shared layers, nested models, merging."""

import pytest

import engine

HEAD = "from keras import Input, Model, Sequential, layers, activations\nfrom keras.layers import *\n"


def spec(text):
    return engine.parse(HEAD + text)


def told(text):
    return [str(diagnostic) for diagnostic in engine.read(HEAD + text).diagnostics]


def kinds(text):
    return [layer.kind for layer in spec(text).layers]


def test_several_inputs_and_outputs():
    made = spec(
        "a = Input((8,), name='a')\nb = Input((4,), name='b')\n"
        "x = concatenate([Dense(3)(a), Dense(3)(b)], axis=-1)\n"
        "model = Model(inputs=[a, b], outputs=[Dense(2)(x), Dense(1)(x)])"
    )
    assert [made.calls[tensor.call].layer for tensor in made.inputs] == ["a", "b"]
    assert list(engine.estimate(made).output_shapes) == [(None, 2), (None, 1)]


def test_outputs_in_a_dict():
    made = spec("a = Input((8,))\nmodel = Model(a, {'one': Dense(2)(a), 'two': Dense(1)(a)})")
    assert engine.estimate(made).output_shapes == ((None, 2), (None, 1))


def test_operators_and_functions_on_tensors_are_layers():
    text = "a = Input((4,))\nb = Dense(4)(a)\nx = activations.relu(a + b) * b - a\nmodel = Model(a, x)"
    assert sorted(kinds(text)) == ["Activation", "Add", "Dense", "InputLayer", "Multiply", "Subtract"]
    notes = engine.read(HEAD + text).notes
    assert [note.code for note in notes] == ["function-as-layer"] * 4


def test_a_nested_model_keeps_its_name_and_weights():
    made = spec(
        "inner = Sequential([Dense(3, input_shape=(4,)), Dense(2)], name='inner')\n"
        "x = Input((4,))\nmodel = Model(x, inner(x))"
    )
    inner = made.layer("inner")
    assert inner.model is not None
    assert [layer.kind for layer in inner.model.layers] == ["InputLayer", "Dense", "Dense"]
    assert engine.estimate(made).parameters == 15 + 8


def test_a_nested_model_without_an_input_takes_what_it_is_called_on():
    made = spec("inner = Sequential([Dense(3)])\nx = Input((7,))\nmodel = Model(x, inner(x))")
    assert engine.estimate(made).parameters == 24


def test_a_model_inside_a_sequential_model():
    made = spec("body = Sequential([Dense(3, input_shape=(4,))])\nmodel = Sequential([body, Dense(2)])")
    assert engine.estimate(made).parameters == 15 + 8


def test_states_and_keywords_of_a_call():
    made = spec(
        "x = Input((5, 2))\ny, h, c = LSTM(3, return_state=True)(x)\n"
        "z = LSTM(3)(x, initial_state=[h, c])\nmodel = Model(x, z)"
    )
    (call,) = [call for call in made.calls if call.layer == "lstm_1"]
    assert [name for name, _ in call.keywords] == ["initial_state"]
    assert [tensor.output for tensor in call.keywords[0][1]] == [1, 2]


def test_attention_by_name_and_by_position():
    one = spec("x = Input((5, 4))\nmodel = Model(x, MultiHeadAttention(2, 3)(x, x))")
    other = spec("x = Input((5, 4))\nmodel = Model(x, MultiHeadAttention(2, 3)(query=x, value=x))")
    assert one == other


def test_properties_of_a_model():
    made = spec(
        "base = Sequential([Dense(3, input_shape=(4,), name='first'), Dense(2)])\n"
        "first = base.get_layer('first')\nfor layer in base.layers:\n    layer.trainable = False\n"
        "x = Input((4,))\nmodel = Model(x, Dense(1)(first(x)))"
    )
    assert made.layer("first").config["trainable"] is False


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "x = Input((4,))\nmodel = Model(x, Dense(2)(y))",
            "line 4, column 27: The text does not say what 'y' is. Define it, or import it.",
        ),
        (
            "x = Input((4,))\ny = Input((4,), name='other')\nmodel = Model(x, Add()([x, y]))",
            'line 5, column 9: The outputs depend on "other", which is not among the model\'s inputs. '
            "Add it: Model(inputs=[..., other], outputs=...).",
        ),
        (
            "x = Input((4,))\nmodel = Model(Dense(2)(x), x)",
            'line 4, column 9: The inputs of a model come from Input; this one comes from "dense". '
            "Start the model with keras.Input(shape=(...)).",
        ),
        (
            "x = Input((4,))\nmodel = Model(x)",
            "line 4, column 9: Model needs outputs: a tensor or a list of tensors. "
            "Write Model(inputs, outputs).",
        ),
        (
            "x = Input((4,))\nmodel = Model(x, Dense(2)(x, axis=1))",
            "line 4, column 30: Dense cannot be called with 'axis'. "
            "A call takes initial_state, mask, attention_mask, training and use_causal_mask.",
        ),
        (
            "x = Input((4,))\nmodel = Model(x, [Dense(2, name='a')(x), Dense(2, name='a')(x)])",
            "line 4, column 42: Two layers of this model are named 'a'. Give each its own name.",
        ),
        (
            "x = Input((4,))\nmodel = Model(x, Conv2D(2, 3)(x))",
            'line 4, column 18: Conv2D "conv2d" (layer 1) needs an input of rank 4 (batch, height, width, '
            'channels); it receives (batch, 4) from "input_layer". ',
        ),
        (
            "inner = Sequential([Dense(3, input_shape=(4,))], name='inner')\n"
            "x = Input((5,))\nmodel = Model(x, inner(x))",
            'line 5, column 18: Sequential "inner" (layer 1) needs an input of the shape (batch, 4); '
            'it receives (batch, 5) from "input_layer_1". Call it on what it was built for.',
        ),
    ],
)
def test_refusals_by_name_and_place(text, wanted):
    assert told(text)[0].startswith(wanted)
