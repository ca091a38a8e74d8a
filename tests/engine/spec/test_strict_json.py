"""JSON from strangers."""

import pytest

from engine.errors import SpecError
from engine.spec import Spec
from engine.spec.strict_json import loads


def test_plain_json():
    assert loads('{"a": [1, 2.5, null, true, "x]"]}') == {"a": [1, 2.5, None, True, "x]"]}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[" * 65 + "]" * 65, "The JSON is nested more than 64 deep."),
        ("[" * 100_000, "The JSON is nested more than 64 deep."),
        ('{"a": ' * 200, "The JSON is nested more than 64 deep."),
        ("[NaN]", "The JSON holds NaN; only finite numbers are read."),
        ("[-Infinity]", "The JSON holds -Infinity; only finite numbers are read."),
        ("[1e999]", "The JSON holds a number too large to read."),
        ("[" + "9" * 5000 + "]", "The JSON holds a number too large to read."),
        ("[9223372036854775808]", "The JSON holds a number too large to read."),
        ('{"a": 1, "a": 2}', "The JSON gives the key 'a' twice."),
        ("[1", "This is not JSON: Expecting ',' delimiter (line 1, column 3)."),
        ('["', "This is not JSON: Unterminated string starting at (line 1, column 2)."),
        ("", "This is not JSON: Expecting value (line 1, column 1)."),
        (" " * 300_000, "The JSON is longer than 256 KiB."),
        ("é" * 140_000, "The JSON is longer than 256 KiB."),
    ],
)
def test_refusals(text, told):
    with pytest.raises(SpecError) as caught:
        loads(text)
    assert str(caught.value) == told


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[]", "The model must be a JSON object."),
        ("{}", "Class_name must be a short JSON string."),
        (
            '{"class_name": "Thing"}',
            "The model is of class 'Thing'; the engine reads Sequential and Functional.",
        ),
        ('{"class_name": "Sequential", "config": {"layers": 3}}', "Layers must be a JSON array."),
        (
            '{"class_name": "Sequential", "config": {"layers": []}}',
            "The model says nowhere what shape its input has. "
            "Build it, or give its first layer an input shape, before you write it as JSON.",
        ),
        (
            '{"class_name": "Sequential", "config": {"layers": '
            '[{"class_name": "Dence", "config": {"name": "d"}}]}}',
            "There is no layer named 'Dence'; did you mean 'Dense'?",
        ),
        (
            '{"class_name": "Sequential", "config": {"build_input_shape": [null, 2], "layers": '
            '[{"class_name": "Dense", "config": {"name": "d", "units": true}}]}}',
            "Dense: units must be a whole number of at least 1; it is True. "
            "units: the number of neurons in the layer, which is the number of outputs.",
        ),
        (
            '{"class_name": "Sequential", "config": {"build_input_shape": [null, 2], "layers": '
            '[{"class_name": "Dense", "config": {"name": "d", "units": 1}}, '
            '{"class_name": "Dense", "config": {"name": "d", "units": 1}}]}}',
            "Two layers are named 'd'. Give each its own name.",
        ),
        (
            '{"class_name": "Functional", "config": {"layers": [{"class_name": "Dense", "config": '
            '{"name": "d", "units": 1}, "inbound_nodes": [{"args": [{"class_name": "__keras_tensor__", '
            '"config": {"keras_history": ["d", 0, 0]}}]}]}], "input_layers": ["d", 0, 0]}}',
            "The calls of d read tensors that nothing returns.",
        ),
        (
            '{"class_name": "Functional", "config": {"layers": [], "input_layers": ["d", 0, 0]}}',
            "input_layers names no tensor of the model.",
        ),
        (
            '{"class_name": "Functional", "config": {"layers": [{"class_name": "InputLayer", "config": '
            '{"name": "i", "batch_shape": [null, 2]}}], "input_layers": ["i", 0, 0], '
            '"output_layers": ["i", 0, 7]}}',
            "A call reads an output that its layer does not have.",
        ),
        (
            '{"class_name": "Functional", "config": {"layers": [{"class_name": "Dense", "config": '
            '{"name": "d", "units": 1}, "inbound_nodes": [7]}]}}',
            "The calls of d are not in Keras's form.",
        ),
    ],
)
def test_models_that_are_none(text, told):
    with pytest.raises(SpecError) as caught:
        Spec.from_json(text)
    assert str(caught.value) == told
