"""Explanation: what a network did with a sample, and why, in numbers that people can follow."""

from __future__ import annotations

from engine.explain.backward import BackwardTrace, LayerGradients, WeightStep, trace_backward
from engine.explain.forward import LayerTrace, Trace, trace
from engine.explain.sums import Term

__all__ = [
    "BackwardTrace",
    "LayerGradients",
    "LayerTrace",
    "Term",
    "Trace",
    "WeightStep",
    "trace",
    "trace_backward",
]
