"""Spellings of Keras 1 and 2 and what they are called today."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

LAYERS: Final[Mapping[str, str]] = {}
"""Old class names of layers."""

ITEMS: Final[Mapping[str, str]] = {
    "AdamOptimizer": "Adam",
    "GradientDescentOptimizer": "SGD",
    "maxnorm": "MaxNorm",
    "nonneg": "NonNeg",
    "unitnorm": "UnitNorm",
}
"""Old names of initializers, optimizers and the like."""

ARGUMENTS: Final[Mapping[str, Mapping[str, str]]] = {
    "Dense": {
        "output_dim": "units",
        "init": "kernel_initializer",
        "W_regularizer": "kernel_regularizer",
        "b_regularizer": "bias_regularizer",
        "W_constraint": "kernel_constraint",
        "b_constraint": "bias_constraint",
        "bias": "use_bias",
    },
    "Dropout": {"p": "rate"},
    "InputLayer": {"input_shape": "shape", "batch_input_shape": "batch_shape", "input_dtype": "dtype"},
}
"""Old argument names of layers."""

ITEM_ARGUMENTS: Final[Mapping[str, str]] = {"lr": "learning_rate", "l": "l2"}
"""Old argument names of optimizers and regularizers."""
