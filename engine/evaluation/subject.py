"""What is graded: a network that was read, with what can be known of it, worked out once."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from engine.budget import Budget
from engine.explain.activations import ACTIVATION_LAYERS, own_activation
from engine.spec import Cost, Layer, Spec, estimate


@dataclass(frozen=True)
class Subject:
    """A learner's network under grading. `seed` fixes everything random about it."""

    spec: Spec
    seed: int = 0
    budget: Budget | None = None

    @cached_property
    def cost(self) -> Cost:
        """Its static cost for one sample."""
        return estimate(self.spec)

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
