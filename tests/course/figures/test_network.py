"""The figure: numbers of the engine, hidden until they are computed, at places that stay."""

import re
from itertools import pairwise

import numpy as np
import pytest
from django.http import QueryDict
from django.template.loader import render_to_string

from course.figures import (
    Figure,
    FigureError,
    Focus,
    NetworkDocument,
    carried,
    hero_figure,
    lesson_figure,
    network_figure,
)
from course.figures.forward import carriers, run
from course.figures.sheets import layouts
from course.figures.steps import Known, stops
from course.figures.words import plain
from tests.course.figures.networks import ANIMALS, LLAMA, keras_text, random_document


def rendered(figure: Figure) -> str:
    return render_to_string("course/figures/_network.html", {"figure": figure})


def llama(step: int, focus: Focus | None = None) -> Figure:
    return network_figure(ANIMALS, LLAMA, step, focus)


def test_the_llama_at_every_step() -> None:
    assert [llama(step).sentence for step in range(1, 9)] == [
        "The input is a llama: 5 of 8 numbers are not 0.",
        "Hidden 1, weighted sums: 2 of 6 are positive; the largest is h1.3 = 4.",
        "Hidden 1 after relu: 2 of 6 units are on; the largest output is h1.3 = 4.",
        "Hidden 2, weighted sums: 2 of 6 are positive; the largest is h2.3 = 4.",
        "Hidden 2 after relu: 2 of 6 units are on; the largest output is h2.3 = 4.",
        "Output, weighted sums: 1 of 4 are positive; the largest is llama = 1.5.",
        "Softmax turns the sums into shares; the largest is llama, 88.4%.",
        "The network answers llama, with 88.4%.",
    ]


def test_a_pinned_neuron_tells_its_sum() -> None:
    figure = llama(3, Focus(1, 2))
    assert figure.headline == "Neuron h1.3 looks at a llama"
    told = "5 products arrive and add up to z = 4.00. It is positive, so relu(z) = 4.00."
    assert plain(figure.phrases) == told
    assert figure.zeros == "Nothing comes from whiskers, scales and barks: the input or the weight is 0."
    assert figure.sum is not None
    assert [(cell.name, cell.total) for cell in figure.sum.cells] == [
        ("legs", "−1.00"),
        ("fur", "+1.00"),
        ("neck", "+2.00"),
        ("size", "+1.00"),
        ("hooves", "+1.00"),
        ("bias", "0.00"),
        ("z", "4.00"),
    ]


@pytest.mark.parametrize(
    ("step", "focus", "told"),
    [
        (1, Focus(1, 2), "5 products will arrive. Multiply, add the bias, then step on to compare."),
        (2, Focus(1, 2), "5 products arrive and add up to z = 4.00. What relu makes of it is the next step."),
        (8, Focus(1, 0), "3 products arrive and add up with the bias to z = −0.50. "
                         "It is negative, so relu(z) = 0.00."),
        (2, Focus(2, 2), "Not computed yet: its 3 weights wait for what comes before."),
        (8, Focus(3, 2), "1 product arrives and adds up with the bias to z = 1.50. "
                         "Compared with the other 3 sums, that is 88.4%."),
        (8, Focus(0, 3), "The input neck is 2: given, not computed. It meets 3 weights that are not 0."),
        (8, Focus(0, 2), "The input whiskers is 0: given, not computed. It meets 3 weights that are not 0. "
                         "An input of 0 silences them all."),
    ],
)  # fmt: skip
def test_a_sum_is_told_as_far_as_it_is_computed(step: int, focus: Focus, told: str) -> None:
    assert plain(llama(step, focus).phrases) == told


@pytest.mark.parametrize("step", [1, 2, 3, 4, 6])
@pytest.mark.parametrize("focus", [None, Focus(1, 0), Focus(2, 1), Focus(3, 1)])
def test_hidden_values_are_not_on_the_page(step: int, focus: Focus | None) -> None:
    """No sum and no output beyond the step is written anywhere: not in the drawing, a label or a table."""
    document = large_numbers()
    seen = run(document, document.first_x)
    known = Known(tuple(stops(seen)), step)
    page = text_of(rendered(network_figure(document, document.first_x, step, focus)))
    for layer, column in enumerate(seen.columns, start=1):
        for value in map(int, column.z):
            assert (f"{abs(value)}." in page) == known.z(layer), (layer, value)


def large_numbers() -> NetworkDocument:
    """3-4-3-2 whose sums have four and more digits, which nothing else on the page has."""
    random = np.random.default_rng(5)
    shapes = [(3, 4), (4, 3), (3, 2)]
    return NetworkDocument.load(
        {
            "source": keras_text((3, 4, 3, 2), ["relu", "linear", "softmax"]),
            "weights": {
                "W": [(random.uniform(0.2, 0.9, shape) * 997).round(2).tolist() for shape in shapes],
                "b": [[0.0] * n for _, n in shapes],
            },
            "presets": {"one": [1.5, 2.5, 3.5]},
        }
    )


