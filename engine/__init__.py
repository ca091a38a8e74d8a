"""The engine: what a network is, read from text, run on NumPy, explained and graded. Knows nothing of the
web.

Everything that others need is a name of this package. Each is imported when it is first asked for, so that
reading a text does not pay for arithmetic, nor arithmetic for grading.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from engine.budget import INTERACTIVE, WORKER, Budget
    from engine.datasets import DATASETS, Dataset
    from engine.errors import (
        BudgetExceeded,
        CriteriaError,
        Diagnostic,
        Diverged,
        EngineError,
        ShapeError,
        SourceError,
        SpecError,
    )
    from engine.evaluation import Criterion, Report, criteria, evaluate, evaluate_spec, read_for
    from engine.explain import (
        BackwardTrace,
        Equivalence,
        Mistake,
        Symptom,
        Trace,
        diagnose,
        equivalent,
        mistakes,
        recognize,
        trace,
        trace_backward,
    )
    from engine.language import Reading, Row, parse, read, write
    from engine.nn import Model, build
    from engine.nn.activations import ACTIVATIONS
    from engine.nn.weight_files import read_weights, weights_from_json, weights_from_plain
    from engine.spec import Cost, Spec, estimate

_ROOMS: Final = {
    "engine.budget": ("INTERACTIVE", "WORKER", "Budget"),
    "engine.datasets": ("DATASETS", "Dataset"),
    "engine.errors": (
        "BudgetExceeded",
        "CriteriaError",
        "Diagnostic",
        "Diverged",
        "EngineError",
        "ShapeError",
        "SourceError",
        "SpecError",
    ),
    "engine.evaluation": ("Criterion", "Report", "criteria", "evaluate", "evaluate_spec", "read_for"),
    "engine.explain": (
        "BackwardTrace",
        "Equivalence",
        "Mistake",
        "Symptom",
        "Trace",
        "diagnose",
        "equivalent",
        "mistakes",
        "recognize",
        "trace",
        "trace_backward",
    ),
    "engine.language": ("Reading", "Row", "parse", "read", "write"),
    "engine.nn": ("Model", "build"),
    "engine.nn.activations": ("ACTIVATIONS",),
    "engine.nn.weight_files": ("read_weights", "weights_from_json", "weights_from_plain"),
    "engine.spec": ("Cost", "Spec", "estimate"),
}
_HOME: Final = {name: room for room, names in _ROOMS.items() for name in names}

__all__ = [
    "ACTIVATIONS",
    "DATASETS",
    "INTERACTIVE",
    "WORKER",
    "BackwardTrace",
    "Budget",
    "BudgetExceeded",
    "Cost",
    "CriteriaError",
    "Criterion",
    "Dataset",
    "Diagnostic",
    "Diverged",
    "EngineError",
    "Equivalence",
    "Mistake",
    "Model",
    "Reading",
    "Report",
    "Row",
    "ShapeError",
    "SourceError",
    "Spec",
    "SpecError",
    "Symptom",
    "Trace",
    "build",
    "criteria",
    "diagnose",
    "equivalent",
    "estimate",
    "evaluate",
    "evaluate_spec",
    "mistakes",
    "parse",
    "read",
    "read_for",
    "read_weights",
    "recognize",
    "trace",
    "trace_backward",
    "weights_from_json",
    "weights_from_plain",
    "write",
]


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module 'engine' has no attribute {name!r}")
    value = getattr(import_module(_HOME[name]), name)
    globals()[name] = value
    return value
