"""A graded question opens its lesson's figure with the learner's own numbers, at the neuron and the step."""

import json
from typing import Any
from urllib.parse import parse_qsl

import pytest
from django.conf import settings
from django.http import QueryDict

from course.figures import NetworkDocument, lesson_figure
from course.figures.edits import edited
from course.figures.forward import run
from course.figures.pages import start_state
from course.figures.reading import read_state
from course.figures.steps import stops
from course.models import Lesson
from course.placed import placed
from quizzes.figure_links import figure_url, layer_query, placed_query
from quizzes.kinds import KINDS, Variant, View, make_variant
from quizzes.kinds.forms.choices import ManyForm
from tests.quizzes.kinds.generated.cases import seed, typed

DOCUMENT = NetworkDocument.load(
    json.loads((settings.CONTENT_DIR / "neural-networks/networks/animals.json").read_text())
)
KINDS_WITH_A_LAYER: dict[str, dict[str, Any]] = {
    "weighted_sum": {"features": ["legs", "fur", "size"]},
    "layer_vector": {},
    "dead_units": {},
    "forward_pass": {},
    "largest_contribution": {},
}


FOUR = {"classes": ["cat", "dog", "llama", "lizard"]}
ACTIVATIONS = {"activations": ["relu", "sigmoid", "tanh"]}
STORED = [
    {"name": "softmax-1", "kind": "softmax", "body": 'logits = "llama"'},
    {"name": "activation-1", "kind": "activation", "body": 'functions = ["relu", "tanh", "sigmoid"]'},
]


def released(name: str, variant: Variant, response: Any, place: str = "figure_layer") -> dict[str, Any]:
    """What the page knows of the figure once this response is graded and its key may be seen."""
    kind = KINDS[name]
    fields = typed(kind, response)
    grade = kind.grade(variant, kind.parse(variant, fields))
    return dict(kind.view(variant, fields, grade, True).context[place])


@pytest.mark.parametrize("name", KINDS_WITH_A_LAYER)
def test_the_figure_computes_what_the_question_asked(name: str) -> None:
    for number in range(8):
        variant = make_variant(KINDS[name], KINDS_WITH_A_LAYER[name], seed(number))
        layer = released(name, variant, variant.key)
        query = layer_query(DOCUMENT, layer)
        figure = lesson_figure(DOCUMENT, QueryDict(query), {})
        assert not figure.notices, (query, figure.notices)
        unit = int(layer["unit"].partition(".")[2]) - 1
        pairs = zip(layer["x"], layer["kernel"], strict=True)
        z = layer["bias"][unit] + sum(x * row[unit] for x, row in pairs)
        assert f"focus={layer['unit']}&t={layer['step']}" in query
        assert figure_sum(query, unit) == pytest.approx(z)


def figure_sum(query: str, unit: int) -> float:
    """The weighted sum of a unit of the first layer, as the figure of that address works it out."""
    start = start_state(DOCUMENT, {})
    state, _ = read_state(DOCUMENT, QueryDict(query), start, stops(run(DOCUMENT, start.x)))
    return float(run(edited(DOCUMENT, state.edits), state.x).columns[0].z[unit])


def test_it_opens_at_the_first_neuron_that_was_missed() -> None:
    variant = make_variant(KINDS["layer_vector"], {"filled": 0, "units": 4}, seed(1))
    response = [*variant.key[:2], variant.key[2] + 7, variant.key[3] + 7]
    assert released("layer_vector", variant, response)["unit"] == "h1.3"


def test_it_opens_behind_the_sums_when_relu_was_left_out() -> None:
    variant, slip = next(
        (variant, known)
        for number in range(40)
        for variant in [make_variant(KINDS["layer_vector"], {}, seed(number))]
        for known in variant.answers
        if known.code == "R0"
    )
    assert released("layer_vector", variant, slip.value)["step"] == 3
    assert released("layer_vector", variant, variant.key)["step"] == 2


