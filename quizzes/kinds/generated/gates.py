"""Neurons to be designed: any weights will do that give the truth table. The engine runs them row by row."""

from collections.abc import Callable, Sequence
from itertools import product

import numpy as np

from engine.explain.dense import Step as DenseStep
from quizzes.kinds.contract import ANSWER, Fields, Grade, Json, JsonObject, Known, Step, Variant
from quizzes.kinds.drawing import made, slip
from quizzes.kinds.forms import NUMBER, CellsForm, cells, choice
from quizzes.kinds.generated.drawn import Drawn
from quizzes.kinds.given import table
from quizzes.kinds.ladder import PARTIAL
from quizzes.kinds.networks import dense
from quizzes.kinds.numbers import shown
from quizzes.kinds.random import Pcg32

YES, NO = "yes", "no, one neuron cannot"
MARGIN = 0.1
GATES: dict[str, tuple[int, Callable[[int, int], bool], tuple[float, float]]] = {
    # inputs; whether it fires, from how many inputs are 1; one weight for all and a bias that do it
    "AND": (2, lambda ones, n: ones == n, (1, -1.5)),
    "OR": (2, lambda ones, n: ones >= 1, (1, -0.5)),
    "NAND": (2, lambda ones, n: ones < n, (-1, 1.5)),
    "NOR": (2, lambda ones, n: ones == 0, (-1, 0.5)),
    "at least 2 of 3": (3, lambda ones, n: ones >= 2, (1, -1.5)),
    "all 3 of 3": (3, lambda ones, n: ones == 3, (1, -2.5)),
    "at most 1 of 3": (3, lambda ones, n: ones <= 1, (-1, 1.5)),
    "XOR": (2, lambda ones, n: ones == 1, (0, 0)),
}


class _Designed(Drawn, CellsForm):
    """Graded by what it does: right when every row comes out, with no sum closer to 0 than the margin."""

    counts_each = False

    def layers(self, variant: Variant, response: Sequence[Json]) -> list[DenseStep]:
        raise NotImplementedError

    def grade(self, variant: Variant, response: list[Json]) -> Grade:
        sums, wanted = self.sums(variant, response), variant.shown["wanted"]
        met = [_fires(z) == fires for z, fires in zip(sums, wanted, strict=True)]
        if all(met):
            return Grade(1.0)
        share = PARTIAL * sum(met) / len(met)
        for known in variant.answers:
            if not known.fraction and known.value == list(map(_plain, response)):
                return Grade(share, known.feedback, known.code, known.title)
        place = met.index(False)
        row = ", ".join(shown(x) for x in variant.shown["rows"][place])
        said = f"{sum(met)} of {len(met)} rows come out. For ({row}) your z is {shown(sums[place])}"
        if abs(sums[place]) < MARGIN:
            said += f", too close to 0: keep {shown(MARGIN)} away from it"
        return Grade(
            share, (f"{said}; the neuron should {'' if wanted[place] else 'not '}fire.", self.generic)
        )

    def sums(self, variant: Variant, response: Sequence[Json]) -> list[float]:
        a = np.array(variant.shown["rows"], np.float64)
        z = a
        for layer in self.layers(variant, response):
            z = layer.sums(a)
            a = layer.outputs(z)
        return [float(one) for one in z[:, 0]]

    def marks(self, variant: Variant, response: list[Json]) -> list[str]:
        mark = "right" if self.grade(variant, response).is_right else "other"
        return [mark] * len(response)


