"""Texts that people write, and what is read from them."""

import pytest

import engine

LESSON = """\
from keras.models import Sequential
from keras.layers import Dense, Activation

layers = [
    Dense(units=6, input_shape=(8,), activation='relu'),
    Dense(units=6, activation='relu'),
    Dense(units=4, activation='softmax')
]

model = Sequential(layers)
"""


def shapes(text, **values):
    """The layers of a text as (kind, output shape without the batch, parameters)."""
    spec = engine.parse(text, values)
    return [(row.kind, row.output_shapes[0][1:], row.parameters) for row in engine.estimate(spec).layers]


def told(text, **values):
    """What is wrong with a text, as people read it."""
    return [str(diagnostic) for diagnostic in engine.read(text, values).diagnostics]


def notes(text):
    return [(note.code, note.line) for note in engine.read(text).notes]


def test_the_network_of_the_lesson():
    spec = engine.parse(LESSON)
    assert shapes(LESSON) == [
        ("InputLayer", (8,), 0),
        ("Dense", (6,), 54),
        ("Dense", (6,), 42),
        ("Dense", (4,), 28),
    ]
    assert engine.estimate(spec).parameters == 124
    assert [layer.name for layer in spec.layers] == ["input_layer", "dense", "dense_1", "dense_2"]
    assert spec.name == "sequential"
    assert engine.read(LESSON).notes == ()


def test_layers_that_were_read_stand_with_their_places():
    reading = engine.read(LESSON)
    assert [(row.kind, row.line, row.column, row.summary) for row in reading.layers] == [
        ("InputLayer", 5, 5, ""),
        ("Dense", 5, 5, "6 units, relu"),
        ("Dense", 6, 5, "6 units, relu"),
        ("Dense", 7, 5, "4 units, softmax"),
    ]
    assert [(row.input_shape, row.output_shape, row.parameters) for row in reading.layers[1:]] == [
        ((None, 8), (None, 6), 54),
        ((None, 6), (None, 6), 42),
        ((None, 6), (None, 4), 28),
    ]


def test_a_misspelled_argument_is_marked_and_mended_in_one_step():
    (diagnostic,) = engine.read(LESSON.replace("units=6, input", "unit=6, input")).diagnostics
    assert diagnostic.message == "Dense has no argument 'unit'; did you mean 'units'?"
    assert diagnostic.hint == (
        "units: the number of neurons in the layer, which is the number of outputs. "
        "It takes units, activation, use_bias, kernel_initializer, bias_initializer and 7 more."
    )
    assert (diagnostic.line, diagnostic.column, diagnostic.end_line, diagnostic.end_column) == (5, 11, 5, 15)
    assert (diagnostic.code, diagnostic.fix, diagnostic.snippet) == ("unknown-argument", "units", "unit")


def test_a_gap_hides_no_other_layer():
    reading = engine.read(LESSON.replace("units=6, input", "unit=6, input"))
    assert [(row.kind, row.gap, row.output_shape) for row in reading.layers] == [
        ("InputLayer", False, (None, 8)),
        ("Dense", True, None),
        ("Dense", False, None),
        ("Dense", False, None),
    ]


def test_every_mistake_is_told_each_at_its_place():
    text = """
model = Sequential([
    Dense(unit=6, input_shape=8),
    Dense(6, activation='rellu'),
    Flatten,
    Dence(3),
    Dropout(1.5),
    Dense(0),
    7,
])
"""
    assert told(text) == [
        "line 3, column 11: Dense has no argument 'unit'; did you mean 'units'? "
        "units: the number of neurons in the layer, which is the number of outputs. "
        "It takes units, activation, use_bias, kernel_initializer, bias_initializer and 7 more.",
        "line 3, column 31: Dense: input_shape must be a tuple of whole numbers such as (8,) or (28, 28, 1); "
        "it is 8. Write input_shape=(8,).",
        "line 4, column 25: Dense: activation must be the name of an activation such as 'relu', 'sigmoid' or "
        "'softmax'; it is 'rellu'. Write activation='relu'.",
        "line 5, column 5: Flatten is a class of layers, not a layer. Write Flatten() to build one.",
        "line 6, column 5: There is no layer named 'Dence'; did you mean 'Dense'? Write Dense.",
        "line 7, column 13: Dropout: rate must be a number at least 0 and at most 1; it is 1.5. "
        "rate: the part to drop, from 0 to 1.",
        "line 8, column 11: Dense: units must be a whole number of at least 1; it is 0. "
        "units: the number of neurons in the layer, which is the number of outputs.",
        "line 9, column 5: 7 is not a layer. Build one, such as Dense(6).",
    ]


