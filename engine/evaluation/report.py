"""What came of grading a network: one row per criterion, each with points and a reason.

The JSON form is `{"v": 1, "engine", "verdict", "passed", "points", "possible", "seed", "rows": [...],
"diagnostics": [...]}`, "engine" its version; a row is `{"id", "kind", "title", "points", "earned", "verdict",
"reason", "try", "value", "limit", "evidence"}`, a diagnostic the fields of `engine.errors.Diagnostic`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, Literal, TypeAlias

from engine.errors import Diagnostic, EngineError
from engine.spec.strict_json import Plain
from engine.version import VERSION as ENGINE

VERSION: Final = 1

RowVerdict: TypeAlias = Literal["met", "not yet"]
Verdict: TypeAlias = Literal["passed", "not yet", "invalid"]


@dataclass(frozen=True, slots=True)
class Finding:
    """What a criterion finds in a network.

    `share` is the part of the points that is earned; only 1.0 meets the criterion. `reason` is a sentence
    with the learner's own numbers. `advice` says what to do next and is empty when nothing is left to do.
    `value` and `limit` are short strings for the margin: '124' and 'allowed 124'. `evidence` is plain data
    behind the reason, for tables and plots.
    """

    share: float
    reason: str
    advice: str = ""
    value: str = ""
    limit: str = ""
    evidence: Mapping[str, Plain] = field(default_factory=dict)


class Unmet(EngineError):  # noqa: N818 - no error: a criterion that cannot be met, and why
    """A network that a criterion cannot even be tried on: no points, the reason, and what to do."""

    def __init__(self, reason: str, advice: str = "") -> None:
        self.reason, self.advice = reason, advice
        super().__init__(f"{reason} {advice}" if advice else reason)


@dataclass(frozen=True, slots=True)
class Row:
    """One criterion's result."""

    id: str
    kind: str
    title: str
    points: float
    earned: float
    verdict: RowVerdict
    reason: str
    advice: str
    value: str
    limit: str
    evidence: Mapping[str, Plain]

    def to_dict(self) -> dict[str, Plain]:
        """Plain JSON values; the advice stands under 'try'."""
        return {
            "id": self.id,
            "kind": self.kind,
            "title": self.title,
            "points": self.points,
            "earned": self.earned,
            "verdict": self.verdict,
            "reason": self.reason,
            "try": self.advice,
            "value": self.value,
            "limit": self.limit,
            "evidence": dict(self.evidence),
        }


@dataclass(frozen=True, slots=True)
class Report:
    """The result of `evaluate`. A text that could not be read has diagnostics and no rows."""

    rows: tuple[Row, ...]
    possible: float
    seed: int
    diagnostics: tuple[Diagnostic, ...] = ()

    @property
    def points(self) -> float:
        """The points earned, of `possible`."""
        return tidy(sum(row.earned for row in self.rows))

    @property
    def passed(self) -> bool:
        """Whether the text was read and every criterion is met."""
        return self.verdict == "passed"

    @property
    def verdict(self) -> Verdict:
        if self.diagnostics:
            return "invalid"
        return "passed" if all(row.verdict == "met" for row in self.rows) else "not yet"

    def to_dict(self) -> dict[str, Plain]:
        """Plain JSON values."""
        return {
            "v": VERSION,
            "engine": ENGINE,
            "verdict": self.verdict,
            "passed": self.passed,
            "points": self.points,
            "possible": self.possible,
            "seed": self.seed,
            "rows": [row.to_dict() for row in self.rows],
            "diagnostics": [dict(diagnostic.to_dict()) for diagnostic in self.diagnostics],
        }

    def to_json(self) -> str:
        """The same as JSON text, without NaN or Infinity."""
        return json.dumps(self.to_dict(), allow_nan=False)


def tidy(points: float) -> float:
    """Points to two decimals, whole ones as whole numbers."""
    rounded = round(points, 2)
    return int(rounded) if rounded == int(rounded) else rounded
