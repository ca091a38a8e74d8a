"""The normalization figure: what a batch becomes is the engine's, and so is what the script draws."""

import itertools

import numpy as np
import pytest

from course.figures.batches import EPSILON, Treatment, normalize
from course.figures.errors import FigureError
from course.figures.normalization import VALUES, read, show
from tests.course.figures.scripts import scripted

PLAIN = read("", None)


def test_a_feature_comes_to_mean_0_and_spread_1() -> None:
    view = show(PLAIN, {}, "normalization-1")
    assert view.title == "Normalization: to a mean of 0 and a spread of 1"
    assert view.sentence == (
        "x1 of sample 1: (8 − 7.50) / 1.71 is 0.29; times gamma, plus beta, 0.29. "
        "Mean and spread are those of x1 in this batch."
    )
    assert [strip.text for strip in view.strips] == ["mean 7.50, spread 1.71", "mean 0.00, spread 1.00"]
    assert [[one.is_together for one in row] for row in view.before] == [[True, False, False]] * 6
    assert [one.text for one in view.after[0]] == ["0.29", "−0.8", "0"]
    assert view.table[0] == ("sample 1", ("8", "0.29", "1", "−0.77", "−2", "0.00"))


def test_a_layer_normalizes_each_sample_by_itself() -> None:
    view = show(PLAIN, {"by": "layer", "at": "5"}, "n")
    assert view.sentence == (
        "x2 of sample 2: (2 − 2.33) / 2.87 is −0.12; times gamma, plus beta, −0.12. "
        "Mean and spread are those of sample 2."
    )
    assert [row[0].is_together for row in view.before] == [False, True, False, False, False, False]
    assert [len(strip.dots) for strip in view.strips] == [3, 3]


def test_inference_uses_what_earlier_batches_left() -> None:
    at_once = show(PLAIN, {"mode": "inference", "seen": "0"}, "n")
    assert at_once.sentence == (
        "x1 of sample 1: (8 − 0.00) / 1.00 is 8.00; times gamma, plus beta, 8.00. "
        "Mean and spread are those of x1 as the batches seen before left them."
    )
    done = normalize(VALUES, Treatment("batch", False, 3, 0.9, 1.0, 0.0))
    kept = 0.9**3
    assert done.means == pytest.approx(np.mean(VALUES, axis=0) * (1 - kept))
    assert done.spreads == pytest.approx(np.sqrt(np.var(VALUES, axis=0) * (1 - kept) + kept + EPSILON))


def test_gamma_stretches_and_beta_moves() -> None:
    view = show(PLAIN, {"gamma": "2", "beta": "0.5"}, "n")
    assert view.strips[1].text == "mean 0.50, spread 2.00"


@pytest.mark.parametrize("mode", ["training", "inference"])
@pytest.mark.parametrize("by", ["batch", "layer"])
def test_the_statistics_told_give_the_engine_s_numbers(by: str, mode: str) -> None:
    done = normalize(VALUES, Treatment(by, mode == "training", 7, 0.9, 1.5, -0.25))
    means, spreads = np.array(done.means), np.array(done.spreads)
    if by == "layer":
        means, spreads = means[:, None], spreads[:, None]
    assert np.array(done.values) == pytest.approx((np.array(VALUES) - means) / spreads * 1.5 - 0.25)


def test_equal_numbers_stand_on_each_other() -> None:
    view = show(read("values = [[1, 2], [1, 3], [1, 4], [1, 5]]\n", None), {}, "n")
    assert [dot.y for dot in view.strips[0].dots] == [42.0, 33.0, 24.0, 24.0]


def test_what_the_address_cannot_ask_for_is_told() -> None:
    assert show(PLAIN, {"by": "x", "gamma": "3", "cell": "19"}, "n").notices == (
        "The layer can be batch, layer; batch is shown.",
        "gamma takes a number from 0 to 2; '3' is none. 1 is shown.",
        "The number in view takes a number from 1 to 18; '19' is none. 1 is shown.",
    )


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ("values = [[1, 2]]\n", "values holds 2 to 8 samples of 2 to 5 numbers each."),
        ("values = [[1, 2], [3]]\n", "values holds 2 to 8 samples of 2 to 5 numbers each."),
        ("values = [1, 2]\n", "values holds 2 to 8 samples of 2 to 5 numbers each."),
        ("values = [[1, 2], [3, 40]]\n", "values holds numbers from -20 to 20 only."),
        ('features = ["a"]\n', "features is a list of 3 names of at most 24 characters."),
        ('layer = "Dense"\n', "layer is 'Dense'; it can be BatchNormalization, LayerNormalization."),
        ("momentum = 1\n", "momentum is a number from 0 to 0.999."),
    ],
)
def test_a_block_that_cannot_be_shown(body: str, message: str) -> None:
    with pytest.raises(FigureError) as caught:
        read(body, None)
    assert str(caught.value) == message


def test_the_script_draws_what_the_server_draws() -> None:
    generator = np.random.default_rng(5)
    choices = itertools.product(("batch", "layer"), ("training", "inference"), range(10))
    every = []
    for by, mode, _ in choices:
        values = generator.uniform(-20, 20, (int(generator.integers(2, 9)), 3)).round(1).tolist()
        every.append(
            (
                read(f'values = {values}\nfeatures = ["a", "b", "c"]\n', None),
                {
                    "by": by,
                    "mode": mode,
                    "seen": str(generator.integers(0, 51)),
                    "gamma": f"{generator.uniform(0, 2):.3f}",
                    "beta": f"{generator.uniform(-2, 2):.3f}",
                    "cell": str(generator.integers(1, 3 * len(values) + 1)),
                },
            )
        )
    answers = scripted(
        "normalization/reckon.js",
        "(m, [values, data]) => m.drawing(values, data)",
        [[query, show(settings, query, "n").data] for settings, query in every],
    )
    for (settings, query), drawn in zip(every, answers, strict=True):
        view = show(settings, query, "n")
        assert drawn["sentence"] == view.sentence
        assert drawn["table"] == [list(texts) for _, texts in view.table]
        assert drawn["ticks"] == [list(tick) for tick in view.ticks]
        for name in ("before", "after"):
            assert [[list(one.values()) for one in row] for row in drawn[name]] == [
                [
                    [one.at, one.label, one.text, one.css, one.is_negative, one.is_together, one.is_current]
                    for one in row
                ]
                for row in getattr(view, name)
            ]
        for strip, mirrored in zip(view.strips, drawn["strips"], strict=True):
            assert mirrored["text"] == strip.text
            assert [dot["isCurrent"] for dot in mirrored["dots"]] == [dot.is_current for dot in strip.dots]
            assert [dot["y"] for dot in mirrored["dots"]] == [dot.y for dot in strip.dots]
            assert [dot["x"] for dot in mirrored["dots"]] == pytest.approx(
                [dot.x for dot in strip.dots], abs=0.011
            )
            assert (mirrored["mean"], mirrored["low"], mirrored["high"]) == pytest.approx(
                (strip.mean, strip.low, strip.high), abs=0.011
            )
