"""The softmax figure: logits of the network or of a list, divided and shifted, and what it says."""

import math

import numpy as np
import pytest

import engine
from course.figures.errors import FigureError
from course.figures.softmax import Settings, read, show
from tests.course.figures.networks import ANIMALS
from tests.course.figures.scripts import scripted

LIST = 'title = "Three"\nlogits = [2.0, 1.0, -1.0]\nnames = ["a", "b", "c"]\n'


def test_a_list_of_logits() -> None:
    view = show(read(LIST, None), {}, "softmax-1")
    assert view.title == "Three"
    assert [row.share for row in view.rows] == ["70.5%", "25.9%", "3.5%"]
    assert [row.power for row in view.rows] == ["7.39", "2.72", "0.37"]
    assert view.total == "10.48"
    assert view.sentence == "a gets 70.5%, c 3.5%; together the shares are 100%."


def test_the_logits_of_a_preset_are_the_engine_s() -> None:
    settings = read('logits = "llama"\n', ANIMALS)
    assert settings.names == ANIMALS.classes
    assert settings.logits == (-2.5, -1.0, 1.5, -2.0)


def test_the_temperature_divides_and_the_shift_changes_no_share() -> None:
    settings = read(LIST, None)
    cold = show(settings, {"t": "0.5", "c": "3"}, "softmax-1")
    shares, _ = engine.ACTIVATIONS["softmax"](np.array([4.0, 2.0, -2.0]))
    assert [row.scaled for row in cold.rows] == ["7.00", "5.00", "1.00"]
    assert cold.rows[0].share_width == f"{100 * shares[0]:.12f}".rstrip("0")
    assert cold.sentence.endswith("A low temperature gives more to the largest logit.")


def test_what_the_address_cannot_ask_for_is_told() -> None:
    view = show(read(LIST, None), {"t": "0", "z1": "x"}, "softmax-1")
    assert view.notices == (
        "The temperature takes a number from 0.25 to 4; '0' is none. 1 is shown.",
        "The logit of a takes a number from −8 to 8; 'x' is none. 2 is shown.",
    )


def test_very_large_powers_stay_readable() -> None:
    view = show(read("logits = [8, -8]\n", None), {"t": "0.25"}, "softmax-1")
    assert [row.power for row in view.rows] == ["7.90e13", "1.27e−14"]


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ('logits = "llama"\n',
         "logits = 'llama' needs a network, and this lesson has none. Write [2.0, 1.0, -1.0]."),
        ("logits = [1.0]\n", "logits is a list of 2 to 8 numbers."),
        ('logits = [1, 2]\nnames = ["a"]\n', "names is a list of 2 names of at most 24 characters."),
        ("logits = [1, 2]\ntemperature = 0\n", "temperature is a number from 0.25 to 4."),
    ],
)  # fmt: skip
def test_a_block_that_cannot_be_shown(body: str, message: str) -> None:
    with pytest.raises(FigureError) as caught:
        read(body, None)
    assert str(caught.value) == message


def test_an_unknown_preset() -> None:
    with pytest.raises(FigureError) as caught:
        read('title = "T"\nlogits = "cow"\n', ANIMALS)
    [(line, message)] = caught.value.places
    assert (line, message) == (
        2,
        "The network has no preset 'cow'. Its presets: cat, dog, llama, lizard.",
    )


def test_the_script_reckons_as_the_engine() -> None:
    generator = np.random.default_rng(4)
    cases = [
        (generator.uniform(-8, 8, 4), generator.uniform(0.25, 4), generator.uniform(-5, 5)) for _ in range(50)
    ]
    answers = scripted(
        "softmax/reckon.js",
        "(m, [z, t, c]) => { const r = m.reckon(z, t, c);"
        " return [r.powers, r.total, r.shares, m.sentence(['a', 'b', 'c', 'd'], r.shares, t)]; }",
        [(z.tolist(), t, c) for z, t, c in cases],
    )
    for (logits, t, c), (powers, total, shares, said) in zip(cases, answers, strict=True):
        expected, _ = engine.ACTIVATIONS["softmax"](logits / t + c)
        assert shares == pytest.approx(expected, rel=1e-9)
        assert total == pytest.approx(sum(math.exp(s) for s in logits / t + c), rel=1e-9)
        assert powers == pytest.approx(np.exp(logits / t + c), rel=1e-9)
        view = show(Settings("T", ("a", "b", "c", "d"), tuple(logits), t, c), {}, "x")
        assert said == view.sentence
