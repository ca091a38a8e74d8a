"""Backpropagation on the lesson's network: the trace run backwards, layer by layer, one unit's sum at a time.

    title = "From the loss back to the first weights"
    samples = ["llama", "cat"]    # inputs that are named like their class
    unit = "h2.3"                 # the unit it looks at first
    rate = 0.1                    # of the one step at the end

Every number is the engine's. The script gets them all and computes nothing.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from functools import partial
from typing import Any

from course.figures.blame import Blamed, Sample, blame
from course.figures.blocks import Block
from course.figures.controls import Choice, Wishes
from course.figures.document import NetworkDocument
from course.figures.errors import FigureError
from course.figures.forward import run
from course.figures.learning import samples
from course.figures.lines import unit_words
from course.figures.state import Focus, find_unit, unit_id

MOST_SAMPLES = 4
STEP = "step"
LEFT, RIGHT, TOP, PITCH, WIDTH = 24, 24, 46, 39, 340
RADIUS = 16
UNKNOWN = "?"


@dataclass(frozen=True)
class Settings:
    title: str
    document: NetworkDocument
    samples: tuple[str, ...]
    unit: str
    rate: float


@dataclass(frozen=True)
class Node:
    """One unit of the drawing; `layer` is its column, 0 the input. What is not reached has no number yet."""

    key: str
    layer: int
    x: float
    y: float
    text: str
    css: str


@dataclass(frozen=True)
class Wire:
    x1: float
    y1: float
    x2: float
    y2: float
    css: str


@dataclass(frozen=True)
class Column:
    name: str
    x: float


@dataclass(frozen=True)
class Row:
    """A unit of the table: its delta, or a question mark."""

    key: str
    name: str
    delta: str


@dataclass(frozen=True)
class View:
    title: str
    sentence: str
    notices: tuple[str, ...]
    data: dict[str, Any]
    at: Choice
    unit: Choice
    sample: Choice
    columns: tuple[Column, ...]
    nodes: tuple[Node, ...]
    faint: str
    wires: tuple[Wire, ...]
    chosen: Blamed | None
    rows: tuple[Row, ...]
    is_stepped: bool
    height: int
    width: int = WIDTH
    radius: int = RADIUS


def read(body: str, document: NetworkDocument | None) -> Settings:
    """The settings of a block. Raises FigureError."""
    if document is None:
        raise FigureError("This figure follows the lesson's network back, and this lesson has none.")
    known = tuple(samples(document))
    if not known or run(document, document.first_x).columns[-1].activation != "softmax":
        raise FigureError("The way back begins at a softmax over classes, with presets named like them.")
    block = Block(body)
    title = block.text("title", "From the loss back to the first weights")
    chosen = block.choices("samples", known, known[:MOST_SAMPLES])
    if len(chosen) > MOST_SAMPLES:
        raise block.error("samples", f"samples has {len(chosen)} names; up to {MOST_SAMPLES} can be chosen.")
    unit = block.choice("unit", tuple(_units(document)), "out.1")
    rate = block.number("rate", 0.001, 2.0, 0.1)
    block.end()
    return Settings(title, document, chosen, unit, rate)


def show(settings: Settings, query: Mapping[str, str], name: str) -> View:
    """The deltas as far back as the reader went, and how that of the chosen unit comes about."""
    wishes = Wishes(query, name)
    document = settings.document
    stops = _stops(document)
    sample = wishes.choice("of", "The sample", settings.samples[0], settings.samples)
    start = find_unit(document, settings.unit)
    first = list(stops)[len(document.biases) - start.layer] if start else STEP
    at = wishes.choice("at", "The way back", first, tuple(stops))
    unit = wishes.choice("unit", "The unit", settings.unit, tuple(_units(document)))
    seen, reached = blame(document, sample, settings.rate), stops[at]
    chosen = seen.units[unit] if seen.units[unit].layer >= reached else None
    return View(
        title=settings.title,
        sentence=sentence(seen, at == STEP, unit, chosen),
        notices=tuple(wishes.notices),
        data=_data(settings, stops),
        at=wishes.options("at", "Back to", at, _stop_names(document)),
        unit=wishes.options("unit", "Look at", unit, _units(document)),
        sample=wishes.options("of", "Sample", sample, {one: one for one in settings.samples}),
        columns=tuple(Column(words, _x(document, layer)) for layer, words in enumerate(document.layers)),
        nodes=tuple(_nodes(document, seen, reached)),
        faint=_faint(document),
        wires=tuple(_wires(document, chosen)) if chosen else (),
        chosen=chosen,
        rows=tuple(
            Row(one.key, one.name, one.delta if one.layer >= reached else UNKNOWN)
            for one in reversed(seen.units.values())
        ),
        is_stepped=at == STEP,
        height=TOP + (max(document.sizes) - 1) * PITCH + RADIUS + 8,
    )


def sentence(seen: Sample, is_stepped: bool, unit: str, chosen: Blamed | None) -> str:
    """What the loss is, or what a step makes of it, and how the unit's delta comes about."""
    told = seen.stepped if is_stepped else seen.told
    if chosen is None:
        return f"{told} The delta of {unit} is not known yet: it needs those of the layer behind it."
    return f"{told} {chosen.told}"


