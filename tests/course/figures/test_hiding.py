"""A reduced figure: parts that a lesson or an address leaves out, and the rest as before."""

import pytest
from django.http import QueryDict
from django.template.loader import render_to_string

from course.figures import FigureError, lesson_figure
from tests.course.figures.networks import ANIMALS

MARKS = {
    "inputs": "data-inputs",
    "presets": "data-preset",
    "edit": "data-edit",
    "compare": 'data-go="compare"',
    "predict": 'data-part="predict"',
    "matrices": "data-matrices",
}
START = {"preset": "llama", "focus": "h1.3"}


def page(query: str = "", **start: object) -> str:
    figure = lesson_figure(ANIMALS, QueryDict(query), START | start)
    return render_to_string("course/figures/_network.html", {"figure": figure})


def shown(text: str) -> set[str]:
    return {name for name, mark in MARKS.items() if mark in text}


def test_nothing_is_hidden_unless_somebody_asks() -> None:
    assert shown(page()) == set(MARKS)


@pytest.mark.parametrize("name", MARKS)
def test_one_part_less(name: str) -> None:
    rest = set(MARKS) - {name}
    assert shown(page(hide=[name])) == rest
    assert shown(page(f"hide={name}")) == rest


def test_an_address_hides_more_and_its_links_carry_that_on() -> None:
    text = page("hide=edit,compare", hide=["inputs"])
    assert shown(text) == {"presets", "predict", "matrices"}
    assert 'href="?hide=compare,edit&amp;preset=cat#figure"' in text
    assert 'name="hide" value="compare,edit"' in text
    assert "Show as tables" in text
    assert "hide=" not in page(hide=["inputs"])


def test_what_cannot_be_hidden() -> None:
    with pytest.raises(FigureError) as caught:
        lesson_figure(ANIMALS, QueryDict(), {"hide": ["tables"]})
    parts = "inputs, presets, edit, compare, predict, matrices"
    assert str(caught.value) == f"A figure cannot hide 'tables'. Parts that can be hidden: {parts}."
    text = page("hide=tables,edit")
    assert f"A figure can hide {parts}. The rest of &#x27;tables,edit&#x27; is shown." in text
    assert shown(text) == set(MARKS) - {"edit"}