class Gate(_Designed):
    name = "gate"
    label = "A neuron as a gate (new numbers each time)"
    generic = "Write z for each row, and look which rows must lie above 0 and which below."
    codes = ("GB", "GE", "XN", "L1")

    def draw(self, rng: Pcg32) -> Variant:
        name = rng.choice(tuple(GATES))
        inputs, fires, (weight, bias) = GATES[name]
        names = [f"x{n}" for n in range(1, inputs + 1)]
        rows = [list(map(float, row)) for row in product((0, 1), repeat=inputs)]
        wanted = [fires(int(sum(row)), inputs) for row in rows]
        is_possible = name != "XOR"
        key = [YES if is_possible else NO, *[float(weight)] * inputs, float(bias)]
        return made(
            _part(names, rows, wanted)
            | {
                "ask": f"Make a neuron that is {name}: it fires (1) where z is above 0. Can one neuron do "
                       "it? If so, "
                "choose weights and a bias; any will do that keep every z at least 0.1 away from 0.",
                "cells": cells("", [""], [("One neuron can do it", [choice(YES, NO)]),
                                          *((f"weight of {one}", [NUMBER]) for one in names), (
                                              "bias", [NUMBER])]),
            },
            key,
            _possible_slips(inputs, weight, bias, wanted) if is_possible else _xor_slips(),
            hints=(
                "A bias alone decides the row of zeros; each weight moves the rows in which its input is 1.",
                f"There are {len(rows)} rows. In the first, z is the bias alone, and the neuron should "
                f"{'' if wanted[0] else 'not '}fire there.",
                f"So the bias is {'above' if wanted[0] else 'below'} 0. Next, the row with x1 = 1 alone: "
                "its z is "
                "the bias and one weight." if is_possible else
                "So the bias is below 0, each weight lifts z above 0 by itself, and (1, 1) has both of them.",
            ),
            steps=_gate_steps(name, inputs, float(weight), float(bias), is_possible),
        )  # fmt: skip

    def marks(self, variant: Variant, response: list[Json]) -> list[str]:
        found = super().marks(variant, response)
        is_asked = variant.key[0] == YES  # where no weights do it, none are right or wrong
        first = "right" if response[0] == variant.key[0] else "other"
        return [first, *(mark if is_asked else "" for mark in found[1:])]

    def parse(self, variant: Variant, fields: Fields) -> list[Json]:
        said = list(fields.get(ANSWER, ()))
        if said[:1] == [NO]:  # then nothing more is asked
            said = [NO, *(["0"] * (len(variant.key) - 1))]
        return super().parse(variant, {ANSWER: said})

    def layers(self, variant: Variant, response: Sequence[Json]) -> list[DenseStep]:
        return [dense([[float(w)] for w in response[1:-1]], [float(response[-1])], "linear")]

    def grade(self, variant: Variant, response: list[Json]) -> Grade:
        if response[0] != variant.key[0]:
            known = next(one for one in variant.answers if one.value[0] == response[0] and not one.fraction)
            return Grade(0.0, known.feedback, known.code, known.title)
        return Grade(1.0) if response[0] == NO else super().grade(variant, response)


class XorNetwork(_Designed):
    name = "xor_network"
    label = "XOR with a hidden layer (new numbers each time)"
    generic = (
        "Let one hidden neuron count any input, the other only both; the last one takes their difference."
    )
    codes = ("HI", "L1")

    def draw(self, rng: Pcg32) -> Variant:
        is_xor = rng.below(2) == 0
        sign = 1.0 if is_xor else -1.0
        rows = [list(map(float, row)) for row in product((0, 1), repeat=2)]
        wanted = [(sum(row) == 1) == is_xor for row in rows]
        key = [1.0, 1.0, 0.0, 1.0, 1.0, -1.0, sign, -2.0 * sign, -0.5 * sign]
        same = [1.0, 1.0, 0.0, 1.0, 1.0, 0.0, sign, sign, -0.5 * sign]
        single = [1.0, 1.0, 0.0, 0.0, 0.0, 0.0, sign, 0.0, -0.5 * sign]
        task = "exactly one input is 1" if is_xor else "both inputs are the same"
        return made(
            _part(["x1", "x2"], rows, wanted)
            | {
                "ask": f"Two hidden neurons with relu, one output neuron. It should fire (z above "
                       "0) where "
                f"{task}. Choose all nine numbers; keep every z of the output at least 0.1 away from 0.",
                "cells": cells("Neuron", ["first weight", "second weight", "bias"],
                               [("h1, from x1 and x2", [NUMBER] * 3), ("h2, from x1 and x2", [NUMBER] * 3),
                                ("output, from h1 and h2", [NUMBER] * 3)]),
            },
            key,
            [
                slip(same, "HI", "Twice the same hidden neuron", "Both hidden neurons have the same numbers.",
                     "Then they always agree, and together they are one: give the second another bias."),
                slip(single, "L1", "One neuron's worth", "The second hidden neuron adds nothing here.",
                     "One straight line cannot part these rows: the output needs both neurons."),
            ],
            hints=(
                "No single line parts these four rows; two hidden neurons can bend one.",
                "Let h1 have the weights 1 and 1 and the bias 0: it counts the ones. What must h2 notice?",
                "Let h2 have the weights 1, 1 and the bias −1: it is above 0 only for (1, 1). Now weigh h1 "
                "and h2.",
            ),
            steps=[
                Step("h1 = relu(x1 + x2) counts the ones: 0, 1, 1, 2."),
                Step("h2 = relu(x1 + x2 − 1) is above 0 only when both are 1.", ("HI",)),
                Step(f"The output {shown(sign)} · h1 {'−' if is_xor else '+'} 2 · h2 "
                     f"{'−' if is_xor else '+'} 0.5 is "
                     f"above 0 exactly where {task}.", ("L1",)),
            ],
        )  # fmt: skip

    def layers(self, variant: Variant, response: Sequence[Json]) -> list[DenseStep]:
        a, b, c, d, e, f, g, h, i = map(float, response)
        return [
            dense([[a, d], [b, e]], [c, f], "relu"),
            dense([[g], [h]], [i], "linear"),
        ]


