"""A chain of Dense layers in its simplest form: another network, the same function.

What changes nothing is taken out: two linear layers in a row become one; a unit that never varies moves into
the next bias; units with equal weights become one; a unit that nothing reads goes. Units whose activation
lets a positive factor through (relu) are brought to length 1. What is left can only be reordered, and, for
odd activations (tanh), turned around.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

import numpy as np

from engine.explain.dense import Step
from engine.nn.arrays import Array

SAME: Final = 1e-6
"""Weights closer than this, at length 1, count as equal: float32 keeps about seven digits."""


def reduced(steps: Sequence[Step]) -> tuple[Step, ...]:
    """The simplest steps with the same function."""
    found = _without_linear(steps)
    for _ in range(len(found) + 1):
        before = [step.kernel.shape for step in found]
        for index in range(len(found) - 1):
            found[index], found[index + 1] = _tidy(found[index], found[index + 1])
        if [step.kernel.shape for step in found] == before:
            break
    found[-1] = _without_shift(found[-1])
    return tuple(found)


def _without_linear(steps: Sequence[Step]) -> list[Step]:
    """Each linear step folded into the one after it."""
    found = [steps[0]]
    for step in steps[1:]:
        last = found[-1]
        if last.activation == "linear":
            kernel = last.kernel @ step.kernel
            found[-1] = replace(step, kernel=kernel, bias=last.bias @ step.kernel + step.bias)
        else:
            found.append(step)
    return found


def _tidy(one: Step, following: Step) -> tuple[Step, Step]:
    """A hidden step and the one that reads it, without units that change nothing."""
    one, following = _scaled(one, following)
    one, following = _without_constants(one, following)
    one, following = _merged(one, following)
    read = np.abs(following.kernel).max(axis=1, initial=0) > SAME * max(
        1.0, np.abs(following.kernel).max(initial=0)
    )
    return keep(one, read), replace(following, kernel=following.kernel[read])


def keep(step: Step, units: Array) -> Step:
    """A step with some of its units: a mask or positions."""
    return replace(step, kernel=step.kernel[:, units], bias=step.bias[units])


def _scaled(one: Step, following: Step) -> tuple[Step, Step]:
    """Units of length 1, where a positive factor can move to the next step."""
    if not one.is_scalable:
        return one, following
    lengths = np.hypot(np.linalg.norm(one.kernel, axis=0), one.bias)
    lengths = np.where(lengths > 0, lengths, 1.0)
    return (
        replace(one, kernel=one.kernel / lengths, bias=one.bias / lengths),
        replace(following, kernel=following.kernel * lengths[:, None]),
    )


def _without_constants(one: Step, following: Step) -> tuple[Step, Step]:
    """Units that no input moves, added to the next bias."""
    still = np.abs(one.kernel).max(axis=0, initial=0) <= SAME
    if not still.any():
        return one, following
    given = one.outputs(one.bias[None])[0][still]
    bias = following.bias + given @ following.kernel[still]
    return keep(one, ~still), replace(following, kernel=following.kernel[~still], bias=bias)


def _merged(one: Step, following: Step) -> tuple[Step, Step]:
    """Units with equal weights, or opposite ones where the activation is odd, as one unit."""
    columns = np.vstack([one.kernel, one.bias])
    kernel = following.kernel.copy()
    kept: list[int] = []
    for unit in range(columns.shape[1]):
        for twin in kept:
            sign = agreement(columns[:, unit], columns[:, twin], one.is_odd)
            if sign:
                kernel[twin] += sign * kernel[unit]
                break
        else:
            kept.append(unit)
    return keep(one, np.array(kept, int)), replace(following, kernel=kernel[kept])


def agreement(one: Array, other: Array, is_odd: bool) -> int:
    """1 for equal weights, -1 for opposite ones of an odd activation, else 0."""
    reach = SAME * max(1.0, float(np.abs(one).max(initial=0)))
    if np.abs(one - other).max(initial=0) <= reach:
        return 1
    return -1 if is_odd and np.abs(one + other).max(initial=0) <= reach else 0


def _without_shift(last: Step) -> Step:
    """Softmax does not notice what is added to all logits: their mean is taken out."""
    if last.activation != "softmax":
        return last
    return replace(
        last,
        kernel=last.kernel - last.kernel.mean(axis=1, keepdims=True),
        bias=last.bias - last.bias.mean(),
    )


def matched(one: Sequence[Step], other: Sequence[Step]) -> bool:
    """Whether two reduced chains are the same up to the order, and the sign, of their hidden units."""
    if len(one) != len(other):
        return False
    rows, signs = np.arange(len(one[0].kernel)), np.ones(len(one[0].kernel))
    for index, (left, right) in enumerate(zip(one, other, strict=True)):
        if left.activation != right.activation or left.kernel.shape != right.kernel.shape:
            return False
        turned = right.kernel[rows] * signs[:, None]
        left_columns = np.vstack([left.kernel, left.bias])
        right_columns = np.vstack([turned, right.bias])
        if index == len(one) - 1:
            reach = 10 * SAME * max(1.0, float(np.abs(left_columns).max(initial=0)))
            return bool(np.abs(left_columns - right_columns).max(initial=0) <= reach)
        pairs = _pairs(left_columns, right_columns, left.is_odd)
        if pairs is None:
            return False
        rows, signs = pairs
    return False


def _pairs(left: Array, right: Array, is_odd: bool) -> tuple[Array, Array] | None:
    """For each left unit the right unit that equals it, and its sign; None when one has no partner."""
    free = list(range(right.shape[1]))
    rows, signs = [], []
    for unit in range(left.shape[1]):
        for partner in free:
            sign = agreement(left[:, unit], right[:, partner], is_odd)
            if sign:
                rows.append(partner)
                signs.append(float(sign))
                free.remove(partner)
                break
        else:
            return None
    return np.array(rows, int), np.array(signs)
