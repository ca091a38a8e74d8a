"""The arithmetic: networks that run and learn, on NumPy alone.

Read in this order: `arrays` (a step and its way back), `activations`, `layers`, `network`, `model`.
"""

from __future__ import annotations

from engine.nn.model import Model, build

__all__ = ["Model", "build"]
