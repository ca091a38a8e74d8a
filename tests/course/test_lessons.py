"""Every shipped lesson: built as a lesson should be, its numbers the engine's, its cues and links alive."""

import re
from collections.abc import Callable

import numpy as np
import pytest

import engine
from course.facts import Facts
from course.markdown.expressions import fill
from course.placed import Figures
from quizzes.kinds import KINDS, make_variant
from tests.course.shipped import (
    DOCUMENT,
    FOLDER,
    LESSONS,
    SKILLS,
    questions_of,
    rendered,
    settings_of,
    text_of,
    words_of,
)

# What may hold digits without being a number of the text.
NOT_A_NUMBER = re.compile(
    r"\{\{.*?\}\}"  # an expression
    r"|^(`{3,})[^\n]*\n.*?^\1`*$"  # a fence
    r"|\]\([^)]*\)"  # the address of a link or a cue
    r"|`[^`\n]*[=@][^`\n]*`|`\w+\([^`\n]*`"  # Keras text or NumPy within a sentence
    r"|\b8-6-6-4\b"  # the network's name
    r"|\blayers? \d\b|\bhidden \d\b"  # a layer's name
    r"|^\d+\. ",  # a list's own numbers
    re.DOTALL | re.MULTILINE,
)
NUMBER = re.compile(r"(?<![\w.^])\d+(?:[.,]\d+)*")  # h1.3, W_1 and x^2 are names and exponents
# Numbers that somebody chose, so that no engine could give them. Everywhere: nothing, one, and the whole.
CHOSEN = {
    "": {"0": "nothing", "1": "one, and the whole that shares make up", "100": "per cent"},
    "activations": {"4": "a sum to try the functions on", "8": "another one"},
    "forward-pass": {"4": "a batch of four animals", "10": "a batch of ten"},
    "keras": {
        "2": "a pool",
        "3": "a window",
        "8": "windows",
        "10": "units of a layer to count",
        "12": "units twice as many, and points of an image",
        "20": "inputs of a layer to count",
        "1,000": "units of large layers",
    },
    "layers": {
        **dict.fromkeys(("3", "28", "32"), "windows, pictures and layers to compare"),
    },
    "network": {"5": "rounds of training", "50": "rounds of training"},
    "output": {
        "0.5": "a temperature",
        "2": "logits to try, and a class's number",
        "3": "what is added to all logits",
        "4": "a temperature",
        "1000": "a power that is too large",
    },
    "training": {
        **dict.fromkeys(("0.9", "0.5", "0.1", "0.01"), "shares to try, and learning rates"),
        **dict.fromkeys(("0.001", "3"), "learning rates"),
        **dict.fromkeys(("5", "20"), "epochs"),
        "10": "values that a weight might take",
        "4": "the logarithm of a number of classes",
    },
}


def test_every_folder_with_a_lesson_is_in_the_outline() -> None:
    assert sorted(path.parent.name for path in FOLDER.glob("*/lesson.toml")) == sorted(LESSONS)
    assert LESSONS[:2] == ["network", "layers"]


@pytest.mark.parametrize("slug", LESSONS)
def test_it_asks_before_it_tells_and_once_more_at_the_end(slug: str) -> None:
    text, page = text_of(slug), rendered(slug)
    assert "?" in text.partition("\n## ")[0], "a lesson opens with a question"
    assert len(page.predictions) == 1
    assert "::: worked " in text
    assert text.count("::: practice ") >= 2
    assert page.headings[-2].title == "What to keep"
    assert page.headings[-1].title == "From memory"
    assert text.partition("\n## From memory\n")[2].count("::: recall ") == 3
    assert text.count("](figure:") + text.count("](focus:") >= 4
    assert text.count("](term:") >= 3


@pytest.mark.parametrize("slug", LESSONS)
def test_no_number_stands_in_it_that_the_engine_could_give(slug: str) -> None:
    prose = NOT_A_NUMBER.sub(" ", text_of(slug))
    chosen = {**CHOSEN[""], **CHOSEN.get(slug, {})}
    assert [number for number in NUMBER.findall(prose) if number not in chosen] == []


@pytest.mark.parametrize("slug", [slug for slug in CHOSEN if slug])
def test_every_chosen_number_is_still_there(slug: str) -> None:
    assert set(CHOSEN[slug]) <= set(NUMBER.findall(NOT_A_NUMBER.sub(" ", text_of(slug))))


