"""Softmax in the hand: logits become shares, with a temperature to divide them by and a number to add to all.

title = "Four logits become four shares"
logits = "llama"                  # the output layer's sums for a preset, or a list such as [2.0, 1.0, -1.0]
names = ["cat", "dog", "llama"]   # with a list; a preset has the network's classes
temperature = 1.0                 # where the sliders begin
shift = 0.0
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

import engine
from course.figures.blocks import Block
from course.figures.controls import Slider, Wishes
from course.figures.document import NetworkDocument, Vector
from course.figures.errors import FigureError
from course.figures.forward import run
from course.figures.numbers import fixed, grown, percent, plain

LOGITS = (-8.0, 8.0)
TEMPERATURES = (0.25, 4.0)
SHIFTS = (-5.0, 5.0)
FEWEST, MOST = 2, 8


@dataclass(frozen=True)
class Settings:
    title: str
    names: tuple[str, ...]
    logits: Vector
    temperature: float
    shift: float


@dataclass(frozen=True)
class Row:
    """One class: its logit z, what goes into exp, the power, the share; bars in percent of their ground."""

    field: Slider
    logit: str
    scaled: str
    power: str
    share: str
    bar_x: str
    bar_width: str
    sign: str
    share_width: str
    is_largest: bool

    @property
    def name(self) -> str:
        return self.field.label


@dataclass(frozen=True)
class View:
    title: str
    sentence: str
    notices: tuple[str, ...]
    data: dict[str, Any]
    temperature: Slider
    shift: Slider
    rows: tuple[Row, ...]
    total: str


def read(body: str, document: NetworkDocument | None) -> Settings:
    """The settings of a block. Raises FigureError."""
    block = Block(body)
    title = block.text("title", "Softmax: logits become shares")
    wanted = block.raw("logits")
    if isinstance(wanted, str):
        names, logits = _of_preset(block, wanted, document)
    else:
        logits = block.numbers("logits", least=FEWEST, most=MOST, within=LOGITS[1])
        classes = [f"class {n + 1}" for n in range(len(logits))]
        names = block.words("names", least=len(logits), most=len(logits), default=classes)
    temperature = block.number("temperature", *TEMPERATURES, default=1.0)
    shift = block.number("shift", *SHIFTS, default=0.0)
    block.end()
    return Settings(title, names, logits, temperature, shift)


def show(settings: Settings, query: Mapping[str, str], name: str) -> View:
    """The shares for the logits, temperature and shift that the reader asks for."""
    wishes = Wishes(query, name)
    temperature = wishes.number("t", "The temperature", settings.temperature, *TEMPERATURES)
    shift = wishes.number("c", "The number added", settings.shift, *SHIFTS)
    logits = [
        wishes.number(f"z{n + 1}", f"The logit of {label}", logit, *LOGITS)
        for n, (label, logit) in enumerate(zip(settings.names, settings.logits, strict=True))
    ]
    scaled = np.array(logits) / temperature + shift
    powers, (shares, _) = np.exp(scaled), engine.ACTIVATIONS["softmax"](scaled)
    fields = [
        wishes.slider(f"z{n + 1}", label, logit, *LOGITS)
        for n, (label, logit) in enumerate(zip(settings.names, logits, strict=True))
    ]
    best = int(shares.argmax())
    return View(
        title=settings.title,
        sentence=sentence(settings.names, shares.tolist(), temperature),
        notices=tuple(wishes.notices),
        data={"names": settings.names},
        temperature=wishes.slider("t", "Temperature", temperature, *TEMPERATURES, 0.05),
        shift=wishes.slider("c", "Add to every logit", shift, *SHIFTS),
        rows=tuple(
            _row(field, z, s, power, share, n == best)
            for n, (field, z, s, power, share) in enumerate(
                zip(fields, logits, scaled, powers, shares, strict=True)
            )
        ),
        total=grown(float(powers.sum())),
    )


def sentence(names: Sequence[str], shares: Sequence[float], temperature: float) -> str:
    """What is to be seen: the largest share and the smallest, and what the temperature does."""
    order = sorted(range(len(shares)), key=shares.__getitem__)
    top, low = order[-1], order[0]
    effect = (
        " A low temperature gives more to the largest logit."
        if temperature < 1
        else " A high temperature evens the shares out."
        if temperature > 1
        else ""
    )
    return (
        f"{names[top]} gets {percent(shares[top])}, {names[low]} {percent(shares[low])}; "
        f"together the shares are 100%.{effect}"
    )


def _row(field: Slider, z: float, scaled: float, power: float, share: float, is_largest: bool) -> Row:
    width = 50 * abs(z) / LOGITS[1]
    return Row(
        field=field,
        logit=fixed(z),
        scaled=fixed(scaled),
        power=grown(power),
        share=percent(share),
        bar_x=plain(50 - width if z < 0 else 50),
        bar_width=plain(width),
        sign="neg" if z < 0 else "pos",
        share_width=plain(100 * share),
        is_largest=is_largest,
    )


def _of_preset(block: Block, preset: str, document: NetworkDocument | None) -> tuple[tuple[str, ...], Vector]:
    if document is None:
        raise block.error(
            "logits",
            f"logits = {preset!r} needs a network, and this lesson has none. Write [2.0, 1.0, -1.0].",
        )
    x = document.preset(preset)
    if x is None:
        known = ", ".join(name for name, _ in document.presets) or "none"
        raise block.error("logits", f"The network has no preset {preset!r}. Its presets: {known}.")
    last = run(document, x).columns[-1]
    if not FEWEST <= len(last.z) <= MOST or max(map(abs, last.z)) > LOGITS[1]:
        raise FigureError(
            f"The figure shows {FEWEST} to {MOST} logits from {LOGITS[0]:g} to {LOGITS[1]:g}; "
            f"this network's are others. Write a list."
        )
    return document.classes, last.z
