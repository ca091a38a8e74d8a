"""The architecture alone: layers as columns of dots, every line a weight that exists, gaps left open.

For the lab's live view and the mark of a course. A layer that could not be read is a dashed gap with a
question mark, never a guess; a layer that is not a plain vector is a block with its shape.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

WIDTH, MIDDLE, TALL = 340, 92, 216
NOTE_Y, NOTE_LINE, NOTE_LETTER = 210, 13, 7.6  # notes that would touch stand in two lines by turns
MARGIN, PITCH, RADIUS = 44, 22, 8
MOST_DOTS = 8  # what fits a column; larger layers show their ends and an ellipsis, which needs an odd number
SHORTENED_DOTS = 7
MOST_COLUMNS = 7
NOTED_COLUMNS = 5  # more columns leave no room for the small second line


@dataclass(frozen=True)
class DiagramLayer:
    """One layer as far as it is known.

    units: the size of a plain vector, else None. label: what stands below ("6", "28×28×32", "?"). note: the
    small second line ("line 5", "relu"). is_gap: the layer could not be read.
    """

    units: int | None
    label: str
    note: str = ""
    is_gap: bool = False


@dataclass(frozen=True)
class Dot:
    x: float
    y: float


@dataclass(frozen=True)
class Wire:
    x1: float
    y1: float
    x2: float
    y2: float


@dataclass(frozen=True)
class DiagramColumn:
    """One column: dots, or a block, or a gap. `ellipsis` are the three small dots of a shortened layer."""

    layer: DiagramLayer
    x: float
    dots: tuple[Dot, ...]
    ellipsis: tuple[Dot, ...]
    note_y: int = NOTE_Y

    @property
    def is_block(self) -> bool:
        return not self.dots and not self.layer.is_gap

    @property
    def left(self) -> float:
        return round(self.x - 20, 1)

    @property
    def has_note(self) -> bool:
        return bool(self.layer.note)


@dataclass(frozen=True)
class Diagram:
    """What templates/course/figures/_diagram.html draws."""

    label: str
    columns: tuple[DiagramColumn, ...]
    wires: tuple[Wire, ...]
    width: int = WIDTH
    height: int = TALL
    radius: int = RADIUS


def diagram(layers: Iterable[DiagramLayer]) -> Diagram:
    """Draw layers, the input first. More than seven are shortened in the middle; the label names them all."""
    known = list(layers)
    shown = _shortened(known)
    places = _across(len(shown))
    columns = [_column(layer, x) for layer, x in zip(shown, places, strict=True)]
    wires = [wire for left, right in pairwise(columns) for wire in _wires(left, right)]
    is_crowded = any(_touch(left, right) for left, right in pairwise(columns))
    if is_crowded:
        columns = [replace(one, note_y=NOTE_Y + k % 2 * NOTE_LINE) for k, one in enumerate(columns)]
    names = ", ".join("one that could not be read" if layer.is_gap else layer.label for layer in known)
    return Diagram(
        f"Layers: {names}." if names else "No layers yet.",
        tuple(columns),
        tuple(wires),
        height=TALL + is_crowded * NOTE_LINE,
    )


def _touch(left: DiagramColumn, right: DiagramColumn) -> bool:
    """Whether the notes below two neighbors would run into each other."""
    return (len(left.layer.note) + len(right.layer.note)) / 2 * NOTE_LETTER > right.x - left.x


def _shortened(layers: Sequence[DiagramLayer]) -> list[DiagramLayer]:
    if len(layers) > MOST_COLUMNS:
        side = MOST_COLUMNS // 2
        hidden = DiagramLayer(None, f"{len(layers) - 2 * side} more")
        layers = [*layers[:side], hidden, *layers[-side:]]
    if len(layers) > NOTED_COLUMNS:
        return [DiagramLayer(layer.units, layer.label, "", layer.is_gap) for layer in layers]
    return list(layers)


def _across(count: int) -> list[float]:
    if count == 1:
        return [WIDTH / 2]
    return [round(MARGIN + k * (WIDTH - 2 * MARGIN) / (count - 1), 1) for k in range(count)]


def _column(layer: DiagramLayer, x: float) -> DiagramColumn:
    if layer.units is None or layer.is_gap:
        return DiagramColumn(layer, x, (), ())
    rows = layer.units if layer.units <= MOST_DOTS else SHORTENED_DOTS
    ys = [round(MIDDLE + (i - (rows - 1) / 2) * PITCH, 1) for i in range(rows)]
    if layer.units <= MOST_DOTS:
        return DiagramColumn(layer, x, tuple(Dot(x, y) for y in ys), ())
    hole = rows // 2
    dots = tuple(Dot(x, y) for i, y in enumerate(ys) if i != hole)
    return DiagramColumn(layer, x, dots, tuple(Dot(x, round(ys[hole] + d, 1)) for d in (-6, 0, 6)))


def _wires(left: DiagramColumn, right: DiagramColumn) -> list[Wire]:
    gap = RADIUS + 1
    return [Wire(a.x + gap, a.y, b.x - gap, b.y) for a in left.dots for b in right.dots]


@dataclass(frozen=True)
class Stack:
    """A small mark made of the layers' sizes, as it stands beside a course."""

    dots: tuple[Dot, ...]
    wires: tuple[Wire, ...]
    width: int
    height: int


def stack(sizes: Sequence[int], gap: int = 19, pitch: int = 9) -> Stack:
    """Columns of dots with all their wires; sizes are units per layer, the input first."""
    height = max(sizes) * pitch + 2
    columns = [
        [Dot(5 + k * gap, round(height / 2 + (i - (size - 1) / 2) * pitch, 1)) for i in range(size)]
        for k, size in enumerate(sizes)
    ]
    return Stack(
        dots=tuple(dot for column in columns for dot in column),
        wires=tuple(
            Wire(a.x, a.y, b.x, b.y) for left, right in pairwise(columns) for a in left for b in right
        ),
        width=(len(sizes) - 1) * gap + 10,
        height=height,
    )
