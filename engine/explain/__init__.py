"""Explanation: what a network did with a sample, and why, in numbers that people can follow."""

from __future__ import annotations

from engine.explain.sums import Term
from engine.explain.forward import LayerTrace, Trace, trace

__all__ = ["LayerTrace", "Term", "Trace", "trace"]
