"""The recurrent figure: states, sums and what is left of an input are the engine's, and the script's too."""

import numpy as np
import pytest

import engine
from course.figures.errors import FigureError
from course.figures.recurrent import Settings, read, show
from course.figures.unrolled import Weights, unroll
from tests.course.figures.scripts import scripted


def test_it_opens_on_what_is_remembered() -> None:
    view = show(read("", None), {}, "recurrent-1")
    assert view.title == "A recurrent layer, unrolled in time"
    assert view.sentence == (
        "Step 3: unit 1 gets 0.00 from the input and 0.87 from the step before; tanh makes 0.70 of the sum. "
        "Of it, +0.70 is due to the input of step 1."
    )
    assert view.caption == "Unit 1 at step 3"
    assert [(term.name, term.product) for term in view.terms] == [
        ("input of step 3", "0.00"),
        ("unit 1, a step ago", "+0.87"),
        ("unit 2, a step ago", "0.00"),
        ("bias", "0.00"),
    ]
    assert view.table[1] == ("unit 1", ("0.76", "0.72", "0.70", "?", "?", "?"))
    assert [trail.text for trail in view.trails] == ["+0.70", "0.00", "0.00", "?", "?", "?"]
    assert {node.text for node in view.nodes if node.css == "n unknown"} == {"?"}


def test_the_first_step_has_nothing_before_it() -> None:
    view = show(
        read("sequence = [1, 0]\nkernel = [0.5]\nrecurrent = [[1]]\nbias = [0.25]\nstep = 1\n", None), {}, "r"
    )
    assert view.sentence == (
        "Step 1: unit 1 gets 0.50 from the input and 0.00 from the step before; tanh makes 0.64 of the sum."
    )


def test_another_input_changes_every_state_after_it() -> None:
    settings = read("", None)
    view = show(settings, {"x2": "-1", "step": "6", "unit": "2"}, "r")
    before = show(settings, {"step": "6", "unit": "2"}, "r")
    assert view.table[0][1][:2] == ("1.00", "−1.00")
    assert view.table[1][1][0] == before.table[1][1][0]
    assert all(new != old for new, old in zip(view.table[1][1][1:], before.table[1][1][1:], strict=True))


def test_what_the_address_cannot_ask_for_is_told() -> None:
    assert show(read("", None), {"x1": "3", "step": "7", "unit": "0"}, "r").notices == (
        "The input of step 1 takes a number from −2 to 2; '3' is none. 1 is shown.",
        "The step takes a number from 1 to 6; '7' is none. 3 is shown.",
        "The unit takes a number from 1 to 2; '0' is none. 1 is shown.",
    )


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ("sequence = [1]\n", "sequence is a list of 2 to 8 numbers."),
        ("sequence = [1, 3]\n", "sequence holds numbers from -2 to 2 only."),
        ("kernel = [1]\n", "recurrent is a square with one row for each of the 1 units of kernel."),
        ("recurrent = [[1, 2], [3]]\n",
         "recurrent is a square with one row for each of the 2 units of kernel."),
        ("recurrent = [[1, 2], [3, 9]]\n", "recurrent holds numbers from -4 to 4 only."),
        ("bias = [1]\n", "bias is a list of 2 numbers."),
        ("unit = 3\n", "unit is a whole number from 1 to 2."),
    ],
)  # fmt: skip
def test_a_block_that_cannot_be_shown(body: str, message: str) -> None:
    with pytest.raises(FigureError) as caught:
        read(body, None)
    assert str(caught.value) == message


def cases() -> list[tuple[Settings, dict[str, str]]]:
    found = []
    for seed in range(40):
        generator = np.random.default_rng(seed)
        units, steps = int(generator.integers(1, 4)), int(generator.integers(2, 9))
        weights = Weights(
            tuple(generator.uniform(-2, 2, units).tolist()),
            tuple(map(tuple, generator.uniform(-2, 2, (units, units)).tolist())),
            tuple(generator.uniform(-1, 1, units).tolist()),
        )
        x = tuple(generator.uniform(-2, 2, steps).round(2).tolist())
        step, unit = int(generator.integers(1, steps + 1)), int(generator.integers(1, units + 1))
        query = {f"x{k + 1}": str(value) for k, value in enumerate(x)}
        found.append((Settings("T", x, weights, 1, 1), {**query, "step": str(step), "unit": str(unit)}))
    return found


def test_the_sum_is_the_engine_s() -> None:
    for settings, query in cases():
        steps, units = len(settings.sequence), len(settings.weights.kernel)
        source = f"Sequential([Input(({steps}, 1)), SimpleRNN({units}, return_sequences=True)])"
        model = engine.build(engine.parse(source), dtype="float64")
        weights = settings.weights
        model.set_weights([np.array([weights.kernel]), np.array(weights.recurrent), np.array(weights.bias)])
        traced = engine.trace(model, np.array(settings.sequence)[:, None]).layers[-1]
        step, unit = int(query["step"]) - 1, int(query["unit"]) - 1
        view = show(settings, query, "r")
        terms = traced.sum((step, unit))
        assert [term.product.replace("−", "-") for term in view.terms] == [
            f"{term.product:+.2f}" if abs(term.product) >= 0.005 else "0.00" for term in terms
        ]
        assert sum(term.product for term in terms) == pytest.approx(
            unroll(settings.sequence, weights).z[step][unit]
        )


def test_the_script_draws_what_the_server_draws() -> None:
    every = cases()
    answers = scripted(
        "recurrent/reckon.js",
        "(m, [values, data]) => m.drawing(values, data)",
        [[query, show(settings, query, "r").data] for settings, query in every],
    )
    for (settings, query), drawn in zip(every, answers, strict=True):
        view = show(settings, query, "r")
        for name in ("sentence", "caption", "z", "state"):
            assert drawn[name] == getattr(view, name)
        assert drawn["table"] == [list(row) for _, row in view.table]
        assert [list(term.values()) for term in drawn["terms"]] == [
            [one.name, one.value, one.weight, one.product, one.css] for one in view.terms
        ]
        assert drawn["nodes"] == {
            node.key: {"text": node.text, "css": node.css, "isNegative": node.is_negative}
            for node in view.nodes
        }
        strong = {
            line.key: {"css": line.css, "width": line.width} for line in view.lines if line.css != "e far"
        }
        assert {key: line for key, line in drawn["lines"].items() if key in strong} == strong
        assert [(trail["text"], trail["sign"]) for trail in drawn["trails"]] == [
            (trail.text, trail.sign) for trail in view.trails
        ]
