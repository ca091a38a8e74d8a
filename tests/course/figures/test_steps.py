"""Stepping by layer, neuron and operation: where it halts, and what is known there."""

from itertools import pairwise

import pytest
from django.http import QueryDict

from course.figures import FigureState, Focus, lesson_figure
from course.figures.address import Address
from course.figures.forward import run
from course.figures.network import view_of
from course.figures.steps import GRAINS, Known, neighbors, positions, stops
from course.figures.words import plain, step_sentence
from tests.course.figures.networks import ANIMALS, LLAMA

SEEN = run(ANIMALS, LLAMA)
STOPS = stops(SEEN)


def test_how_many_steps_a_pass_has() -> None:
    counts = {grain: len(positions(SEEN, STOPS, grain)) for grain in GRAINS}
    assert counts["layer"] == 8
    assert counts["neuron"] == 2 + 2 * 16, "x, class, and z and a of every unit"
    sources = (SEEN.x, SEEN.columns[0].a, SEEN.columns[1].a)
    live = [
        sum(weight != 0 for weight in row)
        for column, source in zip(SEEN.columns, sources, strict=True)
        for row, value in zip(column.kernel, source, strict=True)
        if value != 0
    ]
    assert counts["operation"] == counts["neuron"] + sum(live)


@pytest.mark.parametrize("grain", GRAINS)
def test_steps_go_there_and_back(grain: str) -> None:
    found = positions(SEEN, STOPS, grain)
    for before, after in pairwise(found):
        assert neighbors(found, before)[1] == after
        assert neighbors(found, after)[0] == before
    assert neighbors(found, found[0])[0] == found[0]
    assert neighbors(found, found[-1])[1] == found[-1]


def test_a_place_of_another_grain_leads_on_from_there() -> None:
    found = positions(SEEN, STOPS, "layer")
    assert neighbors(found, (2, (3, 4))) == ((1, ()), (2, ()))


def test_what_is_known_within_a_step() -> None:
    known = Known(tuple(STOPS), 2, (3, 4))
    assert [known.z(1, unit) for unit in range(4)] == [True, True, False, False]
    assert not known.z(1)
    assert (known.products(1, 2), known.products(1, 1), known.products(2, 2)) == (4, 0, 0)
    assert not known.a(1, 0)
    assert known.a(0, 7)
    assert Known(tuple(STOPS), 3, (2,)).a(1, 1)
    assert not Known(tuple(STOPS), 3, (2,)).a(1, 2)


@pytest.mark.parametrize(
    ("step", "within", "told"),
    [
        (2, (3,), "Hidden 1, unit 3 of 6: h1.3 = 4."),
        (2, (3, 2), "Hidden 1, unit 3 of 6: 2 of 5 products added; so far that is 0.00."),
        (3, (1,), "Hidden 1, unit 1 of 6: h1.1 = 0."),
        (7, (3,), "Output, unit 3 of 4: llama, 88.4%."),
    ],
)
def test_a_step_under_way_is_told(step: int, within: tuple[int, ...], told: str) -> None:
    assert step_sentence(view_of(ANIMALS, FigureState(LLAMA, None, step, (), within, "neuron"))) == told


@pytest.mark.parametrize(
    "wanted", ["0", "9", "1.1", "8.1", "2.7", "2.0", "3.1.1", "2.1.9", "2.1.0", "2..1", "2.1.1.1"]
)
def test_a_step_that_is_not_there_is_told(wanted: str) -> None:
    figure = lesson_figure(ANIMALS, QueryDict(f"t={wanted}"))
    assert figure.notices == (f"Steps go from 1 to 8; {wanted!r} is none of them.",)
    assert figure.step == 8


def test_a_way_of_stepping_that_is_not_there_is_told() -> None:
    figure = lesson_figure(ANIMALS, QueryDict("by=leaps"))
    assert figure.notices == ("Steps go by layer, neuron or operation, not by 'leaps'.",)


def test_the_last_unit_of_a_step_is_its_end() -> None:
    assert lesson_figure(ANIMALS, QueryDict("t=2.6")).state.within == ()


def test_stepping_by_neuron_pins_what_is_computed() -> None:
    figure = lesson_figure(ANIMALS, QueryDict("t=2.2&by=neuron&focus=none"))
    assert figure.forward == "?focus=h1.3&t=2.3&by=neuron#figure"
    address = Address(ANIMALS, FigureState(LLAMA, None, 8))
    assert address.to(FigureState(LLAMA, Focus(1, 2), 2, (), (3,), "neuron")) == figure.forward
    assert plain(figure.phrases) == "Hidden 1, unit 2 of 6: h1.2 = 4."
