"""Texts in the manner of public code, each with the number of parameters that Keras itself gives it."""

from pathlib import Path

import pytest

import engine

TEXTS = sorted((Path(__file__).parent / "texts").glob("*.txt"))


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
def test_a_public_text_is_read_with_the_parameters_keras_gives(path: Path) -> None:
    text = path.read_text()
    spec = engine.parse(text)
    assert engine.estimate(spec).parameters == int(text.split()[1])
    assert engine.parse(engine.write(spec)) == spec
