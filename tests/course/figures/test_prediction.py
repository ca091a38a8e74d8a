"""Predict, then reveal: nothing tells the answer before, one line names the largest reason after."""

import numpy as np
import pytest
from django.http import QueryDict
from django.template.loader import render_to_string

from course.figures import Figure, lesson_figure, network_figure
from course.figures.forward import run
from course.figures.prediction import _back, _strongest, tells_from
from course.figures.state import Guess
from course.figures.steps import stops
from tests.course.figures.networks import ANIMALS, LLAMA, random_document


def figure(query: str) -> Figure:
    return lesson_figure(ANIMALS, QueryDict(query), {"preset": "llama"})


def reckoning(query: str) -> str:
    found = figure(query).prediction
    assert found is not None
    return found.reckoning


def test_a_prediction_that_came_true() -> None:
    assert reckoning("guess=llama&sure=fairly") == (
        "You expected llama, fairly sure, and so the network answers, with 88.4%. "
        "Largest reason: neck, through h2.3; it adds 2.00 to the sum of llama."
    )


def test_a_prediction_that_did_not() -> None:
    assert reckoning("guess=dog&sure=certain") == (
        "You expected dog, certain; the network answers llama, with 88.4%. "
        "Largest reason: neck, through h2.3; it puts llama 4.00 ahead of dog."
    )


def test_the_line_waits_until_the_answer_is_on_the_page() -> None:
    for step in range(1, 8):
        assert reckoning(f"guess=dog&t={step}") == ""


def test_an_open_prediction_stands_where_nothing_tells_the_answer() -> None:
    assert tells_from(stops(run(ANIMALS, LLAMA))) == 6
    assert figure("").predict == "?t=1&predict=1#figure"
    assert figure("t=4").predict == "?t=4&predict=1#figure"
    assert figure("t=5&predict=1").state.guess == Guess()
    assert figure("t=6&predict=1").state.guess is None, "who steps on has seen it"
    page = render_to_string("course/figures/_network.html", {"figure": figure("t=1&predict=1")})
    assert page.count('name="guess"') == 4
    assert "88.4%" not in page


def test_another_input_asks_anew() -> None:
    shown = figure("guess=dog&sure=guess")
    assert "guess=" not in shown.presets[0].href
    assert "guess=dog&sure=guess" in shown.back
    assert "guess" not in dict(shown.hidden)


@pytest.mark.parametrize("query", ["guess=wolf", "guess=dog&sure=very"])
def test_a_prediction_that_makes_no_sense_is_told(query: str) -> None:
    told = "A prediction names one of cat, dog, llama, lizard, and says guess, fairly or certain."
    assert figure(query).notices == (told,)


def test_a_network_without_classes_asks_for_none() -> None:
    others = [random_document(seed) for seed in range(30)]
    without = next(d for d in others if stops(run(d, d.first_x))[-1].kind != "class")
    shown = network_figure(without)
    assert shown.prediction is None
    assert "Predict" not in render_to_string("course/figures/_network.html", {"figure": shown})


@pytest.mark.parametrize("name", [name for name, _ in ANIMALS.presets])
def test_in_a_relu_network_what_the_inputs_do_for_a_unit_adds_up_to_it(name: str) -> None:
    """The pull on a unit, times the inputs, plus what the biases send through, is the unit's output."""
    seen = run(ANIMALS, ANIMALS.preset(name) or ())
    first, second = seen.columns[:2]
    for unit, output in enumerate(second.a):
        on = np.array(first.a) > 0
        through = np.array(second.kernel)[:, unit] * on * (output > 0)
        biases = through @ np.array(first.bias) + second.bias[unit] * (output > 0)
        assert np.dot(_back(seen.columns[:2], unit), seen.x) + biases == pytest.approx(output)


def test_the_strongest_is_the_largest_product() -> None:
    assert _strongest([1.0, -2.0, 0.5], [1.0, -3.0, 2.0]) == (1, 6.0)
