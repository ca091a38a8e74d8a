"""The shipped lesson: complete, its figure cues alive, and no number in it that the engine could give."""

import json
import re
from pathlib import Path

import pytest

import engine
from course.facts import Facts
from course.figures import NetworkDocument
from course.markdown import render

FOLDER = Path(__file__).parents[2] / "content" / "neural-networks"
TEXT = (FOLDER / "layers" / "text.md").read_text()
DOCUMENT = json.loads((FOLDER / "networks" / "animals.json").read_text())


@pytest.fixture(scope="module")
def html() -> str:
    return render(TEXT, Facts(NetworkDocument.load(DOCUMENT))).html


def test_it_covers_what_a_lesson_on_layers_must() -> None:
    titles = [heading.title for heading in render(TEXT, Facts(NetworkDocument.load(DOCUMENT))).headings]
    assert titles == [
        "What a layer is",
        "Why there are different kinds of layers",
        "The network of this lesson",
        "One neuron: a weighted sum",
        "The activation: pass it on, or not",
        "The forward pass",
        "The output: from numbers to classes",
        "How weights get better",
        "The same network in Keras",
        "What to keep",
    ]


@pytest.mark.parametrize("kind", ["Dense", "Convolutional", "Pooling", "Recurrent", "Normalization"])
def test_each_kind_of_layer_is_explained(html: str, kind: str) -> None:
    assert f"<strong>{kind}</strong>" in html


def test_what_it_tells_of_other_layers_is_counted(html: str) -> None:
    text = (
        "from keras import Sequential, layers\n"
        "flat = layers.Flatten(input_shape=(28, 28))\n"
        "model = Sequential([flat, layers.Dense(100, use_bias=False)])\n"
    )
    assert f"has {engine.estimate(engine.parse(text)).parameters:,} weights" in html
    assert f"32 windows of 3 × 3 has {32 * 3 * 3}." in html


def test_the_decimals_in_the_source_are_only_those_of_e() -> None:
    prose = re.sub(r"\{\{.*?\}\}", "", TEXT)
    assert re.findall(r"(?<!h)\b\d+\.\d+", prose) == ["2.718"]


def test_the_network_is_shown_as_it_is_submitted(html: str) -> None:
    code = re.sub(r"<[^>]+>", "", html.split('aria-label="8-6-6-4">', 1)[1].split("</pre>", 1)[0])
    spec = engine.parse(code)
    assert engine.estimate(spec).parameters == 124
    assert code.strip() == DOCUMENT["source"].strip()


def test_a_few_numbers_that_a_pencil_gives(html: str) -> None:
    for said in (
        "are −0.5, −1, 4, −7, 3, 0.",
        "are −3, −0.5, 4, 0, 1.5, −1.",
        "only 10 carry the llama's answer",
    ):
        assert said in html


def test_its_length_is_that_of_one_sitting(html: str) -> None:
    words = len(re.sub(r"<[^>]+>", " ", html).split())
    assert 1400 <= words <= 2500