def _stops(document: NetworkDocument) -> dict[str, int]:
    """How far back each choice goes: to which dense layer. The step comes after all of them."""
    last = len(document.biases)
    names = {layer: "out" if layer == last else f"h{layer}" for layer in range(1, last + 1)}
    return {names[layer]: layer for layer in range(last, 0, -1)} | {STEP: 1}


def _stop_names(document: NetworkDocument) -> dict[str, str]:
    return {stop: document.layers[layer] for stop, layer in _stops(document).items()} | {STEP: "one step"}


def _units(document: NetworkDocument) -> dict[str, str]:
    """Every unit with a delta, the output first, by id."""
    layers = range(len(document.biases), 0, -1)
    found = [Focus(layer, unit) for layer in layers for unit in range(document.sizes[layer])]
    return {unit_id(document, one): unit_words(document, one) for one in found}


def _x(document: NetworkDocument, layer: int) -> float:
    gaps = len(document.sizes) - 1
    return round(LEFT + layer * (WIDTH - LEFT - RIGHT) / gaps, 1)


def _y(document: NetworkDocument, layer: int, unit: int) -> float:
    most, size = max(document.sizes), document.sizes[layer]
    return round(TOP + PITCH * ((most - size) / 2 + unit), 1)


def _nodes(document: NetworkDocument, seen: Sample, reached: int) -> list[Node]:
    inputs = [
        Node(f"x.{n + 1}", 0, _x(document, 0), _y(document, 0, n), text, "input")
        for n, text in enumerate(seen.inputs)
    ]
    return inputs + [
        Node(
            one.key,
            one.layer,
            _x(document, one.layer),
            _y(document, one.layer, one.place),
            one.short if one.layer >= reached else UNKNOWN,
            one.css if one.layer >= reached else "unknown",
        )
        for one in seen.units.values()
    ]


def _wires(document: NetworkDocument, chosen: Blamed) -> list[Wire]:
    """What comes back to the unit from behind it, and what its delta does to the weights before it."""
    x, y = _x(document, chosen.layer), _y(document, chosen.layer, chosen.place)
    back = [
        Wire(x, y, _x(document, chosen.layer + 1), _y(document, chosen.layer + 1, n), part.css)
        for n, part in enumerate(chosen.parts)
    ]
    before = [
        Wire(_x(document, chosen.layer - 1), _y(document, chosen.layer - 1, n), x, y, weight.css)
        for n, weight in enumerate(chosen.weights)
        if not weight.is_bias
    ]
    return [wire for wire in (*back, *before) if wire.css != "zero"]


def _faint(document: NetworkDocument) -> str:
    """All weights as one path."""
    x, y = partial(_x, document), partial(_y, document)
    return "".join(
        f"M{x(layer)} {y(layer, a)}L{x(layer + 1)} {y(layer + 1, b)}"
        for layer in range(len(document.sizes) - 1)
        for a in range(document.sizes[layer])
        for b in range(document.sizes[layer + 1])
    )


def _data(settings: Settings, stops: Mapping[str, int]) -> dict[str, Any]:
    document = settings.document

    def unit(one: Blamed) -> dict[str, Any]:
        return asdict(one) | {"wires": [asdict(wire) for wire in _wires(document, one)]}

    def told(name: str) -> dict[str, Any]:
        seen = blame(document, name, settings.rate)
        units = {key: unit(one) for key, one in seen.units.items()}
        return {"told": seen.told, "stepped": seen.stepped, "inputs": seen.inputs, "units": units}

    return {"stops": dict(stops), "step": STEP, "samples": {name: told(name) for name in settings.samples}}