@pytest.mark.parametrize(
    "head",
    [
        "import keras\nfrom keras import layers\nfrom keras.models import Sequential\nDense = layers.Dense",
        "from keras import Sequential\nfrom keras.layers import *",
        "from tensorflow.keras.models import Sequential\nfrom tensorflow.keras.layers import Dense",
        "import tensorflow as tf\nSequential = tf.keras.Sequential\nDense = tf.keras.layers.Dense",
        "import tensorflow.keras as K\nfrom tensorflow.keras.layers import Dense\n"
        "Sequential = K.models.Sequential",
        "from keras.models import Sequential as Stack\nfrom keras.layers.core import Dense\n"
        "Sequential = Stack",
        "from keras.engine.sequential import Sequential\nfrom keras.layers import Dense as D\nDense = D",
        "from tensorflow.python.keras.models import Sequential\n"
        "from tensorflow.python.keras.layers import Dense",
        "from tf_keras import Sequential\nfrom tf_keras.layers import Dense",
        "import keras as k, numpy as np\nSequential, Dense = k.Sequential, k.layers.Dense",
    ],
)
def test_imports_in_any_spelling(head):
    text = f"{head}\nmodel = Sequential()\nmodel.add(Dense(6, input_dim=8))\nmodel.add(Dense(4))\n"
    assert shapes(text) == [("InputLayer", (8,), 0), ("Dense", (6,), 54), ("Dense", (4,), 28)]
    assert engine.read(text).notes == ()


def test_an_excerpt_without_imports_is_read_with_a_note():
    reading = engine.read("model = Sequential([Dense(3, input_shape=(2,))])")
    assert reading.spec is not None
    assert [str(note) for note in reading.notes] == [
        "line 1, column 9: The text does not import Sequential; it is read as keras.Sequential. "
        "Import it before you run the text.",
        "line 1, column 21: The text does not import Dense; it is read as keras.layers.Dense. "
        "Import it before you run the text.",
    ]


@pytest.mark.parametrize(
    ("first", "shape"),
    [
        ("Dense(6, input_shape=(8,))", (None, 8)),
        ("Dense(6, input_shape=[8])", (None, 8)),
        ("Dense(6, input_dim=8)", (None, 8)),
        ("Dense(6, batch_input_shape=(32, 8))", (32, 8)),
        ("Dense(6, input_shape=(8,), batch_size=5)", (5, 8)),
        ("Input(shape=(8,)), Dense(6)", (None, 8)),
        ("Input((8,)), Dense(6)", (None, 8)),
        ("keras.Input(shape=[8], batch_size=4), Dense(6)", (4, 8)),
        ("InputLayer(shape=(8,)), Dense(6)", (None, 8)),
        ("InputLayer(input_shape=(8,)), Dense(6)", (None, 8)),
        ("InputLayer(batch_input_shape=(2, 8)), Dense(6)", (2, 8)),
        ("Input(batch_shape=(2, 8)), Dense(6)", (2, 8)),
        ("Flatten(input_shape=(4, 2)), Dense(6)", (None, 4, 2)),
    ],
)
def test_the_inputs_shape_in_any_spelling(first, shape):
    spec = engine.parse(f"model = Sequential([{first}])")
    assert spec.layers[0].kind == "InputLayer"
    assert spec.layers[0].config["batch_shape"] == shape
    assert engine.estimate(spec).parameters == 54


