"""The loss figure: the engine's curve of one weight, where it stands, which way is down."""

import pytest

from course.figures.errors import FigureError
from course.figures.learning import gradients
from course.figures.loss import CHANGES, POINTS, all_curves, read, sentence, show
from tests.course.figures.networks import ANIMALS
from tests.course.figures.scripts import scripted

BODY = 'weights = ["out.3.weight.h2.3", "out.3.bias", "h1.3.weight.neck"]\nsamples = ["llama", "cat"]\n'


def test_it_begins_where_the_weight_stands() -> None:
    view = show(read(BODY, ANIMALS), {}, "loss-1")
    assert view.sentence == (
        "With the weight from h2.3 to llama at 0.5 the loss of the llama is 0.12; the slope there is −0.46: "
        "more of it lowers the loss."
    )
    assert view.change.value == "0"


def test_the_middle_of_every_curve_is_the_network_s_own() -> None:
    curves = all_curves(read(BODY, ANIMALS))
    middle = POINTS // 2
    for sample in ("llama", "cat"):
        known = gradients(ANIMALS, sample)
        at = [curves[name, sample] for name in ("out.3.weight.h2.3", "out.3.bias", "h1.3.weight.neck")]
        assert [curve.losses[middle] for curve in at] == pytest.approx([known.loss] * 3)
        slopes = [known.kernels[2][2][2], known.biases[2][2], known.kernels[0][3][2]]
        assert [curve.slopes[middle] for curve in at] == pytest.approx(slopes)


def test_the_reader_moves_the_weight() -> None:
    view = show(read(BODY, ANIMALS), {"w": "out.3.bias", "of": "cat", "by": "1.52"}, "loss-1")
    assert view.change.value == "1.5"
    assert view.sentence.startswith("With the bias of llama at 1 the loss of the cat is ")


def test_the_table_holds_the_chosen_place() -> None:
    rows = show(read(BODY, ANIMALS), {"by": "0.15"}, "loss-1").rows
    assert [row.weight for row in rows] == [
        "−2.5",
        "−1.75",
        "−1",
        "−0.25",
        "0.5",
        "0.65",
        "1.25",
        "2",
        "2.75",
        "3.5",
    ]


@pytest.mark.parametrize(
    ("body", "line", "message"),
    [
        ('weights = ["h1.9.bias"]\n', 1,
         "The network has no weight 'h1.9.bias'. A weight is named like out.1.weight.h1.2 or "
         "h1.2.weight.legs, from a unit of the layer before, a bias like h1.2.bias."),
        ('weights = ["out.3.bias"]\nsamples = ["cow"]\n', 2,
         "samples is a list of different names among cat, dog, llama, lizard."),
        ("title = 'T'\n", 0, 'This figure needs weights. Write a line like weights = ["one", "two"]'),
    ],
)  # fmt: skip
def test_a_block_that_cannot_be_shown(body: str, line: int, message: str) -> None:
    with pytest.raises(FigureError) as caught:
        read(body, ANIMALS)
    assert caught.value.places == ((line, message),)


def test_a_lesson_without_a_network() -> None:
    with pytest.raises(FigureError) as caught:
        read(BODY, None)
    assert str(caught.value) == (
        "This figure follows a weight of the lesson's network, and this lesson has none."
    )


def test_the_script_says_the_same() -> None:
    curve = all_curves(read(BODY, ANIMALS))["out.3.weight.h2.3", "llama"]
    told = {"line": curve.line, "start": curve.start, "losses": curve.losses, "slopes": curve.slopes}
    said = scripted(
        "loss/words.js",
        "(m, [curve, changes]) => changes.map((c, n) => m.sentence('llama', curve, c, n))",
        [(told, CHANGES)],
    )
    assert said == [[sentence("llama", curve, place) for place in range(POINTS)]]