def test_a_pass_opens_at_the_first_step_that_was_missed() -> None:
    variant = make_variant(KINDS["forward_pass"], {}, seed(3))
    response = [*variant.key[:3], variant.key[3] + 1, *variant.key[4:]]
    layer = released("forward_pass", variant, response)
    assert (layer["unit"], layer["step"]) == ("h1.2", 3)


def test_silent_neurons_open_at_the_first_that_was_missed() -> None:
    kind = KINDS["dead_units"]
    assert isinstance(kind, ManyForm)
    variant = make_variant(kind, {}, seed(2))
    ids = {one["id"]: one["text"] for one in variant.shown["options"]}
    off = variant.key.split()
    fields = {"answer": off[1:] or [one for one in ids if one not in off][:1]}
    grade = kind.grade(variant, kind.parse(variant, fields))
    missed = set(off) ^ set(fields["answer"])
    layer = kind.view(variant, fields, grade, True).context["figure_layer"]
    assert layer["unit"] == next(text for key, text in ids.items() if key in missed)


def figure(place: str, name: str) -> Any:
    """The figure in a text as the address shows it."""
    query, anchor = place.removeprefix("?").split("#")
    assert anchor == name
    return placed(STORED, DOCUMENT, tuple(parse_qsl(query)))[name].shown


def test_the_softmax_in_the_text_shows_the_logits_that_were_given() -> None:
    for number in range(8):
        variant = make_variant(KINDS["softmax"], FOUR, seed(number))
        wanted = released("softmax", variant, variant.key, "figure_placed")
        shown = figure(placed_query(STORED, DOCUMENT, wanted), "softmax-1")
        shares = [float(row.share.removesuffix("%")) / 100 for row in shown.rows]
        assert shares == pytest.approx(variant.key, abs=0.006)
        assert not shown.notices


def test_the_function_in_the_text_shows_the_value_that_was_asked() -> None:
    for number in range(8):
        variant = make_variant(KINDS["activation_value"], ACTIVATIONS, seed(number))
        wanted = released("activation_value", variant, variant.key, "figure_placed")
        shown = figure(placed_query(STORED, DOCUMENT, wanted), "activation-1")
        value = float(shown.readings[0].value.replace("\N{MINUS SIGN}", "-"))
        assert value == pytest.approx(variant.key, abs=0.006)
        assert not shown.notices


@pytest.mark.parametrize(
    "wanted",
    [
        {"kind": "softmax", "classes": 3, "fields": {"z1": 1.0}},
        {"kind": "softmax", "classes": 4, "fields": {"z1": 9.0}},
        {"kind": "activation", "fields": {"f": "step", "z": 1.0}},
        {"kind": "loss", "fields": {}},
    ],
    ids=["fewer classes", "beyond the slider", "another function", "no such figure"],
)
def test_what_no_figure_in_the_text_shows_has_no_address(wanted: dict[str, Any]) -> None:
    assert placed_query(STORED, DOCUMENT, wanted) == ""


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("slug", "kind", "data"), [("output", "softmax", FOUR), ("activations", "activation_value", ACTIVATIONS)]
)
def test_the_lessons_have_the_figures_for_it(
    slug: str, kind: str, data: dict[str, Any], course_content: None
) -> None:
    lesson = Lesson.objects.get(slug=slug)
    variant = make_variant(KINDS[kind], data, seed(0))
    view = View("", {"figure_placed": released(kind, variant, variant.key, "figure_placed")})
    name = view.context["figure_placed"]["kind"] + "-1"
    address = figure_url(lesson, view)
    assert address.startswith(f"{lesson.get_absolute_url()}?{name}.")
    assert address.endswith(f"#{name}")


@pytest.mark.parametrize(
    "change",
    [{"features": ["a", "fur", "neck"]}, {"x": [0, 3, 1]}, {"bias": [0] * 7}],
    ids=["another feature", "beyond the sliders", "more neurons"],
)
def test_what_does_not_fit_into_the_lessons_network_has_no_address(change: dict[str, Any]) -> None:
    variant = make_variant(KINDS["layer_vector"], {}, seed(0))
    layer = released("layer_vector", variant, variant.key)
    assert layer_query(DOCUMENT, layer)
    assert layer_query(DOCUMENT, layer | change) == ""