def test_a_missing_input_shape_is_a_hole_that_a_value_fills():
    text = "model = Sequential([Dense(6), Dense(4)])"
    (hole,) = engine.read(text).holes
    assert str(hole) == (
        "line 1, column 21: The network does not say what shape its input has. "
        "Give the first layer the shape of one sample, such as input_shape=(8,)."
    )
    assert (hole.code, hole.name) == ("hole", "input_shape")
    assert engine.estimate(engine.parse(text, {"input_shape": (8,)})).parameters == 54 + 28
    assert engine.estimate(engine.parse(text + "\nmodel.build((None, 8))")).parameters == 54 + 28


def test_names_bound_to_numbers_and_arithmetic_on_them():
    text = """
n, k = 8, 2
hidden = n * 2 - 10 // k
sizes = {'out': hidden + 1, 'in': (n,)}
wide = True
model = Sequential()
model.add(Dense(hidden, input_shape=sizes['in'], activation='relu' if wide else 'tanh'))
model.add(Dense(int(sizes['out'] / 2), name='last_%d' % k))
model.add(Dense(len([1, 2, 3]), name=f'{k}nd'))
"""
    assert shapes(text) == [
        ("InputLayer", (8,), 0),
        ("Dense", (11,), 99),
        ("Dense", (6,), 72),
        ("Dense", (3,), 21),
    ]
    assert [layer.name for layer in engine.parse(text).layers[1:]] == ["dense", "last_2", "2nd"]


def test_positional_arguments_and_objects_for_names():
    text = """
from tensorflow import keras
import tensorflow as tf
model = keras.Sequential([
    keras.layers.Dense(4, tf.nn.relu, False, 'he_normal', input_shape=(2,)),
    keras.layers.Dense(3, kernel_initializer=keras.initializers.HeNormal(seed=1),
                       kernel_regularizer=keras.regularizers.l2(0.01)),
    keras.layers.Activation(keras.activations.softmax),
])
"""
    first, second, third = engine.parse(text).layers[1:]
    assert (first.config["activation"], first.config["use_bias"]) == ("relu", False)
    assert first.config["kernel_initializer"] == engine_item("HeNormal", seed=None)
    assert second.config["kernel_initializer"] == engine_item("HeNormal", seed=1)
    assert second.config["kernel_regularizer"] == engine_item("L2", l2=0.01)
    assert third.config["activation"] == "softmax"


def engine_item(kind, **config):
    from engine.spec import Config, Item

    return Item(kind, Config(config))


def test_what_does_not_define_the_network_is_passed_over_with_a_note():
    text = '''"""A text with much around its network."""
import numpy as np
import matplotlib.pyplot as plt
from keras.datasets import mnist
from keras.models import Sequential
from keras.layers import Dense

(x_train, y_train), (x_test, y_test) = mnist.load_data()
x_train = x_train.reshape(-1, 784) / 255.
model = Sequential()  # the network
model.add(Dense(10, input_shape=(784,), activation='softmax'))
model.summary()
print(model.summary())
model.compile(optimizer='sgd', loss='mse')
history = model.fit(x_train, y_train, epochs=3)
plt.plot(history.history['loss'])
for row in x_test:
    print(row)
model.save('model.keras')
'''
    reading = engine.read(text)
    assert reading.spec is not None
    assert [(note.code, note.line) for note in reading.notes] == [
        ("skipped", 8),
        ("skipped", 9),
        ("skipped", 16),
        ("skipped", 19),
    ]
    assert reading.notes[0].message == "This line is passed over: it does not define the network."


def test_compile_and_fit_are_kept():
    text = """
from keras.optimizers import Adam
model = Sequential([Dense(4, input_shape=(2,))])
model.compile(Adam(learning_rate=0.01), 'mse', metrics=['accuracy', 'mae'])
model.fit(x, y, batch_size=16, epochs=20, validation_split=0.1, verbose=0, callbacks=[stop])
"""
    spec = engine.parse(text)
    assert spec.compiled is not None
    assert (spec.compiled.optimizer.kind, spec.compiled.optimizer.config["learning_rate"]) == ("Adam", 0.01)
    assert spec.compiled.loss == engine_item(
        "MeanSquaredError", reduction="sum_over_batch_size", name=None, dtype=None
    )
    assert spec.compiled.metrics == (
        "accuracy",
        engine_item("MeanAbsoluteError", name="mae", dtype=None),
    )
    assert spec.fit is not None
    assert (spec.fit.epochs, spec.fit.batch_size, spec.fit.validation_split) == (20, 16, 0.1)


