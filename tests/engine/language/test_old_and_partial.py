"""What older texts and books do besides: merge, numbers as shapes, partial, shapes from the backend."""

import pytest

import engine
from tests.engine.language.test_reader import told

HEAD = """\
from functools import partial
from keras.layers import *
from keras.layers import merge
from keras.models import Model, Sequential
from keras import backend as K
"""


def counted(text: str) -> int:
    return engine.estimate(engine.parse(HEAD + text)).parameters


def notes(text: str) -> list[str]:
    return [f"{note.message} {note.hint}" for note in engine.read(HEAD + text).notes]


@pytest.mark.parametrize(
    ("mode", "kind"),
    [("'sum'", "Add"), ("'mul'", "Multiply"), ("'ave'", "Average"), ("'max'", "Maximum")],
)
def test_merge_of_keras_1_is_the_layer_of_its_mode(mode: str, kind: str) -> None:
    text = f"a = Input((4,))\nb = Input((4,))\nmodel = Model([a, b], merge([a, b], mode={mode}))\n"
    assert [layer.kind for layer in engine.parse(HEAD + text).layers] == ["InputLayer", "InputLayer", kind]
    assert (
        f"merge(..., mode={mode}) is Keras 1's name for {kind}. Today it is written {kind}()([...])."
        in notes(text)
    )


def test_merge_takes_its_axes_along() -> None:
    text = (
        "a = Input((4, 3))\nb = Input((4, 3))\nmodel = Model([a, b], merge([a, b], 'concat', concat_axis=1))"
    )
    assert engine.estimate(engine.parse(HEAD + text)).output_shape == (None, 8, 3)


def test_merge_by_a_function_is_refused() -> None:
    text = "a = Input((4,))\nmodel = Model(a, merge([a, a], mode=lambda x: x[0]))"
    assert told(HEAD + text) == [
        "line 7, column 18: merge is Keras 1's, and its mode is not one that the reader knows. Write the "
        "layer itself: Add, Multiply, Concatenate, Average, Maximum or Dot."
    ]


def test_a_number_as_the_shape_of_an_input() -> None:
    text = "x = Input(shape=8)\nmodel = Model(x, Dense(2)(x))\n"
    assert counted(text) == 18
    assert notes(text) == [
        "Input: the number 8 is read as the shape (8,), as older Kerases did. Today it is written shape=(8,)."
    ]
    assert counted("model = Sequential([Input(8), Dense(2)])") == 18


@pytest.mark.parametrize("shape", ["K.int_shape(x)", "x.shape", "x.get_shape().as_list()", "x._keras_shape"])
def test_the_shape_of_a_tensor_however_it_is_asked_for(shape: str) -> None:
    assert counted(f"x = Input((3, 5))\nmodel = Model(x, Dense({shape}[-1])(x))") == 30


def test_partial_gives_arguments_beforehand() -> None:
    text = (
        "Hidden = partial(Dense, activation='relu')\nWide = partial(Hidden, 7)\n"
        "model = Sequential([Input((2,)), Wide(), Hidden(3), Hidden(units=1, activation='tanh')])"
    )
    spec = engine.parse(HEAD + text)
    assert [(layer.config["units"], layer.config["activation"]) for layer in spec.layers[1:]] == [
        (7, "relu"),
        (3, "relu"),
        (1, "tanh"),
    ]


def test_partial_of_a_function_of_the_text() -> None:
    text = (
        "def build(units, classes):\n    return Sequential([Input((2,)), Dense(units), Dense(classes)])\n"
        "model = partial(build, classes=3)(4)"
    )
    assert counted(text) == 27


def test_partials_do_not_grow_without_end() -> None:
    text = "f = Dense\nfor i in range(400):\n    f = partial(f, 1)\nmodel = Sequential([f()])"
    assert engine.read(HEAD + text).spec is None


def test_the_length_of_what_is_not_known_is_a_hole() -> None:
    text = "model = Sequential([Dense(2, input_dim=len(table.keys()))])"
    (hole,) = engine.read(HEAD + text).holes
    assert hole.name == "len(table.keys())"
    values = {"len(table.keys())": 9}
    assert engine.estimate(engine.parse(HEAD + text, values)).parameters == 20


def test_an_embeddings_input_length_is_the_length_of_its_input() -> None:
    assert counted("model = Sequential([Embedding(9, 2, input_length=5), Flatten(), Dense(1)])") == 29


def test_a_layer_of_keras_that_the_engine_has_not_is_told_as_that() -> None:
    assert told("from keras import layers\nmodel = Sequential([layers.RandomFlip()])") == [
        "line 2, column 28: RandomFlip is a layer of Keras that the engine does not compute. Build the "
        "network from the layers of the reference."
    ]


def test_models_inside_a_model_keep_the_names_that_keras_gives() -> None:
    text = (
        "model = Sequential([Input((4,))])\ninner = Sequential()\ninner.add(Dense(3))\n"
        "model.add(inner)\nmodel.add(Sequential([Dense(2)]))"
    )
    spec = engine.parse(HEAD + text)
    assert engine.parse(engine.write(spec)) == spec
