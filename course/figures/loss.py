"""The loss as a function of one weight: everything else stays, the reader moves the weight along the curve.

title = "One weight, one curve"
weights = ["out.3.weight.h2.3", "out.3.bias"]   # needed: what can be chosen, named as in expressions
samples = ["llama", "cat"]                      # inputs that are named like their class
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np

import engine
from course.figures.blocks import Block
from course.figures.controls import Choice, Slider, Wishes
from course.figures.document import NetworkDocument
from course.figures.edits import value_at
from course.figures.errors import FigureError
from course.figures.forward import model_of
from course.figures.learning import LOSS, samples
from course.figures.lines import Line, find_line
from course.figures.numbers import fixed, short
from course.figures.plot import Mark, Plot
from course.figures.state import Focus

MOST_WEIGHTS, MOST_SAMPLES = 4, 4
REACH, POINTS = 3.0, 41  # how far to each side of where the weight stands
STEP = 0.15
CHANGES = tuple(round(STEP * (n - POINTS // 2), 10) for n in range(POINTS))
TANGENT = 0.8  # how far it is drawn to each side
LEVEL = 0.005  # a slope that reads 0.00


@dataclass(frozen=True)
class Settings:
    title: str
    document: NetworkDocument
    lines: tuple[Line, ...]
    samples: tuple[str, ...]


@dataclass(frozen=True)
class Curve:
    """Losses and slopes for every change of one weight, for one sample; the weight stands at `start`."""

    line: str
    start: float
    losses: tuple[float, ...]
    slopes: tuple[float, ...]


@dataclass(frozen=True)
class Row:
    weight: str
    loss: str
    slope: str


@dataclass(frozen=True)
class View:
    title: str
    sentence: str
    notices: tuple[str, ...]
    data: dict[str, Any]
    plot: Plot
    curves: tuple[Mark, ...]
    dots: tuple[Mark, ...]
    weight: Choice
    sample: Choice
    change: Slider
    rows: tuple[Row, ...]


def read(body: str, document: NetworkDocument | None) -> Settings:
    """The settings of a block. Raises FigureError."""
    if document is None:
        raise FigureError("This figure follows a weight of the lesson's network, and this lesson has none.")
    known = tuple(samples(document))
    if not known:
        raise FigureError("A loss needs to know what is right: no preset is named like a class.")
    block = Block(body)
    title = block.text("title", "The loss, as one weight moves")
    names = block.words("weights", least=1, most=MOST_WEIGHTS)
    chosen = block.choices("samples", known, known[:MOST_SAMPLES])
    if len(chosen) > MOST_SAMPLES:
        raise block.error("samples", f"samples has {len(chosen)} names; up to {MOST_SAMPLES} can be chosen.")
    try:
        lines = tuple(find_line(document, name) for name in names)
    except FigureError as error:
        raise block.error("weights", str(error)) from error
    block.end()
    return Settings(title, document, lines, chosen)


def show(settings: Settings, query: Mapping[str, str], name: str) -> View:
    """The curve of the chosen weight and sample, the place the reader asks for, and how steep it is there."""
    wishes = Wishes(query, name)
    names = {line.name(settings.document): line for line in settings.lines}
    chosen = wishes.choice("w", "The weight", next(iter(names)), tuple(names))
    sample = wishes.choice("of", "The sample", settings.samples[0], settings.samples)
    place = round((wishes.number("by", "The change", 0.0, -REACH, REACH) + REACH) / STEP)
    curves = all_curves(settings)
    curve, plot = curves[chosen, sample], _plot(curves.values())
    return View(
        title=settings.title,
        sentence=sentence(sample, curve, place),
        notices=tuple(wishes.notices),
        data=_data(settings, curves, plot),
        plot=plot,
        curves=_curves(curve, place, plot),
        dots=(
            Mark("start", "dot start", x=plot.x(0), y=plot.y(curve.losses[POINTS // 2])),
            Mark("here", "dot first", x=plot.x(CHANGES[place]), y=plot.y(curve.losses[place])),
        ),
        weight=wishes.options(
            "w", "Weight", chosen, {one: _short(line, settings.document) for one, line in names.items()}
        ),
        sample=wishes.options("of", "Sample", sample, {one: one for one in settings.samples}),
        change=wishes.slider("by", "Change it by", CHANGES[place], -REACH, REACH, STEP),
        rows=tuple(_row(curve, n) for n in sorted({*range(0, POINTS, 5), place})),
    )


@lru_cache(maxsize=16)
def all_curves(settings: Settings) -> dict[tuple[str, str], Curve]:
    """Every curve that can be chosen, by the names of weight and sample."""
    return {
        (line.name(settings.document), sample): _curve(settings.document, line, sample)
        for line in settings.lines
        for sample in settings.samples
    }


def sentence(sample: str, curve: Curve, place: int) -> str:
    """Where the weight stands, what the loss is there, and which way is down."""
    slope = curve.slopes[place]
    told = (
        f"With {curve.line} at {short(curve.start + CHANGES[place])} the loss of the {sample} is "
        f"{fixed(curve.losses[place])}; the slope there is {fixed(slope)}"
    )
    if abs(slope) < LEVEL:
        return f"{told}: level, so a small change of it changes nothing."
    return f"{told}: {'less' if slope > 0 else 'more'} of it lowers the loss."


def _curve(document: NetworkDocument, line: Line, sample: str) -> Curve:
    start = value_at(document, Focus(line.layer, line.unit), line.source)
    dense = [layer.name for layer in model_of(document).spec.layers if layer.kind == "Dense"]
    place = (line.unit,) if line.source is None else (line.source, line.unit)
    weight = (dense[line.layer - 1], "bias" if line.source is None else "kernel", place)
    truth = document.classes.index(sample)
    x = np.array(samples(document)[sample])
    losses, slopes = engine.loss_along(
        model_of(document), x, truth, weight, [start + change for change in CHANGES], loss=LOSS
    )
    return Curve(line.words(document), start, tuple(map(float, losses)), tuple(map(float, slopes)))


def _plot(curves: Iterable[Curve]) -> Plot:
    """One sheet for all curves, so that they can be compared."""
    highest = max(max(curve.losses) for curve in curves)
    return Plot(-REACH, REACH, 0.0, max(1.05 * highest, 0.1), "change of the weight", "loss")


def _curves(curve: Curve, place: int, plot: Plot) -> tuple[Mark, Mark]:
    change, loss, slope = CHANGES[place], curve.losses[place], curve.slopes[place]
    ends = [(change - TANGENT, loss - TANGENT * slope), (change + TANGENT, loss + TANGENT * slope)]
    return (
        Mark("loss", "curve first", plot.path(zip(CHANGES, curve.losses, strict=True))),
        Mark("slope", "tangent", plot.path(ends)),
    )


def _row(curve: Curve, place: int) -> Row:
    return Row(
        short(curve.start + CHANGES[place]), fixed(curve.losses[place], 3), fixed(curve.slopes[place], 3)
    )


def _short(line: Line, document: NetworkDocument) -> str:
    return line.words(document).removeprefix("the ")


def _data(settings: Settings, curves: Mapping[tuple[str, str], Curve], plot: Plot) -> dict[str, Any]:
    """Everything that can be chosen; the browser moves along it and computes nothing."""
    return {
        "plot": plot.to_json(),
        "changes": CHANGES,
        "tangent": TANGENT,
        "curves": {
            f"{weight} {sample}": {
                "line": curve.line,
                "start": curve.start,
                "losses": [round(value, 6) for value in curve.losses],
                "slopes": [round(value, 6) for value in curve.slopes],
            }
            for (weight, sample), curve in curves.items()
        },
    }
