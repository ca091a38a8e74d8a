"""A small network that learns points of the plane: what it answers everywhere, and its losses by epoch.

    title = "Watch it learn"
    data = "circle"          # circle, xor, gauss, spiral or moons
    hidden = [4, 2]          # units of each hidden layer, at most three layers of eight
    activation = "tanh"      # or relu, sigmoid, linear
    rate = 0.03              # learning rate
    epochs = 0               # where the slider begins

The playground's own engine trains it anew for every picture; the lab's playground goes on from there.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from urllib.parse import urlencode

import numpy as np

from course.figures.blocks import Block
from course.figures.controls import Choice, Slider, Wishes
from course.figures.document import NetworkDocument
from course.figures.numbers import fixed, plain
from course.figures.plot import Mark, Plot
from course.figures.strips import strips
from engine.playground import ACTIVATIONS, Moment, start
from engine.playground import Settings as Setup

DATA = {
    "circle": "a disc in a ring",
    "xor": "opposite corners",
    "gauss": "two clouds",
    "moons": "half moons",
    "spiral": "a spiral",
}
MOST_EPOCHS = 40  # what a page may train while somebody waits
RATES = (0.001, 1.0)
CELLS, REACH, SIDE = 30, 6.0, 300
MOST_POINTS = 150
MOST_LAYERS, MOST_UNITS = 3, 8


@dataclass(frozen=True)
class Settings:
    title: str
    data: str
    hidden: tuple[int, ...]
    activation: str
    rate: float
    epochs: int


@dataclass(frozen=True)
class Dot:
    """A held-out point; `is_missed` when the network is on the other side."""

    x: float
    y: float
    number: int
    is_missed: bool


@dataclass(frozen=True)
class Learned:
    """Where a run stands: moments by epoch, an area for each class, and points nobody trained on."""

    moments: tuple[Moment, ...]
    areas: tuple[tuple[int, str], ...]
    dots: tuple[Dot, ...]


@dataclass(frozen=True)
class View:
    title: str
    sentence: str
    notices: tuple[str, ...]
    data: dict[str, Any]
    side: int
    areas: tuple[tuple[int, str], ...]
    dots: tuple[Dot, ...]
    plot: Plot
    curves: tuple[Mark, ...]
    data_choice: Choice
    rate: Slider
    epochs: Slider
    rows: tuple[tuple[str, ...], ...]
    one_more: int
    ten_more: int
    query: str


def read(body: str, document: NetworkDocument | None) -> Settings:
    """The settings of a block. Raises FigureError."""
    block = Block(body)
    title = block.text("title", "Watch it learn")
    data = block.choice("data", tuple(DATA), "circle")
    hidden = block.numbers("hidden", least=1, most=MOST_LAYERS, default=(4.0, 2.0), within=MOST_UNITS)
    if any(units < 1 or units != int(units) for units in hidden):
        raise block.error("hidden", f"hidden is a list of whole numbers from 1 to {MOST_UNITS}.")
    activation = block.choice("activation", ACTIVATIONS, "tanh")
    rate = block.number("rate", *RATES, default=0.03)
    epochs = block.whole("epochs", 0, MOST_EPOCHS, 0)
    block.end()
    return Settings(title, data, tuple(map(int, hidden)), activation, rate, epochs)


def show(settings: Settings, query: Mapping[str, str], name: str) -> View:
    """The network after the epochs that the reader asks for, on their data at their learning rate."""
    wishes = Wishes(query, name)
    data = wishes.choice("data", "The data", settings.data, tuple(DATA))
    rate = wishes.number("rate", "The learning rate", settings.rate, *RATES)
    epochs = wishes.whole("n", "The number of epochs", settings.epochs, 0, MOST_EPOCHS)
    epochs = wishes.whole("go", "The number of epochs", epochs, 0, MOST_EPOCHS)
    learned = learn(
        Setup(dataset=data, hidden=settings.hidden, activation=settings.activation, learning_rate=rate),
        epochs,
    )
    plot = Plot(0.0, float(MOST_EPOCHS), 0.0, _top(learned.moments), "epoch", "loss")
    return View(
        title=settings.title,
        sentence=sentence(learned.moments[-1], learned.moments[0], epochs),
        notices=tuple(wishes.notices),
        data={},
        side=SIDE,
        areas=learned.areas,
        dots=learned.dots,
        plot=plot,
        curves=_curves(learned.moments, plot),
        data_choice=wishes.options("data", "Data", data, DATA),
        rate=wishes.slider("rate", "Learning rate", rate, *RATES, 0.001),
        epochs=wishes.slider("n", "Epochs", epochs, 0, MOST_EPOCHS, 1),
        rows=tuple(
            (f"{moment.epoch:g}", fixed(moment.train, 3), fixed(moment.test, 3), f"{moment.right:.0%}")
            for moment in learned.moments
        ),
        one_more=min(epochs + 1, MOST_EPOCHS),
        ten_more=min(epochs + 10, MOST_EPOCHS),
        query=urlencode(
            {
                "dataset": data,
                "networkShape": ",".join(map(str, settings.hidden)),
                "activation": settings.activation,
                "learningRate": plain(rate),
            },
            safe=",",
        ),
    )


@lru_cache(maxsize=128)
def learn(setup: Setup, epochs: int) -> Learned:
    """The run after so many epochs from its one start."""
    run = start(setup)
    run.train(run.steps_until(epochs))
    middles = (np.arange(CELLS) + 0.5) / CELLS * 2 * REACH - REACH
    cells = np.stack(np.meshgrid(middles, -middles), -1).reshape(-1, 2)
    answers = run.outputs(cells)[-1][:, 0].reshape(CELLS, CELLS)
    held = slice(run.points.train, run.points.train + MOST_POINTS)
    at, labels = run.points.at[held], run.points.labels[held]
    said = run.outputs(at)[-1][:, 0]
    scale = SIDE / (2 * REACH)
    dots = tuple(
        Dot(round((x + REACH) * scale, 1), round((REACH - y) * scale, 1), 1 if label > 0 else 2, bool(missed))
        for (x, y), label, missed in zip(at.tolist(), labels, (said >= 0) != (labels >= 0), strict=True)
    )
    rows = ("".join("+" if value else "-" for value in row) for row in (answers >= 0).tolist())
    areas = strips(rows, SIDE / CELLS)
    return Learned(tuple(run.moments), ((1, areas.get("+", "")), (2, areas.get("-", ""))), dots)


def sentence(now: Moment, first: Moment, epochs: int) -> str:
    """How far it has learned."""
    told = f"{now.right:.0%} of the points it has not seen lie on their own side"
    if not epochs:
        return f"With random weights, {told}. Train it for a few epochs."
    if not now.train < first.train * 10:
        return f"After {epochs} epochs the loss has grown: the learning rate is too large."
    return (
        f"After {epochs} epoch{'' if epochs == 1 else 's'}, {told}; the loss on them is {fixed(now.test, 3)}."
    )


def _top(moments: tuple[Moment, ...]) -> float:
    """The top of the axis: the losses of most runs stay below 0.6."""
    return max(0.6, *(min(loss, 5.0) for moment in moments for loss in (moment.train, moment.test)))


def _curves(moments: tuple[Moment, ...], plot: Plot) -> tuple[Mark, ...]:
    shown = [moment for moment in moments if moment.train < plot.high_y * 2 and moment.test < plot.high_y * 2]
    if len(shown) < 2:
        return ()
    return (
        Mark("train", "curve c-train", plot.path((moment.epoch, moment.train) for moment in shown)),
        Mark("test", "curve c-held", plot.path((moment.epoch, moment.test) for moment in shown)),
    )
