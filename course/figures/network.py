"""The network figure for one state: all that its template needs, with links to every other state."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from math import floor, log2
from typing import Any

from course.figures import words
from course.figures.document import NetworkDocument, Vector
from course.figures.errors import FigureError
from course.figures.forward import Pass, carriers, run
from course.figures.geometry import NARROW, WIDE, Layout, lay_out
from course.figures.numbers import plain
from course.figures.scene import FULL_SCALE, Edge, Node, Output, Pill, View, draw
from course.figures.state import Address, FigureState, Focus, unit_id
from course.figures.steps import Known, Stop, stops
from course.figures.sums import sum_of
from course.figures.tables import ValueGroup, WeightTable, layer_note, value_groups, weight_tables
from course.figures.waterfall import Waterfall

DATA_VERSION = 1


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


@dataclass(frozen=True)
class StopLink:
    """One stop of the stepper."""

    stop: Stop
    number: int
    href: str
    is_past: bool
    is_current: bool


@dataclass(frozen=True)
class PresetLink:
    """One ready-made input."""

    name: str
    href: str
    is_current: bool


@dataclass(frozen=True)
class Field:
    """One input as a slider and a number field."""

    name: str
    value: str
    id: str


@dataclass(frozen=True)
class Figure:
    """What course/figures/_network.html shows. `data` is the JSON from which the browser goes on."""

    id: str
    document: NetworkDocument
    state: FigureState
    label: str
    headline: str
    sheets: tuple[SheetView, ...]
    stops: tuple[StopLink, ...]
    back: str
    forward: str
    overview: str
    presets: tuple[PresetLink, ...]
    fields: tuple[Field, ...]
    hidden: tuple[tuple[str, str], ...]
    sentence: str
    phrases: tuple[words.Phrase, ...]
    sum: Waterfall | None
    zeros: str
    values: tuple[ValueGroup, ...]
    weights: tuple[WeightTable, ...]
    notices: tuple[str, ...]
    data: dict[str, Any]

    @property
    def step(self) -> int:
        return self.state.step


def network_figure(
    document: NetworkDocument,
    x: Sequence[float] | None = None,
    step: int | None = None,
    focus: Focus | None = None,
    *,
    id: str = "figure",
    keep: tuple[tuple[str, str], ...] = (),
    notices: Sequence[str] = (),
    start: FigureState | None = None,
) -> Figure:
    """The figure of a document for inputs x (default: its first preset) at a step (default: the last).

    focus: the pinned unit, or None for the overview. keep: query parameters that every link carries on.
    start: what the page shows when its address asks for nothing (default: this state).
    Raises FigureError when x has the wrong length or the step does not exist.
    """
    values = document.first_x if x is None else tuple(float(value) for value in x)
    if len(values) != document.sizes[0]:
        raise FigureError(f"This network takes {document.sizes[0]} inputs; {len(values)} were given.")
    seen = run(document, values)
    all_stops = stops(seen)
    state = FigureState(values, focus, len(all_stops) if step is None else step)
    if not 1 <= state.step <= len(all_stops):
        raise FigureError(f"Steps go from 1 to {len(all_stops)}; {state.step} is none of them.")
    view = View(document, seen, Known(tuple(all_stops), state.step), focus, scale_of(document, values))
    return _figure(view, state, Address(document, start or state, keep, id), notices)


def _figure(view: View, state: FigureState, address: Address, notices: Sequence[str]) -> Figure:
    summed = sum_of(view, view.focus) if view.focus and view.focus.layer else None
    phrases = (
        words.sum_sentence(view, view.focus) if view.focus else [words.Phrase(words.step_sentence(view))]
    )
    last = len(view.known.stops)
    document = view.document
    return Figure(
        id=address.anchor,
        document=document,
        state=state,
        label=words.group_label(view),
        headline=words.headline(view),
        sheets=tuple(_sheet(view, state, address, sheet_layout) for sheet_layout in layouts(document)),
        stops=tuple(_stop_link(stop, n, state, address) for n, stop in enumerate(view.known.stops, start=1)),
        back=address.to(replace(state, step=max(1, state.step - 1))),
        forward=address.to(replace(state, step=min(last, state.step + 1))),
        overview=address.to(replace(state, focus=None)),
        presets=tuple(
            PresetLink(name, address.to(replace(state, x=x)), x == state.x) for name, x in document.presets
        ),
        fields=tuple(
            Field(name, plain(value), f"{address.anchor}-x{i + 1}")
            for i, (name, value) in enumerate(zip(document.features, state.x, strict=True))
        ),
        hidden=(*address.keep, *address.place(state)),
        sentence=words.step_sentence(view),
        phrases=tuple(phrases),
        sum=summed,
        zeros=words.zeros_sentence(summed.zeros) if summed else "",
        values=tuple(value_groups(view)),
        weights=tuple(weight_tables(view)),
        notices=tuple(notices),
        data=figure_data(view, state, address),
    )


def layouts(document: NetworkDocument) -> tuple[Layout, Layout]:
    """The places of every unit on the wide and on the narrow sheet."""
    return lay_out(document.sizes, WIDE), lay_out(document.sizes, NARROW)


def _sheet(view: View, state: FigureState, address: Address, layout: Layout) -> SheetView:
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


def _stop_link(stop: Stop, number: int, state: FigureState, address: Address) -> StopLink:
    href = address.to(replace(state, step=number))
    return StopLink(stop, number, href, number < state.step, number == state.step)


@lru_cache(maxsize=64)
def scale_of(document: NetworkDocument, x: Vector) -> float:
    """The value that gets full color and width: 4, unless the network's numbers are much larger or smaller.

    Taken over all presets, so that changing the animal does not change what a color means.
    """
    samples = [values for _, values in document.presets] or [x]
    passes = [run(document, values) for values in samples]
    largest = max(_largest(seen) for seen in passes)
    if 1 <= largest <= 4 * FULL_SCALE:
        return FULL_SCALE
    return 2.0 ** floor(log2(largest)) if largest > 0 else FULL_SCALE


def _largest(seen: Pass) -> float:
    return max(abs(value) for values in (seen.x, *(column.z for column in seen.columns)) for value in values)


def figure_data(view: View, state: FigureState, address: Address) -> dict[str, Any]:
    """What the browser needs to go on: weights, names, places, the state; nothing that is computed."""
    document = view.document
    return {
        "v": DATA_VERSION,
        "layers": [
            {"kernel": column.kernel, "bias": column.bias, "activation": column.activation}
            for column in view.seen.columns
        ],
        "names": document.layers,
        "features": document.features,
        "classes": document.classes,
        "presets": dict(document.presets),
        "subject": document.subject,
        "range": {"low": document.range.low, "high": document.range.high, "step": document.range.step},
        "scale": view.scale,
        "layouts": [layout.to_json() for layout in layouts(document)],
        "stops": [{"kind": stop.kind, "layer": stop.layer, "name": stop.name} for stop in view.known.stops],
        "state": _state_data(document, state),
        "start": _state_data(document, address.start),
    }


def _state_data(document: NetworkDocument, state: FigureState) -> dict[str, Any]:
    focus = unit_id(document, state.focus) if state.focus else None
    return {"x": state.x, "focus": focus, "step": state.step}


@dataclass(frozen=True)
class Carried:
    """How many weights carry an answer: set the others to zero and no output moves."""

    live: int
    weights: int
    units: int
    parameters: int

    @property
    def idle(self) -> int:
        return self.weights - self.live


def carried(document: NetworkDocument, x: Vector) -> Carried:
    """Count the weights that carry the answer for x."""
    seen = run(document, x)
    keep = carriers(seen, len(seen.columns) + 1)
    weights = sum(len(column.kernel) * len(column.bias) for column in seen.columns)
    return Carried(
        live=sum(cell for layer in keep for row in layer for cell in row),
        weights=weights,
        units=sum(document.sizes),
        parameters=weights + sum(len(column.bias) for column in seen.columns),
    )
