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

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from urllib.parse import urlencode

from course.figures import Waterfall, waterfall
from quizzes.kinds.authoring import Sheet
from quizzes.kinds.contract import (
    Fault,
    Fields,
    FormatError,
    Grade,
    JsonObject,
    Known,
    RejectedError,
    Step,
    Variant,
    View,
)
from quizzes.kinds.ladder import default_tolerance, grade_number, keep_apart
from quizzes.kinds.layer import LayerCase
from quizzes.kinds.numbers import exact, read_number, shown, signed
from quizzes.kinds.numeric import number_context, typed
from quizzes.kinds.random import Pcg32

ACTIVATIONS = ("relu", "tanh", "sigmoid", "linear")
GENERIC = (
    "This value matches no slip we know. Write the products under each other, one per input, and add again."
)
FEWEST_SLIPS = 2
LARGEST_SUM = Fraction(9, 2)  # below it one percent is less than 0.05, so the tolerance stays 0.01 .. 0.045
FARTHEST_MARK = 20  # a value farther from the key would press the bars flat
HALVES = tuple(n / 2 for n in (-3, -2, -1, 1, 2, 3))


@dataclass(frozen=True)
class _Case:
    """One variant in the making: the layer, the input, which unit is asked, and what things are called."""

    layer: LayerCase
    unit: int
    features: tuple[str, ...]
    names: tuple[str, ...]  # of all units of the layer

    @property
    def z(self) -> Fraction:
        return exact(self.layer.sum_of(self.unit))

    @property
    def bias(self) -> float:
        return self.layer.bias[self.unit]

    @property
    def live(self) -> list[tuple[str, float, float]]:
        """Name, value and weight of every input whose product is not zero."""
        terms = zip(self.features, self.layer.terms(self.unit), strict=True)
        return [(name, x, w) for name, (x, w) in terms if x and w]


class WeightedSum:
    name = "weighted_sum"
    label = "Weighted sum of a neuron (new numbers each time)"
    is_generated = True

    def validate(self, data: JsonObject) -> list[Fault]:
        sheet = Sheet(data)
        features = sheet.texts("features", 3, 8)
        units = sheet.whole("units", 3, 2, 8)
        low, high = sheet.bounds("inputs", (0, 2), -9, 9)
        if low == high:
            sheet.fault("inputs", "The largest input must be larger than the smallest.")
        sheet.whole("layer", 1, 1, 9)
        sheet.choice("activation", ACTIVATIONS, "relu")
        if sheet.has("kernel") or sheet.has("bias"):
            kernel = sheet.rows("kernel", len(features), units)
            bias = sheet.numbers("bias", units)
            if any((2 * w) % 1 for row in (*kernel, bias) for w in row):
                sheet.fault(
                    "kernel", "Use multiples of 0.5 here, so that the sum can be done by hand exactly."
                )
        sheet.truth("is_of_lesson", False)
        sheet.done()
        return sheet.faults

    def generate(self, data: JsonObject, rng: Pcg32) -> Variant:
        wanted = rng.choice(("B0", "B-", "WA", "N1", "RA"))
        case = _draw(data, rng)
        key = case.z
        tolerance = default_tolerance(key)
        has_bias = case.bias or "kernel" in data
        if len(case.live) < 2 or not has_bias or not 0 < abs(key) <= LARGEST_SUM:
            raise RejectedError
        slips = keep_apart(key, _slips(case), tolerance)
        if len(slips) < FEWEST_SLIPS or wanted not in {slip.code for slip in slips}:
            raise RejectedError
        return Variant(
            shown=_shown(case, data),
            answers=(Known(float(key), 1.0), *slips),
            tolerance=float(tolerance),
            hints=("One product for each input, all added, and one more number. Signs travel with weights.",),
            steps=_steps(case),
        )

    def parse(self, variant: Variant, fields: Fields) -> Fraction:
        return read_number(typed(fields))

    def grade(self, variant: Variant, response: Fraction) -> Grade:
        return grade_number(variant, response, GENERIC)

    def view(self, variant: Variant, fields: Fields, grade: Grade | None, is_revealed: bool) -> View:
        shown_part = variant.shown
        rows = zip(shown_part["features"], shown_part["x"], shown_part["kernel"], strict=True)
        context = number_context(variant, fields, grade, is_revealed) | {
            "unit_name": shown_part["names"][shown_part["asked"]],
            "names": shown_part["names"],
            "rows": [(name, shown(x), [_cell(w) for w in weights]) for name, x, weights in rows],
            "biases": [_cell(b) for b in shown_part["bias"]],
            "activation": shown_part["activation"],
        }
        if not is_revealed:
            return View("quizzes/kinds/weighted_sum.html", context)
        if shown_part["is_of_lesson"]:
            values = ",".join(f"{x:g}" for x in shown_part["x"])
            context["figure_query"] = urlencode(
                {"x": values, "focus": context["unit_name"], "t": 2}, safe=","
            )
        context["sum"] = _worked_sum(variant, fields)
        return View("quizzes/kinds/weighted_sum.html", context, "quizzes/kinds/_weighted_sum_solution.html")


