"""A worked pass with one mistake in it: where does it go wrong first? All later lines follow from it."""

import numpy as np

from engine.explain.dense import Step as DenseStep
from engine.explain.mutants import no_activation, no_bias, unit_after
from engine.nn.arrays import Array
from quizzes.kinds.contract import JsonObject, Known, RejectedError, Step, Variant
from quizzes.kinds.drawing import halves, showing, slip, wholes
from quizzes.kinds.forms import OneForm
from quizzes.kinds.generated.drawn import Drawn, one_of
from quizzes.kinds.given import kernel_table, table, weight_table
from quizzes.kinds.networks import dense, softmax, vector
from quizzes.kinds.numbers import shown
from quizzes.kinds.random import Pcg32

FEATURES, HIDDEN, CLASSES = ("legs", "fur"), ("h1.1", "h1.2"), ("cat", "dog")
LINES = ("z1 = x W1 + b1", "h = relu(z1)", "z2 = h W2 + b2", "p = softmax(z2)", "the class")
CLEAR = 0.02
Way = tuple[Array, Array, Array, Array, int]
BUGS: dict[int, tuple[str, ...]] = {
    0: ("no bias", "another neuron"), 1: ("no relu", "bias again"), 2: ("no bias", "another neuron"),
    3: ("relu first",), 4: ("smallest share",),
}  # fmt: skip
SAID = {
    "no bias": "the bias is missing", "another neuron": "the neurons are mixed up", "no relu":
         "relu is "
         "not applied",
    "bias again": "the bias is added once more, after relu", "relu first":
         "relu is applied to the logits "
         "first",
    "smallest share": "the smallest share is taken",
}  # fmt: skip


class FirstWrongStep(Drawn, OneForm):
    name = "first_wrong_step"
    label = "The first wrong step (new numbers each time)"

    def generate(self, data: JsonObject, rng: Pcg32) -> Variant:
        place = rng.below(len(LINES))
        bug = rng.choice(BUGS[place])
        return showing(rng, ("",), lambda rng: _variant(rng, place, bug))


def _variant(rng: Pcg32, place: int, bug: str) -> Variant:
    x = wholes(rng, 2, 1, 3)
    one = dense([halves(rng, 2) for _ in range(2)], halves(rng, 2), "relu")
    two = dense([halves(rng, 2) for _ in range(2)], halves(rng, 2), "softmax")

    def run(bugs: dict[int, str]) -> Way:
        given = vector(x)
        z1 = _sums(one, given, bugs.get(0))
        h = np.maximum(z1, 0)
        if bugs.get(1) == "no relu":
            h = no_activation(one, given)[1]
        elif bugs.get(1) == "bias again":
            h = h + one.bias
        z2 = _sums(two, h, bugs.get(2))
        p = vector(softmax(np.maximum(z2, 0).tolist() if 3 in bugs else z2.tolist()))
        return z1, h, z2, p, int(p.argmin() if 4 in bugs else p.argmax())

    right, wrong = run({}), run({place: bug})
    if not _is_visible(right, wrong, place) or not 0.05 < float(wrong[3].max()) < 0.95:
        raise RejectedError
    values = [*(f"({', '.join(shown(n, 3) for n in line)})" for line in wrong[:4]), CLASSES[wrong[4]]]
    rows = [
        [f"Line {n}", what, value] for n, (what, value) in enumerate(zip(LINES, values, strict=True), start=1)
    ]
    said = f"In line {place + 1} {SAID[bug]}."
    return one_of(
        rng,
        {
            "given": [
                kernel_table(FEATURES, x, one.kernel.tolist(), one.bias.tolist(), HIDDEN),
                weight_table("Weights to the classes, and their biases", (*HIDDEN, "bias"),
                             [*two.kernel.tolist(), two.bias.tolist()], CLASSES),
                table("Somebody's way through the network", ("Line", "computes", "gets"), rows),
            ],
            "ask": "One step is wrong, and every line after it follows from that. Which is the first wrong "
                   "line?",
        },
        (f"Line {place + 1}", said),
        [_other(n, place) for n in range(len(LINES)) if n != place],
        hints=(
            "Check each line against the one before it, not against the whole network.",
            f"Begin with line 1: z1 from x = ({', '.join(map(shown, x))}), a column of W1 and b1 for each "
            "neuron.",
            f"z1 should be ({', '.join(shown(n) for n in right[0])}). Compare, then apply relu to what "
            "line 1 says.",
        ),
        steps=[
            *(Step(f"Line {n + 1} is right.", ("FB",) if n == place - 1 else ()) for n in range(place)),
            Step(f"{said} It should be {_should(right, place)}.", ("FC", "FS")),
        ],
        is_shuffled=False,
    )  # fmt: skip


def _sums(layer: DenseStep, given: Array, bug: str | None) -> Array:
    if bug is None:
        return layer.sums(given)
    mutated = (no_bias if bug == "no bias" else unit_after)(layer, given)
    if mutated is None:
        raise RejectedError
    return mutated[0]


def _is_visible(right: Way, wrong: Way, place: int) -> bool:
    if place == 4:
        return bool(abs(right[3][0] - right[3][1]) > CLEAR)
    return bool(np.abs(np.asarray(right[place]) - np.asarray(wrong[place])).max() > CLEAR)


def _should(right: Way, place: int) -> str:
    if place == 4:
        return CLASSES[right[4]]
    values: Array = np.asarray(right[place])
    return f"({', '.join(shown(float(n), 3) for n in values)})"


def _other(line: int, place: int) -> Known:
    text = f"Line {line + 1}"
    if line < place:
        return slip(
            text, "FB", "A line before the mistake", f"{text} is right.", "Work it out once more, and go on."
        )
    title, code = ("softmax by habit", "FS") if line == 3 else ("A consequence", "FC")
    return slip(text, code, title, f"{text} is right, given the line before it.",
                "It has other numbers only because an earlier line went wrong.")  # fmt: skip
