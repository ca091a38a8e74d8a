"""The catalogue: every layer and configured object the engine knows, declared once.

Reader, JSON reader, estimate, documentation and arithmetic all read it. A new layer is one entry here and one
class in `engine.nn.layers`.
"""

from __future__ import annotations

from typing import Final

from engine.spec.catalogue.activation_layers import ACTIVATION_LAYERS
from engine.spec.catalogue.activations import ACTIVATIONS
from engine.spec.catalogue.attention import ATTENTION
from engine.spec.catalogue.convolution import CONVOLUTION
from engine.spec.catalogue.convolution_variants import CONVOLUTION_VARIANTS
from engine.spec.catalogue.core import CORE
from engine.spec.catalogue.embedding import EMBEDDING
from engine.spec.catalogue.initializers import INITIALIZERS
from engine.spec.catalogue.kinds import Arity, LayerKind, Misfit, Weight, Work, volume
from engine.spec.catalogue.losses import LOSSES
from engine.spec.catalogue.merging import MERGING
from engine.spec.catalogue.metrics import METRICS
from engine.spec.catalogue.noise import NOISE
from engine.spec.catalogue.normalization import NORMALIZATION
from engine.spec.catalogue.optimizers import OPTIMIZERS, SCHEDULES
from engine.spec.catalogue.penalties import CONSTRAINTS, REGULARIZERS
from engine.spec.catalogue.pooling import POOLING
from engine.spec.catalogue.recurrent import RECURRENT
from engine.spec.catalogue.reshaping import RESHAPING
from engine.spec.catalogue.wrappers import time_distributed

LAYERS: Final[dict[str, LayerKind]] = {
    kind.name: kind
    for kind in (
        *CORE,
        *CONVOLUTION,
        *CONVOLUTION_VARIANTS,
        *POOLING,
        *EMBEDDING,
        *RECURRENT,
        *NORMALIZATION,
        *NOISE,
        *RESHAPING,
        *ACTIVATION_LAYERS,
        *MERGING,
        *ATTENTION,
    )
}
LAYERS["TimeDistributed"] = time_distributed(LAYERS)
"""Every kind of layer by Keras's class name."""

LAYER_SPELLINGS: Final[dict[str, str]] = {
    spelling: kind.name for kind in LAYERS.values() for spelling in (kind.name, *kind.aliases)
}

__all__ = [
    "ACTIVATIONS",
    "CONSTRAINTS",
    "INITIALIZERS",
    "LAYERS",
    "LAYER_SPELLINGS",
    "LOSSES",
    "METRICS",
    "OPTIMIZERS",
    "REGULARIZERS",
    "SCHEDULES",
    "Arity",
    "LayerKind",
    "Misfit",
    "Weight",
    "Work",
    "volume",
]
