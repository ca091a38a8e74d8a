"""Regularizers, which add a price for large weights to the loss, and constraints, which forbid them
outright.
"""

from __future__ import annotations

from typing import Final

from engine.spec.arguments import Argument, Choice, Real, Sizes, Whole
from engine.spec.catalogue.items import ItemKind, Named, registry
from engine.spec.composites import Either

REGULARIZERS: Final = registry(
    ItemKind("L1", "l1 * sum(abs(w)).", (Argument("l1", Real(least=0.0), 0.01, "The factor."),)),
    ItemKind("L2", "l2 * sum(w * w).", (Argument("l2", Real(least=0.0), 0.01, "The factor."),)),
    ItemKind(
        "L1L2",
        "Both at once.",
        (
            Argument("l1", Real(least=0.0), 0.0, "The factor of sum(abs(w))."),
            Argument("l2", Real(least=0.0), 0.0, "The factor of sum(w * w)."),
        ),
        ("l1_l2", "l1l2"),
    ),
    ItemKind(
        "OrthogonalRegularizer",
        "A price for rows or columns that are not orthogonal.",
        (
            Argument("factor", Real(), 0.01, "The factor."),
            Argument("mode", Choice(("rows", "columns")), "rows", "Which of them shall be orthogonal."),
        ),
    ),
)

AXIS: Final = Argument("axis", Either((Whole(-8, 8), Sizes(2, 0), Sizes(3, 0))), 0, "The axis of the norm.")

CONSTRAINTS: Final = registry(
    ItemKind(
        "MaxNorm", "Norms of at most max_value.", (Argument("max_value", Real(), 2.0, "The bound."), AXIS)
    ),
    ItemKind("NonNeg", "No weight below 0.", (), ("nonneg",)),
    ItemKind("UnitNorm", "Norms of exactly 1.", (AXIS,)),
    ItemKind(
        "MinMaxNorm",
        "Norms between two bounds.",
        (
            Argument("min_value", Real(), 0.0, "The lower bound."),
            Argument("max_value", Real(), 1.0, "The upper bound."),
            Argument("rate", Real(), 1.0, "How much of the way to go in one step."),
            AXIS,
        ),
    ),
)

REGULARIZER: Final = Named("a regularizer", REGULARIZERS, none=True)
CONSTRAINT: Final = Named("a constraint", CONSTRAINTS, none=True)
