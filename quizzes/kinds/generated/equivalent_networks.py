"""Do two networks compute the same? The engine compares them for every input."""

import numpy as np

import engine
from engine.explain.dense import Step as DenseStep
from quizzes.kinds.contract import JsonObject, Known, RejectedError, Step, Variant
from quizzes.kinds.drawing import halves, showing, slip
from quizzes.kinds.forms import OneForm
from quizzes.kinds.generated.drawn import Drawn, one_of
from quizzes.kinds.given import weight_table
from quizzes.kinds.networks import dense, model_of
from quizzes.kinds.numbers import shown
from quizzes.kinds.random import Pcg32

SIZE = 3
SAME_PLACES = "Yes: the hidden neurons have only changed places."
SAME_FACTOR = "Yes: what goes into a hidden neuron is scaled, what comes out is scaled back."
NO_HALF = "No: the hidden neurons changed places on one side only."
NO_FACTOR = "No: the activation does not pass such a factor on."
CHANGES = {
    # the change: the hidden activation and the right option
    "places": ("relu", SAME_PLACES),
    "half": ("relu", NO_HALF),
    "factor": ("relu", SAME_FACTOR),
    "negative": ("relu", NO_FACTOR),
    "tanh": ("tanh", NO_FACTOR),
}


class EquivalentNetworks(Drawn, OneForm):
    name = "equivalent_networks"
    label = "Same network or not (new numbers each time)"

    def generate(self, data: JsonObject, rng: Pcg32) -> Variant:
        option = rng.choice((SAME_PLACES, SAME_FACTOR, NO_HALF, NO_FACTOR))
        change = rng.choice([name for name, (_, right) in CHANGES.items() if right == option])
        return showing(rng, ("",), lambda rng: _variant(rng, change))


def _variant(rng: Pcg32, change: str) -> Variant:
    activation, right = CHANGES[change]
    one = dense([halves(rng, SIZE) for _ in range(2)], halves(rng, SIZE), activation)
    two = dense([halves(rng, 2) for _ in range(SIZE)], halves(rng, 2), "linear")
    other, last, story = _changed(rng, change, one, two)
    found = engine.equivalent(model_of([one, two]), model_of([other, last]))
    if found.is_equal != right.startswith("Yes"):
        raise RejectedError
    return one_of(
        rng,
        {
            "given": [*_tables("A", one, two), *_tables("B", other, last)],
            "ask": f"Both networks have {activation} in their hidden layer and none at the output. Do they "
                   "give the "
            "same outputs for every input?",
        },
        (right, story),
        _others(right, story),
        hints=(
            "Compare hidden neuron with hidden neuron: its weights, its bias, and its weights to the "
            "outputs.",
            f"h1.1 of network A has the bias {shown(one.bias[0])} and the weights "
            f"{shown(one.kernel[0, 0])} and {shown(one.kernel[1, 0])}. Where is that neuron in B?",
            f"{story} Does {activation} let that through unchanged?",
        ),
        steps=[
            Step(f"Find what has changed from A to B: {story}", ("EW",)),
            Step("A neuron may change places if its weights on both sides and its bias go with it; "
                 "a factor c passes relu when c is above 0, for relu(c z) = c relu(z).", ("EN", "EY")),
            Step(f"So the answer is {right.partition(':')[0].lower()}."),
        ],
    )  # fmt: skip


def _changed(rng: Pcg32, change: str, one: DenseStep, two: DenseStep) -> tuple[DenseStep, DenseStep, str]:
    """The second network's layers, and what has been done, in words."""
    if change in ("places", "half"):
        order = rng.choice(([1, 2, 0], [2, 0, 1], [1, 0, 2], [2, 1, 0]))
        moved = dense(one.kernel[:, order].tolist(), one.bias[order].tolist(), str(one.activation))
        places = ", ".join(f"h1.{n + 1}" for n in order)
        if change == "half":
            return (
                moved,
                two,
                f"B's hidden neurons are A's {places}, but their weights to the outputs stayed.",
            )
        return moved, dense(two.kernel[order].tolist(), two.bias.tolist(), "linear"), (
            f"B's hidden neurons are A's {places}, with everything that belongs to them.")  # fmt: skip
    unit = rng.below(SIZE)
    factor = {"factor": 2.0, "negative": -1.0, "tanh": 2.0}[change]
    scale = np.ones(SIZE)
    scale[unit] = factor
    scaled = dense((one.kernel * scale).tolist(), (one.bias * scale).tolist(), str(one.activation))
    said = f"Weights and bias of h1.{unit + 1} are times {shown(factor)}"
    story = f"{said}, its weights to the outputs divided by it."
    return scaled, dense((two.kernel / scale[:, None]).tolist(), two.bias.tolist(), "linear"), story


def _tables(name: str, one: DenseStep, two: DenseStep) -> list[JsonObject]:
    hidden = [f"h1.{n + 1}" for n in range(SIZE)]
    return [
        weight_table(f"Network {name}: into the hidden layer", ("x1", "x2", "bias"),
                     [*one.kernel.tolist(), one.bias.tolist()], [f"{name}: {h}" for h in hidden]),
        weight_table(f"Network {name}: to the outputs", (*hidden, "bias"),
                     [*two.kernel.tolist(), two.bias.tolist()], (f"{name}: y1", f"{name}: y2")),
    ]  # fmt: skip


def _others(right: str, story: str) -> list[Known]:
    found = []
    for text in (SAME_PLACES, SAME_FACTOR, NO_HALF, NO_FACTOR):
        if text == right:
            continue
        if text.startswith("Yes") == right.startswith("Yes"):
            found.append(slip(text, "EW", "Another reason", "The answer is right, its reason is not.", story))
        elif text.startswith("Yes"):
            found.append(slip(text, "EY", "Taken for equal", "They differ for some inputs.", story))
        else:
            found.append(slip(text, "EN", "Taken for different", "They agree for every input.", story))
    return found
