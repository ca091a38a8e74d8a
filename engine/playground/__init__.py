"""A small network that learns points of the plane, as TensorFlow Playground does it: the same seeded points,
the same first weights, the same steps. A run can be stopped anywhere, carried as bytes, and gone on with.
"""

from __future__ import annotations

from engine.playground.own import OWN
from engine.playground.pair import Pair, resume_pair, start_pair
from engine.playground.points import CLASSIFICATION, REGRESSION, Points
from engine.playground.run import Moment, Run, resume, start
from engine.playground.settings import ACTIVATIONS, FEATURES, LOSSES, OPTIMIZERS, REGULARIZATIONS, Settings

__all__ = [
    "ACTIVATIONS",
    "CLASSIFICATION",
    "FEATURES",
    "LOSSES",
    "OPTIMIZERS",
    "OWN",
    "REGRESSION",
    "REGULARIZATIONS",
    "Moment",
    "Pair",
    "Points",
    "Run",
    "Settings",
    "resume",
    "resume_pair",
    "start",
    "start_pair",
]
