"""The convolution figure: windows, products and the map are the engine's, and the script's are the same."""

import itertools
import re

import numpy as np
import pytest

import engine
from course.figures import pictures
from course.figures.convolution import Settings, convolve, read, show
from course.figures.errors import FigureError
from course.figures.pictures import KERNELS, PICTURES
from course.figures.windows import Sliding
from tests.course.figures.scripts import scripted

PLAIN = read("", None)


def texts(view: object) -> list[list[str]]:
    return [[one.text for one in row] for row in view.answers]  # type: ignore[attr-defined]


def test_it_opens_where_the_sum_is_largest() -> None:
    view = show(PLAIN, {}, "convolution-1")
    assert view.title == "Convolution: one small kernel, every place"
    assert view.sentence == (
        "Window 21 of 36, rows 4 to 6 and columns 3 to 5: the nine products add up to 3."
    )
    assert view.sum == "z = 1 + 1 + 1 = 3"
    assert view.shapes == "8 by 8 in, 6 by 6 out"
    assert texts(view)[3] == ["0", "1", "3", "0", "−3", "−1"]
    assert [answer.step for row in view.answers for answer in row if answer.is_current] == [20]
    assert sum(pixel.is_covered for row in view.image for pixel in row) == 9


def test_the_author_chooses() -> None:
    body = (
        'title = "T"\npicture = ["#.......", "........", "........", "........", "........", "........", '
        '"........", "........"]\nkernel = "outline"\nstride = 2\npadding = "same"\nactivation = "relu"\n'
        'map = "filling"\nstep = 1\n'
    )
    settings = read(body, None)
    assert settings.pixels[0] == (1, 0, 0, 0, 0, 0, 0, 0)
    view = show(settings, {}, "c")
    assert view.sentence == (
        "Window 1 of 16, rows 1 to 3 and columns 1 to 3: the nine products add up to −1, "
        "and relu makes that 0."
    )
    assert texts(view)[0] == ["0", "?", "?", "?"]
    assert view.answers[0][1].label == "Row 1, column 2: not computed yet"
    assert [option.label for option in view.picture.options if option.is_chosen] == ["your drawing"]


def test_same_padding_surrounds_the_picture_with_zeros() -> None:
    view = show(PLAIN, {"padding": "same", "step": "1"}, "c")
    assert len(view.image) == 10
    assert view.image[0][0].place is None
    assert view.sentence.startswith("Window 1 of 64, rows 1 to 2 and columns 1 to 2, with padding:")
    assert view.sum == "Every product is 0, so z = 0"


def test_a_pixel_is_turned_and_stays_in_the_address() -> None:
    view = show(PLAIN, {"picture": "empty", "turn": "10", "kernel": "blur", "at": "1"}, "c")
    assert view.pixels == "0040000000000000"
    assert [option.value for option in view.picture.options if option.is_chosen] == ["drawing"]
    again = show(PLAIN, {"picture": "drawing", "pixels": view.pixels, "kernel": "blur", "step": "1"}, "c")
    assert again.sentence == view.sentence
    assert again.sum == "z = 0.2"


def test_a_kernel_of_the_author_and_one_of_the_reader() -> None:
    settings = read("kernel = [[0, 0, 0], [0, 2, 0], [0, 0, 0.5]]\n", None)
    view = show(settings, {"step": "4"}, "c")
    assert view.says == "Your own kernel."
    assert [[field.value for field in row] for row in view.weights][2] == ["0", "0", "0.5"]
    assert view.sum == "z = 2 + 0.5 = 2.5"
    changed = show(settings, {"step": "4", "w5": "-1", "w9": "10"}, "c")
    assert changed.sum == "z = −1 + 0.5 = −0.5"
    assert changed.notices == (
        "Weight in row 3, column 3 takes a number from −9 to 9; '10' is none. 0.5 is shown.",
    )
    assert (
        show(settings, {"kernel": "blur", "w5": "1"}, "c").says
        == "The mean of a pixel and its four neighbors."
    )
    assert show(settings, {"kernel": "blur", "own": "1"}, "c").says == "Your own kernel."


def test_a_window_past_the_end_becomes_the_last() -> None:
    view = show(PLAIN, {"step": "36", "stride": "3"}, "c")
    assert view.step.value == "4"
    assert view.notices == ()


