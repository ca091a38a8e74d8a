"""The line at which a neuron with two inputs changes sides."""

from quizzes.kinds.contract import Json, Known, RejectedError, Step, Variant
from quizzes.kinds.drawing import halves, made, slip
from quizzes.kinds.forms import NUMBER, CellsForm, cells, choice
from quizzes.kinds.generated.drawn import Drawn
from quizzes.kinds.given import facts
from quizzes.kinds.ladder import default_tolerance
from quizzes.kinds.networks import dense, forward
from quizzes.kinds.numbers import exact, shown
from quizzes.kinds.random import Pcg32

ABOVE, BELOW = "above the line", "below the line"
STEEPEST = 4


class DecisionLine(Drawn, CellsForm):
    name = "decision_line"
    label = "Decision line of a neuron (new numbers each time)"
    generic = "On the line z is 0. Solve for x2, and then try a point well above it."
    codes = ("LS", "LI", "LB", "SW")

    def draw(self, rng: Pcg32) -> Variant:
        w1, w2, b = halves(rng, 3)
        slope, intercept = -w1 / w2, -b / w2
        if abs(slope) > STEEPEST or abs(intercept) > STEEPEST or abs(w1) == abs(w2):
            raise RejectedError
        z = float(forward([dense([[w1], [w2]], [b], "linear")], [0.0, intercept + 1])[0][0][0])
        side, other = (ABOVE, BELOW) if z > 0 else (BELOW, ABOVE)
        key: list[Json] = [slope, intercept, side]
        line = f"{shown(w1)} x1 {_plus(w2)} x2 {_plus(b)}"
        return made(
            {
                "given": [
                    facts(("Weight of x1", shown(w1)), ("Weight of x2", shown(w2)), ("Bias", shown(b)))
                ],
                "ask": "The neuron fires where z is above 0. Write its border as x2 = slope · x1 + "
                "intercept, with "
                "x1 to the right and x2 upwards. Where is z above 0?",
                "cells": cells(
                    "",
                    [""],
                    [("slope", [NUMBER]), ("intercept", [NUMBER]), ("z is above 0", [choice(ABOVE, BELOW)])],
                ),
            },
            key,
            _slips(w1, w2, b, key, other),
            tolerance=float(default_tolerance(exact(max(abs(slope), abs(intercept))))),
            hints=(
                "The border is where z is exactly 0.",
                f"Set {line} to 0 and solve for x2.",
                f"{shown(w2)} x2 = {shown(-w1)} x1 {_plus(-b)}. Divide by {shown(w2)}.",
            ),
            steps=[
                Step(f"On the border {line} = 0."),
                Step(
                    f"Solve for x2: the slope is −({shown(w1)}) / {shown(w2)} = {shown(slope)}.", ("LS", "LI")
                ),
                Step(f"The intercept is −({shown(b)}) / {shown(w2)} = {shown(intercept)}.", ("LB",)),
                Step(f"One above the line at x1 = 0, z is {shown(z)}: z is above 0 {side}.", ("SW",)),
            ],
        )


def _slips(w1: float, w2: float, b: float, key: list[Json], other: str) -> list[Known]:
    slope, intercept, side = key
    return [
        slip([-slope, intercept, side], "LS", "Sign of the slope",
             f"{shown(-slope)} is w1 / w2.", "Taken to the other side, w1 x1 changes its sign."),
        slip([-w2 / w1, intercept, side], "LI", "Slope turned over",
             f"{shown(-w2 / w1)} is −w2 / w1.", "Solve for x2: it is w2 that you divide by."),
        slip([slope, -intercept, side], "LB", "Sign of the intercept",
             f"{shown(-intercept)} is b / w2.", "Taken to the other side, the bias changes its sign."),
        slip([slope, intercept, other], "SW", "The other side",
             "Your line is right; z is above 0 on its other side.",
             f"Go up and z changes by {shown(w2)} for each step: the sign of w2 decides."),
    ]  # fmt: skip


def _plus(number: float) -> str:
    return f"{'−' if number < 0 else '+'} {shown(abs(number))}"
