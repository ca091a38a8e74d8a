"""What a network document must hold, and what is said when it does not."""

from typing import Any

import pytest

from course.figures import FigureError, NetworkDocument, network_figure
from course.figures.forward import read_trace
from tests.course.figures.networks import ANIMALS, ANIMALS_JSON


def test_the_lessons_network_is_read() -> None:
    assert ANIMALS.sizes == (8, 6, 6, 4)
    assert ANIMALS.preset("llama") == (2, 2, 0, 2, 2, 0, 0, 2)
    assert ANIMALS.preset_of((2, 2, 0, 2, 2, 0, 0, 2)) == "llama"
    assert ANIMALS.preset("wolf") is None
    assert ANIMALS.layers == ("input", "hidden 1", "hidden 2", "output")


def test_source_and_weights_are_enough() -> None:
    bare = NetworkDocument.load({key: ANIMALS_JSON[key] for key in ("source", "weights")})
    assert bare.features == ("x1", "x2", "x3", "x4", "x5", "x6", "x7", "x8")
    assert bare.classes == ("y1", "y2", "y3", "y4")
    assert bare.first_x == (0,) * 8
    assert network_figure(bare).headline == "Your input, all the way through"


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"source": " "}, "The network has no 'source'. Give the Keras text that builds it."),
        ({"weights": {"W": []}}, "'weights' needs 'W' and 'b', each with one entry per Dense layer."),
        (
            {"weights": {"W": [[[1], [2]], [[1], [1]]], "b": [[0], [0]]}},
            "W[1] should have 1 rows of 1 weights each, to fit b[1].",
        ),
        (
            {"weights": {"W": [[[float("nan")]]], "b": [[0]]}},
            "W[0][0] holds nan, which is not a finite number.",
        ),
        ({"weights": {"W": [[[True]]], "b": [[0]]}}, "W[0][0] holds True, which is not a finite number."),
        ({"weights": {"W": [["1"]], "b": [[0]]}}, "W[0][0] should be a list of numbers."),
        ({"weights": {"W": [[[1.0]] * 13], "b": [[0]]}}, None),
        ({"features": ["legs"]}, "'features' has 1 names; the network needs 8."),
        ({"presets": {"cat": [1]}}, "Preset 'cat' has 1 numbers; the network takes 8."),
        ({"range": {"min": 2, "max": 2}}, "'range' needs min below max and a step above 0."),
    ],
)
def test_a_document_that_does_not_fit_is_refused(change: dict[str, Any], message: str | None) -> None:
    with pytest.raises(FigureError) as caught:
        NetworkDocument.load({**ANIMALS_JSON, **change})
    expected = message or "The figure draws layers of 1 to 12 units; layer 1 is outside of that."
    assert str(caught.value) == expected


def test_weights_that_do_not_fit_the_text_are_refused() -> None:
    document = NetworkDocument.load(
        {
            **ANIMALS_JSON,
            "source": ANIMALS_JSON["source"].replace("units=4", "units=3"),
        }
    )
    with pytest.raises(FigureError, match="The weights do not fit the network's text: Weight array 5"):
        network_figure(document)


def test_a_text_that_cannot_be_read_is_refused() -> None:
    document = NetworkDocument.load({**ANIMALS_JSON, "source": "model = Sequential([Dence(3)])"})
    with pytest.raises(FigureError, match=r"The network's text cannot be used: line 1, column \d+: "):
        network_figure(document)


@pytest.mark.parametrize(
    ("layer", "message"),
    [
        ({"kind": "Conv2D", "name": "conv2d"}, "The network figure draws Dense layers; conv2d is Conv2D."),
        (
            {"kind": "Activation", "name": "act", "activation": "relu", "a": [1.0]},
            "The network figure draws Dense layers; act is Activation.",
        ),
    ],
)
def test_a_layer_that_is_not_dense_is_refused(layer: dict[str, Any], message: str) -> None:
    first = {"kind": "InputLayer", "name": "input", "a": [1.0]}
    with pytest.raises(FigureError) as caught:
        read_trace({"v": 1, "layers": [first, layer]})
    assert str(caught.value) == message


def test_an_activation_of_its_own_belongs_to_the_layer_before() -> None:
    first = {"kind": "InputLayer", "name": "input", "a": [1.0]}
    dense = {
        "kind": "Dense",
        "name": "d",
        "activation": "linear",
        "kernel": [[-2.0]],
        "z": [-2.0],
        "a": [-2.0],
    }
    relu = {"kind": "Activation", "name": "act", "activation": "relu", "z": [-2.0], "a": [0.0]}
    [column] = read_trace({"v": 1, "layers": [first, dense, relu]}).columns
    assert (column.activation, column.bias, column.z, column.a) == ("relu", (0.0,), (-2.0,), (0.0,))


def test_an_activation_that_the_browser_cannot_mirror_is_refused() -> None:
    first = {"kind": "InputLayer", "name": "input", "a": [1.0]}
    dense = {"kind": "Dense", "name": "d", "activation": "mish", "kernel": [[1.0]], "z": [1.0], "a": [0.9]}
    with pytest.raises(FigureError, match=r"The network figure does not draw the activation mish\."):
        read_trace({"v": 1, "layers": [first, dense]})


def test_another_version_of_the_trace_is_refused() -> None:
    with pytest.raises(FigureError, match=r"This figure reads trace version 1, not 2\."):
        read_trace({"v": 2, "layers": []})
