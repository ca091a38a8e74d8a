"""The weighted sum of one neuron: a layer, an input, and the question what z is before the activation.

    features = ["legs", "fur", "neck"]   # 3 to 8 names of the inputs
    units = 3                            # neurons in the layer, 2 to 8
    inputs = [0, 2]                      # the smallest and largest input value, whole numbers
    layer = 1                            # how the neuron is called: 1 makes it h1.2
    activation = "relu"
    kernel = [[…], …], bias = […]        # instead of drawn weights: this layer, with neuron and input drawn
    is_of_lesson = true                  # the layer is the lesson's own: solutions link to its figure

A slip is chosen first, then numbers are drawn until it shows; sums are exact on the half grid.
"""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from course.figures import Waterfall, waterfall
from engine.explain.dense import Step as DenseStep
from quizzes.kinds.authoring import Sheet
from quizzes.kinds.contract import (
    Fields,
    FormatError,
    Grade,
    JsonObject,
    RejectedError,
    Step,
    Variant,
    View,
    typed,
)
from quizzes.kinds.drawing import halves, made, showing, wholes
from quizzes.kinds.figure import SUMS
from quizzes.kinds.forms import NumberForm
from quizzes.kinds.ladder import default_tolerance
from quizzes.kinds.mutants import unit_slips
from quizzes.kinds.networks import dense, forward
from quizzes.kinds.numbers import exact, read_number, shown, signed
from quizzes.kinds.parameters import Bounds, Declared, Option, Texts, Truth, Whole
from quizzes.kinds.random import Pcg32

ACTIVATIONS = ("relu", "tanh", "sigmoid", "linear")
CODES = ("B0", "B-", "WA", "N1", "RA", "P1")
LARGEST_SUM = 4.5  # below it one percent is less than 0.05, so the tolerance stays 0.01 .. 0.045
FARTHEST_MARK = 20  # a value farther from the key would press the bars flat


@dataclass(frozen=True)
class _Case:
    """One variant in the making: the layer, the input, which unit is asked, and what things are called."""

    layer: DenseStep
    x: tuple[float, ...]
    unit: int
    features: tuple[str, ...]
    names: tuple[str, ...]  # of all units of the layer

    @property
    def bias(self) -> float:
        return float(self.layer.bias[self.unit])

    @property
    def live(self) -> list[tuple[str, float, float]]:
        """Name, value and weight of every input whose product is not zero."""
        weights = map(float, self.layer.kernel[:, self.unit])
        return [(name, x, w) for name, x, w in zip(self.features, self.x, weights, strict=True) if x and w]


class WeightedSum(Declared, NumberForm):
    name = "weighted_sum"
    label = "Weighted sum of a neuron (new numbers each time)"
    is_generated = True
    parameters = (
        Texts("features", "Names of the inputs", 3, 8),
        Whole("units", "Neurons in the layer", 3, 2, 8),
        Bounds("inputs", "Input values", (0, 2), -9, 9, is_wide=True),
        Whole("layer", "Number of the layer, for the neuron's name", 1, 1, 9),
        Option("activation", "Activation", ACTIVATIONS, "relu"),
        Truth("is_of_lesson", "The layer is the lesson's own"),
    )
    template = "quizzes/kinds/weighted_sum.html"
    generic = (
        "This value matches no slip we know. Write the products under each other, one per input, and add "
        "again."
    )

    def check(self, sheet: Sheet, values: dict[str, Any]) -> None:
        """The layer may be given too, as rows of numbers."""
        if sheet.has("kernel") or sheet.has("bias"):
            kernel = sheet.rows("kernel", len(values["features"]), values["units"])
            bias = sheet.numbers("bias", values["units"])
            if any((2 * w) % 1 for row in (*kernel, bias) for w in row):
                sheet.fault(
                    "kernel", "Use multiples of 0.5 here, so that the sum can be done by hand exactly."
                )

    def generate(self, data: JsonObject, rng: Pcg32) -> Variant:
        is_negative = rng.below(2) == 0  # half the time, as far as a fixed kernel allows
        return showing(rng, CODES, lambda rng: _variant(_draw(data, rng), data, is_negative))

    def view(self, variant: Variant, fields: Fields, grade: Grade | None, is_revealed: bool) -> View:
        shown_part = variant.shown
        view = super().view(variant, fields, grade, is_revealed)
        rows = zip(shown_part["features"], shown_part["x"], shown_part["kernel"], strict=True)
        context = view.context | {
            "unit_name": shown_part["names"][shown_part["asked"]],
            "names": shown_part["names"],
            "rows": [(name, shown(x), [_cell(w) for w in weights]) for name, x, weights in rows],
            "biases": [_cell(b) for b in shown_part["bias"]],
            "activation": shown_part["activation"],
        }
        if not is_revealed:
            return View(self.template, context)
        if shown_part["is_of_lesson"]:
            values = ",".join(f"{x:g}" for x in shown_part["x"])
            context["figure_query"] = urlencode(
                {"x": values, "focus": context["unit_name"], "t": 2}, safe=","
            )
        elif context["unit_name"].startswith("h1."):
            own = {name: shown_part[name] for name in ("features", "x", "kernel", "bias")}
            context["figure_layer"] = own | {"unit": context["unit_name"], "step": SUMS}
        context["sum"] = _worked_sum(variant, fields)
        return View(self.template, context, "quizzes/kinds/_weighted_sum_solution.html")