def test_mistakes_in_compile_and_fit():
    text = """
model = Sequential([Dense(4, input_shape=(2,))])
model.compile(optimzer='adam', loss='mean_square_error', metrics=['acuracy'])
model.fit(x, y, epochs=0)
"""
    assert told(text) == [
        "line 3, column 15: compile has no argument 'optimzer'; did you mean 'optimizer'? "
        "It takes optimizer, loss, loss_weights, metrics and weighted_metrics.",
        "line 3, column 37: compile: loss must be the name of a loss such as 'mean_squared_error', "
        "'mean_absolute_error', 'mean_absolute_percentage_error', or None; it is 'mean_square_error'. "
        "Write loss='mean_squared_error'.",
        "line 3, column 66: compile: metrics must be the name of a metric such as 'accuracy', 'mae' or "
        "'categorical_accuracy'; it is ('acuracy',). Write metrics='accuracy'.",
        "line 4, column 24: fit: epochs must be a whole number from 1 to 100000; it is 0. "
        "It is how many times training goes through all samples.",
    ]


def test_a_setting_that_cannot_be_known_leaves_the_network_readable():
    text = """
def my_loss(y, p):
    return y - p
model = Sequential([Dense(4, input_shape=(2,))])
model.compile(optimizer='adam', loss=my_loss)
model.fit(x, y, epochs=EPOCHS)
"""
    reading = engine.read(text)
    assert reading.spec is not None
    assert reading.spec.compiled is None
    assert [str(note) for note in reading.notes if note.code == "setting-left-out"] == [
        "line 5, column 38: compile: the reader does not know this loss and leaves it out. "
        "Use one of Keras's own by name.",
        "line 6, column 24: fit: the reader does not know this epochs and leaves it out. "
        "Write epochs as a constant.",
    ]


def test_holes_carry_the_name_that_needs_a_value():
    text = """
(x_train, y_train), _ = mnist.load_data()
model = Sequential()
model.add(Dense(hidden, input_shape=x_train.shape[1:]))
model.add(Dense(len(vocabulary) + 1))
model.add(Dense(num_classes, activation='softmax'))
"""
    assert [hole.name for hole in engine.read(text).holes] == [
        "hidden",
        "x_train.shape",
        "len(vocabulary)",
        "num_classes",
    ]
    values = {"x_train.shape": (None, 784), "hidden": 32, "len(vocabulary)": 99, "num_classes": 10}
    assert [row.output_shape for row in engine.read(text, values).layers] == [
        (None, 784),
        (None, 32),
        (None, 100),
        (None, 10),
    ]


def test_a_hole_says_what_it_needs():
    (hole,) = engine.read("model = Sequential([Dense(num_classes, input_dim=4)])").diagnostics
    assert str(hole) == (
        "line 1, column 27: The text does not say what num_classes is. "
        "Write a number in its place, or give it a value."
    )


