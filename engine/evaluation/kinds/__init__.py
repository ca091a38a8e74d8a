"""Every kind of criterion, one entry each."""

from __future__ import annotations

from typing import Final

from engine.evaluation.kinds.architecture import ARCHITECTURE
from engine.evaluation.kinds.base import Kind

KINDS: Final[dict[str, Kind]] = {kind.name: kind for kind in ARCHITECTURE}
"""The name in an author's TOML -> what it means."""

__all__ = ["KINDS", "Kind"]
