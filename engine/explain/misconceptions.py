"""A wrong number, and the mistake that leads to it: each known mistake is made on purpose, and the numbers
are compared.

`mistakes` lists what each mistake would give, for distractors; `recognize` names the one behind an answer.
The same for a loss, a gradient and a step of training.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal, TypeAlias

import numpy as np
import numpy.typing as npt

from engine.errors import ShapeError
from engine.explain.dense import Step, dense_steps
from engine.explain.forward import LayerTrace, trace
from engine.explain.mutants import LAST_ONLY, MUTANTS, Mutant
from engine.explain.sample import exact, one_sample
from engine.nn.arrays import Array
from engine.nn.model import Model

Asked: TypeAlias = Literal["z", "a"]
"""Which number of a unit: its weighted sum, or what the activation makes of it."""

SAME: Final = 1e-9


@dataclass(frozen=True, slots=True)
class Mistake:
    """A mistake and the number it leads to.

    `told` finishes the sentence "That is what comes out ..."; `layers` names where the mistake was made,
    empty where that goes without saying.
    """

    code: str
    title: str
    told: str
    advice: str
    value: float
    layers: tuple[str, ...] = ()


def mistakes(model: Model, x: Any, layer: str, unit: int, of: Asked = "a") -> tuple[Mistake, ...]:
    """What each mistake would give for one unit of a Dense layer, for one sample x, in the order of MUTANTS.

    In a chain of Dense layers mistakes are made in the layer itself, in all layers, and in each one before;
    in any other network in the layer itself. Mistakes that lead to the right number, or to the number of
    one before, are left out. Raises ShapeError for a layer or unit there is not.
    """
    steps, given = _way(model, x, layer)
    if not 0 <= unit < steps[-1].kernel.shape[1]:
        raise ShapeError(
            f'Dense "{layer}" has no unit {unit}.', f"It has {steps[-1].kernel.shape[1]}, from 0."
        )
    right = _run(steps, given, None, frozenset(), of)
    assert right is not None
    return distinct(_made(steps, given, unit, of), float(right[unit]))


def recognize(found: Iterable[Mistake], value: float, tolerance: float = 0.01) -> Mistake | None:
    """The mistake whose number lies within `tolerance` of a value, the nearest; of equals the first."""
    near = [mistake for mistake in found if abs(mistake.value - value) <= tolerance]
    return min(near, key=lambda mistake: abs(mistake.value - value), default=None)


def distinct(found: Iterable[Mistake], right: float, apart: float = SAME) -> tuple[Mistake, ...]:
    """Mistakes whose numbers are finite and differ from the right one and from those before by more than
    `apart`.
    """
    kept: list[Mistake] = []
    for mistake in found:
        others = [right, *(other.value for other in kept)]
        if math.isfinite(mistake.value) and all(abs(mistake.value - other) > apart for other in others):
            kept.append(mistake)
    return tuple(kept)


def _way(model: Model, x: Any, layer: str) -> tuple[tuple[Step, ...], Array]:
    """The steps up to a layer, and what goes into the first of them."""
    follower = exact(model)
    steps = dense_steps(follower)
    if steps is not None and any(step.name == layer for step in steps):
        last = next(index for index, step in enumerate(steps) if step.name == layer)
        return steps[: last + 1], one_sample(follower, x)[0][0]
    try:
        seen = trace(follower, x).layer(layer)
    except KeyError:
        raise ShapeError(f'The network has no layer "{layer}".') from None
    return (_alone(seen),), seen.x[0]


def _alone(seen: LayerTrace) -> Step:
    if seen.kind != "Dense" or seen.x[0].ndim != 1:
        raise ShapeError(f'{seen.kind} "{seen.name}" computes no weighted sum that people work by hand.')
    kernel = seen.weights["kernel"]
    bias = seen.weights.get("bias", np.zeros(kernel.shape[1]))
    return Step(seen.name, kernel, bias, seen.activation or "linear")


def _made(steps: Sequence[Step], x: Array, unit: int, of: Asked) -> Iterator[Mistake]:
    """Each mistake in the layer asked for, then in all, then in each one before."""
    last = len(steps) - 1
    places = [frozenset({last}), frozenset(range(last + 1)), *(frozenset({index}) for index in range(last))]
    for place in dict.fromkeys(places):
        for mutant in MUTANTS:
            if place != places[0] and mutant.code in LAST_ONLY:
                continue
            wrong = _run(steps, x, mutant, place, of)
            if wrong is not None:
                yield Mistake(
                    mutant.code, mutant.title, mutant.told, mutant.advice, float(wrong[unit]),
                    tuple(steps[index].name for index in sorted(place)),
                )  # fmt: skip


def _run(
    steps: Sequence[Step], x: Array, mutant: Mutant | None, place: frozenset[int], of: Asked
) -> Array | None:
    """The last layer's z or a with a mistake made in some layers; None where it cannot be made."""
    z = a = x
    for index, step in enumerate(steps):
        if mutant is not None and index in place:
            mutated = mutant.mutate(step, a)
            if mutated is None:
                return None
            z, a = mutated
        else:
            z = step.sums(a)
            a = step.outputs(z)
    return z if of == "z" else a


