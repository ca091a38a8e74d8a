"""A whole pass by hand: hidden sums, outputs, logits, probabilities and the class. An error is counted once:
what follows from it is right for the numbers the learner had.

open = 4     # how many of the steps z, a, logits, probabilities are asked for, from the last one back
"""

from collections.abc import Sequence

import numpy as np

from engine.explain.dense import Step as DenseStep
from engine.explain.mutants import LAST_ONLY, MUTANTS, Mutant
from engine.nn.arrays import Array
from quizzes.kinds.contract import Fields, Grade, Json, JsonObject, Known, RejectedError, Step, Variant, View
from quizzes.kinds.drawing import halves, made, showing, slip, wholes
from quizzes.kinds.figure import OUTPUTS, SUMS, layer_at
from quizzes.kinds.forms import NUMBER, CellsForm, cells, choice, text
from quizzes.kinds.given import kernel_table, weight_table
from quizzes.kinds.ladder import PARTIAL, grade_cells, hits, is_same
from quizzes.kinds.networks import dense, forward, vector, worked_sum
from quizzes.kinds.numbers import exact, shown
from quizzes.kinds.parameters import Declared, Whole
from quizzes.kinds.random import Pcg32

FEATURES, HIDDEN, CLASSES = ("legs", "fur", "neck"), ("h1.1", "h1.2"), ("cat", "dog")
PARTS = ("z", "a", "logits", "probabilities")
TOLERANCE = 0.01
NOT_MEANT = ("RA", "SX", "T1", "AX")  # mistakes about a single number, or about batches
CODES_OF = {4: ("B0", "R0", "B+", "RZ"), 3: ("R0", "RZ"), 2: ("B0", "N1", "P1"), 1: ("S2", "S1", "SB", "S0")}


class ForwardPass(Declared, CellsForm):
    name = "forward_pass"
    label = "A whole forward pass (new numbers each time)"
    is_generated = True
    parameters = (Whole("open", "Steps asked for, from the last one back", 4, 1, 4),)
    generic = "Go line by line: each step takes what the line before gives."

    def generate(self, data: JsonObject, rng: Pcg32) -> Variant:
        opened = data.get("open", 4)
        return showing(rng, CODES_OF[opened], lambda rng: _variant(rng, opened))

    def grade(self, variant: Variant, response: list[Json]) -> Grade:
        """Cells that are right, or that follow from the learner's own numbers, count."""
        grade = grade_cells(variant, response, self.generic)
        marks = self.marks(variant, response)
        if grade.is_right or "follows" not in marks:
            return grade
        counted = PARTIAL * sum(mark != "other" for mark in marks) / len(marks)
        if grade.code:
            return Grade(max(grade.fraction, counted), grade.feedback, grade.code, grade.title)
        where = _names(variant)[marks.index("other")]
        said = f"It goes wrong first at {where}. What follows from your number there is counted as right."
        return Grade(counted, (said, self.generic))

    def view(self, variant: Variant, fields: Fields, grade: Grade | None, is_revealed: bool) -> View:
        view = super().view(variant, fields, grade, is_revealed)
        if is_revealed:
            # Two cells for each part. Behind the hidden layer a lesson's network goes another way.
            place = 2 * variant.shown["first"] + (self.first_missed(variant, fields) or 0)
            part, unit = divmod(min(place, 3), 2)
            view.context["figure_layer"] = layer_at(variant, HIDDEN[unit], (SUMS, OUTPUTS)[part])
        return view

    def marks(self, variant: Variant, response: list[Json]) -> list[str]:
        tolerance = exact(variant.tolerance)
        own = _followed(variant, response)
        found = zip(hits(variant, response), response, own, strict=True)
        return [
            "right" if hit else "follows" if is_same(one, follows, tolerance) else "other"
            for hit, one, follows in found
        ]