def _draw(data: JsonObject, rng: Pcg32) -> _Case:
    features = tuple(data["features"])
    units = data.get("units", 3)
    low, high = data.get("inputs", (0, 2))
    if "kernel" in data:
        kernel, bias = data["kernel"], data["bias"]
    else:
        kernel = [halves(rng, units) for _ in features]
        bias = halves(rng, units)
    names = tuple(f"h{data.get('layer', 1)}.{n}" for n in range(1, units + 1))
    layer = dense(kernel, bias, data.get("activation", "relu"))
    return _Case(layer, wholes(rng, len(features), low, high), rng.below(units), features, names)


def _variant(case: _Case, data: JsonObject, is_negative: bool) -> Variant:
    z = float(forward([case.layer], case.x)[0][0][case.unit])
    has_bias = case.bias or "kernel" in data
    if len(case.live) < 2 or not has_bias or not 0 < abs(z) <= LARGEST_SUM:
        raise RejectedError
    if is_negative and "kernel" not in data and z > 0:
        raise RejectedError
    feature, x, w = case.live[0]
    return made(
        _shown(case, data),
        z,
        unit_slips(case.layer, case.x, case.unit, "z"),
        tolerance=default_tolerance(exact(z)),
        hints=(
            "One product for each input, all added, and one more number. Signs travel with weights.",
            f"For {case.names[case.unit]}: {' + '.join(f'{f} × its weight' for f, _, _ in case.live)}, plus "
            f"the bias {shown(case.bias)}. Inputs of 0 add nothing.",
            f"The first product is {feature}: {shown(x)} × {shown(w)} = {shown(x * w)}. Go on with "
            f"{case.live[1][0]}, then add the bias.",
        ),
        steps=_steps(case, z),
    )


def _shown(case: _Case, data: JsonObject) -> JsonObject:
    return {
        "features": list(case.features),
        "x": list(case.x),
        "kernel": case.layer.kernel.tolist(),
        "bias": case.layer.bias.tolist(),
        "names": list(case.names),
        "asked": case.unit,
        "activation": case.layer.activation_name,
        "is_of_lesson": data.get("is_of_lesson", False),
    }


def _steps(case: _Case, z: float) -> tuple[Step, ...]:
    name, bias = case.names[case.unit], case.bias
    products = [x * w for _, x, w in case.live]
    total = sum(products)
    steps = [
        Step(f"Read the column of {name}: one weight for each input, and its bias {shown(bias)}.", ("N1",))
    ]
    idle = [feature for feature in case.features if feature not in {live for live, _, _ in case.live}]
    if idle:
        steps.append(Step(f"Drop the zeros: for {_listed(idle)} the input or the weight is 0."))
    multiplied = ", ".join(f"{feature} {shown(x)} × {shown(w)}" for feature, x, w in case.live)
    steps.append(Step(f"Multiply what is left, each with its own weight: {multiplied}.", ("P1", "WA")))
    steps.append(Step(f"Add the products: {_added(products)} = {shown(total)}.", ("SG",)))
    steps.append(Step(f"Add the bias: {_added([total, bias])} = {shown(z)}.", ("B0", "B-")))
    activated = float(forward([case.layer], case.x)[0][1][case.unit])
    activation = case.layer.activation_name
    if activation != "linear":
        change = (
            f"turn {shown(z)} into {shown(activated)}" if activated != z else f"leave {shown(z)} as it is"
        )
        text = f"The question stops here. One step on, {activation} would {change}."
        steps.append(Step(text, ("RA",)))
    return tuple(steps)


def _worked_sum(variant: Variant, fields: Fields) -> Waterfall:
    """The solved sum as the figure draws it, with the learner's own value as a line."""
    part = variant.shown
    unit = part["asked"]
    try:
        mark: float | None = float(read_number(typed(fields)))
    except FormatError:
        mark = None
    terms = [
        (name, row[unit], x, x * row[unit])
        for name, x, row in zip(part["features"], part["x"], part["kernel"], strict=True)
    ]
    is_far = mark is not None and abs(mark - variant.key) > FARTHEST_MARK
    return waterfall(terms, part["bias"][unit], variant.key, None if is_far else mark)


def _cell(number: float) -> dict[str, str]:
    """A weight for the table: its text, and the sign that colors it."""
    sign = "pos" if number > 0 else "neg" if number < 0 else "nil"
    return {"text": signed(number), "sign": sign}


def _added(numbers: list[float]) -> str:
    """1 − 1 − 1: numbers joined by their signs."""
    first, *rest = numbers
    return shown(first) + "".join(f" {'−' if n < 0 else '+'} {shown(abs(n))}" for n in rest)


def _listed(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
