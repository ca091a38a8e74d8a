"""Gradient descent in the hand: one neuron learns a line through a few points, step by step.

    title = "Downhill"
    on = "surface"                          # weight and bias, with contours; or "curve": the weight alone
    points = [[-1, -1.5], [0.5, 1], [2, 2.5]]   # x and y, 2 to 8
    start = [-2.5, 3]                       # weight and bias; on a curve [weight]
    rate = 0.1                              # learning rate, where the slider begins
    steps = 0

The engine trains the neuron, all points at once, and tells every loss.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np

import engine
from course.figures.blocks import Block
from course.figures.controls import Slider, Wishes
from course.figures.document import NetworkDocument, Vector
from course.figures.hill import Hill, hill
from course.figures.numbers import MINUS, fixed, grown
from course.figures.plot import Mark, Plot

RATES = (0.01, 1.5)
MOST_STEPS = 40
FEWEST_POINTS, MOST_POINTS, FAR = 2, 8, 4.0  # a point's coordinates reach from -FAR to FAR
PLACES = (-6.0, 6.0)  # where a descent may start
ENOUGH = 1e6  # a loss above this has left every picture
LEVEL, LARGE = 0.005, 1e5
POINTS = ((-1.0, -1.5), (0.5, 1.0), (2.0, 2.5))
TEXT = """import keras
from keras import layers
model = keras.Sequential([layers.Dense(1, use_bias={has_bias}, input_shape=(1,))])
model.compile(optimizer=keras.optimizers.SGD(learning_rate={rate!r}), loss="mean_squared_error")
"""


@dataclass(frozen=True)
class Settings:
    title: str
    has_bias: bool
    points: tuple[Vector, ...]
    start: Vector
    rate: float
    steps: int


@dataclass(frozen=True)
class Stop:
    """Where the descent stands after a step: weight (and bias), the loss, and its gradient."""

    place: Vector
    loss: float
    gradient: Vector


@dataclass(frozen=True)
class Row:
    step: str
    cells: tuple[str, ...]


@dataclass(frozen=True)
class View:
    title: str
    sentence: str
    notices: tuple[str, ...]
    data: dict[str, Any]
    plot: Plot
    curves: tuple[Mark, ...]
    dots: tuple[Mark, ...]
    rate: Slider
    steps: Slider
    starts: tuple[Slider, ...]
    heads: tuple[str, ...]
    rows: tuple[Row, ...]
    one_more: int
    ten_more: int


def read(body: str, document: NetworkDocument | None) -> Settings:
    """The settings of a block. Raises FigureError."""
    block = Block(body)
    title = block.text("title", "Gradient descent")
    has_bias = block.choice("on", ("surface", "curve"), "surface") == "surface"
    points = _points(block)
    count = 2 if has_bias else 1
    start = block.numbers("start", least=count, most=count, default=(-2.5, 3.0)[:count], within=PLACES[1])
    rate = block.number("rate", *RATES, default=0.1)
    steps = block.whole("steps", 0, MOST_STEPS, 0)
    block.end()
    bottom = hill(points, has_bias=has_bias).bottom
    if max(map(abs, bottom)) > PLACES[1]:
        told = ", ".join(fixed(value) for value in bottom)
        raise block.error(
            "points", f"The bottom lies at {told}, off the sheet from {PLACES[0]:g} to {PLACES[1]:g}."
        )
    return Settings(title, has_bias, points, start, rate, steps)


def show(settings: Settings, query: Mapping[str, str], name: str) -> View:
    """The way down from the start that the reader chose, at their learning rate, after their steps."""
    wishes = Wishes(query, name)
    rate = wishes.number("rate", "The learning rate", settings.rate, *RATES)
    steps = wishes.whole("n", "The number of steps", settings.steps, 0, MOST_STEPS)
    steps = wishes.whole("go", "The number of steps", steps, 0, MOST_STEPS)
    labels = ("weight", "bias")[: len(settings.start)]
    start = tuple(
        wishes.number(key, f"The first {label}", value, *PLACES)
        for key, label, value in zip("wb", labels, settings.start, strict=False)
    )
    stops = descend(settings.points, start, rate, steps)
    slope = hill(settings.points, has_bias=settings.has_bias)
    plot = _plot(slope, settings)
    return View(
        title=settings.title,
        sentence=sentence(stops),
        notices=tuple(wishes.notices),
        data=slope.to_json() | {"plot": plot.to_json(), "most": MOST_STEPS, "enough": ENOUGH},
        plot=plot,
        curves=(*slope.marks(plot), *_path(stops, plot)),
        dots=(Mark("here", "dot first", x=plot.x(_at(stops[-1])[0]), y=plot.y(_at(stops[-1])[1])),),
        rate=wishes.slider("rate", "Learning rate", rate, *RATES, 0.01),
        steps=wishes.slider("n", "Steps", steps, 0, MOST_STEPS, 1),
        starts=tuple(
            wishes.slider(key, f"First {label}", value, *PLACES, 0.1)
            for key, label, value in zip("wb", labels, start, strict=False)
        ),
        heads=(*labels, "loss", *(f"slope for the {label}" for label in labels)),
        rows=tuple(_row(n, stop) for n, stop in enumerate(stops)),
        one_more=min(steps + 1, MOST_STEPS),
        ten_more=min(steps + 10, MOST_STEPS),
    )


@lru_cache(maxsize=256)
def descend(points: tuple[Vector, ...], start: Vector, rate: float, steps: int) -> tuple[Stop, ...]:
    """The engine's training, epoch by epoch; it ends early where the loss has grown out of every picture."""
    x, y = np.array(points)[:, :1], np.array(points)[:, 1:]
    text = TEXT.format(has_bias=len(start) == 2, rate=rate)
    model = engine.build(engine.parse(text), dtype="float64", budget=engine.INTERACTIVE)
    model.set_weights([np.array([start[:1]]), *(np.array([bias]) for bias in start[1:])])
    stops: list[Stop] = []
    while len(stops) <= steps and (not stops or stops[-1].loss <= ENOUGH):
        place, loss = _place(model), model.evaluate(x, y)["loss"]
        model.fit(x, y, epochs=1)
        # A step is the gradient times the rate: what the engine took tells the gradient.
        gradient = [(old - new) / rate for old, new in zip(place, _place(model), strict=True)]
        stops.append(Stop(place, float(np.asarray(loss)), tuple(gradient)))
    return tuple(stops)


