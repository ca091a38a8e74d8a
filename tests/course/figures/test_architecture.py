"""A network drawn from its Keras text: shapes and parameters by the engine, mistakes told with their line."""

import pytest

from course.figures.architecture import read, show
from course.figures.errors import FigureError

TEXT = """# Digits, small
from keras import Sequential, layers

model = Sequential([
    layers.Conv2D(8, 3, input_shape=(28, 28, 1)),
    layers.Flatten(),
    layers.Dense(10, activation="softmax"),
])
"""


def test_layers_with_shapes_and_parameters() -> None:
    view = show(read(TEXT, None), {}, "network-1")
    assert view.title == "Digits, small"
    assert [(row.kind, row.shape, row.parameters, row.count) for row in view.rows] == [
        ("Conv2D", "26 × 26 × 8", "80", ""),
        ("Flatten", "5408", "0", ""),
        ("Dense", "10", "54,090", "5408 × 10 + 10"),
    ]
    assert [column.layer.label for column in view.diagram.columns] == ["28×28×1", "26×26×8", "5408", "10"]
    assert view.sentence == "3 layers with 54,170 parameters; the last one gives 10 numbers for each sample."


def test_names_stand_below_the_columns_where_there_is_room() -> None:
    pooled = TEXT.replace("layers.Flatten()", "layers.MaxPooling2D(), layers.Flatten()")
    names = [column.layer.note for column in read(pooled, None).diagram.columns]
    assert names == ["input", "Conv2D", "MaxPooling2D", "Flatten", "Dense"]
    crowded = TEXT.replace("layers.Flatten()", "layers.GlobalAveragePooling2D(), layers.BatchNormalization()")
    assert [column.layer.note for column in read(crowded, None).diagram.columns] == [
        "input",
        "Conv2D",
        "",
        "",
        "Dense",
    ]


def test_a_text_without_a_comment_is_titled_by_its_size() -> None:
    assert read(TEXT.partition("\n")[2], None).title == "3 layers, 54,170 parameters"


def test_a_layer_without_a_bias_is_counted_so() -> None:
    layer = "layers.Dense(2, use_bias=False, input_shape=(3,))"
    text = f"from keras import Sequential, layers\nmodel = Sequential([{layer}])\n"
    assert read(text, None).rows[0].count == "3 × 2"


def test_every_mistake_has_its_line() -> None:
    text = (
        "from keras import Sequential, layers\n"
        "model = Sequential([\n  layers.Dens(4),\n  layers.Dense(classes),\n])\n"
    )
    with pytest.raises(FigureError) as caught:
        read(text, None)
    assert [line for line, _ in caught.value.places] == [3, 4]


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        (["i = keras.Input((4,))", "a = layers.Dense(3)(i)", "b = layers.Dense(3)(i)",
          "model = keras.Model(i, layers.Add()([a, b]))"],
         "The figure draws layers one after another; this network branches."),
        (["model = keras.Sequential([keras.Input((4,))])"],
         "The network has no layer besides its input. Add one, such as layers.Dense(4)."),
        (["model = keras.Sequential([keras.Input((4,)), *[layers.Dense(2) for n in range(30)]])"],
         "The figure shows up to 24 layers; this network has 31."),
    ],
)  # fmt: skip
def test_networks_it_does_not_draw(lines: list[str], message: str) -> None:
    with pytest.raises(FigureError) as caught:
        read("\n".join(["import keras", "from keras import layers", *lines]), None)
    assert str(caught.value) == message
