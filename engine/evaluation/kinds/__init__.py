"""Every kind of criterion, one entry each."""

from __future__ import annotations

from typing import Final

from engine.evaluation.kinds.architecture import ARCHITECTURE
from engine.evaluation.kinds.base import Kind
from engine.evaluation.kinds.behavior import BEHAVIOR
from engine.evaluation.kinds.limits import LIMITS
from engine.evaluation.kinds.robustness import ROBUSTNESS
from engine.evaluation.kinds.training import TRAINING_KINDS

KINDS: Final[dict[str, Kind]] = {
    kind.name: kind for kind in (*ARCHITECTURE, *LIMITS, *BEHAVIOR, *TRAINING_KINDS, *ROBUSTNESS)
}
"""The name in an author's TOML -> what it means."""

__all__ = ["KINDS", "Kind"]
