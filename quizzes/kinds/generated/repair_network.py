"""A network with one number gone wrong: any single change that restores all outputs is right."""

from collections.abc import Sequence

import numpy as np

from engine.explain.dense import Step as DenseStep
from quizzes.kinds.contract import Grade, Json, JsonObject, RejectedError, Step, Variant
from quizzes.kinds.drawing import halves, made, slip
from quizzes.kinds.forms import NUMBER, CellsForm, cells, choice
from quizzes.kinds.generated.drawn import Drawn
from quizzes.kinds.given import table, weight_table
from quizzes.kinds.ladder import PARTIAL
from quizzes.kinds.networks import dense
from quizzes.kinds.numbers import shown
from quizzes.kinds.random import Pcg32

NAMES = ("x1 → h1.1", "x2 → h1.1", "bias of h1.1", "x1 → h1.2", "x2 → h1.2", "bias of h1.2",
         "h1.1 → y", "h1.2 → y", "bias of y")  # fmt: skip
PROBES = ((0.0, 0.0), (1.0, 0.0), (0.0, 1.0), (1.0, 1.0), (2.0, 1.0), (1.0, 2.0))
CLOSE = 1e-6


class RepairNetwork(Drawn, CellsForm):
    name = "repair_network"
    label = "Repair a network (new numbers each time)"
    generic = "Look where the outputs agree: whatever takes part there is in order."
    codes = ("RS", "RW")
    counts_each = False

    def draw(self, rng: Pcg32) -> Variant:
        right = list(halves(rng, len(NAMES)))
        place = rng.below(len(NAMES) - 1)  # not the bias of y: every output would be off by the same
        fault = rng.choice(("sign", "zero", "tenfold"))
        broken = list(right)
        broken[place] = {"sign": -right[place], "zero": 0.0, "tenfold": 10 * right[place]}[fault]
        wanted, found = _outputs(right), _outputs(broken)
        off = [n for n, (a, b) in enumerate(zip(wanted, found, strict=True)) if abs(a - b) > CLOSE]
        if not 2 <= len(off) < len(PROBES):
            raise RejectedError
        if sum(_is_mended(broken, n, right[n], wanted) for n in range(len(NAMES))) > 1:
            raise RejectedError
        shift = wanted[off[0]] - found[off[0]]
        rows = [[str(n), *map(shown, x), shown(a), shown(b)] for n, (x, a, b) in enumerate(
            zip(PROBES, wanted, found, strict=True), start=1)]  # fmt: skip
        agree = [str(n + 1) for n in range(len(PROBES)) if n not in off]
        slips = [
            slip([NAMES[8], broken[8] + shift], "RS", "The symptom mended",
                 "This sets one output right by moving them all.",
                 "Some outputs were right before: the fault sits where only the others pass."),
            slip([NAMES[place], 2 * right[place]], "RW", "The right place, another value",
                 f"{NAMES[place]} is the one; its value is not that yet.",
                 "Take one input for which the output is off and solve for the number."),
            slip([NAMES[place], -right[place]], "RW", "The right place, another value",
                 f"{NAMES[place]} is the one; its value is not that yet.", "Look at its sign once more."),
            slip([NAMES[7 if place != 7 else 6], 0.0], "RZ", "A neuron switched off",
                 "This takes a whole neuron out.", "Both neurons are needed: one number only is off."),
        ]  # fmt: skip
        return made(
            {
                "given": [
                    *_tables(broken),
                    table("What comes out for six inputs", ("Input", "x1", "x2", "should be", "is"), rows),
                ],
                "ask": "One number of this network went wrong. The hidden layer has relu, the output "
                       "nothing. Which "
                "number is it, and what should it be?",
                "cells": cells("", [""], [("which number", [choice(*NAMES)]), ("its value", [NUMBER])]),
                "numbers": broken,
                "wanted": wanted,
            },
            [NAMES[place], right[place]],
            [one for one in slips if not _is_mended(broken, NAMES.index(one.value[0]), one.value[1], wanted)],
            tolerance=CLOSE,
            hints=(
                "Compare the last two columns: for some inputs nothing is wrong.",
                f"The outputs agree for input {', '.join(agree)}. What is 0 there, or off?",
                f"For input {off[0] + 1} the output is {shown(found[off[0]])} and should be "
                f"{shown(wanted[off[0]])}: it "
                f"is off by {shown(shift)}.",
            ),
            steps=[
                Step(f"The outputs differ for input {', '.join(str(n + 1) for n in off)}, and agree "
                     "elsewhere.", ("RS",)),
                Step(f"The number that takes part in just these is {NAMES[place]}.", ("RZ",)),
                Step(f"With {shown(right[place])} instead of {shown(broken[place])} all six outputs are "
                     "right.", ("RW",)),
            ],
        )  # fmt: skip

    def grade(self, variant: Variant, response: list[Json]) -> Grade:
        numbers, wanted = variant.shown["numbers"], variant.shown["wanted"]
        value = float(response[1])
        if _is_mended(numbers, NAMES.index(response[0]), value, wanted):
            return Grade(1.0)
        for known in variant.answers[1:]:
            if known.value == [response[0], value]:
                return Grade(known.fraction, known.feedback, known.code, known.title)
        found = _outputs(_edited(numbers, NAMES.index(response[0]), value))
        met = sum(abs(a - b) <= CLOSE for a, b in zip(wanted, found, strict=True))
        is_place = response[0] == variant.key[0]
        said = f"With this change {met} of {len(PROBES)} outputs are right."
        return Grade(PARTIAL / 2 if is_place else 0.0, (said, self.generic))

    def marks(self, variant: Variant, response: list[Json]) -> list[str]:
        if self.grade(variant, response).is_right:
            return ["right", "right"]
        return ["right" if response[0] == variant.key[0] else "other", "other"]


def _network(numbers: Sequence[float]) -> list[DenseStep]:
    a, b, c, d, e, f, g, h, i = numbers
    return [dense([[a, d], [b, e]], [c, f], "relu"), dense([[g], [h]], [i], "linear")]


def _outputs(numbers: Sequence[float]) -> list[float]:
    hidden, last = _network(numbers)
    a = hidden.outputs(hidden.sums(np.array(PROBES)))
    return [float(y) + 0.0 for y in last.sums(a)[:, 0]]


def _edited(numbers: Sequence[float], place: int, value: float) -> list[float]:
    return [value if n == place else number for n, number in enumerate(numbers)]


def _is_mended(numbers: Sequence[float], place: int, value: float, wanted: Sequence[float]) -> bool:
    found = _outputs(_edited(numbers, place, value))
    return all(abs(a - b) <= CLOSE for a, b in zip(wanted, found, strict=True))


def _tables(numbers: Sequence[float]) -> list[JsonObject]:
    one, two = _network(numbers)
    return [
        weight_table("Into the hidden layer", ("x1", "x2", "bias"), [*one.kernel.tolist(), one.bias.tolist()],
                     ("h1.1", "h1.2")),
        weight_table("To the output", ("h1.1", "h1.2",
            "bias"), [*two.kernel.tolist(), two.bias.tolist()], ("y",)),
    ]  # fmt: skip
