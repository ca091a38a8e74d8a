"""Weights rounded to whole numbers: for how many inputs does the neuron change its mind?"""

from quizzes.kinds.contract import Known, RejectedError, Step, Variant
from quizzes.kinds.drawing import made, slip
from quizzes.kinds.forms import CountForm
from quizzes.kinds.generated.drawn import Drawn
from quizzes.kinds.given import facts, table
from quizzes.kinds.numbers import shown
from quizzes.kinds.random import Pcg32

INPUTS = 6


class RoundingFlips(Drawn, CountForm):
    name = "rounding_flips"
    label = "What rounding changes (new numbers each time)"
    generic = "Work out both sums for every input, and count where one is above 0 and the other is not."
    codes = ("R1", "RN", "RV")

    def draw(self, rng: Pcg32) -> Variant:
        exact = [rng.between(-11, 11) / 4 for _ in range(3)]
        if any(abs(one) % 1 == 0.5 for one in exact):  # nobody should have to know how a half is rounded
            raise RejectedError
        rounded = [float(round(one)) + 0.0 for one in exact]
        rows = [[float(rng.between(-2, 3)) for _ in range(2)] for _ in range(INPUTS)]
        if not all(exact[:2]) or exact == rounded or len(set(map(tuple, rows))) < INPUTS:
            raise RejectedError
        before, after = _sums(exact, rows), _sums(rounded, rows)
        if 0 in before or 0 in after:
            raise RejectedError
        flips = [(a > 0) != (b > 0) for a, b in zip(before, after, strict=True)]
        up = sum(flip and b > 0 for flip, b in zip(flips, after, strict=True))
        moved = sum(a != b for a, b in zip(before, after, strict=True))
        key = sum(flips)
        if key == 0:
            raise RejectedError
        pairs = "; ".join(f"{shown(a)} and {shown(b)}" for a, b in zip(before, after, strict=True))
        texts = [[str(n), *map(shown, row)] for n, row in enumerate(rows, start=1)]
        return made(
            {
                "given": [
                    facts(*((what, ", ".join(map(shown, numbers))) for what, numbers in (
                        ("w1, w2 and the bias", exact), ("rounded", rounded)))),
                    table("The inputs", ("Input", "x1", "x2"), texts),
                ],
                "ask": "A neuron fires where z is above 0. All its numbers are rounded to whole ones. For "
                       "how many of "
                       f"the {INPUTS} "
                "inputs does it then decide differently?",
                "unit": "inputs",
            },
            key,
            _slips(key, up, moved, sum(b > 0 for b in after)),
            hints=(
                "A sum may change and the decision stay: only its side of 0 counts.",
                f"Once with {', '.join(map(shown, exact))}, once with {', '.join(map(shown, rounded))}: "
                "two sums for "
                "each input.",
                f"Input 1: z is {shown(before[0])} before and {shown(after[0])} after. Go on with input 2.",
            ),
            steps=[
                Step(f"z before and after, input by input: {pairs}.", ("RV",)),
                Step(f"They lie on different sides of 0 for {key} of the {INPUTS} inputs.", (
                    "RN", "RD", "R1")),
            ],
        )  # fmt: skip


def _sums(numbers: list[float], rows: list[list[float]]) -> list[float]:
    """z of each row. Most draws are rejected, so this avoids arrays; quarters add up without any rounding."""
    first, second, bias = numbers
    return [first * x1 + second * x2 + bias + 0.0 for x1, x2 in rows]


def _slips(key: int, up: int, moved: int, firing: int) -> list[Known]:
    return [
        slip(0, "RN", "Nothing changes", "You take the rounding to be harmless.",
             "Where z is near 0, a little is enough to change its side."),
        slip(moved, "RV", "Every changed sum counted", f"{moved} sums change their value.",
             "Count only those that cross 0."),
        slip(up, "RD", "One direction only", f"{up} of them begin to fire.",
             "Those that stop firing count "
             "as well."),
        slip(key - up, "RD", "One direction only", f"{key - up} of them stop firing.",
             "Those that begin to fire count as well."),
        slip(firing, "R1", "Firing counted", f"{firing} inputs make the rounded neuron fire.",
             "Compare with what it did before."),
    ]  # fmt: skip
