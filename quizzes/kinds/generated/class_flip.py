"""The smallest change of one input that changes the class: every one is tried, any smallest is right."""

from dataclasses import dataclass

from engine.explain.dense import Step as DenseStep
from quizzes.kinds.contract import Grade, Json, Known, RejectedError, Step, Variant
from quizzes.kinds.drawing import halves, made, slip, wholes
from quizzes.kinds.forms import NUMBER, CellsForm, cells, choice
from quizzes.kinds.generated.drawn import Drawn
from quizzes.kinds.given import kernel_table
from quizzes.kinds.networks import dense, vector
from quizzes.kinds.numbers import shown
from quizzes.kinds.random import Pcg32

FEATURES, CLASSES, LOW, HIGH = ("legs", "fur", "neck", "size"), ("cat", "llama"), 0, 3


@dataclass(frozen=True)
class _Edit:
    """One input set to another value."""

    feature: str
    value: float
    size: float
    flips: bool


class ClassFlip(Drawn, CellsForm):
    name = "class_flip"
    label = "The smallest change of class (new numbers each time)"
    generic = "Look for the input whose two weights differ most: it moves the gap between the logits fastest."
    codes = ("FW", "FB", "FD")
    counts_each = False

    def draw(self, rng: Pcg32) -> Variant:
        x = wholes(rng, len(FEATURES), LOW, HIGH)
        layer = dense([halves(rng, 2) for _ in FEATURES], halves(rng, 2), "softmax")
        logits = [float(z) for z in layer.sums(vector(x))]
        gap = logits[0] - logits[1]
        edits = _edits(layer, x)
        flips = sorted((one for one in edits if one.flips), key=lambda one: one.size)
        if gap == 0 or not flips or flips[0].size == flips[-1].size or len(flips) > 6:
            raise RejectedError
        least = flips[0].size
        best = [one for one in flips if one.size == least]
        now, then = CLASSES[gap < 0], CLASSES[gap > 0]
        slopes = ", ".join(
            f"{name} {shown(float(a - b))}"
            for name, (a, b) in zip(FEATURES, layer.kernel.tolist(), strict=True)
        )
        return made(
            {
                "given": [kernel_table(FEATURES, x, layer.kernel.tolist(), layer.bias.tolist(), CLASSES)],
                "ask": f"The network says {now}. Every input is a whole number from {LOW} to {HIGH}. Which "
                       "one change "
                f"of one input, as small as possible, makes it say {then}?",
                "cells": cells("", [""], [("which input", [choice(*FEATURES)]), ("its new value", [NUMBER])]),
            },
            [best[0].feature, best[0].value],
            _slips(edits, best, least),
            also=[[one.feature, one.value] for one in best[1:]],
            hints=(
                "The class changes when the gap between the two logits changes its sign.",
                f"The logits are {shown(logits[0])} and {shown(logits[1])}. One step up changes the gap "
                f"by: {slopes}.",
                f"The gap is {shown(gap)}. Which input can close it with the fewest steps, inside {LOW} to "
                f"{HIGH}?",
            ),
            steps=[
                Step(f"The gap, {CLASSES[0]} minus {CLASSES[1]}, is {shown(logits[0])} − "
                     f"({shown(logits[1])}) = "
                     f"{shown(gap)}."),
                Step(f"One step up changes the gap by: {slopes}.", ("FW", "FD")),
                Step(f"{best[0].feature} from {shown(x[FEATURES.index(best[0].feature)])} to "
                     f"{shown(best[0].value)} "
                     "is the smallest that turns it round.", ("FB",)),
            ],
        )  # fmt: skip

    def grade(self, variant: Variant, response: list[Json]) -> Grade:
        answer = [response[0], float(response[1])]
        for known in variant.answers:
            if known.value == answer:
                return Grade(known.fraction, known.feedback, known.code, known.title)
        if answer[1] % 1 or not LOW <= answer[1] <= HIGH:
            return Grade(
                0.0, (f"{shown(answer[1])} is not a whole number from {LOW} to {HIGH}.", self.generic)
            )
        return Grade(0.0, ("With this change the network still says the same.", self.generic))

    def marks(self, variant: Variant, response: list[Json]) -> list[str]:
        return ["right" if self.grade(variant, response).is_right else "other"] * 2


def _edits(layer: DenseStep, x: tuple[float, ...]) -> list[_Edit]:
    """Every value that one input could have instead."""
    before = _is_first(layer, x)
    found = []
    for place, feature in enumerate(FEATURES):
        for value in map(float, range(LOW, HIGH + 1)):
            if value != x[place]:
                after = _is_first(layer, (*x[:place], value, *x[place + 1 :]))
                flips = after is not None and after != before
                found.append(_Edit(feature, value, abs(value - x[place]), flips))
    return found


def _is_first(layer: DenseStep, x: tuple[float, ...]) -> bool | None:
    """Whether the first class wins; None for a tie."""
    first, second = layer.sums(vector(x))
    return None if first == second else bool(first > second)


def _slips(edits: list[_Edit], best: list[_Edit], least: float) -> list[Known]:
    right = best[0]
    found = []
    for one in edits:
        value = [one.feature, one.value]
        if one in best:
            continue
        if one.flips:
            found.append(slip(value, "FB", "Larger than it need be",
                 "This changes the class, with a "
                 "larger step "
                              f"than it takes: {shown(one.size)}.",
                                   f"{shown(least)} is "
                                   "enough."))  # fmt: skip
        elif one.feature == right.feature:
            found.append(slip(value, "FD", "The right input, another value",
                              f"{one.feature} is the one, but not with {shown(one.value)}.",
                              "Which way does its larger weight pull?"))  # fmt: skip
        elif one.size <= least:
            found.append(slip(value, "FW", "Another input",
                 f"Changing {one.feature} by {shown(one.size)} "
                 "leaves the "
                              "class as it is.", "Its two weights differ too little, or it pulls the other "
                                                 "way."))  # fmt: skip
    return found
