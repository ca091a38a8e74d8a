"""The network to take along is the lesson's network: the same text, the same 124 numbers."""

import io
import json
from pathlib import Path

import numpy as np
import pytest

import engine
from course.exports import download

ANIMALS = Path(__file__).parents[2] / "content" / "neural-networks" / "networks" / "animals.json"
DOCUMENT = json.loads(ANIMALS.read_text())


def test_the_arrays_give_the_lesson_s_answer() -> None:
    arrays = np.load(io.BytesIO(download("npz", DOCUMENT).content), allow_pickle=False)
    model = engine.build(engine.parse(DOCUMENT["source"]), dtype="float64")
    model.set_weights([arrays[name] for name in ("W1", "b1", "W2", "b2", "W3", "b3")])
    shares = model.predict(np.array([DOCUMENT["presets"]["llama"]], "float64"))
    assert [f"{share:.6f}" for share in shares[0]] == ["0.016200", "0.072603", "0.884488", "0.026709"]


def test_the_text_and_the_document() -> None:
    assert download("keras", DOCUMENT).content.decode() == DOCUMENT["source"]
    assert json.loads(download("json", DOCUMENT).content) == DOCUMENT


def test_a_link_is_not_made_from_a_network() -> None:
    with pytest.raises(KeyError):
        download("link", DOCUMENT)
