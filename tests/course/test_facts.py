"""Numbers in a lesson's text are those of the engine, and a misspelled expression is told what there is."""

import json
from pathlib import Path

import pytest

from course.facts import Facts
from course.figures import NetworkDocument
from course.markdown.expressions import FactError

ANIMALS = Path(__file__).parents[2] / "content" / "neural-networks" / "networks" / "animals.json"


@pytest.fixture(scope="module")
def facts() -> Facts:
    return Facts(NetworkDocument.load(json.loads(ANIMALS.read_text())))


@pytest.mark.parametrize(
    ("expression", "text"),
    [
        ("parameters", "124"),
        ("weights", "108"),
        ("biases", "16"),
        ("units", "24"),
        ("h1.parameters", "54"),
        ("out.weights", "24"),
        ("h2.inputs", "6"),
        ("llama.h1.3.z", "4"),
        ("llama.h1.4.z", "−7"),
        ("llama.h1.4.a", "0"),
        ("llama.h1.on", "2"),
        ("llama.h1.z", "−0.5, −1, 4, −7, 3, 0"),
        ("llama.h2.a", "0, 0, 4, 0, 1.5, 0"),
        ("llama.out.z", "−2.5, −1, 1.5, −2"),
        ("llama.neck.a", "2"),
        ("h1.3.weight.legs", "−0.5"),
        ("h1.3.weight.neck | +", "+1"),
        ("h1.1.bias", "0.5"),
        ("llama.h1.3.from.neck", "2"),
        ("llama.llama.p", "88.4%"),
        ("llama.cat.p", "1.6%"),
        ("llama.llama.z | 1", "1.5"),
        ("llama.llama.exp | 3", "4.482"),
        ("llama.llama.loss | 3", "0.123"),
        ("llama.carriers", "10"),
        ("llama.class", "llama"),
        ("zeros.cat.p", "32.2%"),
    ],
)
def test_values(facts: Facts, expression: str, text: str) -> None:
    assert facts.text(expression, is_prose=True) == text


def test_code_gets_a_hyphen(facts: Facts) -> None:
    assert facts.text("llama.h1.4.z", is_prose=False) == "-7"


def test_the_source_is_the_keras_text(facts: Facts) -> None:
    source = facts.text("source", is_prose=False)
    assert source.startswith("from keras.models import Sequential")
    assert source.endswith("model = Sequential(layers)")


@pytest.mark.parametrize(
    ("expression", "message"),
    [
        ("llama.h1.9.z", "There is no neuron 'h1.9' in the network; they are named like h1.3 or out.2."),
        ("llama.h1.3.y", "A neuron has z, a, p, exp and loss; the text asks for 'y'."),
        ("llama.h3.on", "There is no layer 'h3'. Layers: out, h1, h2."),
        ("llama.h2.1.from.neck", "'neck' does not feed 'h2.1': it is not in the layer before."),
        ("llama.h1.3.z | x", "The format 'x' is not known. Write a number of decimals, + or %."),
        (
            "camel.h1.3.z",
            "There is nothing called 'camel.h1.3.z' here. Begin with cat, dog, llama, lizard, a neuron such"
            " as h1.3, or units, weights, biases, parameters, inputs.",
        ),
    ],
)
def test_what_names_nothing(facts: Facts, expression: str, message: str) -> None:
    with pytest.raises(FactError) as caught:
        facts.text(expression, is_prose=True)
    assert str(caught.value) == message


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({"focus": "h9.1"}, "There is no neuron 'h9.1' in the network; they are named like h1.3 or out.2."),
        ({"preset": "camel"}, "There is no animal 'camel'. There are cat, dog, llama, lizard."),
        ({"t": "9"}, "The figure has the steps 1 to 8; the cue asks for '9'."),
        ({"t": "x"}, "The figure has the steps 1 to 8; the cue asks for 'x'."),
        ({"x": "1,2"}, "This network takes 8 inputs; 2 arrived. The figure keeps the values it had."),
    ],
)
def test_cues_that_lead_nowhere(facts: Facts, settings: dict[str, str], message: str) -> None:
    with pytest.raises(FactError) as caught:
        facts.check_cue(settings)
    assert str(caught.value) == message


def test_cues_that_lead_somewhere(facts: Facts) -> None:
    facts.check_cue({"focus": "none", "preset": "cat", "t": "8"})
    facts.check_cue({"x": "0,0,0,0,0,0,0,0"})
