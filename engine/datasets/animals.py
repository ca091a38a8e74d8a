"""Cats, dogs, llamas and lizards, rated by eight features: near the lesson's prototypes, but no two alike."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any, Final

import numpy as np

from engine.datasets.base import Drawn, Numbers, Random, balanced

_KNOWN: Final[dict[str, Any]] = tomllib.loads((Path(__file__).parent / "animals.toml").read_text("utf-8"))
FEATURES: Final = tuple(_KNOWN["features"])
CLASSES: Final = tuple(_KNOWN["prototypes"])
PROTOTYPES: Final = np.array(list(_KNOWN["prototypes"].values()), np.float32)
"""One row per class, ratings 0 to 2."""

SPREAD: Final = 0.4


def animals(random: Random, count: int) -> tuple[Numbers, Numbers]:
    """Prototypes, every rating a little off, in halves from 0 to 2."""
    y = balanced(count, len(PROTOTYPES))
    rated = PROTOTYPES[y] + random.normal(0, SPREAD, (count, len(FEATURES)))
    return np.clip(np.round(2 * rated) / 2, 0, 2), y


ANIMALS: Final = (
    Drawn(
        "animals", "Four animals by eight ratings from 0 to 2, the ones of the lesson on layers.",
        FEATURES, (len(FEATURES),), animals, classes=CLASSES,
    ),
)  # fmt: skip