def _place(model: engine.Model) -> Vector:
    return tuple(float(array.ravel()[0]) for array in model.get_weights())


def sentence(stops: Sequence[Stop]) -> str:
    """Where the descent stands, and whether it goes well."""
    first, last = stops[0], stops[-1]
    names = ("weight", "bias")[: len(last.place)]
    place = ", ".join(f"{name} {number(value)}" for name, value in zip(names, last.place, strict=True))
    taken = len(stops) - 1
    told = f"After {taken} step{'' if taken == 1 else 's'}: {place}, loss {number(last.loss)}."
    if last.loss > ENOUGH:
        return f"{told} Every step overshoots further: the loss grows without end. Lower the learning rate."
    if taken and last.loss > stops[-2].loss:
        return f"{told} The last step made it worse: it overshot the bottom."
    if max(map(abs, last.gradient)) < LEVEL:
        return f"{told} The ground is level: this is the bottom."
    return f"{told} It began at {number(first.loss)}." if taken else f"{told} Take a step downhill."


def _points(block: Block) -> tuple[Vector, ...]:
    value = block.raw("points")
    if value is None:
        return POINTS
    fits = isinstance(value, list) and FEWEST_POINTS <= len(value) <= MOST_POINTS
    if not fits or not all(_is_point(one) for one in value) or len({one[0] for one in value}) < 2:
        raise block.error(
            "points",
            f"points is a list of {FEWEST_POINTS} to {MOST_POINTS} pairs [x, y] from {-FAR:g} to {FAR:g}, "
            "not all above one another.",
        )
    return tuple((float(x), float(y)) for x, y in value)


def _is_point(value: Any) -> bool:
    return (
        isinstance(value, list)
        and len(value) == 2
        and all(
            isinstance(one, int | float) and not isinstance(one, bool) and abs(one) <= FAR for one in value
        )
    )


def _plot(slope: Hill, settings: Settings) -> Plot:
    if settings.has_bias:
        return Plot(*PLACES, *PLACES, "weight", "bias")
    return Plot(*PLACES, 0.0, max(slope.loss((place,)) for place in PLACES), "weight", "loss")


def _path(stops: Sequence[Stop], plot: Plot) -> tuple[Mark, Mark]:
    """The way taken, up to where it leaves the sheet for good, and a dot for each stop."""
    places = [_at(stop) for stop in stops]
    return (
        Mark("way", "way", plot.path(places)),
        Mark("stops", "stops", "".join(f"M{plot.x(x)} {plot.y(y)}h0" for x, y in places)),
    )


def _at(stop: Stop) -> tuple[float, float]:
    """The stop on the sheet: weight and bias, or weight and loss."""
    return stop.place[0], stop.place[1] if len(stop.place) == 2 else stop.loss


def _row(step: int, stop: Stop) -> Row:
    return Row(str(step), (*map(number, stop.place), number(stop.loss), *map(number, stop.gradient)))


def number(value: float) -> str:
    """A number that may have run away: two decimals, or as calculators write large ones.

    What two orders of adding up make different is rounded off first, for the browser adds up too.
    """
    size = round(abs(value), 9)
    return fixed(math.copysign(size, value)) if size < LARGE else (MINUS if value < 0 else "") + grown(size)
