"""What becomes of the probabilities when something is done to the logits?"""

from collections.abc import Callable

from quizzes.kinds.contract import Known, Step, Variant
from quizzes.kinds.drawing import made, slip
from quizzes.kinds.forms import NUMBER, CellsForm, cells
from quizzes.kinds.generated.drawn import Drawn
from quizzes.kinds.generated.softmax_values import draw_logits
from quizzes.kinds.given import table
from quizzes.kinds.networks import softmax
from quizzes.kinds.numbers import shown
from quizzes.kinds.random import Pcg32

CLASSES = ("cat", "dog", "llama")
Change = Callable[[list[float], float], list[float]]
CHANGES: dict[str, tuple[str, Change, str]] = {
    "add": ("{c} is added to every logit.", lambda z, c: [n + c for n in z],
            "Adding the same to all multiplies every exp(z) by the same factor, which the division takes "
            "out."),
    "scale": ("Every logit is multiplied by {c}.", lambda z, c: [n * c for n in z],
              "Multiplying changes the gaps between the logits: farther apart, the largest share grows."),
    "negate": ("Every logit changes its sign.", lambda z, c: [-n for n in z],
               "The smallest logit becomes the largest, and the ratios of the shares turn over."),
    "raise": ("{c} is added to the logit of cat alone.", lambda z, c: [z[0] + c, *z[1:]],
              "exp(z) of cat grows by a factor, the others stay; then all are shared out anew."),
}  # fmt: skip


class SoftmaxChange(Drawn, CellsForm):
    name = "softmax_change"
    label = "Softmax after a change (new numbers each time)"
    generic = "Do it to the logits first; then exp, and divide by the new sum."
    codes = ("CU", "CM", "CA", "CN")

    def draw(self, rng: Pcg32) -> Variant:
        logits = draw_logits(rng, len(CLASSES))
        name = rng.choice(tuple(CHANGES))
        amount = float(rng.choice((1, 2, 3))) if name != "scale" else rng.choice((0.5, 2.0))
        said, change, why = CHANGES[name]
        before, new = softmax(logits), change(logits, amount)
        after = softmax(new)
        told = said.format(c=shown(amount))
        rows = [[who, shown(z), shown(p, 2)] for who, z, p in zip(CLASSES, logits, before, strict=True)]
        moved = ", ".join(map(shown, new))
        return made(
            {
                "given": [table("Logits and probabilities now", ("Class", "logit", "probability"), rows)],
                "ask": f"{told} What are the probabilities then? Two decimals are enough.",
                "cells": cells("Class", ["probability then"], [(who, [NUMBER]) for who in CLASSES]),
            },
            after,
            _slips(name, before, after, new, amount),
            tolerance=0.01,
            hints=(
                "Only the gaps between the logits count. Do they change?",
                f"The new logits are {moved}.",
                f"The first gap was {shown(logits[0] - logits[1])}, and now it is {shown(new[0] - new[1])}.",
            ),
            steps=[
                Step(f"The new logits: {moved}.", ("CM", "CA")),
                Step(why, ("CU",)),
                Step(f"softmax gives {', '.join(shown(p, 2) for p in after)}.", ("CN",)),
            ],
        )


def _slips(
    name: str, before: list[float], after: list[float], new: list[float], amount: float
) -> list[Known]:
    total = sum(new)
    done_to_shares = {
        "add": [p + amount for p in before],
        "scale": [p * amount for p in before],
        "negate": [-p for p in before],
        "raise": [before[0] + amount, *before[1:]],
    }
    slips = [
        slip(before, "CU", "Nothing changes", "These are the probabilities before.",
             "Some gaps between the logits have changed, and with them the shares."),
        slip(done_to_shares[name], "CM", "Done to the probabilities",
             "You changed the probabilities instead of the logits.",
             "They would no longer be shares of 1: change the logits, then apply softmax."),
        slip(softmax([new[0] + amount, *new[1:]]), "CA", "More for one class",
             "These shares come out when the first class gets more than it should.",
             "Do to every logit what the question says, and no more."),
        slip(after[::-1], "CR", "Classes mixed up", "These are the shares with the classes turned round.",
             "Each share belongs to the class in its line."),
    ]  # fmt: skip
    if total:
        shared = [z / total for z in new]
        slips.insert(2, slip(shared, "CN", "Divided without exp", "You shared out the logits themselves.",
                             "Raise each logit with exp first."))  # fmt: skip
    return slips
