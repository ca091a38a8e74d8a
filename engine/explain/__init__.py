"""Explanation: what a network did with a sample, and why, in numbers that people can follow."""

from __future__ import annotations

from engine.explain.backward import BackwardTrace, LayerGradients, WeightStep, trace_backward
from engine.explain.diagnosis import diagnose
from engine.explain.divergence import Divergence, diverging
from engine.explain.equivalence import Counterexample, Equivalence, equivalent
from engine.explain.forward import LayerTrace, Trace, trace
from engine.explain.misconceptions import (
    Mistake,
    distinct,
    gradient_mistakes,
    loss_mistakes,
    mistakes,
    recognize,
    step_mistakes,
)
from engine.explain.sums import Term
from engine.explain.symptoms import Symptom

__all__ = [
    "BackwardTrace",
    "Counterexample",
    "Divergence",
    "Equivalence",
    "LayerGradients",
    "LayerTrace",
    "Mistake",
    "Symptom",
    "Term",
    "Trace",
    "WeightStep",
    "diagnose",
    "distinct",
    "diverging",
    "equivalent",
    "gradient_mistakes",
    "loss_mistakes",
    "mistakes",
    "recognize",
    "step_mistakes",
    "trace",
    "trace_backward",
]
