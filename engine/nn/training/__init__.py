"""Training: batches, an objective, steps downhill, and a history of how it went.

Who only asks for predictions does not load it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.rooms import opening

if TYPE_CHECKING:
    from engine.nn.training.settings import compile_settings, training_cost
    from engine.nn.training.trainer import History, OnEpoch, Trainer

__getattr__ = opening(
    __name__,
    {
        "engine.nn.training.settings": ("compile_settings", "training_cost"),
        "engine.nn.training.trainer": ("History", "OnEpoch", "Trainer"),
    },
)

__all__ = ["History", "OnEpoch", "Trainer", "compile_settings", "training_cost"]
