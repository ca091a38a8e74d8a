"""Training: batches, an objective, steps downhill, and a history of how it went."""

from __future__ import annotations

from engine.nn.training.trainer import History, OnEpoch, Trainer

__all__ = ["History", "OnEpoch", "Trainer"]
