"""A network as its author wrote it in Keras: drawn as columns, with shapes and parameters layer by layer.

The block holds the text itself; a comment on its first line is the figure's title. Nothing may be open in it:
a gap or a mistake is the author's to mend, with its line.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import engine
from course.figures.blocks import MAX_TITLE
from course.figures.diagram import MARGIN, WIDTH, Diagram, DiagramLayer, diagram
from course.figures.document import NetworkDocument
from course.figures.errors import FigureError

MOST_LAYERS = 24
CHARACTER = 6.2  # about how wide a character is below the drawing


@dataclass(frozen=True)
class LayerRow:
    """One layer: what is set in it, what shape it gives, and how many numbers it learns, counted."""

    kind: str
    summary: str
    shape: str
    parameters: str
    count: str


@dataclass(frozen=True)
class Settings:
    title: str
    rows: tuple[LayerRow, ...]
    diagram: Diagram
    parameters: int


@dataclass(frozen=True)
class View:
    title: str
    sentence: str
    rows: tuple[LayerRow, ...]
    diagram: Diagram
    total: str
    notices: tuple[str, ...] = ()
    data: None = None


def read(body: str, document: NetworkDocument | None) -> Settings:
    """The network of a block. Raises FigureError with the line of every mistake and every gap."""
    reading = engine.read(body)
    if reading.spec is None:
        first, *others = [(one.line, f"{one.message} {one.hint}".strip()) for one in reading.diagnostics]
        raise FigureError(first[1], first[0], others)
    if len(reading.layers) > MOST_LAYERS:
        raise FigureError(
            f"The figure shows up to {MOST_LAYERS} layers; this network has {len(reading.layers)}."
        )
    if not _is_chain(reading.spec):
        raise FigureError("The figure draws layers one after another; this network branches.")
    rows = [row for row in reading.layers if row.kind != "InputLayer"]
    if not rows:
        raise FigureError("The network has no layer besides its input. Add one, such as layers.Dense(4).")
    columns = [_input(rows[0]), *(_column(row) for row in rows)]
    total = engine.estimate(reading.spec).parameters
    title = _title(body) or f"{len(rows)} layer{'' if len(rows) == 1 else 's'}, {total:,} parameters"
    return Settings(title, _rows(rows), diagram(_named(columns)), total)


def show(settings: Settings, query: Mapping[str, str], name: str) -> View:
    """The drawing and the rows; a reader has nothing to choose."""
    shapes = [row.shape for row in settings.rows]
    count = len(settings.rows)
    return View(
        title=settings.title,
        sentence=(
            f"{count} layer{'' if count == 1 else 's'} with {settings.parameters:,} parameters; "
            f"the last one gives {shapes[-1]} numbers for each sample."
        ),
        rows=settings.rows,
        diagram=settings.diagram,
        total=f"{settings.parameters:,}",
    )


def _title(body: str) -> str:
    first = body.lstrip().partition("\n")[0]
    return first.lstrip("# ").strip()[:MAX_TITLE] if first.startswith("#") else ""


def _is_chain(spec: engine.Spec) -> bool:
    """Whether each layer reads the one before, and nothing else."""
    reads = [[tensor.call for tensor in call.tensors()] for call in spec.calls]
    return reads == [[n - 1] if n else [] for n in range(len(reads))]


def _input(row: engine.Row) -> DiagramLayer:
    return DiagramLayer(_vector(row.input_shape), _label(row.input_shape), "input")


def _column(row: engine.Row) -> DiagramLayer:
    return DiagramLayer(_vector(row.output_shape), _label(row.output_shape), row.kind)


def _named(columns: Sequence[DiagramLayer]) -> list[DiagramLayer]:
    """The columns with the names for which there is room beside their neighbors' names."""
    room = 2 * (WIDTH - 2 * MARGIN) / (len(columns) - 1) / CHARACTER
    names = [one.note if len(one.note) <= 2 * MARGIN / CHARACTER else "" for one in columns]
    beside = zip(["", *names], names, [*names[1:], ""], strict=False)
    return [
        replace(column, note=here if len(here) + max(len(before), len(after)) <= room else "")
        for column, (before, here, after) in zip(columns, beside, strict=True)
    ]


def _rows(rows: Sequence[engine.Row]) -> tuple[LayerRow, ...]:
    before = [row.output_shape for row in rows]
    arriving = [rows[0].input_shape, *before[:-1]]
    return tuple(_row(row, shape) for row, shape in zip(rows, arriving, strict=True))


def _row(row: engine.Row, arriving: tuple[int | None, ...] | None) -> LayerRow:
    shape = _label(row.output_shape).replace("×", " × ")
    return LayerRow(row.kind, row.summary, shape, f"{row.parameters or 0:,}", _count(row, arriving))


def _count(row: engine.Row, arriving: tuple[int | None, ...] | None) -> str:
    """How a Dense layer's parameters come about: one weight per input and unit, one bias per unit."""
    if row.kind != "Dense" or not arriving or not row.output_shape:
        return ""
    inputs, units = arriving[-1] or 0, row.output_shape[-1] or 0
    return f"{inputs} × {units}" + (f" + {units}" if row.parameters == (inputs + 1) * units else "")


def _vector(shape: tuple[int | None, ...] | None) -> int | None:
    return shape[1] if shape and len(shape) == 2 else None


def _label(shape: tuple[int | None, ...] | None) -> str:
    return "×".join("any" if size is None else str(size) for size in (shape or ())[1:])
