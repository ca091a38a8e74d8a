"""The activation figure: values and slopes of the engine at z, one function or two."""

import numpy as np
import pytest

from course.figures.activation import FUNCTIONS, HIGH, LOW, STEP, read, sentence, show, table
from course.figures.errors import FigureError
from course.figures.plot import Plot
from tests.course.figures.scripts import scripted

ANY = f"functions is a list of different names among {', '.join(FUNCTIONS)}."
TWO = 'functions = ["relu", "tanh"]\nsecond = "tanh"\nz = 1.5\n'


def test_two_functions_at_z() -> None:
    view = show(read(TWO, None), {}, "activation-1")
    assert [(one.name, one.value, one.slope) for one in view.readings] == [
        ("relu", "1.50", "1.00"),
        ("tanh", "0.91", "0.18"),
    ]
    assert view.sentence == "At z = 1.5 relu gives 1.50, slope 1.00; tanh gives 0.91, slope 0.18."
    assert view.rows[-1].cells == ("1.50", "1.00", "0.91", "0.18")


def test_a_flat_place_is_told() -> None:
    view = show(read(TWO, None), {"z": "-2", "g": "none"}, "activation-1")
    assert view.sentence == (
        "At z = −2 relu gives 0.00, slope 0.00. Where the slope is 0, no weight behind it learns."
    )
    assert [dot.css for dot in view.dots] == ["dot first", "dot second off"]


def test_the_same_function_stands_there_once() -> None:
    view = show(read(TWO, None), {"f": "tanh"}, "activation-1")
    assert len(view.rows[0].cells) == 2


@pytest.mark.parametrize("name", FUNCTIONS)
def test_slopes_are_those_of_the_curve(name: str) -> None:
    values, slopes = table(name)
    z = np.linspace(LOW, HIGH, len(values))
    for n in range(1, len(z) - 1):
        around = slopes[n - 1 : n + 2]
        if max(around) - min(around) < 0.05:
            assert (values[n + 1] - values[n - 1]) / (2 * STEP) == pytest.approx(slopes[n], abs=0.05)


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ('functions = ["softmax"]\n', ANY),
        (f"functions = {list(FUNCTIONS[:7])}\n", "functions has 7 names; up to 6 can be chosen."),
        ('functions = ["relu"]\nsecond = "tanh"\n', "second is 'tanh'; it can be relu, none."),
        ("z = 5\n", "z is a number from -4 to 4."),
    ],
)  # fmt: skip
def test_a_block_that_cannot_be_shown(body: str, message: str) -> None:
    with pytest.raises(FigureError) as caught:
        read(body, None)
    assert str(caught.value) == message


def test_the_script_says_the_same() -> None:
    cases = [(1.5, [("relu", 1.5, 1.0), ("tanh", 0.9051, 0.1807)]), (-4.0, [("relu", 0.0, 0.0)])]
    said = scripted("activation/words.js", "(m, [z, readings]) => m.sentence(z, readings)", cases)
    assert said == [sentence(z, readings) for z, readings in cases]


def test_the_script_finds_the_same_places() -> None:
    plot = Plot(-4, 4, -1.5, 4, "x", "y")
    points = [(-4.0, 0.1), (0.123456, 3.99), (2.0, 90.0), (-30.0, -90.0), (4.0, -1.5)]
    drawn = scripted(
        "figures/plot.js", "(m, [plot, points]) => m.pathOf(plot, points)", [(plot.to_json(), points)]
    )
    assert drawn == [plot.path(points)]