@pytest.mark.parametrize("slug", LESSONS)
def test_every_keras_text_in_it_can_be_read(slug: str) -> None:
    for source in re.findall(r"^```keras[^\n]*\n(.*?)^```$", text_of(slug), re.DOTALL | re.MULTILINE):
        assert engine.read(fill(source, Facts(DOCUMENT), is_prose=False)).diagnostics == ()


def test_the_messages_in_the_lesson_on_keras_are_those_of_the_engine() -> None:
    def refused(layer: str) -> engine.SourceError:
        with pytest.raises(engine.SourceError) as caught:
            engine.parse(f"from keras import Sequential, layers\nmodel = Sequential([layers.{layer}])\n")
        return caught.value

    [comma] = refused("Dense(6, input_shape=(8))").diagnostics
    [name] = refused("Dense(unit=6, input_shape=(8,))").diagnostics
    with pytest.raises(engine.ShapeError) as nine:
        engine.build(engine.parse(DOCUMENT.source)).predict(np.zeros((1, 9)))
    for said in (f"{comma.message}\n{comma.hint}", name.message, str(nine.value)):
        assert f"\n{said}\n```" in text_of("keras")


@pytest.mark.parametrize("slug", LESSONS)
def test_its_links_to_other_lessons_lead_somewhere(slug: str) -> None:
    assert set(re.findall(r"\]\(\.\./([a-z-]+)/", text_of(slug))) <= set(LESSONS) - {slug}


@pytest.mark.parametrize("slug", LESSONS)
def test_its_length_and_reading_level_are_for_one_sitting(
    slug: str, record_property: Callable[[str, object], None]
) -> None:
    words = words_of(slug)
    sentences = len(re.findall(r"[.?:](?=\s|\Z)", " ".join(words)))
    record_property("words", len(words))
    record_property("words per sentence", round(len(words) / sentences, 1))
    assert 900 <= len(words) <= 2400
    assert len(words) / sentences <= 18
    minutes = settings_of(slug)["minutes"]
    assert isinstance(minutes, int)
    assert 10 <= minutes <= 20
    assert 65 <= len(words) / minutes <= 140, "reading with a pencil in hand"


@pytest.mark.parametrize("slug", LESSONS)
def test_it_has_two_live_figures_a_film_and_what_to_take_along(slug: str) -> None:
    figures = rendered(slug).figures
    assert settings_of(slug)["figure"]["network"], "the docked one"
    assert figures, "one more in the text"
    for figure in figures:
        assert Figures(DOCUMENT).problems(figure.kind, figure.body) == []
    assert (FOLDER / slug / "film.toml").exists()
    assert {"keras", "npz", "json"} <= {resource["kind"] for resource in settings_of(slug)["resource"]}
    assert "](../" in text_of(slug), "it refers to other lessons"


@pytest.mark.parametrize("slug", LESSONS)
def test_predictions_complete_it_too(slug: str) -> None:
    settings = settings_of(slug)
    assert settings["acts"] == ["text-read", "predicted", "quiz-passed"]
    assert settings["resource"]
    assert settings["revision"]


@pytest.mark.parametrize("slug", LESSONS)
def test_its_quiz(slug: str) -> None:
    questions = questions_of(slug)
    assert len(questions) >= 8
    assert sum(KINDS[one["kind"]].is_generated for one in questions) >= 3
    for one in questions:
        assert KINDS[one["kind"]].validate(one["data"]) == []
        assert make_variant(KINDS[one["kind"]], one["data"], lambda k: bytes([k]) * 16).answers
        assert one["skill"] in SKILLS
        wrong = [option for option in one["data"].get("options", []) if not option.get("is_right")]
        assert all(option["feedback"] for option in wrong)


def test_the_right_option_is_not_the_longest_as_a_rule() -> None:
    choices = [one for slug in LESSONS for one in questions_of(slug) if one["kind"] == "single_choice"]
    longest = [max(one["data"]["options"], key=lambda option: len(option["text"])) for one in choices]
    assert sum(bool(option.get("is_right")) for option in longest) <= len(choices) / 3


@pytest.mark.parametrize("slug", LESSONS)
def test_a_neuron_of_the_lesson_has_the_weights_of_its_network(slug: str) -> None:
    for one in questions_of(slug):
        data = one["data"]
        if data.get("is_of_lesson"):
            layer = data["layer"] - 1
            assert tuple(map(tuple, data["kernel"])) == DOCUMENT.kernels[layer]
            assert tuple(data["bias"]) == DOCUMENT.biases[layer]
