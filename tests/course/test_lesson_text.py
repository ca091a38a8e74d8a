"""The lesson that gives the overview: every kind of layer, the whole network, numbers that a pencil gives."""

import re

import pytest

import engine
from tests.course.shipped import DOCUMENT, rendered

SLUG = "layers"


@pytest.fixture(scope="module")
def html() -> str:
    return rendered(SLUG).html


def test_it_covers_what_a_lesson_on_layers_must() -> None:
    assert [heading.title for heading in rendered(SLUG).headings] == [
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
        "From memory",
    ]


@pytest.mark.parametrize("kind", ["Dense", "Convolutional", "Pooling", "Recurrent", "Normalization"])
def test_each_kind_of_layer_is_explained(html: str, kind: str) -> None:
    assert f"<strong>{kind}</strong>" in html


def test_each_kind_that_is_not_dense_can_be_tried() -> None:
    shown = {figure.kind for figure in rendered(SLUG).figures}
    assert {"convolution", "pooling", "recurrent", "network"} <= shown


def test_what_it_tells_of_other_layers_is_counted(html: str) -> None:
    text = (
        "from keras import Sequential, layers\n"
        "flat = layers.Flatten(input_shape=(28, 28))\n"
        "model = Sequential([flat, layers.Dense(100, use_bias=False)])\n"
    )
    assert f"has {engine.estimate(engine.parse(text)).parameters:,} weights" in html
    assert f"32 windows of 3 × 3 has {32 * 3 * 3}." in html


def test_the_network_is_shown_as_it_is_submitted(html: str) -> None:
    code = re.sub(r"<[^>]+>", "", html.split('aria-label="8-6-6-4">', 1)[1].split("</pre>", 1)[0])
    spec = engine.parse(code)
    assert engine.estimate(spec).parameters == 124
    assert code.strip() == DOCUMENT.source.strip()


def test_a_few_numbers_that_a_pencil_gives(html: str) -> None:
    for said in (
        "are −0.5, −1, 4, −7, 3, 0.",
        "are −3, −0.5, 4, 0, 1.5, −1.",
        "only 10 carry the llama's answer",
    ):
        assert said in html
