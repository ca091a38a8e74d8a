"""Older spellings are read as what they mean today, and the note shows today's."""

import pytest

import engine


def read(layers):
    reading = engine.read(f"from keras.layers import *\nmodel = Sequential([{layers}])")
    assert reading.diagnostics == ()
    return reading


def old(reading):
    return [(note.message, note.fix) for note in reading.notes if note.code == "old-spelling"]


@pytest.mark.parametrize(
    ("was", "today"),
    [
        ("Dense(output_dim=3, input_dim=2, bias=False)", "Dense(3, use_bias=False, input_dim=2)"),
        (
            "Convolution2D(4, 3, 3, border_mode='same', subsample=(2, 2), input_shape=(8, 8, 1))",
            "Conv2D(4, (3, 3), padding='same', strides=(2, 2), input_shape=(8, 8, 1))",
        ),
        (
            "Conv2D(4, nb_row=3, nb_col=5, dim_ordering='tf', input_shape=(8, 8, 1))",
            "Conv2D(4, (3, 5), input_shape=(8, 8, 1))",
        ),
        (
            "Convolution1D(nb_filter=4, filter_length=3, input_dim=2, input_length=9)",
            "Conv1D(4, 3, input_shape=(9, 2))",
        ),
        ("MaxPooling1D(pool_length=2, input_shape=(8, 2))", "MaxPooling1D(2, input_shape=(8, 2))"),
        ("Dropout(p=0.5, input_shape=(2,))", "Dropout(0.5, input_shape=(2,))"),
        ("GaussianNoise(sigma=0.5, input_shape=(2,))", "GaussianNoise(0.5, input_shape=(2,))"),
        ("LeakyReLU(alpha=0.2, input_shape=(2,))", "LeakyReLU(0.2, input_shape=(2,))"),
        (
            "LSTM(output_dim=3, inner_activation='sigmoid', dropout_W=0.1, consume_less='cpu', "
            "input_shape=(5, 2))",
            "LSTM(3, dropout=0.1, input_shape=(5, 2))",
        ),
        ("CuDNNLSTM(3, input_shape=(5, 2))", "LSTM(3, input_shape=(5, 2))"),
        (
            "BatchNormalization(mode=0, gamma_init='one', input_shape=(2,))",
            "BatchNormalization(input_shape=(2,))",
        ),
        ("Embedding(9, 3, init='uniform', input_length=5)", "Embedding(9, 3, input_length=5)"),
        (
            "Dense(3, W_regularizer=l2(l=0.1), input_dim=2)",
            "Dense(3, kernel_regularizer=l2(0.1), input_dim=2)",
        ),
        (
            "Dense(3, W_constraint=maxnorm(m=3), input_dim=2)",
            "Dense(3, kernel_constraint=max_norm(3), input_dim=2)",
        ),
    ],
)  # fmt: skip
def test_an_older_spelling_means_todays(was, today):
    head = "from keras.layers import *\nfrom keras.regularizers import l2\n"
    head += "from keras.constraints import maxnorm, max_norm\n"
    reading = engine.read(f"{head}model = Sequential([{was}])")
    assert reading.diagnostics == ()
    assert reading.spec == engine.parse(f"{head}model = Sequential([{today}])")
    assert [note.code for note in reading.notes if note.code == "old-spelling"]


def test_three_numbers_of_a_convolution_by_the_time_of_the_text():
    layer = "Convolution2D(4, 3, 3, input_shape=(9, 9, 1))"
    assert read(layer).spec.layers[1].config["kernel_size"] == (3, 3)
    assert old(read(layer)) == [("Conv2D: 3, 3 are read as Keras 1's kernel of size (3, 3).", None)]
    today = engine.read(f"from tensorflow.keras.layers import *\nmodel = Sequential([{layer}])")
    assert today.spec is not None
    assert today.spec.layers[1].config["strides"] == (3, 3)
    assert [str(note) for note in today.notes if note.code == "kernel-and-strides"] == [
        "line 2, column 21: Convolution2D: the second number is the kernel's size, the third the strides, "
        "as Keras 3 has it. For a kernel of two sides write them as one tuple."
    ]


@pytest.mark.parametrize(
    ("was", "kind", "rate"),
    [
        ("Adam(lr=0.01)", "Adam", 0.01),
        ("adam(lr=0.01)", "Adam", 0.01),
        ("SGD(0.1, decay=0.0)", "SGD", 0.1),
        ("Nadam(lr=0.002, schedule_decay=0.004)", "Nadam", 0.002),
        ("RMSprop(lr=0.001, epsilon=None)", "RMSprop", 0.001),
        ("legacy.Adam(0.01)", "Adam", 0.01),
    ],
)
def test_older_optimizers(was, kind, rate):
    text = f"model = Sequential([Dense(1, input_dim=1)])\nmodel.compile(optimizers.{was}, 'mse')"
    spec = engine.parse(text)
    assert spec.compiled is not None
    assert (spec.compiled.optimizer.kind, spec.compiled.optimizer.config["learning_rate"]) == (kind, rate)


def test_decay_is_todays_schedule():
    text = "model = Sequential([Dense(1, input_dim=1)])\n"
    text += "model.compile(optimizers.SGD(lr=0.1, decay=1e-6), 'mse')"
    reading = engine.read(text)
    assert reading.spec is not None
    rate = reading.spec.compiled.optimizer.config["learning_rate"]
    assert (rate.kind, rate.config["initial_learning_rate"], rate.config["decay_rate"]) == (
        "InverseTimeDecay",
        0.1,
        1e-6,
    )
    assert old(reading)[-1][0] == (
        "SGD: decay=1e-06 is read as a schedule, learning_rate / (1 + decay * step)."
    )
