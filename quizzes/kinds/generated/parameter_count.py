"""How many parameters has this network? Sizes drawn per learner; every count made by the engine's estimate.

layers = [2, 3]        # how many Dense layers, smallest and largest
units = [2, 9]         # sizes of the input and of the layers, all different
bias = "all"           # or "some": one layer may have use_bias=False
sizes = [8, 6, 6, 4]   # instead of layers and units: always this network
"""

from dataclasses import dataclass
from math import prod
from typing import Any

import engine
from quizzes.kinds.authoring import Sheet
from quizzes.kinds.contract import Fields, Grade, JsonObject, Known, Step, Variant, View
from quizzes.kinds.drawing import made, showing, slip
from quizzes.kinds.forms import CountForm
from quizzes.kinds.networks import dense_text, read_network
from quizzes.kinds.parameters import Bounds, Declared, Option, Wholes
from quizzes.kinds.random import Pcg32

CODES = ("Q2", "Q1", "QI", "QL", "QP", "QO")


@dataclass(frozen=True)
class _Sizes:
    """The network of one variant: its input size, and per Dense layer the units and whether it has biases."""

    inputs: int
    units: tuple[int, ...]
    use_bias: tuple[bool, ...]

    def count(self, use_bias: tuple[bool, ...] | None = None) -> int:
        """The engine's count of parameters."""
        text = dense_text(self.inputs, self.units, use_bias or self.use_bias)
        return engine.estimate(read_network(text)).parameters

    def layers(self) -> list[tuple[int, int, bool]]:
        """Per layer: values in, units, has biases."""
        return list(zip((self.inputs, *self.units[:-1]), self.units, self.use_bias, strict=True))


class ParameterCount(Declared, CountForm):
    name = "parameter_count"
    label = "Parameter count (new numbers each time)"
    is_generated = True
    parameters = (
        Bounds("layers", "How many Dense layers", (2, 3), 1, 6),
        Bounds("units", "The sizes", (2, 9), 1, 64),
        Option("bias", "Layers with biases", ("all", "some"), "all"),
        Wholes("sizes", "Always these sizes, instead", 3, 7, 1, 1024),
    )
    template = "quizzes/kinds/parameter_count.html"
    generic = (
        "This count matches no slip we know. Go layer by layer: inputs times units, then one bias for each "
        "unit."
    )

    def check(self, sheet: Sheet, values: dict[str, Any]) -> None:
        (smallest, largest), (_, most) = values["units"], values["layers"]
        if largest - smallest < most:
            sheet.fault("units", f"Sizes are all different: leave room for {most + 1} of them.")

    def generate(self, data: JsonObject, rng: Pcg32) -> Variant:
        return showing(rng, CODES, lambda rng: _variant(_draw(data, rng)))

    def view(self, variant: Variant, fields: Fields, grade: Grade | None, is_revealed: bool) -> View:
        view = super().view(variant, fields, grade, is_revealed)
        return View(view.template, view.context | {"source": variant.shown["source"]})


def _draw(data: JsonObject, rng: Pcg32) -> _Sizes:
    if "sizes" in data:
        inputs, *units = data["sizes"]
    else:
        low, high = data.get("units", (2, 9))
        depth = rng.between(*data.get("layers", (2, 3)))
        inputs, *units = rng.shuffled(range(low, high + 1))[: depth + 1]
    use_bias = [True] * len(units)
    if data.get("bias", "all") == "some" and rng.below(2):
        use_bias[rng.below(len(units))] = False
    return _Sizes(inputs, tuple(units), tuple(use_bias))


def _variant(sizes: _Sizes) -> Variant:
    key = sizes.count()
    steps = _steps(sizes, key)
    inputs, units, has_bias = sizes.layers()[0]
    rule = f"The first layer joins {inputs} inputs with {units} units: {inputs} × {units} weights"
    return made(
        {"source": dense_text(sizes.inputs, sizes.units, sizes.use_bias), "unit": "parameters"},
        key,
        _slips(sizes, key),
        hints=(
            "A Dense layer holds one weight for every pair of an input and a unit. What else?",
            f"{rule}, and {f'one bias for each of the {units} units' if has_bias else 'no biases'}. "
            "The units of one layer are the inputs of the next.",
            f"{steps[0].text} Go on with layer 2, then add the layers.",
        ),
        steps=steps,
    )


def _slips(sizes: _Sizes, key: int) -> list[Known]:
    """Common ways to count, by priority; networks with other biases are counted by the engine too."""
    none, every = (False,) * len(sizes.units), (True,) * len(sizes.units)
    weights, units = sizes.count(none), sum(sizes.units)
    biases = key - weights
    slips = [
        slip(
            weights, "Q2", "Biases left out",
            f"{weights} counts the weights; the {biases} biases are missing.",
            "Every unit of a Dense layer has one bias of its own, and training adjusts it like a weight.",
        ),
        slip(
            sizes.count(every), "QA", "A layer without biases overlooked",
            "One layer says use_bias=False, and you counted biases for it.",
            "Such a layer holds its weights only.",
        ),
        slip(
            sizes.inputs + units, "Q1", "Units counted",
            f"{sizes.inputs + units} is the number of inputs and units.",
            "Parameters are the numbers that training changes: the weights between units, and the biases.",
        ),
        slip(
            units, "Q1", "Units counted",
            f"{units} is the number of units in the Dense layers.",
            "Parameters are the numbers that training changes: the weights between units, and the biases.",
        ),
        slip(
            key + sizes.inputs, "QI", "Biases given to the inputs",
            f"You counted {sizes.inputs} too many, one for each input.",
            "Inputs are values that arrive; nothing is added to them, so they have no bias.",
        ),
        slip(
            weights + sum(sizes.use_bias), "QL", "One bias per layer",
            "You counted one bias for each layer.",
            "A bias belongs to a unit, so a layer of 6 units has 6.",
        ),
        slip(
            prod((sizes.inputs, *sizes.units)), "QP", "All sizes multiplied",
            "This is the product of all the sizes.",
            "Weights join neighbouring layers only: multiply size by size, layer by layer, and add.",
        ),
    ]  # fmt: skip
    if sizes.use_bias[-1]:
        without_output = key - sizes.units[-1]
        slips.append(
            slip(
                without_output, "QO", "Biases of the last layer left out",
                f"{sizes.units[-1]} are missing: the biases of the last layer.",
                "The output layer is a Dense layer like the others, and its units have biases too.",
            )
        )  # fmt: skip
    return slips


def _steps(sizes: _Sizes, key: int) -> tuple[Step, ...]:
    steps: list[Step] = []
    counts: list[str] = []
    last = len(sizes.units)
    for place, (arriving, units, has_bias) in enumerate(sizes.layers(), start=1):
        weights = arriving * units
        count = weights + units * has_bias
        counts.append(str(count))
        biases = (
            f"plus {units} biases makes {count}" if has_bias else "and no biases, because of use_bias=False"
        )
        codes = _codes(place == 1, place == last, has_bias)
        steps.append(Step(f"Layer {place}: {arriving} × {units} = {weights} weights, {biases}.", codes))
    steps.append(Step(f"Add the layers: {' + '.join(counts)} = {key}."))
    return tuple(steps)


def _codes(is_first: bool, is_last: bool, has_bias: bool) -> tuple[str, ...]:
    """The slips that happen while counting this layer."""
    codes = ["Q2", "Q1", "QL", "QP", "QI"] if is_first else []
    if is_last:
        codes.append("QO")
    if not has_bias:
        codes.append("QA")
    return tuple(codes)
