"""What an activation makes of one weighted sum.

activations = ["relu", "sigmoid"]    # out of which one is drawn; all of them when left out
"""

from math import exp

from engine.explain.dense import activate
from quizzes.kinds.contract import Fields, Grade, JsonObject, Known, Step, Variant, View
from quizzes.kinds.drawing import made, showing, slip
from quizzes.kinds.figure import number_said
from quizzes.kinds.forms import NumberForm
from quizzes.kinds.given import facts
from quizzes.kinds.ladder import default_tolerance
from quizzes.kinds.networks import plain, vector
from quizzes.kinds.numbers import exact, shown
from quizzes.kinds.parameters import Declared, Texts
from quizzes.kinds.random import Pcg32

FORMULAS = {
    "relu": "max(0, z)",
    "leaky_relu": "z for z ≥ 0, else 0.2 z",
    "sigmoid": "1 / (1 + exp(−z))",
    "tanh": "(exp(z) − exp(−z)) / (exp(z) + exp(−z))",
    "step": "1 for z > 0, else 0",
}
TWINS = {"sigmoid": "tanh", "tanh": "sigmoid", "relu": "leaky_relu", "leaky_relu": "relu"}
CODES = ("R0", "RZ", "RM", "AS", "AR", "SG")
FARTHEST = 8  # halves on either side of 0


class ActivationValue(Declared, NumberForm):
    name = "activation_value"
    label = "Value of an activation (new numbers each time)"
    is_generated = True
    parameters = (
        Texts("activations", "Activations to draw from", 1, len(FORMULAS), tuple(FORMULAS), tuple(FORMULAS)),
    )
    generic = "Put z into the formula once more, with its sign, and work from the inside out."

    def generate(self, data: JsonObject, rng: Pcg32) -> Variant:
        names = data.get("activations", tuple(FORMULAS))
        return showing(rng, CODES, lambda rng: _variant(rng.choice(names), rng))

    def view(self, variant: Variant, fields: Fields, grade: Grade | None, is_revealed: bool) -> View:
        view = super().view(variant, fields, grade, is_revealed)
        if is_revealed:
            (_, formula), (_, z) = variant.shown["given"][0]["rows"]
            name = formula.partition(":")[0]
            asked = {"f": name, "g": "none", "z": number_said(z)}
            view.context["figure_placed"] = {"kind": "activation", "fields": asked}
        return view


def _variant(name: str, rng: Pcg32) -> Variant:
    z = rng.between(1, FARTHEST) / 2 * rng.choice((-1, 1))
    key = value_of(name, z)
    written = shown(z)
    first, last = _ways(name, z)
    return made(
        {
            "given": [facts(("Activation", f"{name}: {FORMULAS[name]}"), ("Weighted sum z", written))],
            "ask": f"What is {name}({written})? Two decimals are enough.",
        },
        key,
        _slips(name, z),
        tolerance=default_tolerance(exact(key)),
        hints=("Look at the sign of z first. It decides which part of the formula works.",
               f"With z = {written} the formula is {FORMULAS[name]}.", first),
        steps=[Step(f"Take the formula: {name} is {FORMULAS[name]}.", ("AS", "AR", "R0", "RM")),
               Step(first, ("RZ", "SG")), Step(last)],
    )  # fmt: skip


def value_of(name: str, z: float) -> float:
    """The engine's value of an activation; step alone is not one of Keras's."""
    return float(z > 0) if name == "step" else plain(activate(name, vector([z])))[0]


def _ways(name: str, z: float) -> tuple[str, str]:
    """The first step with the numbers put in, and the last one."""
    written, value = shown(z), shown(value_of(name, z))
    if name == "sigmoid":
        power = shown(exp(-z))
        return f"exp(−z) = exp({shown(-z)}) = {power}.", f"1 / (1 + {power}) = {value}."
    if name == "tanh":
        up, down = shown(exp(z)), shown(exp(-z))
        return f"exp(z) = {up} and exp(−z) = {down}.", f"({up} − {down}) / ({up} + {down}) = {value}."
    side = "above" if z > 0 else "below"
    return f"z = {written} lies {side} 0.", f"So {name}({written}) = {value}."


def _slips(name: str, z: float) -> list[Known]:
    written = shown(z)
    twin = {"sigmoid": "tanh", "tanh": "sigmoid", "relu": "leaky_relu", "leaky_relu": "relu"}.get(
        name, "sigmoid"
    )
    slips = [
        slip(
            z, "R0", "Activation forgotten",
            f"{written} is z itself, before {name}.",
            "The activation still has to be applied to it.",
        ),
        slip(
            abs(z), "RZ", "Absolute value taken",
            f"{shown(abs(z))} is z without its sign.",
            f"No activation here drops the sign; {name} is {FORMULAS[name]}.",
        ),
        slip(
            value_of(twin, z), "AS", "Another activation",
            f"{shown(value_of(twin, z))} is {twin}({written}).",
            f"The question has {name}: {FORMULAS[name]}.",
        ),
        slip(
            value_of(name, -z), "SG", "Sign of z turned round",
            f"{shown(value_of(name, -z))} is {name}({shown(-z)}).",
            "Keep the sign of z when you put it into the formula.",
        ),
        slip(
            min(0.0, z), "RM", "Minimum for maximum",
            f"{shown(min(0.0, z))} is min(0, z).",
            f"{name} is {FORMULAS[name]}.",
        ),
    ]  # fmt: skip
    for other in ("relu", "step", "sigmoid"):
        slips.append(
            slip(
                value_of(other, z), "AR", "Another activation",
                f"{shown(value_of(other, z))} is {other}({written}).",
                f"The question has {name}: {FORMULAS[name]}.",
            )
        )  # fmt: skip
    return slips