def test_which_of_several_networks_is_read():
    two = "a = Sequential([Dense(1, input_dim=2)])\nb = Sequential([Dense(3, input_dim=2)])\n"
    assert shapes(two)[-1] == ("Dense", (3,), 9)
    assert shapes(two + "a.compile('sgd', 'mse')")[-1] == ("Dense", (1,), 3)
    assert shapes(two + "model = a\nb.compile('sgd', 'mse')")[-1] == ("Dense", (1,), 3)
    (note,) = [note for note in engine.read(two).notes if note.code == "several-networks"]
    assert str(note) == (
        "line 2, column 5: The text builds 2 networks; the last one is read. Name the one you mean model."
    )


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "model = Sequential([Dense(3, input_dim=2)])\nmodel = wrap(model)",
            "line 2, column 9: The reader cannot follow wrap(...): it reads networks and runs no code. "
            "Build this part with Keras's own layers, or write its result.",
        ),
        (
            "model = Sequential([Dense(3, input_dim=2)])\nif big:\n    model.add(Dense(4))",
            "line 2, column 4: The network depends on big, which the reader does not know. "
            "Write the case that is meant.",
        ),
        (
            "model = Sequential([Dense(3, input_dim=2)])\nmodel.ad(Dense(4))",
            "line 2, column 7: A Sequential model has no method 'ad'; did you mean 'add'? Write add.",
        ),
        (
            "model = Sequential([Lambda(lambda x: x * 2, input_shape=(2,))])",
            "line 1, column 21: A Lambda layer runs code of its own, which the reader cannot know without "
            "running it. Write the layers themselves.",
        ),
        (
            "class Net(keras.Model):\n    def __init__(self):\n        pass\nmodel = Net()",
            "line 1, column 1: Net is a class of its own, derived from Model; the reader runs no code. "
            "Build the network with Sequential or with Model(inputs, outputs).",
        ),
        (
            "model = load_model('x.keras')",
            "line 1, column 9: load_model reads a file, which the reader cannot know without running it. "
            "Write the layers themselves.",
        ),
        (
            "model = Sequential([Dense(2, input_dim=2)])\nwhile error > 0.1:\n    model.add(Dense(2))",
            "line 2, column 1: The network depends on a statement that repeats an unknown number of times: "
            "while error > 0.1. Write the layers one by one.",
        ),
        ("model = Sequential()", "line 1, column 9: This model has no layers. "
         "Add one, such as Dense(6, input_shape=(8,))."),
        ("Dense(3)", "line 1, column 1: The text builds layers but no network. "
         "Put them in one: model = Sequential([...])."),
        ("x = 1", "line 1, column 1: The text builds no network. "
         "Write one, such as model = Sequential([Dense(4, input_shape=(8,))])."),
        ("", "line 1, column 1: The text builds no network. "
         "Write one, such as model = Sequential([Dense(4, input_shape=(8,))])."),
        (
            "a = Dense(3, name='a')\nmodel = Sequential([Input((2,)), a, Dense(4, name='a')])",
            "line 2, column 37: Two layers of this model are named 'a'. "
            "Give each its own name, and use each layer once.",
        ),
        (
            "model = Sequential([Dense(2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, input_dim=3)])",
            "line 1, column 30: Dense: activation must be the name of an activation such as 'relu', "
            "'sigmoid' or 'softmax'; it is 3. activation: the function applied to each output.",
        ),
        (
            "model = Sequential([Dense(6, units=6, input_dim=3)])",
            "line 1, column 30: Dense: units is given twice, by position and by name. Leave one of them out.",
        ),
        (
            "model = Sequential([Dense(activation='relu', input_dim=3)])",
            "line 1, column 21: Dense needs units: a whole number of at least 1. "
            "The number of neurons in the layer, which is the number of outputs.",
        ),
        (
            "model = Sequential([Dense(6.0, input_dim=3)])",
            "line 1, column 27: Dense: units must be a whole number of at least 1; it is 6.0. Write units=6.",
        ),
        (
            "model = Sequential([Input(shape=()), Dense(6)])",
            'line 1, column 38: Dense "dense" (layer 1) needs an input of rank 2 or more '
            '(batch, ..., features); it receives (batch,) from "input_layer". '
            "Give the samples at least one dimension, such as input_shape=(8,).",
        ),
    ],
)  # fmt: skip
def test_refusals_by_name_and_place(text, wanted):
    assert told(text)[0] == wanted


def test_a_loop_that_may_end_early_is_not_counted():
    text = """
model = Sequential([Input((2,))])
for size in [8, 4, 2]:
    if size < least:
        break
    model.add(Dense(size))
"""
    assert told(text)[0] == (
        "line 4, column 8: The network depends on size < least, which the reader does not know. "
        "Write the case that is meant."
    )


def test_what_happens_to_another_name_does_not_matter():
    text = """
helper = wrap(1)
if helper > 3:
    other = Sequential([Dense(helper)])
model = Sequential([Dense(3, input_dim=2)])
"""
    assert shapes(text)[-1] == ("Dense", (3,), 9)


