"""The engine: what a network is, read from text, run on NumPy, explained and graded. Knows nothing of the
web.

Everything that others need is a name of this package. Each is imported when it is first asked for, so that
reading a text does not pay for arithmetic, nor arithmetic for grading.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from engine.rooms import opening

if TYPE_CHECKING:
    from engine.budget import INTERACTIVE, WORKER, Budget
    from engine.datasets import DATASETS, Dataset
    from engine.errors import (
        BudgetExceeded,
        CriteriaError,
        DatasetMissing,
        Diagnostic,
        Diverged,
        EngineError,
        ShapeError,
        SourceError,
        SpecError,
    )
    from engine.evaluation import (
        Criterion,
        Glance,
        Report,
        criteria,
        evaluate,
        evaluate_spec,
        glance,
        needed_bytes,
        read_for,
    )
    from engine.explain import (
        BackwardTrace,
        Divergence,
        Equivalence,
        Mistake,
        Symptom,
        Trace,
        diagnose,
        diverging,
        equivalent,
        mistakes,
        recognize,
        trace,
        trace_backward,
    )
    from engine.explain.along import loss_along
    from engine.language import Reading, Row, parse, read
    from engine.language.writer import write
    from engine.nn import Model, build
    from engine.nn.activations import ACTIVATIONS
    from engine.nn.weight_files import read_weights, weights_from_json, weights_from_plain
    from engine.spec import Cost, Spec, estimate
    from engine.version import VERSION

_ROOMS: Final = {
    "engine.budget": ("INTERACTIVE", "WORKER", "Budget"),
    "engine.datasets": ("DATASETS", "Dataset"),
    "engine.errors": (
        "BudgetExceeded",
        "CriteriaError",
        "DatasetMissing",
        "Diagnostic",
        "Diverged",
        "EngineError",
        "ShapeError",
        "SourceError",
        "SpecError",
    ),
    "engine.evaluation": (
        "Criterion",
        "Glance",
        "Report",
        "criteria",
        "evaluate",
        "evaluate_spec",
        "glance",
        "needed_bytes",
        "read_for",
    ),
    "engine.explain": (
        "BackwardTrace",
        "Divergence",
        "Equivalence",
        "Mistake",
        "Symptom",
        "Trace",
        "diagnose",
        "diverging",
        "equivalent",
        "mistakes",
        "recognize",
        "trace",
        "trace_backward",
    ),
    "engine.explain.along": ("loss_along",),
    "engine.language": ("Reading", "Row", "parse", "read"),
    "engine.language.writer": ("write",),
    "engine.nn": ("Model", "build"),
    "engine.nn.activations": ("ACTIVATIONS",),
    "engine.nn.weight_files": ("read_weights", "weights_from_json", "weights_from_plain"),
    "engine.spec": ("Cost", "Spec", "estimate"),
    "engine.version": ("VERSION",),
}
__getattr__ = opening(__name__, _ROOMS)

__all__ = [
    "ACTIVATIONS",
    "DATASETS",
    "INTERACTIVE",
    "VERSION",
    "WORKER",
    "BackwardTrace",
    "Budget",
    "BudgetExceeded",
    "Cost",
    "CriteriaError",
    "Criterion",
    "Dataset",
    "DatasetMissing",
    "Diagnostic",
    "Diverged",
    "Divergence",
    "EngineError",
    "Equivalence",
    "Glance",
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
    "diverging",
    "equivalent",
    "estimate",
    "evaluate",
    "evaluate_spec",
    "glance",
    "loss_along",
    "mistakes",
    "needed_bytes",
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
