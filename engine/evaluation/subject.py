"""What is graded: a network that was read, with what can be known of it, worked out once."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Final

from engine.budget import Budget
from engine.spec import Cost, Item, Layer, Spec, estimate

ACTIVATION_LAYERS: Final = {
    "Activation": "",
    "ReLU": "relu",
    "LeakyReLU": "leaky_relu",
    "ELU": "elu",
    "PReLU": "prelu",
    "Softmax": "softmax",
}
"""Layers that are an activation and nothing else, with the activation's name."""


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


def own_activation(layer: Layer) -> str:
    """The name of the activation that a layer applies; 'linear' when it applies none."""
    if layer.kind in ACTIVATION_LAYERS and layer.kind != "Activation":
        return ACTIVATION_LAYERS[layer.kind]
    value = layer.config.get("activation")
    if isinstance(value, Item):
        return ACTIVATION_LAYERS.get(value.kind, value.kind)
    return value if isinstance(value, str) else "linear"
