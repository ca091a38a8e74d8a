"""Which line of NumPy computes a layer? Each option is run, and its shape or its refusal is the feedback."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from engine.nn.arrays import Array
from quizzes.kinds.contract import Step, Variant
from quizzes.kinds.drawing import slip
from quizzes.kinds.forms import OneForm
from quizzes.kinds.generated.drawn import Drawn, one_of
from quizzes.kinds.given import facts
from quizzes.kinds.numbers import shown_shape
from quizzes.kinds.random import Pcg32


@dataclass(frozen=True)
class _Expression:
    text: str
    run: Callable[[Array, Array, Array], Array]
    code: str = ""
    title: str = ""
    meets: str = ""  # the two shapes that meet where it fails, by the names X, W, b


RIGHT = (
    _Expression("X @ W + b", lambda X, W, b: X @ W + b),
    _Expression("np.dot(X, W) + b", lambda X, W, b: np.dot(X, W) + b),
    _Expression("b + X @ W", lambda X, W, b: b + X @ W),
)
OTHERS = (
    _Expression("W @ X + b", lambda X, W, b: W @ X + b, "EW", "Factors swapped", "WX"),
    _Expression("X * W + b", lambda X, W, b: X * W + b, "EC", "Cell by cell", "XW"),
    _Expression("X @ W.T + b", lambda X, W, b: X @ W.T + b, "T1", "Kernel transposed", "XT"),
    _Expression("X @ W + b[:, None]", lambda X, W, b: X @ W + b[:, None], "EB", "Bias as a column", "ZB"),
    _Expression("np.dot(W, X) + b", lambda X, W, b: np.dot(W, X) + b, "EW", "Factors swapped", "WX"),
    _Expression("W.T @ X.T + b[:, None]", lambda X, W, b: W.T @ X.T + b[:, None], "TX", "Turned over"),
)


class NumpyExpression(Drawn, OneForm):
    name = "numpy_expression"
    label = "A layer in NumPy (new numbers each time)"
    codes = ("EW", "EC", "T1", "EB", "TX")

    def draw(self, rng: Pcg32) -> Variant:
        samples, inputs, units = rng.shuffled(range(2, 13))[:3]
        X, W, b = np.ones((samples, inputs)), np.ones((inputs, units)), np.ones(units)
        right = rng.choice(RIGHT)
        wanted = shown_shape(right.run(X, W, b).shape)
        others = rng.shuffled(OTHERS)[:4]
        slips = [
            slip(f"`{one.text}`", one.code, one.title, _outcome(one, X, W, b),
                 f"Every sample is a row of X, so the result must be {wanted}.")
            for one in others
        ]  # fmt: skip
        x, w = shown_shape(X.shape), shown_shape(W.shape)
        return one_of(
            rng,
            {
                "given": [
                    facts(
                        ("X, a batch of samples", x),
                        ("W, the kernel", w),
                        ("b, the biases", shown_shape(b.shape)),
                    )
                ],
                "ask": "Which expression gives z of the whole layer for every sample?",
            },
            (f"`{right.text}`", f"It gives {wanted}: {x} @ {w}, and b is added to each row."),
            slips,
            hints=(
                "Write the shapes under the names; the inner sizes of a product must agree.",
                f"{x} and {w} share the size {inputs}: the row of a sample meets a column of W.",
                f"The result must be {wanted}, one row per sample. Which expressions give that, and add b "
                "to each row?",
            ),
            steps=[
                Step(f"The product: {x} @ {w} is {wanted}.", ("EW", "EC", "T1", "TX")),
                Step(f"b has {units} numbers and is added to each row.", ("EB",)),
            ],
        )


def _outcome(one: _Expression, X: Array, W: Array, b: Array) -> str:
    """What comes of running it: a shape, or where NumPy refuses."""
    try:
        return f"`{one.text}` gives the shape {shown_shape(one.run(X, W, b).shape)}."
    except ValueError:
        shapes = {"X": X.shape, "W": W.shape, "T": W.T.shape, "Z": (X @ W).shape, "B": (len(b), 1)}
        left, other = (shown_shape(shapes[name]) for name in one.meets)
        sign = {"EC": "*", "EB": "+"}.get(one.code, "@")
        why = "the inner sizes differ" if sign == "@" else "these shapes do not stretch to fit each other"
        return f"NumPy refuses `{one.text}`: {left} {sign} {other}, {why}."
