"""What is drawn for one state of the figure: lines, nodes, labels, with their places, classes and texts.

Plain data, written to SVG by a template here and by frontend/network/scene.js in the browser; a test holds
the two together. Rules: a line is strong only if its product reaches the answer; with a pinned unit only its
own lines stay; nothing that is not computed yet is in the data at all.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from math import hypot

from course.figures.document import NetworkDocument
from course.figures.forward import Pass, carriers
from course.figures.geometry import Layout
from course.figures.numbers import NIL, fixed, inside_node, percent, places_for, sign
from course.figures.state import Edits, Focus, unit_id
from course.figures.steps import Known

FULL_SCALE = 4.0
BOUNDED = ("tanh", "sigmoid", "softmax", "hard_sigmoid", "softsign")
PENCIL = 11  # the width of the mark before an edited weight
STRONG = 100.0  # lines that are drawn last are sorted above all faint ones


@dataclass(frozen=True)
class View:
    """All that decides a drawing besides its places."""

    document: NetworkDocument
    seen: Pass
    known: Known
    focus: Focus | None
    scale: float
    edits: Edits = ()  # already in the document's numbers; here to be marked
    before: Pass | None = None  # the run to compare with

    def is_edited(self, layer: int, unit: int, source: int | None) -> bool:
        """Whether the reader changed this weight, or the bias when source is None."""
        return (layer, unit, -1 if source is None else source) in self._edited_lines

    def change(self, layer: int, unit: int) -> str:
        """up or down: how the node's number differs from the run to compare with; "" when it does not."""
        if self.before is None:
            return ""
        now, then = self.value(layer, unit), self.value(layer, unit, self.before)
        if now is None or then is None or abs(now - then) < NIL:
            return ""
        return "up" if now > then else "down"

    @cached_property
    def _edited_lines(self) -> set[tuple[int, int, int]]:
        return {edit.line for edit in self.edits}

    def value(self, layer: int, unit: int, seen: Pass | None = None) -> float | None:
        """The number that stands in a node now, or None while it is hidden. Shares stand beside, as bars.

        seen: another run, of which the same number is asked.
        """
        seen = seen or self.seen
        if layer == 0:
            return seen.x[unit]
        column = seen.columns[layer - 1]
        is_shares = layer == len(self.seen.columns) and self.seen.has_shares()
        if self.known.a(layer, unit) and not is_shares:
            return column.a[unit]
        return column.z[unit] if self.known.z(layer, unit) else None

    def step_of_fill(self, layer: int, unit: int) -> float:
        """The value that gets the deepest fill: the network's scale, or 1 where outputs are bounded."""
        if layer == 0 or not self.known.a(layer, unit) or layer == len(self.seen.columns):
            return self.scale
        return 1.0 if self.seen.columns[layer - 1].activation in BOUNDED else self.scale


@dataclass(frozen=True)
class Edge:
    """One weight as a line. `term` is the place in the pinned unit's sum, or None."""

    key: str
    css: str
    x1: float
    y1: float
    x2: float
    y2: float
    width: float
    order: float
    term: int | None
    is_edited: bool


@dataclass(frozen=True)
class Node:
    """One unit. `text` is "?" while its value is hidden."""

    key: str
    id: str
    x: float
    y: float
    css: str
    text: str
    is_negative: bool
    is_pinned: bool
    change: str


@dataclass(frozen=True)
class Output:
    """The right-hand label of an output unit; share and bar are None until they are computed."""

    name: str
    css: str
    share: str | None
    bar: float | None


@dataclass(frozen=True)
class Pill:
    """The weight written on an incoming line of the pinned unit."""

    x: float
    y: float
    width: float
    css: str
    text: str
    term: int
    has_pencil: bool

    @property
    def text_x(self) -> float:
        """Where the middle of the text is: a pencil before it moves it to the right."""
        return round(self.x + (PENCIL / 2 if self.has_pencil else 0), 1)

    @property
    def pencil(self) -> str:
        """Where the pencil stands, as a transform."""
        return f"translate({round(self.left + 6, 1)} {round(self.y - 4.5, 1)})"

    @property
    def left(self) -> float:
        return round(self.x - self.width / 2, 1)

    @property
    def top(self) -> float:
        return round(self.y - 8.5, 1)

    @property
    def text_y(self) -> float:
        return round(self.y + 4, 1)


@dataclass(frozen=True)
class Scene:
    edges: tuple[Edge, ...]
    nodes: tuple[Node, ...]
    outputs: tuple[Output, ...]
    pills: tuple[Pill, ...]


def draw(view: View, layout: Layout) -> Scene:
    """Everything that is drawn for the view on one sheet."""
    keep = carriers(view.seen, view.known.columns)
    return Scene(
        edges=tuple(sorted(_edges(view, layout, keep), key=lambda line: line.order)),
        nodes=tuple(_nodes(view, layout)),
        outputs=tuple(_outputs(view)),
        pills=tuple(_pills(view, layout)),
    )


def line_width(contribution: float, scale: float) -> float:
    """Pixels of a line: from 0.8 for nothing to 6.6 for a contribution of the network's scale and more."""
    return round(0.8 + 1.45 * min(abs(contribution) * FULL_SCALE / scale, FULL_SCALE), 2)


def fill(value: float, scale: float) -> str:
    """One of seven fills: three negative, bare zero, three positive; cut at 1/4 and 1/2 of the scale."""
    if abs(value) < NIL:
        return "a0"
    step = 1 if abs(value) <= scale / 4 else 2 if abs(value) <= scale / 2 else 3
    return f"a{'p' if value > 0 else 'n'}{step}"


