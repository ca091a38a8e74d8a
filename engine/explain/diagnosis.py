"""Diagnosis: what is the matter with a network, told with its numbers, where it is, and what to do."""

from __future__ import annotations

from typing import Any

import numpy as np

from engine.budget import Budget
from engine.explain.checks import CHECKS
from engine.explain.sample import exact
from engine.explain.symptoms import Examined, Symptom
from engine.nn.layers import Context, Visit
from engine.nn.model import Model
from engine.spec import estimate


def diagnose(model: Model, x: Any, budget: Budget | None = None) -> tuple[Symptom, ...]:
    """What is the matter with a model as it is now, looking at samples x (batch, ...); nothing is changed.

    What concerns single units is told only of two samples or more. Raises ShapeError, and BudgetExceeded
    when one pass costs more than `budget` allows.
    """
    follower = exact(model)
    arrays = follower.take(x)
    if budget is not None:
        budget.check(estimate(model.spec, len(arrays[0])))
    visits: list[Visit] = []
    with np.errstate(all="ignore"):
        outputs, _ = follower.run(arrays, Context(visits=visits))
        seen = Examined(model, arrays, tuple(visits), outputs)
        found = [symptom for check in CHECKS.values() for symptom in check(seen)]
    order = {name: place for place, name in enumerate(layer.name for layer in model.layers)}
    return tuple(sorted(found, key=lambda symptom: order.get(symptom.layer or "", len(order))))
