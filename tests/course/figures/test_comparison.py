"""Two runs beside each other: what is told, and what stays hidden."""

import pytest
from django.http import QueryDict
from django.template.loader import render_to_string

from course.figures import Figure, lesson_figure
from course.figures.state import Run
from tests.course.figures.networks import ANIMALS


def figure(query: str) -> Figure:
    return lesson_figure(ANIMALS, QueryDict(query), {"preset": "llama"})


def test_a_run_compared_with_itself_says_what_to_do() -> None:
    compared = figure("vs=llama").comparison
    assert compared is not None
    assert (
        compared.sentence == "Run A is a llama. Change an input or a weight, and what differs is listed here."
    )
    assert compared.changes == ()


def test_only_what_differs_is_listed() -> None:
    compared = figure("vs=llama&w=h1.3.4:0.75").comparison
    assert compared is not None
    assert compared.sentence == (
        "Run A is a llama, run B a llama, with 1 number edited. 6 of 24 numbers differ."
    )
    assert [(c.name, c.before, c.after, c.delta, c.css) for c in compared.changes[:2]] == [
        ("h1.3", "4.00", "3.50", "\u22120.50", "down"),
        ("h2.3", "4.00", "3.50", "\u22120.50", "down"),
    ]


def test_what_is_hidden_is_not_compared() -> None:
    compared = figure("vs=cat&t=2").comparison
    assert compared is not None
    assert {change.key.split(".")[0] for change in compared.changes} == {"0", "1"}
    page = render_to_string("course/figures/_network.html", {"figure": figure("vs=cat&t=1")})
    assert page.count('class="change"') == 2 * 4, "four inputs differ, on two sheets"


@pytest.mark.parametrize(
    ("query", "notice"),
    [
        ("vs=wolf", "This network takes 8 inputs; 1 arrived. Nothing is compared."),
        ("vs=1,1,1,1,1,1,1,9", "The input hooves goes from 0 to 2; it was 9. Nothing is compared."),
    ],
)
def test_a_run_that_makes_no_sense_is_told(query: str, notice: str) -> None:
    assert figure(query).notices == (notice,)
    assert figure(query).comparison is None


def test_a_run_is_written_to_the_address_and_read_back() -> None:
    state = figure("vs=1,1,1,1,1,1,1,0.5&vw=h1.3.b:2").state
    assert state.pinned is not None
    assert state.pinned.x == (*[1.0] * 7, 0.5)
    assert "vs=1,1,1,1,1,1,1,0.5&vw=h1.3.b:2" in figure("vs=1,1,1,1,1,1,1,0.5&vw=h1.3.b:2").forward
    assert figure("preset=cat").compare == "?preset=cat&vs=cat#figure"
    assert figure("vs=cat").state.pinned == Run(ANIMALS.preset("cat") or ())