def _variant(rng: Pcg32, opened: int) -> Variant:
    x = wholes(rng, 3, 0, 2)
    one = dense([halves(rng, 2) for _ in FEATURES], halves(rng, 2), "relu")
    two = dense([halves(rng, 2) for _ in HIDDEN], halves(rng, 2), "softmax")
    (z, a), (logits, p) = forward([one, two], x)
    if (z > 0).sum() != 1 and rng.below(4):  # mostly one neuron on and one off
        raise RejectedError
    if not (z > 0).any() or sum(map(bool, x)) < 2 or not 0.55 <= p.max() <= 0.95 or np.abs(logits).max() > 6:
        raise RejectedError
    values = [[float(n) + 0.0 for n in part] for part in (z, a, logits, p)]
    first = len(PARTS) - opened
    asked = [[text(shown(n)) if place < first else NUMBER for n in part] for place, part in enumerate(values)]
    key = [*(n for part in values[first:] for n in part), CLASSES[int(p.argmax())]]
    start = _line(values, first)
    return made(
        {
            "given": [
                kernel_table(FEATURES, x, one.kernel.tolist(), one.bias.tolist(), HIDDEN),
                weight_table("Weights to the classes, and their biases", (*HIDDEN, "bias"),
                             [*two.kernel.tolist(), two.bias.tolist()], CLASSES),
            ],
            "ask": "The hidden layer has relu, the output softmax. Fill in what is missing, and say which "
                   "class the "
            "network chooses.",
            "first": first,
            "cells": cells("Step", ["first", "second"], [
                ("z of h1.1 and h1.2", asked[0]), ("a, after relu", asked[1]), (
                     "logits of cat and "
                     "dog", asked[2]),
                ("probabilities of cat and dog", asked[3]), ("the class", [choice(*CLASSES), text("")]),
            ]),
        },
        key,
        _slips(one, two, vector(x), first),
        tolerance=TOLERANCE,
        hints=(
            f"Begin with the first open line, {PARTS[first]}; everything it needs stands above it.",
            f"z = x W1 + b1, a = relu(z), logits = a W2 + b2, probabilities = softmax(logits). Here x is "
            f"({', '.join(map(shown, x))}).",
            f"The first open line is {start}. Go on with the next.",
        ),
        steps=[Step(said, _codes(place, first)) for place, said in enumerate((
            f"z = x W1 + b1: {_sums(one, x, values[0], HIDDEN)}.",
            f"a = relu(z), value by value: {_line(values, 1)}.",
            f"logits = a W2 + b2: {_sums(two, values[1], values[2], CLASSES)}.",
            f"softmax, exp of each logit divided by the sum of both: {_line(values, 3)}. {key[-1]} has more.",
        ))],
    )  # fmt: skip


def _sums(layer: DenseStep, x: Sequence[float], z: list[float], names: Sequence[str]) -> str:
    return "; ".join(
        f"{name} {worked_sum(layer, x, unit)} = {shown(z[unit])}" for unit, name in enumerate(names)
    )


def _line(values: list[list[float]], place: int) -> str:
    return f"({', '.join(shown(n, 3) for n in values[place])})"


def _codes(place: int, first: int) -> tuple[str, ...]:
    """The slips of a step; those of a sum belong to the first sum that is open."""
    sums = ("B0", "B-", "N1", "P1", "WA")
    own = {
        0: sums,
        1: ("R0", "RZ", "B+"),
        2: sums if first == 2 else (),
        3: ("S0", "S1", "S2", "SB", "R!", "SH"),
    }
    return own[place] if place >= first else ()


def _slips(one: DenseStep, two: DenseStep, x: Array, first: int) -> list[Known]:
    found = []
    for mutant in MUTANTS:
        if mutant.code in NOT_MEANT:
            continue
        mutated = _mutated(one, two, x, first, mutant)
        if mutated is None or not all(np.isfinite(part).all() for part in mutated):
            continue
        values = [float(n) + 0.0 for part in mutated[first:] for n in part]
        value = [*values, CLASSES[int(mutated[3].argmax())]]
        found.append(
            slip(value, mutant.code, mutant.title, f"These values come out {mutant.told}.", mutant.advice)
        )
    return found


def _mutated(one: DenseStep, two: DenseStep, x: Array, first: int, mutant: Mutant) -> list[Array] | None:
    """The whole pass with the mistake in every layer where it is open and can be made."""
    z, a = one.sums(x), one.outputs(one.sums(x))
    if first <= 1 and mutant.code not in LAST_ONLY:
        hidden = mutant.mutate(one, x)
        if hidden is None or (first == 1 and not np.array_equal(hidden[0], z)):
            return None
        z, a = hidden
    last = mutant.mutate(two, a)
    if first == 3 and last is not None and not np.array_equal(last[0], two.sums(a)):
        return None
    if last is None:
        last = (two.sums(a), two.outputs(two.sums(a)))
    return [z, a, *last]


def _names(variant: Variant) -> list[str]:
    """Every open cell by its place."""
    pairs = [HIDDEN, HIDDEN, CLASSES, CLASSES][variant.shown["first"] :]
    words = ("z of", "a of", "the logit of", "the probability of")[variant.shown["first"] :]
    return [
        *(f"{word} {name}" for word, pair in zip(words, pairs, strict=True) for name in pair),
        "the class",
    ]


def _followed(variant: Variant, response: Sequence[Json]) -> list[Json]:
    """What each cell should hold, given the learner's own numbers in the cells before it."""
    first, key = variant.shown["first"], variant.key
    parts: list[list[float]] = [
        [float(n) for n in response[at : at + 2]] for at in range(0, len(response) - 1, 2)
    ]
    last = _second_layer(variant)
    own: list[Json] = list(key[:2])
    for place, part in enumerate(parts[:-1], start=first):
        if place == 0:
            own += [max(0.0, n) for n in part]
        elif place == 1:
            own += [float(n) for n in last.sums(vector(part))]
        else:
            own += [float(n) for n in last.outputs(vector(part))]
    chosen = CLASSES[0] if parts[-1][0] > parts[-1][1] else CLASSES[1]
    return [*own, chosen]


def _second_layer(variant: Variant) -> DenseStep:
    *rows, bias = [[_number(n) for n in row[1:]] for row in variant.shown["given"][1]["rows"]]
    return dense(rows, bias, "softmax")


def _number(said: str) -> float:
    return float(said.replace("\N{MINUS SIGN}", "-"))