def _weights(view: View) -> Iterator[tuple[int, int, int, float]]:
    for layer, column in enumerate(view.seen.columns, start=1):
        for i, row in enumerate(column.kernel):
            for j, weight in enumerate(row):
                if weight != 0 or view.is_edited(layer, j, i):
                    yield layer, i, j, weight


def _edges(view: View, layout: Layout, keep: list[list[list[bool]]]) -> Iterator[Edge]:
    for layer, i, j, weight in _weights(view):
        source = view.seen.source(layer)[i] if view.known.a(layer - 1, i) else None
        incoming, outgoing = view.focus == Focus(layer, j), view.focus == Focus(layer - 1, i)
        if view.focus is None:
            css, width, order = _overview(weight, source, keep[layer - 1][i][j], view.scale)
        elif incoming:
            css, width, order = _arriving(weight, source, view.scale)
        elif outgoing:
            css, width, order = f"e out {sign(weight)}", 1.6, STRONG + abs(weight)
        else:
            css, width, order = f"e far {sign(weight)}", 0.8, 0.0
        ends = _ends(layout, layer, i, j, 4.5 if outgoing else 1, 4.5 if incoming else 1)
        is_edited = view.is_edited(layer, j, i)
        yield Edge(f"{layer}.{i}.{j}", css, *ends, width, order, i if incoming else None, is_edited)


def _overview(weight: float, source: float | None, is_kept: bool, scale: float) -> tuple[str, float, float]:
    """A product that came out negative arrives with its sign; thickness is its size."""
    product = 0.0 if source is None else weight * source
    if abs(product) < NIL:
        return f"e idle {sign(weight)}", 0.8, 0.0
    if is_kept:
        return f"e {sign(product)}", line_width(product, scale), STRONG + abs(product)
    return f"e {sign(product)} stopped", 1.1, abs(product)


def _arriving(weight: float, source: float | None, scale: float) -> tuple[str, float, float]:
    if source is None:
        return f"e in {sign(weight)}", line_width(weight, scale), 2 * STRONG + abs(weight)
    product = weight * source
    if abs(product) < NIL:
        return f"e in {sign(weight)} flat", 1.2, 2 * STRONG
    return f"e in {sign(weight)}", line_width(product, scale), 2 * STRONG + abs(product)


def _ends(
    layout: Layout, layer: int, i: int, j: int, gap1: float, gap2: float
) -> tuple[float, float, float, float]:
    x1, y1 = layout.at(layer - 1, i)
    x2, y2 = layout.at(layer, j)
    length = hypot(x2 - x1, y2 - y1)
    ux, uy = (x2 - x1) / length, (y2 - y1) / length
    r1, r2 = layout.sheet.radius + gap1, layout.sheet.radius + gap2
    return round(x1 + ux * r1, 1), round(y1 + uy * r1, 1), round(x2 - ux * r2, 1), round(y2 - uy * r2, 1)


def _nodes(view: View, layout: Layout) -> Iterator[Node]:
    for layer, units in enumerate(view.document.sizes):
        for unit in range(units):
            value = view.value(layer, unit)
            is_pinned = view.focus == Focus(layer, unit)
            css = "unknown" if value is None else fill(value, view.step_of_fill(layer, unit))
            is_edited = view.is_edited(layer, unit, None)
            x, y = layout.at(layer, unit)
            yield Node(
                key=f"{layer}.{unit}",
                id=unit_id(view.document, Focus(layer, unit)),
                x=x,
                y=y,
                css=f"n {css}{' me' if is_pinned else ''}{' edited' if is_edited else ''}",
                text="?" if value is None else inside_node(value),
                is_negative=value is not None and value < -NIL,
                is_pinned=is_pinned,
                change=view.change(layer, unit),
            )


def _outputs(view: View) -> Iterator[Output]:
    last = len(view.seen.columns)
    shares = view.seen.columns[-1].a if view.seen.has_shares() else None
    for unit, name in enumerate(view.document.classes):
        is_top = view.known.answer() and unit == view.seen.answer
        css = " top" if is_top else " here" if view.focus == Focus(last, unit) else ""
        share = shares[unit] if shares is not None and view.known.a(last, unit) else None
        yield Output(name, css, None if share is None else percent(share), share)


def _pills(view: View, layout: Layout) -> Iterator[Pill]:
    """All pills stand at one x, where the fan of lines is widest, and never on a node."""
    if view.focus is None or view.focus.layer == 0:
        return
    layer, unit = view.focus.layer, view.focus.unit
    kernel = view.seen.columns[layer - 1].kernel
    places = places_for(weight for column in view.seen.columns for row in column.kernel for weight in row)
    for i, row in enumerate(kernel):
        is_silent = view.known.a(layer - 1, i) and abs(view.seen.source(layer)[i] * row[unit]) < NIL
        is_edited = view.is_edited(layer, unit, i)
        if (row[unit] == 0 or is_silent) and not is_edited:
            continue
        has_pencil = is_edited and layout.sheet.name == "wide"  # a phone has no room for it
        text = fixed(row[unit], places, signed=True)
        x, y = _pill_place(layout, layer, i, unit)
        base = 29 if layout.sheet.name == "narrow" else 34
        width = base + 7 * max(0, len(text) - 4) + (PENCIL if has_pencil else 0)
        css = f"{sign(row[unit])}{' edited' if is_edited else ''}"
        yield Pill(x, y, width, css, text, i, has_pencil)


def _pill_place(layout: Layout, layer: int, i: int, unit: int) -> tuple[float, float]:
    x1, y1 = layout.at(layer - 1, i)
    x2, y2 = layout.at(layer, unit)
    offset = 18 if layout.sheet.name == "narrow" else 36
    part = min(layout.sheet.radius + offset, (x2 - x1) / 2) / (x2 - x1)
    return round(x1 + (x2 - x1) * part, 1), round(y1 + (y2 - y1) * part, 1)
