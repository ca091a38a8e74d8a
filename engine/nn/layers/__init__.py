"""The arithmetic of layers: one class for each kind that the catalogue declares."""

from __future__ import annotations

from typing import Final

from engine.nn.layers.base import Context, Layer, Masks, Parameter, Visit
from engine.nn.layers.core import Activation, Dense, Dropout, Flatten, InputLayer

LAYERS: Final[dict[str, type[Layer]]] = {
    layer.__name__: layer for layer in (InputLayer, Dense, Activation, Flatten, Dropout)
}
"""Every layer's arithmetic by its Keras class name."""

__all__ = ["LAYERS", "Context", "Layer", "Masks", "Parameter", "Visit"]
