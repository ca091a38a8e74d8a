"""Layers computed wrongly on purpose, each in a way that people do: a mistake with a name can be mended.

A mutant takes a Dense step and what goes in, and returns z and a as the mistake makes them, or None where it
cannot be made. `MUTANTS` declares each once, the more frequent before the rarer: the order decides which
name a number gets that two mistakes lead to.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, TypeAlias

import numpy as np

from engine.explain.dense import Step, activate
from engine.nn.arrays import Array

Mutated: TypeAlias = tuple[Array, Array]

Mutation: TypeAlias = Callable[[Step, Array], Mutated | None]
"""A step and its inputs (inputs,) -> the z and the a of the mistake, (units,) each."""


@dataclass(frozen=True, slots=True)
class Mutant:
    """One mistake in computing a layer.

    `code` is stable and shared with quizzes; `told` finishes the sentence "That is what comes out ...", and
    `advice` says what to do instead.
    """

    code: str
    title: str
    told: str
    advice: str
    mutate: Mutation


def _applied(step: Step, z: Array) -> Mutated:
    return z, step.outputs(z)


def no_bias(step: Step, x: Array) -> Mutated:
    return _applied(step, x @ step.kernel)


def bias_subtracted(step: Step, x: Array) -> Mutated:
    return _applied(step, x @ step.kernel - step.bias)


def bias_after(step: Step, x: Array) -> Mutated:
    z = x @ step.kernel
    return z, step.outputs(z) + step.bias


def no_activation(step: Step, x: Array) -> Mutated:
    z = step.sums(x)
    return z, z


def activation_applied(step: Step, x: Array) -> Mutated:
    a = step.outputs(step.sums(x))
    return a, a


def activation_before(step: Step, x: Array) -> Mutated | None:
    if step.activation == "softmax":
        return None
    z = activate(step.activation, x) @ step.kernel + step.bias
    return z, z


def absolute(step: Step, x: Array) -> Mutated | None:
    z = step.sums(x)
    return (z, np.abs(z)) if step.activation == "relu" else None


def relu_on_logits(step: Step, x: Array) -> Mutated | None:
    if step.activation != "softmax":
        return None
    z = np.maximum(step.sums(x), 0)
    return z, step.outputs(z)


def transposed(step: Step, x: Array) -> Mutated | None:
    rows, columns = step.kernel.shape
    return _applied(step, x @ step.kernel.T + step.bias) if rows == columns else None


def unit_before(step: Step, x: Array) -> Mutated | None:
    z = step.sums(x)
    return _applied(step, np.concatenate([z[:1], z[:-1]])) if len(z) > 1 else None


def unit_after(step: Step, x: Array) -> Mutated | None:
    z = step.sums(x)
    return _applied(step, np.concatenate([z[1:], z[-1:]])) if len(z) > 1 else None


def product_of_sums(step: Step, x: Array) -> Mutated:
    return _applied(step, x.sum() * step.kernel.sum(axis=0) + step.bias)


def weights_without_signs(step: Step, x: Array) -> Mutated:
    return _applied(step, x @ np.abs(step.kernel) + step.bias)


def _of_softmax(wrong: Callable[[Array], Array]) -> Mutation:
    """A mistake in softmax: what is made of the logits instead."""

    def mutate(step: Step, x: Array) -> Mutated | None:
        z = step.sums(x)
        with np.errstate(all="ignore"):
            return (z, wrong(z)) if step.activation == "softmax" else None

    return mutate


def _hardmax(z: Array) -> Array:
    return np.asarray(np.arange(len(z)) == z.argmax(), np.float64)


def _base_two(z: Array) -> Array:
    raised = np.exp2(z)
    return np.asarray(raised / raised.sum())


MUTANTS: Final = (
    Mutant("B0", "Bias forgotten", "without the bias",
           "Each unit has one bias of its own, added once, after the products.", no_bias),
    Mutant("B-", "Bias subtracted", "when the bias is taken away",
           "The bias is always added, with the sign it has.", bias_subtracted),
    Mutant("B+", "Bias after the activation", "when the bias is added after the activation",
           "The bias belongs to the sum; the activation comes last.", bias_after),
    Mutant("R0", "Activation forgotten", "before the activation is applied",
           "One step is missing: apply the activation to the sum.", no_activation),
    Mutant("RA", "Activation already applied", "after the activation",
           "The sum is asked for, the value before the activation.", activation_applied),
    Mutant("R!", "ReLU on the logits", "when relu is applied before softmax",
           "Softmax takes the sums as they are, negative ones too.", relu_on_logits),
    Mutant("RZ", "Absolute value for ReLU", "when the sign is dropped instead of the value",
           "relu makes a negative sum 0; it does not turn it around.", absolute),
    Mutant("T1", "Kernel transposed", "with the rows of the kernel for its columns",
           "A unit's weights are a column of the kernel: one for each input.", transposed),
    Mutant("N1", "Neighboring unit", "for the unit before",
           "Take the column of the unit that is asked for, its bias included.", unit_before),
    Mutant("N1", "Neighboring unit", "for the unit after",
           "Take the column of the unit that is asked for, its bias included.", unit_after),
    Mutant("P1", "Product of sums", "when inputs and weights are added up before they are multiplied",
           "Multiply first, each input with its own weight; then add.", product_of_sums),
    Mutant("WA", "Signs of the weights dropped", "with every weight taken as positive",
           "A negative weight makes its product negative.", weights_without_signs),
    Mutant("AX", "Activation before the sum", "when the activation is applied to the inputs",
           "Weigh and add first; the activation comes last.", activation_before),
    Mutant("S0", "Divided without exp", "when the logits are divided by their sum",
           "Raise each logit with exp first, then divide by the sum of those.",
           _of_softmax(lambda z: z / z.sum())),
    Mutant("S1", "Not divided by the sum", "before exp(z) is divided by the sum of all",
           "Divide by the sum over all classes, so that the shares add up to 1.", _of_softmax(np.exp)),
    Mutant("S2", "Sigmoid for each class", "with sigmoid for softmax",
           "Softmax looks at all classes at once: exp(z) divided by the sum of all.",
           _of_softmax(lambda z: 1 / (1 + np.exp(-z)))),
    Mutant("SB", "Another base", "with powers of 2",
           "exp is a power of e, 2.718...", _of_softmax(_base_two)),
    Mutant("SX", "Softmax over the wrong axis", "when softmax runs over the samples",
           "Softmax runs over the classes of one sample.", _of_softmax(np.ones_like)),
    Mutant("SH", "Only the largest", "when the largest logit takes all",
           "Softmax gives every class a share, the largest logit the largest.", _of_softmax(_hardmax)),
)  # fmt: skip
"""Every mistake, in the order in which names are given."""

LAST_ONLY: Final = frozenset({"RA", "R!", "S0", "S1", "S2", "SB", "SX", "SH"})
"""Mistakes that are about the number asked for, and change nothing further on."""
