"""What is written is read back as the same network, whatever the network."""

from dataclasses import replace

from hypothesis import given, settings

import engine
from tests.engine.networks_random import specs

TEXT = """\
from keras import Sequential, optimizers, regularizers
from keras.layers import Dense, Dropout, Flatten, Input

model = Sequential(
    [
        Input(shape=(4, 2)),
        Flatten(),
        Dense(6, activation="relu"),
        Dropout(0.5, name="half"),
        Dense(
            4,
            activation="softmax",
            use_bias=False,
            kernel_initializer="he_normal",
            kernel_regularizer=regularizers.L2(l2=0.5),
        ),
    ],
    name="net",
)

model.compile(
    optimizer=optimizers.Adam(learning_rate=0.01),
    loss="categorical_crossentropy",
    metrics=["accuracy", "mae"],
)
model.fit(x_train, y_train, epochs=3, batch_size=16)
"""

FUNCTIONAL = """\
from keras import Model, Sequential
from keras.layers import Dense, Input

a = Input(shape=(4,), name="a")
shared = Dense(4, name="shared")
shared_output = shared(a)
shared_output_2 = shared(shared_output)
head = Sequential(
    [
        Input(shape=(4,)),
        Dense(3),
    ],
    name="head",
)

head_output = head(shared_output_2)
side = Dense(2, name="side")(shared_output)
model = Model(a, [head_output, side])
"""


def test_tidy_text_is_written_as_it_is():
    assert engine.write(engine.parse(TEXT)) == TEXT


def test_a_functional_model_line_by_line():
    assert engine.write(engine.parse(FUNCTIONAL)) == FUNCTIONAL


@settings(max_examples=120, deadline=None)
@given(specs())
def test_any_network_survives_writing(spec):
    text = engine.write(spec)
    reading = engine.read(text)
    assert reading.diagnostics == (), text
    assert reading.spec == spec, text


@settings(max_examples=60, deadline=None)
@given(specs())
def test_any_network_survives_json(spec):
    assert engine.Spec.from_json(spec.to_json()) == replace(spec, fit=None)
    assert hash(engine.Spec.from_json(spec.to_json())) == hash(replace(spec, fit=None))


def test_a_functional_model_survives_json():
    spec = engine.parse(FUNCTIONAL)
    assert engine.Spec.from_json(spec.to_json()) == spec
