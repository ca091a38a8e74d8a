"""The LSTM figure: gates, memory and output are the engine's, and the script's too."""

import numpy as np
import pytest

from course.figures.errors import FigureError
from course.figures.lstm import ROWS, Settings, Weights, read, show, walk
from tests.course.figures.scripts import scripted


def test_it_opens_where_the_memory_is_emptied() -> None:
    view = show(read("", None), {}, "lstm-1")
    assert view.title == "An LSTM: a memory with three gates"
    assert view.sentence == (
        "Step 4: the forget gate keeps 11.9% of the memory, the input gate lets in 0.2% of the candidate. "
        "The memory goes from 0.77 to 0.09."
    )
    assert view.sums == ("memory = 0.12 × 0.77 + 0.00 × −0.96 = 0.09", "output = 0.88 × 0.09 = 0.08")
    assert [label for label, _ in view.rows] == list(ROWS.values())
    assert [cell.exact for cell in view.rows[4][1]] == ["0.85", "0.81", "0.77", "0.09", "?", "?"]
    assert [cell.is_now for cell in view.rows[0][1]] == [False, False, False, True, False, False]


def test_the_sums_told_add_up() -> None:
    seen = walk(
        (0.5, -1.0, 2.0), Weights((1.0, -1.0, 2.0, 0.5), (0.5, 1.0, -1.0, 2.0), (0.0, 1.0, 0.0, -0.5))
    )
    kept, offered = np.multiply(seen["forget_gate"][1:], seen["memory"][:-1]), np.array(seen["candidate"][1:])
    assert np.array(seen["memory"][1:]) == pytest.approx(kept + seen["input_gate"][1:] * offered)
    assert np.array(seen["h"]) == pytest.approx(np.tanh(seen["memory"]) * seen["output_gate"])


def test_what_the_address_cannot_ask_for_is_told() -> None:
    assert show(read("", None), {"x1": "3", "step": "7"}, "l").notices == (
        "The input of step 1 takes a number from −2 to 2; '3' is none. 1 is shown.",
        "The step takes a number from 1 to 6; '7' is none. 4 is shown.",
    )


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ("sequence = [1]\n", "sequence is a list of 2 to 8 numbers."),
        ("kernel = [1, 2]\n", "kernel is a list of 4 numbers."),
        ("bias = [1, 2, 3, 11]\n", "bias holds numbers from -10 to 10 only."),
        ("units = 2\n", "'units' is not a setting of this figure. Its settings: bias, kernel, recurrent, "
         "sequence, step, title."),
    ],
)  # fmt: skip
def test_a_block_that_cannot_be_shown(body: str, message: str) -> None:
    with pytest.raises(FigureError) as caught:
        read(body, None)
    assert str(caught.value) == message


def test_the_script_draws_what_the_server_draws() -> None:
    every = []
    for seed in range(40):
        generator = np.random.default_rng(seed)
        steps = int(generator.integers(2, 9))
        weights = Weights(*(tuple(generator.uniform(-3, 3, 4).tolist()) for _ in range(3)))
        x = tuple(generator.uniform(-2, 2, steps).round(2).tolist())
        query = {f"x{k + 1}": str(value) for k, value in enumerate(x)}
        step = str(generator.integers(1, steps + 1))
        every.append((Settings("T", x, weights, 1), {**query, "step": step}))
    answers = scripted(
        "lstm/reckon.js",
        "(m, [values, data]) => m.drawing(values, data)",
        [[query, show(settings, query, "l").data] for settings, query in every],
    )
    for (settings, query), drawn in zip(every, answers, strict=True):
        view = show(settings, query, "l")
        assert drawn["sentence"] == view.sentence
        assert drawn["sums"] == list(view.sums)
        assert [[list(cell.values()) for cell in row] for row in drawn["rows"]] == [
            [[cell.text, cell.exact, cell.css, cell.is_negative, cell.is_now] for cell in cells]
            for _, cells in view.rows
        ]
