"""Gradient descent: the engine's steps over the landscape of a few points, told honestly."""

import numpy as np
import pytest

from course.figures.descent import ENOUGH, POINTS, descend, read, sentence, show
from course.figures.errors import FigureError
from course.figures.hill import hill
from tests.course.figures.scripts import scripted


def test_it_begins_at_the_start() -> None:
    view = show(read("", None), {}, "descent-1")
    assert view.sentence == "After 0 steps: weight −2.50, bias 3.00, loss 23.27. Take a step downhill."
    assert [slider.label for slider in view.starts] == ["First weight", "First bias"]
    assert view.heads == ("weight", "bias", "loss", "slope for the weight", "slope for the bias")


@pytest.mark.parametrize("has_bias", [True, False])
def test_the_landscape_is_the_engine_s_loss_and_gradient(has_bias: bool) -> None:
    start = (1.5, -2.0)[: 1 + has_bias]
    for stop in descend(POINTS, start, 0.1, 12):
        slope = hill(POINTS, has_bias=has_bias)
        assert slope.loss(stop.place) == pytest.approx(stop.loss, rel=1e-9)
        assert slope.gradient(stop.place) == pytest.approx(stop.gradient, rel=1e-6, abs=1e-9)


def test_level_lines_are_level() -> None:
    slope = hill(POINTS, has_bias=True)
    losses = [slope.loss(place) for place in slope._ellipse(2.0)]
    assert losses == pytest.approx([slope.loss(slope.bottom) + 2.0] * len(losses))


def test_a_small_rate_arrives() -> None:
    view = show(read("rate = 0.3\n", None), {"n": "40"}, "descent-1")
    assert view.sentence.endswith("The ground is level: this is the bottom.")
    assert len(view.rows) == 41


def test_a_rate_that_is_too_large_is_told() -> None:
    once = show(read('on = "curve"\nrate = 0.9\n', None), {"n": "1"}, "descent-1")
    assert once.sentence.endswith("The last step made it worse: it overshot the bottom.")
    view = show(read('on = "curve"\nrate = 1.5\n', None), {"n": "40"}, "descent-1")
    assert view.sentence.endswith(
        "Every step overshoots further: the loss grows without end. Lower the learning rate."
    )
    assert len(view.rows) < 15


def test_the_buttons_go_on_from_where_it_stands() -> None:
    view = show(read("", None), {"n": "3", "go": "13"}, "descent-1")
    assert (view.steps.value, view.one_more, view.ten_more) == ("13", 14, 23)


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ("points = [[1, 1], [1, 2]]\n",
         "points is a list of 2 to 8 pairs [x, y] from -4 to 4, not all above one another."),
        ("points = [[0, -4], [0.5, 4]]\n", "The bottom lies at 16.00, −4.00, off the sheet from -6 to 6."),
        ('on = "curve"\nstart = [1, 2]\n', "start is a list of 1 numbers."),
        ("rate = 2\n", "rate is a number from 0.01 to 1.5."),
    ],
)  # fmt: skip
def test_a_block_that_cannot_be_shown(body: str, message: str) -> None:
    with pytest.raises(FigureError) as caught:
        read(body, None)
    assert str(caught.value) == message


def test_the_script_takes_the_same_steps() -> None:
    generator = np.random.default_rng(7)
    cases = []
    for n in range(60):
        start = tuple(generator.uniform(-6, 6, 1 + n % 2).round(2).tolist())
        cases.append((start, float(generator.uniform(0.01, 1.5)), int(generator.integers(0, 41))))
    landscapes = {count: hill(POINTS, has_bias=count == 2).to_json() | {"enough": ENOUGH} for count in (1, 2)}
    answers = scripted(
        "descent/steps.js",
        "(m, [hill, start, rate, steps]) => { const s = m.descend(hill, start, rate, steps);"
        " return [s, m.sentence(s, hill.enough)]; }",
        [(landscapes[len(start)], start, rate, steps) for start, rate, steps in cases],
    )
    for (start, rate, steps), (mirrored, said) in zip(cases, answers, strict=True):
        stops = descend(POINTS, start, rate, steps)
        assert said == sentence(stops)
        for stop, other in zip(stops, mirrored, strict=True):
            assert other["place"] == pytest.approx(stop.place, rel=1e-6, abs=1e-9)
            assert other["loss"] == pytest.approx(stop.loss, rel=1e-6, abs=1e-9)
