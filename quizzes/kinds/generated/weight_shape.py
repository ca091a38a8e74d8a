"""The shape of one layer's weight matrix, in Keras's convention or in the other one.

layers = [3, 5]          # how many sizes, the input's among them, smallest and largest
units = [2, 9]           # the sizes, all different
convention = "either"    # "rows": a sample is a row, as in Keras; "columns"; or either, drawn
"""

from typing import Any

import engine
from quizzes.kinds.authoring import Sheet
from quizzes.kinds.contract import JsonObject, Known, Step, Variant
from quizzes.kinds.drawing import made, showing, slip
from quizzes.kinds.forms import SHAPE, CellsForm, cells
from quizzes.kinds.given import code, facts
from quizzes.kinds.networks import dense_text, read_network
from quizzes.kinds.numbers import shown_shape
from quizzes.kinds.parameters import Bounds, Declared, Option
from quizzes.kinds.random import Pcg32

CODES = ("T1", "WI", "WB", "WN")
CONVENTIONS = {
    "rows": "a sample is a row, and a layer computes x W + b",
    "columns": "a sample is a column, and a layer computes W x + b",
}


class WeightShape(Declared, CellsForm):
    name = "weight_shape"
    label = "Shape of a weight matrix (new numbers each time)"
    is_generated = True
    parameters = (
        Bounds("layers", "How many sizes, the input's among them", (3, 5), 2, 6),
        Bounds("units", "The sizes", (2, 9), 1, 64),
        Option("convention", "Convention", (*CONVENTIONS, "either"), "either"),
    )
    generic = "The matrix has one number for each pair of a value that comes in and a unit."

    def check(self, sheet: Sheet, values: dict[str, Any]) -> None:
        smallest, largest = values["units"]
        if largest - smallest + 1 < values["layers"][1]:
            sheet.fault("units", f"Sizes are all different: leave room for {values['layers'][1]} of them.")

    def generate(self, data: JsonObject, rng: Pcg32) -> Variant:
        return showing(rng, CODES, lambda rng: _variant(data, rng))


def _variant(data: JsonObject, rng: Pcg32) -> Variant:
    low, high = data.get("units", (2, 9))
    sizes = rng.shuffled(range(low, high + 1))[: rng.between(*data.get("layers", (3, 5)))]
    convention = data.get("convention", "either")
    if convention == "either":
        convention = rng.choice(tuple(CONVENTIONS))
    place = rng.below(len(sizes) - 1)
    text = dense_text(sizes[0], sizes[1:])
    kernels = engine.build(read_network(text)).get_weights()[::2]
    inputs, units = kernels[place].shape
    is_rows = convention == "rows"
    key = [inputs, units] if is_rows else [units, inputs]
    layer = place + 1
    names = ("inputs", "units") if is_rows else ("units", "inputs")
    return made(
        {
            "given": [
                code("The network as Keras text", text),
                facts(("Convention", CONVENTIONS[convention])),
            ],
            "ask": f"Which shape has the weight matrix W of Dense layer {layer}, without its biases?",
            "cells": cells("Matrix", [""], [(f"W of layer {layer}", [SHAPE])]),
        },
        [key],
        _slips(key, inputs, kernels[place + 1].shape if place + 1 < len(kernels) else (), is_rows),
        hints=(
            "Two numbers meet at a layer: how many values come in, and how many units it has.",
            f"Into layer {layer} come {inputs} values, and it has {units} units. Here "
            f"{CONVENTIONS[convention]}.",
            f"The rows of W belong to the {names[0]}: there are {key[0]} of them. Add the columns.",
        ),
        steps=[
            Step(f"Values that come into layer {layer}: {inputs}.", ("WN",)),
            Step(f"Units of layer {layer}: {units}. The biases are a vector of their own.", ("WB", "WI")),
            Step(
                f"Here {CONVENTIONS[convention]}: W is {names[0]} by {names[1]}, {shown_shape(key)}.", ("T1",)
            ),
        ],
    )


def _slips(key: list[int], inputs: int, after: Any, is_rows: bool) -> list[Known]:
    with_bias = [key[0] + 1, key[1]] if is_rows else [key[0], key[1] + 1]
    slips = [
        slip(
            [key[::-1]], "T1", "The other convention",
            f"{shown_shape(key[::-1])} is the matrix of the other convention, turned over.",
            "Keras keeps a row for each input; where samples are columns, a row belongs to a unit.",
        ),
        slip(
            [with_bias], "WB", "Biases put into the matrix",
            "You counted one more for the bias.",
            "The biases are a vector of their own, one number for each unit; W holds weights alone.",
        ),
        slip(
            [[inputs, inputs]], "WI", "Inputs twice",
            f"{shown_shape([inputs, inputs])} has the {inputs} inputs on both sides.",
            "One side belongs to what comes in, the other to the units of this layer.",
        ),
    ]  # fmt: skip
    if after:
        following = list(after) if is_rows else list(after)[::-1]
        slips.append(
            slip(
                [following], "WN", "The layer after",
                f"{shown_shape(following)} is the matrix of the next layer.",
                "Count Dense layers from the first one; the Input line is not a layer of weights.",
            )
        )  # fmt: skip
    return slips
