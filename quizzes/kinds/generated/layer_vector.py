"""All outputs of a small layer for one input; some of them are there already, as in a half-worked example.

features = ["legs", "fur", "neck"]   # 2 to 8 names of the inputs
units = 6                            # 2 to 8
filled = 3                           # how many outputs are given: fewer is harder
inputs = [0, 2]                      # the smallest and largest input value
activation = "relu"
"""

from typing import Any

from quizzes.kinds.authoring import Sheet
from quizzes.kinds.contract import Fields, Grade, JsonObject, RejectedError, Step, Variant, View
from quizzes.kinds.drawing import halves, made, showing, wholes
from quizzes.kinds.figure import layer_at, step_of
from quizzes.kinds.forms import NUMBER, CellsForm, cells, text
from quizzes.kinds.given import kernel_table
from quizzes.kinds.mutants import layer_slips
from quizzes.kinds.networks import dense, forward, plain, worked_sum
from quizzes.kinds.numbers import shown
from quizzes.kinds.parameters import Bounds, Declared, Option, Texts, Whole
from quizzes.kinds.random import Pcg32

CODES = ("B0", "R0", "B+", "RZ", "N1")
FEATURES = ("legs", "fur", "neck")
TOLERANCE = 0.01  # sums on the half grid end after two decimals


class LayerVector(Declared, CellsForm):
    name = "layer_vector"
    label = "Outputs of a layer (new numbers each time)"
    is_generated = True
    parameters = (
        Texts("features", "Names of the inputs", 2, 8, FEATURES),
        Whole("units", "Neurons in the layer", 6, 2, 8),
        Whole("filled", "Outputs that are given", 3, 0, 7),
        Bounds("inputs", "Input values", (0, 2), -9, 9, is_wide=True),
        Option("activation", "Activation", ("relu", "leaky_relu", "linear"), "relu"),
    )
    generic = "Take one column at a time: products, their sum, the bias, and then the activation."

    def check(self, sheet: Sheet, values: dict[str, Any]) -> None:
        if values["filled"] > values["units"] - 2:
            sheet.fault("filled", "Leave at least two outputs open.")

    def generate(self, data: JsonObject, rng: Pcg32) -> Variant:
        return showing(rng, CODES, lambda rng: _variant(data, rng))

    def view(self, variant: Variant, fields: Fields, grade: Grade | None, is_revealed: bool) -> View:
        view = super().view(variant, fields, grade, is_revealed)
        if is_revealed:
            rows = [row["head"] for row in variant.shown["cells"]["rows"] if "reads" in row["cells"][0]]
            missed = self.first_missed(variant, fields)
            step = step_of(grade, variant.shown["ask"].removesuffix("?").rpartition(" ")[2])
            view.context["figure_layer"] = layer_at(variant, rows[missed or 0], step)
        return view


def _variant(data: JsonObject, rng: Pcg32) -> Variant:
    features = data.get("features", FEATURES)
    units, activation = data.get("units", 6), data.get("activation", "relu")
    x = wholes(rng, len(features), *data.get("inputs", (0, 2)))
    layer = dense([halves(rng, units) for _ in features], halves(rng, units), activation)
    names = [f"h1.{n}" for n in range(1, units + 1)]
    z, a = map(plain, forward([layer], x)[0])
    open_units = sorted(rng.shuffled(range(units))[: units - data.get("filled", 3)])
    if sum(map(bool, x)) < 2 or all(z[unit] <= 0 for unit in open_units):
        raise RejectedError
    rows = [
        (name, [NUMBER if unit in open_units else text(shown(a[unit]))]) for unit, name in enumerate(names)
    ]
    first = open_units[0]
    worked = f"{worked_sum(layer, x, first)} = {shown(z[first])}"
    return made(
        {
            "given": [kernel_table(features, x, layer.kernel.tolist(), layer.bias.tolist(), names)],
            "ask": f"What does each neuron of the layer put out, after {activation}?",
            "cells": cells("Neuron", ["output"], rows),
        },
        [a[unit] for unit in open_units],
        layer_slips(layer, x, "a", open_units),
        tolerance=TOLERANCE,
        hints=(
            "One neuron is one column: its weights, then its bias. The activation comes last.",
            f"For {names[first]}: multiply each x with the weight in that column, add the products and the "
            f"bias {shown(layer.bias[first])}, then apply {activation}.",
            f"The sum of {names[first]} is {worked}. Apply {activation}, and go on with the next column.",
        ),
        steps=[
            *(
                Step(f"{names[unit]}: {worked_sum(layer, x, unit)} = {shown(z[unit])}; {activation} makes it "
                     f"{shown(a[unit])}.", ("B0", "B-", "B+", "R0", "RZ", "N1", "WA", "P1", "T1", "AX")
                     if unit == first else ())
                for unit in open_units
            ),
        ],
    )  # fmt: skip