def test_what_the_address_cannot_ask_for_is_told() -> None:
    view = show(PLAIN, {"kernel": "x", "step": "0", "picture": "drawing", "pixels": "?"}, "c")
    assert view.notices == (
        f"The kernel can be {', '.join(KERNELS)}, own; vertical is shown.",
        "The window takes a number from 1 to 64; '0' is none. 21 is shown.",
    )
    assert view.pixels == pictures.encode(PICTURES["seven"].pixels)


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ('picture = "cow"\n',
         "picture is one of seven, two, four, square, circle, cross, empty, "
         "or a list of 8 rows of 8 signs, # and dot."),
        ('picture = ["#"]\n',
         "picture is one of seven, two, four, square, circle, cross, empty, "
         "or a list of 8 rows of 8 signs, # and dot."),
        ("kernel = [[0, 1], [1, 0]]\n",
         f"kernel is one of {', '.join(KERNELS)}, or 3 rows of 3 weights from -9 to 9."),
        ("stride = 4\n", "stride is a whole number from 1 to 3."),
        ('padding = "full"\n', "padding is 'full'; it can be valid, same."),
        ("step = 65\n", "step is a whole number from 1 to 64."),
        ("steps = 1\n", "'steps' is not a setting of this figure. Its settings: activation, kernel, map, "
         "padding, picture, step, stride, title."),
    ],
)  # fmt: skip
def test_a_block_that_cannot_be_shown(body: str, message: str) -> None:
    with pytest.raises(FigureError) as caught:
        read(body, None)
    assert str(caught.value) == message


def random_settings(seed: int) -> Settings:
    generator = np.random.default_rng(seed)
    pixels = tuple(tuple(int(pixel) for pixel in row) for row in generator.integers(0, 2, (8, 8)))
    return Settings("T", pixels, KERNELS["vertical"], "1", "valid", "linear", "whole", None)


def own_weights(seed: int) -> dict[str, str]:
    weights = np.random.default_rng(seed).uniform(-9, 9, 9)
    return {f"w{n + 1}": f"{weight:.2f}" for n, weight in enumerate(weights)}


def cases() -> list[tuple[Settings, dict[str, str]]]:
    choices = itertools.product(
        (*KERNELS, "own"), "123", ("valid", "same"), ("linear", "relu"), ("whole", "filling")
    )
    return [
        (
            random_settings(seed),
            {"kernel": kernel, "stride": stride, "padding": padding, "activation": activation, "map": way,
             "step": str(seed % 64 + 1), **(own_weights(seed) if kernel == "own" else {})},
        )
        for seed, (kernel, stride, padding, activation, way) in enumerate(choices)
    ]  # fmt: skip


def test_the_products_are_the_terms_of_the_engine_s_sum() -> None:
    for settings, query in cases()[::7]:
        view = show(settings, query, "c")
        sliding = Sliding(8, 3, int(query["stride"]), query["padding"])
        layer = f"Conv2D(1, 3, strides={sliding.stride}, padding='{sliding.padding}', use_bias=False)"
        model = engine.build(engine.parse(f"Sequential([Input((8, 8, 1)), {layer}])"), dtype="float64")
        kernel = query["kernel"]
        chosen = [float(query[f"w{n}"]) for n in range(1, 10)] if kernel == "own" else KERNELS[kernel].weights
        weights = tuple(map(tuple, np.reshape(chosen, (3, 3)).tolist()))
        model.set_weights([np.array(weights).reshape(3, 3, 1, 1)])
        traced = engine.trace(model, np.array(settings.pixels, float)[..., None]).layers[-1]
        place = divmod(int(view.step.value) - 1, sliding.count)
        terms = traced.sum((*place, 0))
        shown = [one for row in view.window for one in row]
        assert [one.value for one in shown] == [term.input for term in terms]
        assert sum(term.product for term in terms) == pytest.approx(
            convolve(settings.pixels, weights, sliding, "linear")[place[0]][place[1]]
        )


def test_the_script_draws_what_the_server_draws() -> None:
    every = cases()
    data = show(PLAIN, {}, "c").data
    answers = scripted(
        "convolution/reckon.js",
        "(m, [values, data]) => { const d = m.drawing(values, data); return {...d, said: m.sentence(d)}; }",
        [[{**query, "pixels": pictures.encode(settings.pixels)}, data] for settings, query in every],
    )
    for (settings, query), drawn in zip(every, answers, strict=True):
        view = show(settings, query, "c")
        assert drawn["said"] == view.sentence
        assert drawn["sum"] == view.sum
        assert drawn["shapes"] == view.shapes
        assert drawn["says"] == view.says
        assert [
            [(one["text"], one["css"], one["label"], one["isNegative"], one["isCurrent"]) for one in row]
            for row in drawn["answers"]
        ] == [
            [(one.text, one.css, one.label, one.is_negative, one.is_current) for one in row]
            for row in view.answers
        ]
        assert [
            [(one["place"], one["value"], one["isCovered"]) for one in row] for row in drawn["image"]
        ] == [[(one.place, one.value, one.is_covered) for one in row] for row in view.image]
        assert [[list(one.values()) for one in row] for row in drawn["window"]] == [
            [[one.value, one.weight, one.product, one.css] for one in row] for row in view.window
        ]


def test_every_kernel_and_picture_has_words() -> None:
    assert all(re.fullmatch(r"[A-Z].*\.", kernel.says) for kernel in KERNELS.values())
    assert len({kernel.title for kernel in KERNELS.values()}) == len(KERNELS)
