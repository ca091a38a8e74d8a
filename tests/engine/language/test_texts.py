"""Texts in the manner of public code, each with the number of parameters that Keras itself gives it."""

import pytest

import engine
from tests.engine.language.public import FOLDER, PublicText, texts

READ = texts()
REFUSED = texts(FOLDER / "refused")


@pytest.mark.parametrize("public", READ, ids=lambda public: public.name)
def test_a_public_text_is_read_with_the_parameters_keras_gives(public: PublicText) -> None:
    spec = engine.parse(public.text, public.values)
    assert engine.estimate(spec).parameters == public.parameters
    assert engine.parse(engine.write(spec)) == spec
    assert engine.Spec.from_json(spec.to_json()) == engine.Spec(
        **{name: getattr(spec, name) for name in ("kind", "name", "layers", "calls", "inputs", "outputs")},
        compiled=spec.compiled,
    )


@pytest.mark.parametrize("public", REFUSED, ids=lambda public: public.name)
def test_a_text_past_the_language_is_refused_by_name_and_place(public: PublicText) -> None:
    reading = engine.read(public.text)
    assert reading.spec is None
    first = reading.diagnostics[0]
    assert (first.code, first.line) == public.refusal
    assert all(told.message and told.hint for told in reading.diagnostics)


def test_of_a_hundred_texts_within_the_language_all_but_two_are_read() -> None:
    """Those in `refused/` that use nothing but the engine's layers, and are networks, count against it."""
    missed = {"video_of_models", "merge_sequential_keras1"}
    assert missed <= {public.name for public in REFUSED}
    assert len(READ) / (len(READ) + len(missed)) >= 0.98