def _draw(data: JsonObject, rng: Pcg32) -> _Case:
    features = tuple(data["features"])
    units = data.get("units", 3)
    low, high = data.get("inputs", (0, 2))
    if "kernel" in data:
        kernel = tuple(tuple(float(w) for w in row) for row in data["kernel"])
        bias = tuple(float(b) for b in data["bias"])
    else:
        kernel = tuple(tuple(rng.choice(HALVES) for _ in range(units)) for _ in features)
        bias = tuple(rng.choice(HALVES) for _ in range(units))
    x = tuple(float(rng.between(low, high)) for _ in features)
    names = tuple(f"h{data.get('layer', 1)}.{n}" for n in range(1, units + 1))
    layer = LayerCase(kernel, bias, x, data.get("activation", "relu"))
    return _Case(layer, rng.below(units), features, names)


def _shown(case: _Case, data: JsonObject) -> JsonObject:
    return {
        "features": list(case.features),
        "x": list(case.layer.x),
        "kernel": [list(row) for row in case.layer.kernel],
        "bias": list(case.layer.bias),
        "names": list(case.names),
        "asked": case.unit,
        "activation": case.layer.activation,
        "is_of_lesson": data.get("is_of_lesson", False),
    }


def _slips(case: _Case) -> list[Known]:
    """Every slip that this case can show, by priority. The engine runs each changed layer."""
    layer, unit, bias = case.layer, case.unit, shown(case.bias)
    name = case.names[unit]
    sums, outputs = layer.outputs()
    slips = [
        _slip(
            layer.without_bias().sum_of(unit), "B0", "Bias forgotten",
            lambda v: f"{v} is the sum of the products without the bias {bias}.",
            "Your products and your signs are right. One number is missing: each neuron has one bias of its "
            "own, added once, after the products.",
        ),
        _slip(
            layer.with_bias_subtracted().sum_of(unit), "B-", "Bias subtracted",
            lambda v: f"{v} is what you get when the bias {bias} is taken away.",
            "The bias is always added, with the sign it has.",
        ),
    ]  # fmt: skip
    if outputs[unit] != sums[unit]:
        slips.append(
            _slip(
                outputs[unit], "RA", "Activation already applied",
                lambda v: f"{v} is the output of {name} after {layer.activation}.",
                "The question asks for z, the value before the activation. You went one step too far.",
            )
        )  # fmt: skip
    slips.append(
        _slip(
            layer.without_signs().sum_of(unit), "WA", "Signs of the weights dropped",
            lambda v: f"{v} is the sum with every weight taken as positive.",
            "A negative weight makes its product negative. Keep the signs while you multiply.",
        )
    )  # fmt: skip
    for other in (unit - 1, unit + 1):
        if 0 <= other < len(case.names):
            neighbour = case.names[other]
            slips.append(_neighbour(sums[other], neighbour, name))
    x_sum = sum(layer.x)
    w_sum = sum(w for _, w in layer.terms(unit))
    slips.append(
        _slip(
            x_sum * w_sum + case.bias, "P1", "Product of sums",
            lambda v: f"{v} is the sum of the inputs times the sum of the weights, plus the bias.",
            "Multiply first, input by input, each with its own weight; then add the products.",
        )
    )  # fmt: skip
    return slips


def _neighbour(value: float, neighbour: str, name: str) -> Known:
    return _slip(
        value, "N1", "Neighboring neuron",
        lambda v: f"{v} is the weighted sum of {neighbour}.",
        f"Your sum is right, for another neuron. Take the column of {name}, its bias included.",
    )  # fmt: skip


def _slip(value: float, code: str, title: str, lead: Callable[[str], str], advice: str) -> Known:
    return Known(value, 0.0, (lead(shown(value)), advice), code, title)


def _steps(case: _Case) -> tuple[Step, ...]:
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
    z = total + bias
    steps.append(Step(f"Add the bias: {_added([total, bias])} = {shown(z)}.", ("B0", "B-")))
    activated = case.layer.outputs()[1][case.unit]
    if case.layer.activation != "linear":
        change = (
            f"turn {shown(z)} into {shown(activated)}" if activated != z else f"leave {shown(z)} as it is"
        )
        text = f"The question stops here. One step on, {case.layer.activation} would {change}."
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