def text_of(page: str) -> str:
    """All that can be read on the page, weights aside: those are given, not computed."""
    page = re.sub(r"<script.*?</script>", "", page, flags=re.S)
    page = re.sub(r'<table class="data">.*?</table>', "", page, flags=re.S)
    page = re.sub(r'<g class="pills".*?</g></g>', "", page, flags=re.S)
    page = re.sub(r'<td class="(pos|neg|zero)"[^>]*>[^<]*</td>', "", page)
    return " ".join([*re.findall(r">([^<]+)<", page), *re.findall(r'aria-label="([^"]*)"', page)])


def test_an_unknown_unit_is_a_question_mark() -> None:
    figure = llama(2, Focus(2, 2))
    nodes = {item.node.key: item for item in figure.sheets[0].nodes}
    assert nodes["1.2"].node.text == "4"
    assert nodes["2.2"].node.text == "?"
    assert nodes["2.2"].label == "h2.3, hidden 2 unit 3 of 6, not computed yet"
    rows = {row.key: row for group in figure.values for row in group.rows}
    assert (rows["1.2"].z, rows["1.2"].a) == ("4.00", "?")
    assert (rows["2.2"].z, rows["2.2"].a) == ("?", "?")
    assert all(output.output.share is None for output in figure.sheets[0].outputs)


def test_the_geometry_is_the_same_at_every_step() -> None:
    places = {tuple((n.node.x, n.node.y) for n in llama(step).sheets[1].nodes) for step in range(1, 9)}
    assert len(places) == 1


@pytest.mark.parametrize("seed", range(20))
def test_units_of_a_layer_never_touch_and_stay_on_the_sheet(seed: int) -> None:
    for layout in layouts(random_document(seed)):
        radius = layout.sheet.radius
        for column in layout.ys:
            assert all(b - a > 2 * radius for a, b in pairwise(column))
            assert column[0] - radius > 33
            assert column[-1] + radius < layout.height
        assert all(b - a > 2 * radius + 10 for a, b in pairwise(layout.xs))


def test_ten_of_108_weights_carry_the_llama() -> None:
    counted = carried(ANIMALS, LLAMA)
    assert (counted.live, counted.idle, counted.weights, counted.units, counted.parameters) == (
        10,
        98,
        108,
        24,
        124,
    )


@pytest.mark.parametrize("name", [name for name, _ in ANIMALS.presets])
def test_the_other_weights_change_nothing(name: str) -> None:
    """Set to zero, the idle weights leave every output exactly as it was."""
    seen = run(ANIMALS, ANIMALS.preset(name) or ())
    keep = carriers(seen, len(seen.columns) + 1)
    a = np.array(seen.x)
    for column, mask in zip(seen.columns, keep, strict=True):
        z = a @ (np.array(column.kernel) * np.array(mask)) + np.array(column.bias)
        a = np.maximum(z, 0)
    assert z.tolist() == list(seen.columns[-1].z)


def test_lines_do_not_tell_what_is_hidden() -> None:
    """Before layer 1 is computed no line into it is drawn as stopped: that would say which units are off."""
    assert not [edge.css for edge in llama(1).sheets[0].edges if "stopped" in edge.css]
    assert [edge.css for edge in llama(3).sheets[0].edges if "stopped" in edge.css]


def test_the_page_has_no_inline_style_and_every_state_is_a_link() -> None:
    page = rendered(lesson_figure(ANIMALS, QueryDict(""), {"preset": "llama", "focus": "h1.3"}))
    assert "style=" not in page
    assert 'href="?t=4#figure"' in page
    assert 'href="?focus=h2.3#figure"' in page
    assert 'href="?preset=cat#figure"' in page
    assert page.count('name="x"') == 8


def test_names_are_escaped() -> None:
    data = {"source": ANIMALS.source, "weights": {"W": ANIMALS.kernels, "b": ANIMALS.biases}}
    names = [f"<b>{n}</b>\"'&" for n in range(8)]
    page = rendered(network_figure(NetworkDocument.load({**data, "features": names})))
    assert "<b>" not in page


def test_inputs_of_the_wrong_length_or_a_step_that_is_not_there_are_refused() -> None:
    with pytest.raises(FigureError, match=r"This network takes 8 inputs; 2 were given\."):
        network_figure(ANIMALS, (1, 2))
    with pytest.raises(FigureError, match=r"Steps go from 1 to 8; 9 is none of them\."):
        network_figure(ANIMALS, LLAMA, 9)


def test_the_hero_shows_the_whole_pass_and_counts() -> None:
    hero = hero_figure(ANIMALS, QueryDict("preset=cat"), "llama")
    assert hero.input == "a cat"
    assert hero.figure.headline == "A cat, all the way through"
    page = render_to_string("course/figures/_hero.html", {"hero": hero})
    assert "data-step" not in page
    assert 'href="?#figure"' in page
