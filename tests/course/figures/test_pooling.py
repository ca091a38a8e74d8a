"""The pooling figure: answers, winners and where the gradient goes are the engine's, and the script's too."""

import itertools

import numpy as np
import pytest

import engine
from course.figures.errors import FigureError
from course.figures.pooling import LAYERS, Settings, read, show
from course.figures.windows import Sliding
from engine.nn.layers import Context
from tests.course.figures.scripts import scripted

TIED = "values = [[1, 3, 3], [2, 3, 0], [0, 0, 1]]\nstride = 1\n"


def test_it_opens_on_the_map_of_a_picture() -> None:
    view = show(read("", None), {}, "pooling-1")
    assert view.title == "Pooling: fewer numbers, the strongest kept"
    assert view.sentence == (
        "Window 5 of 9, rows 3 to 4 and columns 3 to 4: the largest of 2, 2, 3 and 0 is 3. "
        "On the way back the whole gradient goes to the largest, in row 4, column 3. The others get 0."
    )
    assert [[one.text for one in row] for row in view.answers] == [
        ["1", "2", "0"], ["1", "3", "0"], ["2", "2", "0"],
    ]  # fmt: skip
    assert view.shapes == "6 by 6 in, 3 by 3 out"
    assert view.picture is not None


def test_the_first_of_equal_numbers_gets_the_gradient() -> None:
    view = show(read(TIED, None), {"step": "2"}, "p")
    assert view.sentence == (
        "Window 2 of 4, rows 1 to 2 and columns 2 to 3: the largest of 3, 3, 3 and 0 is 3. 3 numbers are "
        "largest. On the way back the whole gradient goes to the first of them, in row 1, column 2. "
        "The others get 0."
    )
    chosen = [(r, c) for r, row in enumerate(view.cells) for c, one in enumerate(row) if one.is_chosen]
    winners = [(r, c) for r, row in enumerate(view.cells) for c, one in enumerate(row) if one.is_winner]
    assert chosen == [(0, 1)]
    assert winners == [(0, 1), (1, 1)]
    assert view.picture is None


def test_the_mean_shares_the_gradient_and_padding_does_not_count() -> None:
    settings = read(f'{TIED}pool = "average"\npadding = "same"\n', None)
    view = show(settings, {"at": "9"}, "p")
    assert view.sentence == (
        "Window 9 of 9, row 3 and column 3, with padding: the mean of 1 is 1. "
        "On the way back it gets the whole gradient."
    )
    assert not any(one.is_winner for row in view.cells for one in row)


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ("values = [[1, 2]]\n", "values is a square of 2 to 8 rows, such as [[1, 3], [2, 3]]."),
        ("values = [[1, 2], [3, true]]\n", "values holds numbers between -1000 and 1000 only."),
        ("values = [[1, 2], [3, 4]]\nsize = 3\n", "size is 3, larger than the map of 2 rows."),
        ('pool = "min"\n', "pool is 'min'; it can be max, average."),
    ],
)
def test_a_block_that_cannot_be_shown(body: str, message: str) -> None:
    with pytest.raises(FigureError) as caught:
        read(body, None)
    assert str(caught.value) == message


def cases() -> list[tuple[Settings, dict[str, str]]]:
    """Maps of small whole numbers, so that there are ties, in every kind of pooling."""
    found = []
    choices = itertools.product(("max", "average"), "23", "123", ("valid", "same"))
    for seed, (pool, size, stride, padding) in enumerate(choices):
        values = np.random.default_rng(seed).integers(-2, 3, (6, 6)).tolist()
        settings = read(f"values = {values}\n", None)
        query = {"pool": pool, "size": size, "stride": stride, "padding": padding, "step": str(seed % 9 + 1)}
        found.append((settings, query))
    return found


def test_the_gradient_goes_where_it_says() -> None:
    for settings, query in cases():
        view = show(settings, query, "p")
        sliding = Sliding(6, int(query["size"]), int(query["stride"]), query["padding"])
        layer = f"{LAYERS[query['pool']]}({sliding.size}, {sliding.stride}, '{sliding.padding}')"
        model = engine.build(engine.parse(f"Sequential([Input((6, 6, 1)), {layer}])"), dtype="float64")
        _, backward = model.run((np.array(settings.values)[None, ..., None],), Context())
        gradient = np.zeros((1, sliding.count, sliding.count, 1))
        gradient[(0, *divmod(int(view.step.value) - 1, sliding.count), 0)] = 1.0
        (learned,) = backward((gradient,))
        if query["pool"] == "max":
            chosen = [
                (r, c) for r, row in enumerate(view.cells) for c, one in enumerate(row) if one.is_chosen
            ]
            assert chosen == [tuple(place) for place in np.argwhere(learned[0, ..., 0] == 1.0).tolist()]
        else:
            covered = np.array([[one.is_covered for one in row] for row in view.cells])
            assert learned[0, ..., 0][covered] == pytest.approx(1 / covered.sum())


def test_the_script_draws_what_the_server_draws() -> None:
    every = [*cases(), (read('kernel = "learned-2"\n', None), dict(cases()[0][1], picture="two"))]
    answers = scripted(
        "pooling/reckon.js",
        "(m, [values, data]) => m.drawing(values, data)",
        [[query, show(settings, query, "p").data] for settings, query in every],
    )
    for (settings, query), drawn in zip(every, answers, strict=True):
        view = show(settings, query, "p")
        assert drawn["sentence"] == view.sentence
        assert drawn["shapes"] == view.shapes
        assert [[list(one.values()) for one in row] for row in drawn["cells"]] == [
            [[one.text, one.css, one.is_covered, one.is_winner, one.is_chosen] for one in row]
            for row in view.cells
        ]
        assert [[(one["text"], one["css"]) for one in row] for row in drawn["answers"]] == [
            [(one.text, one.css) for one in row] for row in view.answers
        ]
