"""Which neurons of a relu layer are off for this input?

features = ["legs", "fur", "neck"]   # 2 to 8 names of the inputs
units = 5                            # 3 to 8
inputs = [0, 2]                      # the smallest and largest input value
"""

from collections.abc import Iterable

from engine.explain.dense import Step as DenseStep
from quizzes.kinds.contract import (
    ANSWER,
    Fields,
    Grade,
    JsonObject,
    Known,
    RejectedError,
    Step,
    Variant,
    View,
)
from quizzes.kinds.drawing import halves, made, showing, slip, wholes
from quizzes.kinds.figure import OUTPUTS, layer_at
from quizzes.kinds.forms import ManyForm, option_set, options
from quizzes.kinds.given import kernel_table
from quizzes.kinds.networks import dense, forward, plain
from quizzes.kinds.numbers import shown
from quizzes.kinds.parameters import Bounds, Declared, Texts, Whole
from quizzes.kinds.random import Pcg32

CODES = ("D2", "B0", "DC")
FEATURES = ("legs", "fur", "neck")


class DeadUnits(Declared, ManyForm):
    name = "dead_units"
    label = "Neurons that are off (new numbers each time)"
    is_generated = True
    parameters = (
        Texts("features", "Names of the inputs", 2, 8, FEATURES),
        Whole("units", "Neurons in the layer", 5, 3, 8),
        Bounds("inputs", "Input values", (0, 2), -9, 9, is_wide=True),
    )
    rule = "Choose every neuron whose output is 0."
    generic = (
        "Work out z for each neuron: products, their sum, and the bias. relu makes 0 of what is not above 0."
    )

    def generate(self, data: JsonObject, rng: Pcg32) -> Variant:
        return showing(rng, CODES, lambda rng: _variant(data, rng))

    def view(self, variant: Variant, fields: Fields, grade: Grade | None, is_revealed: bool) -> View:
        view = super().view(variant, fields, grade, is_revealed)
        if is_revealed:
            missed = set(variant.key.split()) ^ set(fields.get(ANSWER, ()))
            names = [one["text"] for one in variant.shown["options"] if one["id"] in missed]
            first = names[0] if names else variant.shown["options"][0]["text"]
            view.context["figure_layer"] = layer_at(variant, first, OUTPUTS)
        return view


def _variant(data: JsonObject, rng: Pcg32) -> Variant:
    features, units = data.get("features", FEATURES), data.get("units", 5)
    x = wholes(rng, len(features), *data.get("inputs", (0, 2)))
    layer = dense([halves(rng, units) for _ in features], halves(rng, units), "relu")
    names = [f"h1.{n}" for n in range(1, units + 1)]
    z = plain(forward([layer], x)[0][0])
    off = {unit for unit in range(units) if z[unit] <= 0}
    if not 0 < len(off) < units or sum(map(bool, x)) < 2:
        raise RejectedError
    sums = f"{names[0]} has z = {shown(z[0])}"
    return made(
        {
            "given": [kernel_table(features, x, layer.kernel.tolist(), layer.bias.tolist(), names)],
            "ask": "Which neurons put out 0 for this input, after relu?",
            "options": options(names),
        },
        _set(off, names),
        _slips(layer, x, off, names),
        hints=(
            "A neuron is off when its sum is 0 or below. Neither the bias nor the weights alone decide that.",
            f"For each neuron: z is the sum of x times weight, plus its bias. Inputs here are "
            f"{', '.join(map(shown, x))}.",
            f"{sums}, so it is {'off' if 0 in off else 'on'}. Go on with {names[1]}.",
        ),
        steps=[
            Step("Work out z of each neuron: " + "; ".join(
                f"{name} {shown(value)}" for name, value in zip(names, z, strict=True)) + ".", ("D2", "B0")),
            Step(f"relu makes 0 of every z that is not above 0: {_listed(off, names)}.", ("DC",)),
        ],
    )  # fmt: skip


def _slips(layer: DenseStep, x: tuple[float, ...], off: set[int], names: list[str]) -> list[Known]:
    units = range(len(names))
    weighed = plain(layer.sums(layer.kernel[:, 0] * 0 + x) - layer.bias)
    whole = "The sign of z decides: all products and the bias together."
    slips = [
        slip(
            _set((u for u in units if weighed[u] <= 0), names), "B0", "Bias forgotten",
            "These neurons would be off without their biases.", whole,
        ),
        slip(
            _set((u for u in units if layer.bias[u] < 0), names), "D2", "Judged by the bias",
            "These are the neurons with a negative bias.", whole,
        ),
        slip(
            _set((u for u in units if layer.kernel[:, u].sum() < 0), names), "D2", "Judged by the weights",
            "These are the neurons whose weights add up to less than 0.",
            f"A weight counts as much as its input. {whole}",
        ),
        slip(
            _set(set(units) - off, names), "DC", "On for off",
            "These are the neurons that are on.", "The question asks for those that put out 0.",
        ),
    ]  # fmt: skip
    return [one for one in slips if one.value]  # nobody can choose no option


def _set(units: Iterable[int], names: list[str]) -> str:
    return option_set(names[unit] for unit in units)


def _listed(units: Iterable[int], names: list[str]) -> str:
    return ", ".join(names[unit] for unit in sorted(units))
