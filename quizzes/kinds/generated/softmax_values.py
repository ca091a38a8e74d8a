"""Class probabilities from logits.

classes = ["cat", "dog", "llama"]    # three or four names
"""

from math import exp

from quizzes.kinds.contract import Fields, Grade, JsonObject, Known, RejectedError, Step, Variant, View
from quizzes.kinds.drawing import made, showing, slip
from quizzes.kinds.figure import number_said
from quizzes.kinds.forms import NUMBER, CellsForm, cells
from quizzes.kinds.given import facts
from quizzes.kinds.mutants import layer_slips
from quizzes.kinds.networks import dense, softmax
from quizzes.kinds.numbers import shown
from quizzes.kinds.parameters import Declared, Texts
from quizzes.kinds.random import Pcg32

CLASSES = ("cat", "dog", "llama")
CODES = ("S0", "S1", "S2", "SB", "SA", "R!", "SH")
TOLERANCE = 0.01
WIDEST = 4


class SoftmaxValues(Declared, CellsForm):
    name = "softmax"
    label = "Softmax of logits (new numbers each time)"
    is_generated = True
    parameters = (Texts("classes", "Names of the classes", 3, 4, CLASSES),)
    generic = "exp of each logit first; then each of these divided by the sum of all."

    def generate(self, data: JsonObject, rng: Pcg32) -> Variant:
        return showing(rng, CODES, lambda rng: _variant(data.get("classes", CLASSES), rng))

    def view(self, variant: Variant, fields: Fields, grade: Grade | None, is_revealed: bool) -> View:
        view = super().view(variant, fields, grade, is_revealed)
        if is_revealed:
            logits = [number_said(value) for _, value in variant.shown["given"][0]["rows"]]
            view.context["figure_placed"] = {
                "kind": "softmax",
                "classes": len(logits),
                "fields": {f"z{n}": z for n, z in enumerate(logits, start=1)} | {"t": 1, "c": 0},
            }
        return view


def draw_logits(rng: Pcg32, count: int) -> list[float]:
    """Different logits on the half grid, at least one below 0, not farther apart than WIDEST."""
    logits = [rng.between(-4, 6) / 2 for _ in range(count)]
    if min(logits) >= 0 or max(logits) - min(logits) > WIDEST or len(set(logits)) < count:
        raise RejectedError
    return logits


def _variant(classes: tuple[str, ...], rng: Pcg32) -> Variant:
    logits = draw_logits(rng, len(classes))
    key = softmax(logits)
    powers = [shown(exp(z), 2) for z in logits]
    total = shown(sum(map(exp, logits)), 2)
    return made(
        {
            "given": [
                facts(*((f"Logit of {name}", shown(z)) for name, z in zip(classes, logits, strict=True)))
            ],
            "ask": "Which probability does softmax give each class? Two decimals are enough.",
            "cells": cells("Class", ["probability"], [(name, [NUMBER]) for name in classes]),
        },
        key,
        _slips(logits),
        tolerance=TOLERANCE,
        hints=(
            "Negative logits are no trouble: something is done to each of them before they are shared out.",
            f"Each class gets exp(z) divided by the sum of all: exp({shown(logits[0])}) for {classes[0]}, "
            "and so on. The shares add up to 1.",
            f"exp({shown(logits[0])}) = {powers[0]}, and the sum of all {len(classes)} is {total}. "
            f"The first share is {powers[0]} / {total}.",
        ),
        steps=[
            Step(f"Raise each logit with exp: {', '.join(powers)}.", ("S0", "SB", "SA", "R!", "S2", "SH")),
            Step(f"Add them: {' + '.join(powers)} = {total}."),
            Step(f"Divide each by the sum: {', '.join(shown(p, 2) for p in key)}.", ("S1",)),
        ],
    )


def _slips(logits: list[float]) -> list[Known]:
    """What the engine's mutants make of these logits, and the logits taken without their signs."""
    layer = dense([[0.0] * len(logits)], logits, "softmax")
    mutants = [one for one in layer_slips(layer, [0.0], "a", range(len(logits))) if one.code in CODES]
    unsigned = slip(
        softmax([abs(z) for z in logits]), "SA", "Signs dropped",
        "These values come out when every logit is taken as positive.",
        "exp takes negative numbers as they are: exp(−1) is 0.37.",
    )  # fmt: skip
    return [*mutants, unsigned]
