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
        ("dog:barks=0.class", "cat"),
        ("cat:neck=2:hooves=2.class", "llama"),
        ("cat:neck=1.5.neck.a", "1.5"),
        ("28 * 28 * 100 | ,", "78,400"),
        ("-1234567.5 | ,", "−1,234,567.5"),
        ("parameters | ,", "124"),
    ],
)
def test_values(facts: Facts, expression: str, text: str) -> None:
    assert facts.text(expression, is_prose=True) == text


@pytest.mark.parametrize(
    ("expression", "same"),
    [
        ("llama.loss", "llama.llama.loss"),
        ("llama.llama.delta", "llama.llama.a - 1"),
        ("llama.cat.delta", "llama.cat.a"),
        ("llama.llama.gradient.h2.3", "llama.h2.3.a * (llama.llama.a - 1)"),
        ("llama.cat.gradient.bias", "llama.cat.a"),
        ("llama.h2.5.gradient.h1.5", "llama.h1.5.a * llama.h2.5.delta"),
        ("llama.h1.3.gradient.whiskers", "0"),
        ("step:on=llama:rate=0.1.out.1.weight.h2.3", "out.1.weight.h2.3 - 0.1 * llama.cat.gradient.h2.3"),
        ("step:on=llama:rate=0.1.h1.3.bias", "h1.3.bias - 0.1 * llama.h1.3.delta"),
        ("loss", "(cat.loss + dog.loss + llama.loss + lizard.loss) / 4"),
        ("trained:epochs=0.dog.loss", "trained:epochs=0:rate=0.5.dog.loss"),
        ("trained:epochs=0.h1.3.bias", "0"),
    ],
)
def test_what_a_sample_teaches_by_hand(facts: Facts, expression: str, same: str) -> None:
    by_hand = facts.text(f"{same} | 6", is_prose=True)
    assert facts.text(f"{expression} | 6", is_prose=True) == by_hand


def test_learning_helps(facts: Facts) -> None:
    def number(expression: str) -> float:
        return float(facts.text(f"{expression} + 0 | 6", is_prose=False))

    assert number("right") == 4
    assert number("step:on=llama:rate=0.1.llama.loss") < number("llama.loss")
    losses = [number(f"trained:epochs={epochs}:rate=0.1:seed=4.loss") for epochs in (0, 10, 100)]
    assert losses == sorted(losses, reverse=True)
    assert number("trained:epochs=100:rate=0.1:seed=4.right") == 4
    assert number("trained:epochs=100.loss") != losses[-1], "another seed starts elsewhere"


def test_only_what_carries_the_answer_is_moved(facts: Facts) -> None:
    """h2.3 and h2.5 are on, h1.3 and h1.5 before them, five ratings before those."""
    output, second, first = 4 * (2 + 1), 2 * 0 + (2 + 1), 1 * (5 + 1)
    assert facts.text("llama.moved", is_prose=True) == str(output + second + first)


def test_code_gets_a_hyphen(facts: Facts) -> None:
    assert facts.text("llama.h1.4.z", is_prose=False) == "-7"


def test_the_source_is_the_keras_text(facts: Facts) -> None:
    source = facts.text("source", is_prose=False)
    assert source.startswith("from keras.models import Sequential")
    assert source.endswith("model = Sequential(layers)")


def test_the_summary_is_what_the_engine_prints(facts: Facts) -> None:
    lines = facts.text("summary", is_prose=False).splitlines()
    assert lines[0] == 'Model: "sequential"'
    assert lines[-3:] == [
        "Total parameters: 124 (496 bytes)",
        "Trainable parameters: 124",
        "Non-trainable parameters: 0",
    ]


@pytest.mark.parametrize(
    ("expression", "message"),
    [
        ("llama.h1.9.z", "There is no neuron 'h1.9' in the network; they are named like h1.3 or out.2."),
        ("llama.h1.3.y", "A neuron has z, a, p, exp and loss; the text asks for 'y'."),
        ("llama.h3.on", "There is no layer 'h3'. Layers: out, h1, h2."),
        ("llama.h2.1.from.neck", "'neck' does not feed 'h2.1': it is not in the layer before."),
        ("llama.h1.3.z | x", "The format 'x' is not known. Write a number of decimals, a comma, + or %."),
        ("llama.h1.3.gradient.h2.1", "'h2.1' does not feed 'h1.3': it is not in the layer before."),
        ("llama.neck.delta", "'neck' is an input, and inputs do not learn."),
        ("zeros.loss", "The loss needs to know what is right: name one of cat, dog, llama, lizard."),
        ("step:rate=0.1.loss", "The loss needs to know what is right: name one of cat, dog, llama, lizard."),
        ("step:on=llama:rate=fast.loss", "Rate, epochs and seed of 'step' are numbers."),
        (
            "trained:epochs=9999.loss",
            "Training takes 0 to 2000 epochs and inputs that are named like the classes.",
        ),
        (
            "cat:ears=2.class",
            "There is no 'ears'. There are legs, fur, whiskers, neck, size, scales, barks, hooves.",
        ),
        ("cat:neck=long.class", "neck='long' should be a number."),
        ("camel:neck=2.class", "There is no animal 'camel'. There are cat, dog, llama, lizard."),
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
