"""What is graded: a network that was read, with what can be known of it, worked out once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy.typing as npt

from engine.budget import Budget
from engine.errors import ShapeError
from engine.evaluation.report import Unmet
from engine.evaluation.runs import Runs
from engine.explain.activations import ACTIVATION_LAYERS, own_activation
from engine.nn import Model, build
from engine.spec import Cost, Layer, Spec, estimate


@dataclass(frozen=True)
class Subject:
    """A learner's network under grading. `seed` fixes all that is random about it; `weights` are the
    learner's own, in Keras's order, where there are any.
    """

    spec: Spec
    seed: int = 0
    budget: Budget | None = None
    weights: tuple[npt.ArrayLike, ...] | None = None

    @cached_property
    def cost(self) -> Cost:
        """Its static cost for one sample."""
        return estimate(self.spec)

    @cached_property
    def runs(self) -> Runs:
        """Its trainings, each done when it is first asked for."""
        return Runs(self.spec, self.seed, self.budget)

    @cached_property
    def model(self) -> Model:
        """It with the learner's own weights, else with fresh ones."""
        model = build(self.spec, self.seed, budget=self.budget)
        if self.weights is not None:
            fill(model, self.weights)
        return model

    @cached_property
    def layers(self) -> tuple[Layer, ...]:
        """Its layers without the inputs."""
        return tuple(layer for layer in self.spec.layers if layer.kind != "InputLayer")

    @cached_property
    def folded(self) -> tuple[tuple[Layer, str], ...]:
        """Its layers, each with its activation: `Dense(6), Activation('relu')` is one layer with relu."""
        found: list[tuple[Layer, str]] = []
        for layer in self.layers:
            own = own_activation(layer)
            follows = bool(found) and layer.kind in ACTIVATION_LAYERS and found[-1][1] == "linear"
            if follows:
                found[-1] = (found[-1][0], own)
            else:
                found.append((layer, own))
        return tuple(found)


def fill(model: Model, weights: Sequence[npt.ArrayLike]) -> None:
    """Gives a network these weights; raises Unmet when they are not its own."""
    try:
        model.set_weights(weights)
    except ShapeError as error:
        raise Unmet(f"The weights do not fit the network. {error.message}", error.hint) from error
