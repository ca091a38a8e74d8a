"""A network to be built to a specification that is drawn: shapes, depth, activations and a budget."""

from itertools import pairwise

from quizzes.kinds.contract import JsonObject, Step, Variant
from quizzes.kinds.drawing import made, slip
from quizzes.kinds.forms.network import NetworkForm
from quizzes.kinds.generated.drawn import Drawn
from quizzes.kinds.given import facts
from quizzes.kinds.networks import IMPORTS, dense_text
from quizzes.kinds.random import Pcg32

CODES = {
    "activations": "L1",
    "output_shape": "NO",
    "input_shape": "NI",
    "parameters": "NP",
    "layer_count": "ND",
}


class BuildToSpec(Drawn, NetworkForm):
    name = "build_to_spec"
    label = "Build to a specification (new numbers each time)"
    codes = ("L1", "NO", "NP", "ND")

    def draw(self, rng: Pcg32) -> Variant:
        inputs, classes, hidden = rng.between(3, 12), rng.between(3, 6), rng.between(4, 8)
        activation = rng.choice(("relu", "tanh", "sigmoid"))
        most = _count(inputs, (hidden, hidden, classes)) + rng.between(0, 6)
        criteria: list[JsonObject] = [
            {"kind": "input_shape", "want": [inputs]},
            {"kind": "output_shape", "want": [classes]},
            {"kind": "layer_count", "of": "Dense", "at_least": 3, "at_most": 3},
            {"kind": "activations", "want": [activation, activation, "softmax"]},
            {"kind": "parameters", "at_most": most},
        ]
        example = _text(inputs, (hidden, hidden, classes), activation)
        wide = max(hidden + 4, 10)
        over = _count(inputs, (wide, wide, classes))
        slips = [
            slip(_text(inputs, (hidden, hidden, classes), "linear"), "L1", "No activation between",
                 "Nothing bends between these layers.",
                      "Without an activation, several Dense layers are "
                      "one."),
            slip(_text(inputs, (hidden, hidden, classes + 1), activation), "NO", "Outputs miscounted",
                 f"It gives {classes + 1} numbers for {classes} classes.",
                 "The last layer has one unit per class."),
            slip(_text(inputs, (wide, wide, classes), activation), "NP", "Over budget",
                 f"It has {over} parameters, and {most} are allowed.",
                 "Each pair of neighboring sizes costs their product: make the hidden layers narrower."),
            slip(_text(inputs, (hidden, classes), activation), "ND", "A layer is missing",
                 "It has two Dense layers.", "The output layer is a Dense layer as well: three in all."),
        ]  # fmt: skip
        weights = inputs * hidden
        return made(
            {
                "given": [facts(
                    ("Numbers per sample", str(inputs)), ("Classes", str(classes)), ("Dense layers", "3"),
                    ("Activation of the first two", activation), ("Activation of the last", "softmax"),
                    ("Parameters", f"at most {most}"))],
                "ask": "Write a network that keeps to this. The sizes of the two hidden layers are yours "
                       "to choose.",
                "starter": IMPORTS + f"\nmodel = Sequential([\n    Input(shape=({inputs},)),\n])\n",
            },
            {"criteria": criteria, "example": example},
            slips,
            hints=(
                "The first and the last size are given by the data. What is left to choose?",
                f"{inputs} numbers come in and {classes} shares go out. A Dense layer with n inputs and m "
                "units costs "
                "n × m + m parameters.",
                f"With {hidden} units in the first layer it costs {inputs} × {hidden} + {hidden} = "
                f"{weights + hidden}. "
                f"{most - weights - hidden} are left for the other two.",
            ),
            steps=[
                Step(f"The input has {inputs} numbers, the last layer {classes} units with softmax.", (
                    "NO", "NI")),
                Step(f"Two hidden Dense layers with {activation} come before it.", ("L1", "ND")),
                Step(f"With {hidden} units in each the network has "
                     f"{_count(inputs, (hidden, hidden, classes))} "
                     f"parameters, and {most} are allowed.", ("NP",)),
            ],
        )  # fmt: skip

    def code_of(self, criterion: str) -> str:
        return CODES.get(criterion, "")


def _count(inputs: int, units: tuple[int, ...]) -> int:
    sizes = (inputs, *units)
    return sum((a + 1) * b for a, b in pairwise(sizes))


def _text(inputs: int, units: tuple[int, ...], hidden: str) -> str:
    return IMPORTS + "\n" + dense_text(inputs, units, hidden=hidden) + "\n"
