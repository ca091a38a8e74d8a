"""Addresses of the figure: what they may ask, and what is answered when they make no sense."""

import pytest
from django.http import QueryDict

from course.figures import FigureError, FigureState, Focus, lesson_figure, start_state
from course.figures.address import Address
from course.figures.forward import run
from course.figures.reading import read_state
from course.figures.state import find_unit, unit_id
from course.figures.steps import stops
from tests.course.figures.networks import ANIMALS, LLAMA

START = FigureState(LLAMA, Focus(1, 2), 3)
CAT = ANIMALS.preset("cat")


def read(query: str) -> tuple[FigureState, list[str]]:
    return read_state(ANIMALS, QueryDict(query), START, stops(run(ANIMALS, LLAMA)))


def test_an_empty_address_is_the_start() -> None:
    assert read("") == (START, [])


@pytest.mark.parametrize(
    ("query", "state"),
    [
        ("preset=cat", FigureState(CAT or (), Focus(1, 2), 3)),
        ("x=2,2,2,0,0,0,0,0", FigureState(CAT or (), Focus(1, 2), 3)),
        ("x=2&x=2&x=2&x=0&x=0&x=0&x=0&x=0", FigureState(CAT or (), Focus(1, 2), 3)),
        ("x=2,2,2,0,0,0,0,0&preset=llama", START),
        ("focus=h2.6&t=5", FigureState(LLAMA, Focus(2, 5), 5)),
        ("focus=out.3", FigureState(LLAMA, Focus(3, 2), 3)),
        ("focus=lizard", FigureState(LLAMA, Focus(3, 3), 3)),
        ("focus=neck", FigureState(LLAMA, Focus(0, 3), 3)),
        ("focus=x.8", FigureState(LLAMA, Focus(0, 7), 3)),
        ("focus=none", FigureState(LLAMA, None, 3)),
        ("t=8", FigureState(LLAMA, Focus(1, 2), 8)),
    ],
)
def test_an_address_chooses_input_unit_and_step(query: str, state: FigureState) -> None:
    assert read(query) == (state, [])


@pytest.mark.parametrize(
    ("query", "notice"),
    [
        ("preset=wolf", "There is no animal called 'wolf' here; choose one of cat, dog, llama, lizard."),
        ("x=1,2", "This network takes 8 inputs; 2 arrived. The figure keeps the values it had."),
        (
            "x=1,1,1,1,1,1,1,nan",
            "The input hooves should be a number such as 1 or 0.5; it was 'nan'. "
            "The figure keeps the values it had.",
        ),
        (
            "x=1e3,1,1,1,1,1,1,1",
            "The input legs should be a number such as 1 or 0.5; it was '1e3'. "
            "The figure keeps the values it had.",
        ),
        (
            "x=1,1,1,1,1,1,1,3",
            "The input hooves goes from 0 to 2; it was 3. The figure keeps the values it had.",
        ),
        ("focus=h3.1", "There is no unit 'h3.1' in this network; units are named like h1.3 or x.1."),
        ("focus=h1.7", "There is no unit 'h1.7' in this network; units are named like h1.3 or x.1."),
        ("focus=x.0", "There is no unit 'x.0' in this network; units are named like h1.3 or x.1."),
        ("t=9", "Steps go from 1 to 8; '9' is none of them."),
        ("t=0", "Steps go from 1 to 8; '0' is none of them."),
        ("t=١", "Steps go from 1 to 8; '١' is none of them."),
    ],
)
def test_what_makes_no_sense_is_told_and_left_out(query: str, notice: str) -> None:
    assert read(query) == (START, [notice])


def test_a_notice_reaches_the_figure() -> None:
    figure = lesson_figure(ANIMALS, QueryDict("t=99"), {"preset": "llama"})
    assert figure.notices == ("Steps go from 1 to 8; '99' is none of them.",)


def test_every_unit_has_an_id_that_finds_it() -> None:
    for layer, units in enumerate(ANIMALS.sizes):
        for unit in range(units):
            assert find_unit(ANIMALS, unit_id(ANIMALS, Focus(layer, unit))) == Focus(layer, unit)


def test_an_address_holds_only_what_differs_from_the_start() -> None:
    address = Address(ANIMALS, START, (("tab", "text"),))
    assert address.to(START) == "?tab=text#figure"
    assert address.to(FigureState(CAT or (), None, 8)) == "?tab=text&preset=cat&focus=none&t=8#figure"
    odd = FigureState((0.5, *LLAMA[1:]), Focus(3, 0), 3)
    assert address.to(odd) == "?tab=text&x=0.5,2,0,2,2,0,0,2&focus=out.1#figure"


def test_an_author_chooses_where_a_figure_begins() -> None:
    assert start_state(ANIMALS, {"preset": "llama", "focus": "h1.3"}) == START
    assert start_state(ANIMALS, {"preset": "cat", "focus": ""}) == FigureState(CAT or (), None, 8)
    assert start_state(ANIMALS, {"focus": "h2.1", "step": 2}).step == 2


@pytest.mark.parametrize(
    ("start", "message"),
    [
        ({"preset": "wolf"}, "The network has no preset 'wolf'."),
        ({"focus": "h9.1"}, "The network has no unit 'h9.1'; units are named like h1.3 or x.1."),
        ({"step": 9}, "The figure's steps go from 1 to 8; 9 is none of them."),
    ],
)
def test_a_start_that_does_not_exist_is_refused(start: dict[str, object], message: str) -> None:
    with pytest.raises(FigureError) as caught:
        start_state(ANIMALS, start)
    assert str(caught.value) == message
