"""What the engine has understood of a text, as a page shows it: findings, layers with their sums, a sentence.

Reading allocates nothing, so every text up to the reading ceiling may pass here while somebody types.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import engine
from course.figures.diagram import Diagram, DiagramLayer, diagram
from labs.layers import LayerRow, layer_rows, total

MOST_FINDINGS = 3
NOT_SPENT = "No attempt has been spent."


@dataclass(frozen=True)
class Understanding:
    """`findings` are the first diagnostics, `more` counts the others; what `is_readable` can be handed in."""

    is_readable: bool
    findings: Sequence[Mapping[str, Any]]
    more: int
    notes: Sequence[Mapping[str, Any]]
    rows: Sequence[LayerRow]
    total: str
    diagram: Diagram | None
    cost: str
    spec: Any

    @property
    def why(self) -> str:
        """The sentence beside Submit."""
        if self.is_readable:
            return "Read to the end."
        return f"Submit opens when line {self.findings[0]['line']} can be read. {NOT_SPENT}"

    @property
    def spoken(self) -> str:
        """One sentence for those who hear the page."""
        if self.is_readable:
            return f"Read: {len(self.rows)} layers, {self.total} parameters."
        first = self.findings[0]
        return f"Line {first['line']}, column {first['column']}: {first['message']} {first['hint']}".strip()


def understand(source: str) -> Understanding:
    """Reads `source`; whatever it is, something can be said about it."""
    reading = engine.read(source)
    findings = [diagnostic.to_dict() for diagnostic in reading.diagnostics]
    rows = layer_rows(reading)
    return Understanding(
        is_readable=reading.spec is not None,
        findings=findings[:MOST_FINDINGS],
        more=max(0, len(findings) - MOST_FINDINGS),
        notes=[note.to_dict() for note in reading.notes],
        rows=rows,
        total=total(rows),
        diagram=_diagram(rows),
        cost=_cost(reading.spec),
        spec=reading.spec,
    )


def mended(source: str, which: str) -> str:
    """`source` with the fix of finding number `which` in its place; unchanged when there is no such fix."""
    findings = engine.read(source).diagnostics
    finding = findings[int(which)] if which.isdecimal() and int(which) < len(findings) else None
    if finding is None or finding.fix is None:
        return source
    lines = source.split("\n")
    before = "\n".join([*lines[: finding.line - 1], lines[finding.line - 1][: finding.column - 1]])
    after = "\n".join([lines[finding.end_line - 1][finding.end_column - 1 :], *lines[finding.end_line :]])
    return f"{before}{finding.fix}{after}"


def _diagram(rows: Sequence[LayerRow]) -> Diagram | None:
    columns = [DiagramLayer(row.units, row.output, row.about, row.is_gap) for row in rows]
    return diagram(columns) if columns else None


def _cost(spec: Any) -> str:
    return f"{engine.estimate(spec).flops:,} operations" if spec is not None else ""
