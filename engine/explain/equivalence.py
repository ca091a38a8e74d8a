"""Do two networks compute the same function? An input that tells them apart is proof that they do not.

When no probe does, chains of Dense layers are compared weight by weight in their simplest form: hidden units
in any order, positive factors moved through relu, signs through tanh. For other networks the probes are all
there is, and the answer says so.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from engine.budget import Budget
from engine.explain.dense import dense_steps
from engine.explain.forward import plain
from engine.explain.probes import probes
from engine.explain.reduction import matched, reduced
from engine.explain.sample import exact
from engine.nn.arrays import Array, Arrays
from engine.nn.layers import Context
from engine.nn.model import Model
from engine.spec import estimate
from engine.spec.strict_json import Plain
from engine.spec.wording import show_shape

TOLERANCE: Final = 1e-5
"""Outputs differ when they are further apart than this, relative to their size where that is above 1."""

CLEAR: Final = 1e-2
"""A difference that nobody takes for rounding."""


@dataclass(frozen=True, slots=True)
class Counterexample:
    """An input for which two networks differ: one array per input, and what each of them answers."""

    x: Arrays
    one: Arrays
    other: Arrays

    def to_dict(self) -> dict[str, Plain]:
        """Plain JSON values."""
        return {
            "x": [plain(array) for array in self.x],
            "one": [plain(array) for array in self.one],
            "other": [plain(array) for array in self.other],
        }


@dataclass(frozen=True, slots=True)
class Equivalence:
    """Whether two networks compute the same. `is_proven` is False where only probes speak for it."""

    is_equal: bool
    is_proven: bool
    reason: str
    counterexample: Counterexample | None = None

    def __bool__(self) -> bool:
        return self.is_equal


def equivalent(one: Model, other: Model, budget: Budget | None = None) -> Equivalence:
    """Compares what two models compute at inference, in float64.

    Raises BudgetExceeded when probing one of them costs more than `budget` allows.
    """
    for what, have, want in (
        ("takes inputs", one.input_shapes, other.input_shapes),
        ("gives outputs", one.output_shapes, other.output_shapes),
    ):
        if have != want:
            told = ", ".join(map(show_shape, have))
            return Equivalence(
                False, True, f"One {what} of shape {told}, the other {', '.join(map(show_shape, want))}."
            )
    left, right = exact(one), exact(other)
    x = probes(left)
    if budget is not None:
        for model in (left, right):
            budget.check(estimate(model.spec, len(x[0])))
    found = _told_apart(left, right, x)
    if found is not None:
        reason = "They differ for the input shown."
        return Equivalence(False, True, reason, found)
    return _agreeing(left, right, len(x[0]))


def _agreeing(one: Model, other: Model, probed: int) -> Equivalence:
    same_layers = [layer.config for layer in one.layers] == [layer.config for layer in other.layers]
    pairs = zip(one.get_weights(), other.get_weights(), strict=False)
    if (
        same_layers
        and len(one.get_weights()) == len(other.get_weights())
        and all(np.array_equal(*pair) for pair in pairs)
    ):
        return Equivalence(True, True, "They have the same layers and the same weights.")
    left, right = dense_steps(one), dense_steps(other)
    if left is not None and right is not None and matched(reduced(left), reduced(right)):
        return Equivalence(
            True,
            True,
            "They are the same network but for changes that no output notices: the order of hidden units, "
            "factors that cancel, or units that add nothing.",
        )
    return Equivalence(True, False, f"They agree on all {probed} inputs that were tried.")


def _told_apart(one: Model, other: Model, x: Arrays) -> Counterexample | None:
    """The simplest input for which they clearly differ, else the one for which they differ most."""
    left, right = one.run(x, Context())[0], other.run(x, Context())[0]
    far = np.max([_distance(a, b) for a, b in zip(left, right, strict=True)], axis=0)
    if far.max() <= TOLERANCE:
        return None
    clear = np.flatnonzero(far > CLEAR)
    place = int(clear[0]) if len(clear) else int(far.argmax())
    return Counterexample(
        tuple(array[place] for array in x),
        tuple(array[place] for array in left),
        tuple(array[place] for array in right),
    )


def _distance(one: Array, other: Array) -> Array:
    """For each sample the largest difference, relative to the size of what is compared."""
    with np.errstate(all="ignore"):
        gap = np.abs(one - other) / np.maximum(1.0, np.maximum(np.abs(one), np.abs(other)))
    both = (one == other) | (np.isnan(one) & np.isnan(other))
    gap = np.where(both, 0.0, np.where(np.isnan(gap), np.inf, gap))
    far: Array = gap.reshape(len(gap), -1).max(axis=1)
    return far
