"""Evaluation: criteria as data, a report with a reason for every point."""

from __future__ import annotations

from engine.evaluation.authoring import Criterion, criteria
from engine.evaluation.glancing import Glance, glance
from engine.evaluation.grading import evaluate, evaluate_spec
from engine.evaluation.holes import read_for
from engine.evaluation.needs import needed_bytes
from engine.evaluation.report import Report, Row

__all__ = [
    "Criterion",
    "Glance",
    "Report",
    "Row",
    "criteria",
    "evaluate",
    "evaluate_spec",
    "glance",
    "needed_bytes",
    "read_for",
]
