"""Two linear layers are one: which one?"""

import numpy as np

from quizzes.kinds.contract import Known, RejectedError, Step, Variant
from quizzes.kinds.drawing import made, slip, wholes
from quizzes.kinds.forms import NUMBER, CellsForm, cells
from quizzes.kinds.generated.drawn import Drawn
from quizzes.kinds.given import facts, weight_table
from quizzes.kinds.networks import dense
from quizzes.kinds.numbers import shown
from quizzes.kinds.random import Pcg32

Pair = tuple[float, ...]


class LinearCollapse(Drawn, CellsForm):
    name = "linear_collapse"
    label = "Two linear layers as one (new numbers each time)"
    generic = "Send x through both layers on paper, and gather what multiplies x and what does not."
    codes = ("CO", "CE", "CS", "CB", "C2")

    def draw(self, rng: Pcg32) -> Variant:
        w1, w2 = ([list(wholes(rng, 2, -3, 3)) for _ in range(2)] for _ in range(2))
        b1, b2 = wholes(rng, 2, -2, 2), wholes(rng, 2, -2, 2)
        if not (any(b1) and any(b2)):
            raise RejectedError
        key = _collapsed(w1, b1, w2, b2)
        a, b = w1[0]
        first = f"{shown(a)} × {shown(w2[0][0])} + {shown(b)} × {shown(w2[1][0])} = {shown(key[0])}"
        bias = f"({shown(b1[0])}, {shown(b1[1])}) W2 + b2 = ({shown(key[4])}, {shown(key[5])})"
        return made(
            {
                "given": [
                    weight_table("W1, the weights of the first layer", ("x1", "x2"), w1, ("W1: h1",
                         "W1: "
                         "h2")),
                    weight_table("W2, the weights of the second layer", ("h1", "h2"), w2, ("W2: y1",
                         "W2: "
                         "y2")),
                    facts(("b1", f"({shown(b1[0])}, {shown(b1[1])})"), ("b2",
                         f"({shown(b2[0])}, "
                         f"{shown(b2[1])})")),
                ],
                "ask": "Neither layer has an activation: y = (x W1 + b1) W2 + b2. Which single layer y = x "
                       "W + b "
                "does the same?",
                "cells": cells("", ["y1", "y2"], [("W, from x1", [NUMBER] * 2), ("W, from x2", [NUMBER] * 2),
                                                  ("b", [NUMBER] * 2)]),
            },
            key,
            _slips(np.array(w1), np.array(b1), np.array(w2), np.array(b2)),
            hints=(
                "Multiply the brackets out: what is left that multiplies x, and what stands alone?",
                f"W = W1 W2 and b = b1 W2 + b2. Rows of W1 meet columns of W2, row ({shown(a)}, "
                f"{shown(b)}) first.",
                f"The first cell of W is {first}.",
            ),
            steps=[
                Step("Multiply out: y = x (W1 W2) + (b1 W2 + b2)."),
                Step(f"First cell of W: {first}. The others go the same way.", ("CO", "CE", "CS")),
                Step(f"b = {bias}.", ("CB", "C2")),
            ],
        )  # fmt: skip


def _collapsed(w1: list[list[float]], b1: Pair, w2: list[list[float]], b2: Pair) -> list[float]:
    """W row by row, then b: what the engine's two layers make of 0 and of each unit vector."""
    one, two = dense(w1, b1, "linear"), dense(w2, b2, "linear")
    made_of = two.sums(one.sums(np.array([[1.0, 0.0], [0.0, 1.0], [0.0, 0.0]])))
    b = made_of[2]
    return [float(n) + 0.0 for n in (*(made_of[0] - b), *(made_of[1] - b), *b)]


def _slips(w1: np.ndarray, b1: np.ndarray, w2: np.ndarray, b2: np.ndarray) -> list[Known]:
    w, b = w1 @ w2, b1 @ w2 + b2

    def cells_of(kernel: np.ndarray, bias: np.ndarray) -> list[float]:
        return [float(n) + 0.0 for n in (*kernel.ravel(), *bias)]

    return [
        slip(cells_of(w2 @ w1, b), "CO", "Order turned round", "This is W2 W1.",
             "x meets W1 first: the product is W1 W2, and the order matters."),
        slip(cells_of(w1 * w2, b), "CE", "Cell by cell", "You multiplied the matrices cell by cell.",
             "In a matrix product a row meets a column: two products, added."),
        slip(cells_of(w1 + w2, b), "CS", "Matrices added", "This is W1 + W2.",
             "One layer after the other multiplies their matrices."),
        slip(cells_of(w, b1 + b2), "CB", "Biases added", "Your W is right; your b is b1 + b2.",
             "b1 goes through the second layer too: b1 W2 + b2."),
        slip(cells_of(w, b2), "C2", "First bias lost", "Your W is right; your b is b2 alone.",
             "b1 goes through the second layer too: b1 W2 + b2."),
    ]  # fmt: skip
