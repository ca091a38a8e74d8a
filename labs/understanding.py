"""What the engine has understood of a text, as a page shows it: findings, layers with their sums, a sentence.

Reading allocates nothing, so every text up to the reading ceiling may pass here while somebody types.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import engine
from course.figures.diagram import Diagram, DiagramLayer, diagram
from labs.layers import LayerRow, layer_rows, total

MOST_FINDINGS = 3
MOST_NOTES = 5
NOT_SPENT = "No attempt has been spent."


@dataclass(frozen=True)
class Understanding:
    """`findings` are the first diagnostics, `more` counts the others; what `is_readable` can be handed in."""

    reading: engine.Reading
    findings: Sequence[engine.Diagnostic]
    more: int
    notes: Sequence[engine.Diagnostic]
    rows: Sequence[LayerRow]
    total: str
    diagram: Diagram | None
    cost: engine.Cost | None

    @property
    def is_readable(self) -> bool:
        return self.reading.spec is not None

    @property
    def table(self) -> list[LayerRow]:
        """The rows of the table: the input has nothing to learn and stands in the diagram alone."""
        return [row for row in self.rows if not row.is_input]

    @property
    def spoken(self) -> str:
        """One sentence for those who hear the page."""
        if self.is_readable:
            layers = len(self.table)
            return f"Read: {layers} layer{'' if layers == 1 else 's'}, {self.total} parameters."
        first = self.findings[0]
        return f"Line {first.line}, column {first.column}: {first.message}"


def understand(source: str, asked: Sequence[engine.Criterion] = ()) -> Understanding:
    """Reads `source`; whatever it is, something can be said about it. What it leaves open, the data sets of
    what is `asked` say.
    """
    reading = engine.read_for(source, asked)
    rows = layer_rows(reading)
    return Understanding(
        reading=reading,
        findings=reading.diagnostics[:MOST_FINDINGS],
        more=max(0, len(reading.diagnostics) - MOST_FINDINGS),
        notes=reading.notes[:MOST_NOTES],
        rows=rows,
        total=total(rows),
        diagram=_diagram(rows),
        cost=engine.estimate(reading.spec) if reading.spec is not None else None,
    )


def mended(source: str, which: str, asked: Sequence[engine.Criterion] = ()) -> str:
    """`source` with the fix of finding number `which` in its place; unchanged when there is no such fix."""
    findings = engine.read_for(source, asked).diagnostics
    named = {str(place): finding for place, finding in enumerate(findings)}
    finding = named.get(which)
    if finding is None or finding.fix is None:
        return source
    lines = source.split("\n")
    before = "\n".join([*lines[: finding.line - 1], lines[finding.line - 1][: finding.column - 1]])
    after = "\n".join([lines[finding.end_line - 1][finding.end_column - 1 :], *lines[finding.end_line :]])
    return f"{before}{finding.fix}{after}"


def _diagram(rows: Sequence[LayerRow]) -> Diagram | None:
    columns = [
        DiagramLayer(row.units, row.label, "input" if row.is_input else f"line {row.line}", row.is_gap)
        for row in rows
    ]
    return diagram(columns) if columns else None
