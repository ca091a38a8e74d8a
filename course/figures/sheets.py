"""The two drawings of the figure, wide and narrow: places, texts and links for _sheet.html."""

from dataclasses import dataclass, replace

from course.figures import words
from course.figures.address import Address
from course.figures.document import NetworkDocument
from course.figures.geometry import NARROW, WIDE, Layout, lay_out
from course.figures.scene import Edge, Node, Output, Pill, View, draw
from course.figures.state import FigureState, Focus
from course.figures.tables import layer_note


@dataclass(frozen=True)
class Head:
    """The two words over a column."""

    x: float
    name: str
    note: str


@dataclass(frozen=True)
class DrawnNode:
    """A node with its link, its spoken name and, in the first column, the name left of it."""

    node: Node
    label: str
    href: str
    name: str
    is_off: bool
    radius: int

    @property
    def halo(self) -> int:
        return self.radius + 4

    @property
    def text_y(self) -> float:
        return round(self.node.y + 4, 1)

    @property
    def mark(self) -> str:
        """Where the arrow of a change stands, as a transform."""
        away = round(self.radius * 0.8, 1)
        return f"translate({round(self.node.x + away, 1)} {round(self.node.y - away, 1)})"

    @property
    def name_x(self) -> float:
        return self.node.x - self.radius - 8

    @property
    def reach(self) -> tuple[float, float, int, int]:
        """The part of the sheet that answers a finger: x, y, width, height."""
        half = self.radius + 8
        return self.node.x - half, round(self.node.y - half + 3, 1), 2 * half, 2 * half - 6


@dataclass(frozen=True)
class DrawnOutput:
    """The label right of an output, with the place of its texts and its bar."""

    output: Output
    y: float
    full_width: float

    @property
    def lines(self) -> tuple[float, float, float, float]:
        """Where the name stands alone, above its share or bar, where the share below it, where the bar."""
        return round(self.y + 4, 1), round(self.y - 1, 1), round(self.y + 12, 1), round(self.y + 6, 1)

    @property
    def bar(self) -> float:
        return round(max(3.0, self.full_width * (self.output.bar or 0.0)), 1)


@dataclass(frozen=True)
class SheetView:
    """One of the two drawings of the figure."""

    layout: Layout
    heads: tuple[Head, ...]
    edges: tuple[Edge, ...]
    nodes: tuple[DrawnNode, ...]
    outputs: tuple[DrawnOutput, ...]
    pills: tuple[Pill, ...]
    pin: Node | None

    @property
    def is_narrow(self) -> bool:
        return self.layout.sheet is NARROW

    @property
    def label_x(self) -> float:
        """Where the outputs' names begin."""
        return label_place(self.layout)

    @property
    def bar_end(self) -> float:
        return self.layout.sheet.width - 4

    @property
    def pin_y(self) -> float:
        """The baseline of the pinned unit's id, above its ring."""
        gap = 6 if self.is_narrow else 7.5
        return round((self.pin.y if self.pin else 0) - self.layout.sheet.radius - gap, 1)


def layouts(document: NetworkDocument) -> tuple[Layout, Layout]:
    """The places of every unit on the wide and on the narrow sheet."""
    return lay_out(document.sizes, WIDE), lay_out(document.sizes, NARROW)


def make_sheet(view: View, state: FigureState, address: Address, layout: Layout) -> SheetView:
    scene = draw(view, layout)
    last = len(view.seen.columns)
    drawn = []
    for node in scene.nodes:
        layer, unit = (int(part) for part in node.key.split("."))
        focus = Focus(layer, unit)
        href = address.to(replace(state, focus=None if focus == state.focus else focus))
        name = shortened(view.document.features[unit], layout.sheet.name_length) if layer == 0 else ""
        is_off = layer == 0 and view.seen.x[unit] == 0
        label = words.unit_label(view, focus)
        drawn.append(DrawnNode(node, label, href, name, is_off, layout.sheet.radius))
    pinned = next((item.node for item in drawn if item.node.is_pinned), None)
    is_pin_named = view.focus is not None and 0 < view.focus.layer < last
    return SheetView(
        layout=layout,
        heads=tuple(
            Head(x, view.document.layers[layer], layer_note(view, layer)) for layer, x in enumerate(layout.xs)
        ),
        edges=scene.edges,
        nodes=tuple(drawn),
        outputs=tuple(
            DrawnOutput(
                replace(output, name=shortened(output.name, layout.sheet.name_length)),
                y,
                layout.sheet.width - 4 - label_place(layout),
            )
            for output, y in zip(scene.outputs, layout.ys[-1], strict=True)
        ),
        pills=scene.pills,
        pin=pinned if is_pin_named else None,
    )


def label_place(layout: Layout) -> float:
    """The x where the names of the outputs begin."""
    return layout.xs[-1] + layout.sheet.radius + (5 if layout.sheet is NARROW else 8)


def shortened(name: str, length: int) -> str:
    """A name that fits beside its node; the full one stands in the tables."""
    return name if len(name) <= length else f"{name[: length - 1]}…"
