"""Where Keras keeps the objects that a config names: the module of each, as it stands in JSON."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from engine.spec.catalogue import (
    CONSTRAINTS,
    INITIALIZERS,
    LOSSES,
    METRICS,
    OPTIMIZERS,
    REGULARIZERS,
    SCHEDULES,
)
from engine.spec.catalogue.items import ItemKind

ITEM_MODULES: Final[dict[str, Mapping[str, ItemKind]]] = {
    "keras.initializers": INITIALIZERS,
    "keras.regularizers": REGULARIZERS,
    "keras.constraints": CONSTRAINTS,
    "keras.optimizers": OPTIMIZERS,
    "keras.optimizers.schedules": SCHEDULES,
    "keras.losses": LOSSES,
    "keras.metrics": METRICS,
}
