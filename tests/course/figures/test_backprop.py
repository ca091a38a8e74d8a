"""The way back: the engine's deltas and gradients as worked sums, shown as far as the reader went."""

import pytest

from course.figures.backprop import read, show
from course.figures.blame import arriving, blame, slope
from course.figures.errors import FigureError
from course.figures.forward import run
from course.figures.learning import gradients
from course.figures.state import Focus
from tests.course.figures.networks import ANIMALS, LLAMA

BODY = 'samples = ["llama", "cat"]\nunit = "h2.3"\n'


def test_it_begins_where_the_first_unit_is_known() -> None:
    view = show(read(BODY, ANIMALS), {}, "backprop-1")
    assert view.sentence == (
        "The loss of the llama is 0.12. To h2.3 −0.116 comes back over its weights; "
        "times the slope of relu, 1, its delta is −0.116."
    )
    assert {node.text for node in view.nodes if node.layer == 1} == {"?"}
    assert [row.delta for row in view.rows if row.key == "h1.3"] == ["?"]
    assert not view.is_stepped


def test_a_unit_that_is_not_reached_is_told_so() -> None:
    view = show(read(BODY, ANIMALS), {"at": "out"}, "backprop-1")
    assert view.sentence == (
        "The loss of the llama is 0.12. "
        "The delta of h2.3 is not known yet: it needs those of the layer behind it."
    )
    assert (view.chosen, view.wires) == (None, ())


def test_an_output_is_share_minus_truth() -> None:
    view = show(read(BODY, ANIMALS), {"at": "out", "unit": "out.3"}, "backprop-1")
    assert view.sentence.endswith("For llama delta is share minus truth: 0.884 − 1 = −0.116.")


def test_the_step_lowers_the_loss() -> None:
    view = show(read(BODY + "rate = 0.2\n", ANIMALS), {"at": "step"}, "backprop-1")
    assert view.sentence.startswith(
        "One step at learning rate 0.2 takes the loss of the llama from 0.12 to 0.0"
    )
    assert view.is_stepped
    assert view.chosen is not None
    changed = [weight for weight in view.chosen.weights if weight.before != weight.after]
    assert [weight.name for weight in changed] == ["h1.3", "h1.5", "bias"]


def test_the_worked_sums_are_the_engine_s_deltas() -> None:
    seen, back = run(ANIMALS, LLAMA), gradients(ANIMALS, "llama")
    for layer in (1, 2):
        column = seen.columns[layer - 1]
        for unit in range(6):
            here = Focus(layer, unit)
            worked = arriving(ANIMALS, back, here) * slope(column.activation, column.z, unit)
            assert worked == pytest.approx(back.deltas[layer - 1][unit], abs=1e-12)
            for source, value in enumerate(seen.source(layer)):
                gradient = back.kernels[layer - 1][source][unit]
                assert gradient == pytest.approx(value * back.deltas[layer - 1][unit], abs=1e-12)


def test_lines_join_the_unit_with_what_matters() -> None:
    view = show(read(BODY, ANIMALS), {}, "backprop-1")
    chosen = blame(ANIMALS, "llama", 0.1).units["h2.3"]
    told = [part.css for part in chosen.parts] + [w.css for w in chosen.weights if not w.is_bias]
    assert [wire.css for wire in view.wires] == [css for css in told if css != "zero"]


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ('unit = "x.1"\n',
         "unit is 'x.1'; it can be out.1, out.2, out.3, out.4, h2.1, h2.2, h2.3, h2.4, h2.5, h2.6, "
         "h1.1, h1.2, h1.3, h1.4, h1.5, h1.6."),
        ("rate = 0\n", "rate is a number from 0.001 to 2."),
        ('samples = "llama"\n', "samples is a list of different names among cat, dog, llama, lizard."),
    ],
)  # fmt: skip
def test_a_block_that_cannot_be_shown(body: str, message: str) -> None:
    with pytest.raises(FigureError) as caught:
        read(body, ANIMALS)
    assert str(caught.value) == message


def test_a_lesson_without_a_network() -> None:
    with pytest.raises(FigureError) as caught:
        read(BODY, None)
    assert str(caught.value) == "This figure follows the lesson's network back, and this lesson has none."
