"""Edited weights: read from an address or a form, laid over a network, written back."""

from typing import Any

import pytest
from django.http import QueryDict
from django.template.loader import render_to_string

from course.figures import Focus, lesson_figure
from course.figures.edits import edited, edits_text, read_edits, rounded, value_at
from course.figures.forward import run
from course.figures.numbers import typed
from course.figures.state import Edit
from tests.course.figures.networks import ANIMALS, LLAMA

H13 = "edit=h1.3&" + "&".join(f"to={row[2]}" for row in ANIMALS.kernels[0])

TOO_LONG = "This address has more edited weights than a figure takes; it shows the network's own."


def read(query: str) -> tuple[tuple[Edit, ...], list[str]]:
    notices: list[str] = []
    return read_edits(ANIMALS, QueryDict(query), notices), notices


@pytest.mark.parametrize(
    ("text", "value"),
    [("0.75", 0.75), (" 0,75 ", 0.75), ("3/4", 0.75), ("−3", -3.0), ("-1/2", -0.5), ("+2", 2.0)],
)
def test_a_number_as_people_write_it(text: str, value: float) -> None:
    assert typed(text) == value


@pytest.mark.parametrize("text", ["", "nan", "1e3", "1/0", "--1", "1/2/3", "1,000,000", "٣", "1 2", "1."])
def test_what_is_no_number(text: str) -> None:
    assert typed(text) is None


def test_an_address_edits_a_weight_and_a_bias() -> None:
    edits, notices = read("w=h1.3.4:0.75,h1.3.b:-1")
    assert edits == (Edit(1, 2, None, -1.0), Edit(1, 2, 3, 0.75))
    assert notices == []
    assert edits_text(ANIMALS, edits) == "h1.3.b:-1,h1.3.4:0.75"
    changed = edited(ANIMALS, edits)
    assert run(changed, LLAMA).columns[0].z[2] == run(ANIMALS, LLAMA).columns[0].z[2] - 0.25 * 2 - 1
    assert value_at(changed, Focus(1, 2), 3) == 0.75
    assert edited(ANIMALS, ()) is ANIMALS


def test_the_last_edit_of_a_line_wins_and_one_that_changes_nothing_is_none() -> None:
    assert read("w=h1.3.4:3,h1.3.4:2")[0] == (Edit(1, 2, 3, 2.0),)
    assert read("w=h1.3.4:1")[0] == ()


def test_the_form_sends_every_line_and_only_changes_count() -> None:
    assert read(f"{H13}&to=0") == ((), [])
    edits, notices = read(f"w=out.1.b:2&{H13}&to=1/2")
    assert edits == (Edit(1, 2, None, 0.5), Edit(3, 0, None, 2.0))
    assert notices == []
    assert read(f"w=h1.3.b:2&{H13}&to=0")[0] == (), "the form's own number takes an edit back"


@pytest.mark.parametrize(
    ("query", "notice"),
    [
        ("w=h9.1.1:2", "There is no weight 'h9.1.1' here; weights are named like h1.3.4 or h1.3.b."),
        ("w=h1.3.9:2", "There is no weight 'h1.3.9' here; weights are named like h1.3.4 or h1.3.b."),
        ("w=x.1.1:2", "There is no weight 'x.1.1' here; weights are named like h1.3.4 or h1.3.b."),
        ("w=<b>", "There is no weight '<b>' here; weights are named like h1.3.4 or h1.3.b."),
        (
            "w=h1.3.4:nan",
            "h1.3.4 should be a number such as 0.75, 0,75 or 3/4; it was 'nan'. It stays as it was.",
        ),
        ("w=h1.3.4:21", "h1.3.4 goes from −20 to 20; it was 21. It stays as it was."),
        ("w=" + "9" * 4001, TOO_LONG),
        ("edit=x.1&to=1", "There is no neuron 'x.1' whose weights could be edited."),
        ("edit=h1.3&to=1", "h1.3 has 8 weights and a bias; 1 numbers arrived. Nothing was edited."),
    ],
)  # fmt: skip
def test_what_makes_no_sense_is_told_and_left_out(query: str, notice: str) -> None:
    assert read(query) == ((), [notice])


def test_a_network_with_every_line_edited_fits_an_address() -> None:
    lines: list[Any] = [
        (k, j, i) for k, w in enumerate(ANIMALS.kernels, 1) for i in range(len(w)) for j in range(len(w[0]))
    ]
    text = edits_text(ANIMALS, tuple(Edit(*line, -0.123456) for line in lines))
    edits, notices = read(f"w={text}")
    assert (len(edits), notices) == (108, [])
    assert rounded(1 / 3) == 0.333333


def test_the_page_marks_what_was_edited_and_offers_the_way_back() -> None:
    figure = lesson_figure(ANIMALS, QueryDict("w=h1.3.4:0.75,h1.3.1:0&focus=h1.3&t=3"))
    page = render_to_string("course/figures/_network.html", {"figure": figure})
    assert "2 numbers of the network edited." in page
    assert 'href="?focus=h1.3&amp;t=3#figure" data-go="reset"' in page
    back = 'href="?w=h1.3.1:0&amp;focus=h1.3&amp;t=3#figure" data-reset="3"'
    assert f'{back}>reset <span class="sr">neck</span> to 1<' in page
    assert page.count('class="pencil"') == 2
    assert page.count('<g class="marks" aria-hidden="true"><line') == 2
    assert page.count('name="to"') == 9
    assert "style=" not in page


def test_a_flood_of_nonsense_is_told_shortly() -> None:
    figure = lesson_figure(ANIMALS, QueryDict("w=" + ",".join(["zzz"] * 50)))
    assert len(figure.notices) == 5
    assert figure.notices[-1] == "And 46 more parts like these."