def _fires(z: float) -> bool | None:
    """Whether the neuron fires; None too close to 0 to say."""
    return None if abs(z) < MARGIN - 1e-9 else z > 0


def _plain(value: Json) -> Json:
    return value if isinstance(value, str) else float(value)


def _part(names: list[str], rows: list[list[float]], wanted: list[bool]) -> JsonObject:
    texts = [[str(n), *map(shown, row), str(int(fires))] for n, (row, fires) in enumerate(
        zip(rows, wanted, strict=True), start=1)]  # fmt: skip
    return {
        "given": [table("The truth table", ("Row", *names, "fires"), texts)],
        "rows": rows,
        "wanted": wanted,
    }


def _possible_slips(inputs: int, weight: float, bias: float, wanted: list[bool]) -> list[Known]:
    weights = [float(weight)] * inputs
    edge = float(
        round(bias + (0.5 if bias < 0 else -0.5)) if abs(bias) == 0.5 else bias + (-0.5 if bias < 0 else 0.5)
    )
    return [
        slip([YES, *weights, float(-bias)], "GB", "Sign of the bias",
             f"With the bias {shown(-bias)} the row of zeros already "
             f"{'does not fire' if wanted[0] else 'fires'}.",
             "In that row z is the bias alone."),
        slip([YES, *weights, edge], "GE", "Exactly on the border",
             f"With the bias {shown(edge)} the sum of some row is exactly 0.",
             "z above 0 fires and z below 0 does not; put the bias half way between the two."),
        slip([NO, *[0.0] * inputs, 0.0], "XN", "One neuron can do it",
             "There is a line, or a plane, that parts these rows.",
                  "Try weights that are all alike, and a "
                  "bias."),
    ]  # fmt: skip


def _xor_slips() -> list[Known]:
    said = ("A neuron parts its inputs by one straight line, and no line parts (0, 1) and (1, 0) from the "
            "rest.",
            "XOR needs a hidden layer.")  # fmt: skip
    return [
        slip([YES, 1.0, 1.0, -0.5], "L1", "XOR by one neuron", *said),
        slip([YES, 1.0, -1.0, -0.5], "L1", "XOR by one neuron", *said),
    ]


def _gate_steps(name: str, inputs: int, weight: float, bias: float, is_possible: bool) -> list[Step]:
    if not is_possible:
        return [
            Step("The bias must be below 0, and each weight by itself must lift it above 0."),
            Step("Then both weights together lift it even higher, but (1, 1) should not fire: one neuron "
                 "cannot.",
                 ("L1",)),
        ]  # fmt: skip
    sums = ", ".join(f"{ones} → {shown(weight * ones + bias)}" for ones in range(inputs + 1))
    return [
        Step(f"Take the same weight for all inputs, {shown(weight)}: only the number of ones counts."),
        Step(f"With the bias {shown(bias)} the number of ones gives z: {sums}.", ("GB", "GE")),
        Step(f"Above 0 it fires: that is {name}.", ("XN",)),
    ]
