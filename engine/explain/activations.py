"""Which activation a layer applies, however it is written."""

from __future__ import annotations

from typing import Final

from engine.spec import Item, Layer

ACTIVATION_LAYERS: Final = {
    "Activation": "",
    "ReLU": "relu",
    "LeakyReLU": "leaky_relu",
    "ELU": "elu",
    "PReLU": "prelu",
    "Softmax": "softmax",
}
"""Layers that are an activation and nothing else, with the activation's name."""


def own_activation(layer: Layer) -> str:
    """The name of the activation that a layer applies; 'linear' when it applies none."""
    if layer.kind in ACTIVATION_LAYERS and layer.kind != "Activation":
        return ACTIVATION_LAYERS[layer.kind]
    value = layer.config.get("activation")
    if isinstance(value, Item):
        return ACTIVATION_LAYERS.get(value.kind, value.kind)
    return value if isinstance(value, str) else "linear"
