"""A graded question opens its lesson's figure with the learner's own numbers, at the neuron and the step."""

import json
from typing import Any

import pytest
from django.conf import settings
from django.http import QueryDict

from course.figures import NetworkDocument, lesson_figure
from course.figures.edits import edited
from course.figures.forward import run
from course.figures.pages import start_state
from course.figures.reading import read_state
from course.figures.steps import stops
from quizzes.figure_links import layer_query
from quizzes.kinds import KINDS, Variant, make_variant
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
}


def released(name: str, variant: Variant, response: Any) -> dict[str, Any]:
    """What the page knows of the figure once this response is graded and its key may be seen."""
    kind = KINDS[name]
    fields = typed(kind, response)
    grade = kind.grade(variant, kind.parse(variant, fields))
    return dict(kind.view(variant, fields, grade, True).context["figure_layer"])


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