def test_loops_and_builder_functions():
    text = """
def build(units=16, depth=2, classes=4):
    model = Sequential()
    model.add(Input(shape=(8,)))
    for i in range(depth):
        model.add(Dense(units, activation='relu', name='hidden_{}'.format(i)))
        if i < 1:
            model.add(Dropout(0.5))
    model.add(Dense(classes, activation='softmax'))
    return model

network = build(depth=3)
"""
    assert [kind for kind, _, _ in shapes(text)] == [
        "InputLayer", "Dense", "Dropout", "Dense", "Dense", "Dense",
    ]  # fmt: skip


def test_a_builder_that_nobody_calls_is_called_with_its_defaults():
    text = """
def create_model(units, rate=0.2):
    return Sequential([Dense(units, input_dim=3), Dropout(rate)])
"""
    reading = engine.read(text)
    assert [hole.name for hole in reading.holes] == ["units"]
    assert [note.code for note in reading.notes if note.code == "builder-called"] == ["builder-called"]
    assert shapes(text, units=5)[1] == ("Dense", (5,), 20)


def test_a_class_that_only_holds_a_builder():
    text = """
class Net:
    width = 4
    def __init__(self, classes):
        self.classes = classes
    def build(self):
        model = Sequential()
        model.add(Dense(self.width, input_dim=2))
        model.add(Dense(self.classes))
        return model
    @staticmethod
    def other(n):
        return Sequential([Dense(n, input_dim=1)])
model = Net(classes=3).build()
"""
    assert shapes(text) == [("InputLayer", (2,), 0), ("Dense", (4,), 12), ("Dense", (3,), 15)]
    assert shapes(text.replace("Net(classes=3).build()", "Net.other(7)"))[-1] == ("Dense", (7,), 14)


def test_a_functional_model():
    text = """
inputs = keras.Input(shape=(8,))
x = layers.Dense(6, activation='relu')(inputs)
shared = layers.Dense(6)
x = shared(shared(x))
outputs = layers.Dense(4, activation='softmax')(x)
model = keras.Model(inputs=inputs, outputs=outputs, name='net')
"""
    spec = engine.parse(text)
    assert (spec.kind, spec.name) == ("Functional", "net")
    assert [layer.name for layer in spec.layers] == ["input_layer", "dense", "dense_1", "dense_2"]
    assert [call.layer for call in spec.calls] == ["input_layer", "dense", "dense_1", "dense_1", "dense_2"]
    assert engine.estimate(spec).parameters == 54 + 42 + 28


def test_kfold_loops_build_the_network_anew():
    text = """
for train, test in kfold.split(X, y):
    model = Sequential()
    model.add(Dense(3, input_dim=2))
    model.compile('adam', 'mse')
    model.fit(X[train], y[train], epochs=5)
"""
    assert shapes(text)[-1] == ("Dense", (3,), 9)


def test_a_text_in_bytes_with_a_byte_order_mark():
    assert engine.parse(b"\xef\xbb\xbf" + LESSON.encode()) == engine.parse(LESSON)


def test_old_spellings_are_read_with_a_note_of_todays():
    text = "model = Sequential([Dense(output_dim=4, init='uniform', input_dim=2), Dropout(p=0.5)])"
    reading = engine.read(text)
    assert reading.spec is not None
    old = [note for note in reading.notes if note.code == "old-spelling"]
    assert [(note.column, note.fix) for note in old] == [
        (27, "units"),
        (41, "kernel_initializer"),
        (79, "rate"),
    ]
    assert str(old[0]) == (
        "line 1, column 27: Dense: output_dim is an older Keras's name for units. Today it is written units=."
    )


def test_columns_count_code_points():
    (diagnostic,) = engine.read(
        "x = 'größe 🦙'; model = Sequential([Dense(unit=1, input_dim=2)])"
    ).diagnostics
    assert (diagnostic.line, diagnostic.column, diagnostic.end_column) == (1, 42, 46)


def test_the_reading_ceiling():
    assert told("model = Sequential([Dense(600_000, input_dim=1000)])") == [
        "line 1, column 21: The network needs 600,600,000 parameters; no more than 500,000,000 are read. "
        "Use smaller layers or smaller inputs."
    ]
    assert told("model = Sequential([Input((2,))] + [Dense(2) for i in range(512)])")[0].startswith(
        "line 1, column 9: The network needs 513 layers; no more than 512 layers are read."
    )
