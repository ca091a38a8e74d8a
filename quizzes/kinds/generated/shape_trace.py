"""Which shape has each array on the way of a batch through a small network?"""

import numpy as np

from quizzes.kinds.contract import Json, Known, Step, Variant
from quizzes.kinds.drawing import made, slip
from quizzes.kinds.forms import SHAPE, CellsForm, cells
from quizzes.kinds.generated.drawn import Drawn
from quizzes.kinds.given import facts
from quizzes.kinds.networks import dense
from quizzes.kinds.numbers import shown_shape
from quizzes.kinds.random import Pcg32


class ShapeTrace(Drawn, CellsForm):
    name = "shape_trace"
    label = "Shapes of a batch on its way (new numbers each time)"
    generic = "The first number stays the batch; the second is how many values each sample has by then."
    codes = ("NB", "T1", "N+", "AM", "WM")

    def draw(self, rng: Pcg32) -> Variant:
        batch = rng.between(2, 32)
        inputs, hidden, classes = rng.shuffled(range(2, 10))[:3]
        key = _shapes(batch, inputs, hidden, classes)
        rows = (
            "x @ W1",
            "h = relu(x @ W1 + b1)",
            "h @ W2",
            "p = softmax(h @ W2 + b2)",
            "argmax of p, per sample",
        )
        x, first, second = [batch, inputs], [inputs, hidden], [hidden, classes]
        return made(
            {
                "given": [
                    facts(
                        ("x, a batch of samples", shown_shape(x)),
                        ("W1 and b1", f"{shown_shape(first)} and {shown_shape([hidden])}"),
                        ("W2 and b2", f"{shown_shape(second)} and {shown_shape([classes])}"),
                    )
                ],
                "ask": "Which shape has each of these arrays?",
                "cells": cells("Array", ["shape"], [(f"`{row}`", [SHAPE]) for row in rows]),
            },
            key,
            _slips(batch, inputs, hidden, classes),
            hints=(
                "Each step works on every sample of the batch in the same way.",
                f"(N, a) @ (a, b) gives (N, b). Here N is {batch}, and the first product is "
                f"{shown_shape(x)} @ {shown_shape(first)}.",
                f"`x @ W1` has the shape {shown_shape(key[0])}. A bias and relu change no shape.",
            ),
            steps=[
                Step(f"{shown_shape(x)} @ {shown_shape(first)} is {shown_shape(key[0])}: the {inputs} in the "
                     "middle go.", ("NB", "N+", "T1", "WM")),
                Step("b1 is added to every sample and relu works value by value: still "
                     f"{shown_shape(key[1])}."),
                Step(f"{shown_shape(key[1])} @ {shown_shape(second)} is {shown_shape(key[2])}."),
                Step(f"softmax turns each row into shares and keeps its shape: {shown_shape(key[3])}.", (
                    "AM",)),
                Step(f"argmax leaves one class number per sample: {shown_shape(key[4])}."),
            ],
        )  # fmt: skip


def _shapes(batch: int, inputs: int, hidden: int, classes: int) -> list[Json]:
    """The shapes that the engine's own arrays have."""
    one = dense(np.zeros((inputs, hidden)).tolist(), [0.0] * hidden, "relu")
    two = dense(np.zeros((hidden, classes)).tolist(), [0.0] * classes, "softmax")
    z1 = one.sums(np.zeros((batch, inputs)))
    h = one.outputs(z1)
    z2 = two.sums(h)
    p = two.outputs(z2)
    return [list(array.shape) for array in (z1, h, z2, p, p.argmax(axis=-1))]


def _slips(batch: int, inputs: int, hidden: int, classes: int) -> list[Known]:
    def way(one: list[int], two: list[int]) -> list[Json]:
        return [one, one, two, two, [batch]]

    right = way([batch, hidden], [batch, classes])
    stays = f"All {batch} samples go through together: the batch stays in front."
    return [
        slip(way([hidden], [classes]), "NB", "Batch forgotten",
             "These are the shapes of a single sample.", stays),
        slip(way([hidden, batch], [classes, batch]), "T1", "Turned over",
             "Here the samples have become columns.", "A sample is a row, and x stands left of W."),
        slip([*right[:3], [batch], [batch]], "AM", "argmax for softmax",
             "You gave softmax one number for each sample.",
             "softmax gives a share to every class; it is argmax that picks one."),
        slip(way([inputs, hidden], [hidden, classes]), "WM", "Shapes of the weights",
             "These are the shapes of W1 and W2.", "The product of x and W1 has a row for each sample. "
                                                   f"{stays}"),
        slip(way([batch + 1, hidden], [batch + 1, classes]), "N+", "One sample more",
             "You counted one sample too many.", "A bias adds to each row; it adds no row."),
    ]  # fmt: skip