def loss_mistakes(probabilities: npt.ArrayLike, true_class: int) -> tuple[Mistake, ...]:
    """Wrong crossentropies of one sample, given the shares of all classes."""
    p = np.asarray(probabilities, np.float64)
    own, best = float(p[true_class]), float(p.max())
    wanted = np.eye(len(p))[true_class]
    with np.errstate(all="ignore"):
        made = (
            ("E1", "One minus the share", "as 1 − p", 1 - own),
            ("EL", "Logarithm of base 10", "with the logarithm of base 10", float(-np.log10(own))),
            ("EN", "Sign forgotten", "without the minus", float(np.log(own))),
            ("EO", "Share of the others", "with 1 − p in the logarithm", float(-np.log(1 - own))),
            ("EC", "Class that was chosen", "for the class with the largest share", float(-np.log(best))),
            ("ES", "Summed over all classes", "when the logarithms of all shares are added",
             float(-np.log(p).sum())),
            ("EM", "Squared error", "as the mean squared error", float(np.mean((p - wanted) ** 2))),
        )  # fmt: skip
        right = float(-np.log(own))
    advice = "The loss is −ln p, with p the share of the true class."
    return distinct((Mistake(c, title, told, advice, value) for c, title, told, value in made), right)


def gradient_mistakes(activation: float, probability: float, is_true_class: bool) -> tuple[Mistake, ...]:
    """Wrong gradients of a weight that leads to a softmax output: right is a · (p − y)."""
    y = float(is_true_class)
    made = (
        ("G-", "Sign turned around", "as y − p", activation * (y - probability)),
        ("GA", "Activation left out", "without the activation of the unit it comes from", probability - y),
        ("GP", "Target left out", "with the share alone", activation * probability),
        ("GY", "Share left out", "with the target alone", -activation * y),
    )
    advice = "Multiply what comes in along the weight, a, by how far the output is off, p − y."
    right = activation * (probability - y)
    return distinct((Mistake(c, title, told, advice, value) for c, title, told, value in made), right)


def step_mistakes(weight: float, gradient: float, learning_rate: float) -> tuple[Mistake, ...]:
    """Wrong weights after one step of gradient descent: right is w − lr · g."""
    made = (
        ("G-", "Uphill", "when the gradient is added", weight + learning_rate * gradient),
        ("GL", "Learning rate left out", "with the whole gradient", weight - gradient),
        ("GW", "Weight left out", "for the change alone", -learning_rate * gradient),
        ("GS", "Weight scaled too", "when the learning rate multiplies the weight",
         learning_rate * weight - gradient),
    )  # fmt: skip
    advice = "Take the learning rate times the gradient away from the weight."
    right = weight - learning_rate * gradient
    return distinct((Mistake(c, title, told, advice, value) for c, title, told, value in made), right)
