"""A convolution, window by window: a picture to draw on, a kernel, nine products, and the map of their sums.

title = "One kernel slides over a seven"
picture = "seven"          # two, four, square, circle, cross, empty; or eight rows such as "..####.."
kernel = "vertical"        # horizontal, outline, blur, sharpen, learned-1, learned-2, learned-3
                           # or three rows of three weights: [[0, 1, 0], …]
stride = 1                 # 1 to 3
padding = "valid"          # or "same"
activation = "linear"      # or "relu"
map = "whole"              # or "filling": only what the window has passed
step = 9                   # the window it begins with, row by row; without it, the one with the largest sum
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np

import engine
from course.figures import pictures
from course.figures.blocks import Block
from course.figures.controls import Choice, Slider, Wishes
from course.figures.document import Matrix, NetworkDocument
from course.figures.numbers import short
from course.figures.pictures import (
    KERNELS,
    MOST_WEIGHT,
    OWN,
    PICTURES,
    SIDE,
    SIZE,
    Kernel,
    Pixels,
)
from course.figures.windows import Answer, Sliding, answers, strongest

EXACT = 9  # decimals
STRIDES = {"1": "1 pixel", "2": "2 pixels", "3": "3 pixels"}
PADDINGS = {"valid": "valid: none", "same": "same: zeros around it"}
ACTIVATIONS = {"linear": "none", "relu": "relu"}
MAPS = {"whole": "all at once", "filling": "window by window"}
DRAWING = "drawing"
MOST_STEPS = SIDE * SIDE
WEIGHTS = (-MOST_WEIGHT, MOST_WEIGHT)


@dataclass(frozen=True)
class Settings:
    title: str
    pixels: Pixels
    kernel: Kernel
    stride: str
    padding: str
    activation: str
    map: str
    step: int | None


@dataclass(frozen=True)
class Pixel:
    """One pixel as a button, or a zero of the padding (`place` is None)."""

    place: int | None
    value: int
    label: str
    is_covered: bool


@dataclass(frozen=True)
class Product:
    """One of the nine: what lies under the window, the weight there, and the two multiplied."""

    value: int
    weight: str
    product: str
    css: str


@dataclass(frozen=True)
class View:
    title: str
    sentence: str
    notices: tuple[str, ...]
    data: dict[str, Any]
    picture: Choice
    pixels: str
    kernel: Choice
    weights: tuple[tuple[Slider, ...], ...]
    says: str
    stride: Choice
    padding: Choice
    activation: Choice
    map: Choice
    step: Slider
    back: int
    next: int
    image: tuple[tuple[Pixel, ...], ...]
    window: tuple[tuple[Product, ...], ...]
    sum: str
    answers: tuple[tuple[Answer, ...], ...]
    shapes: str
    name: str


@dataclass(frozen=True)
class State:
    """What the reader chose. `step` counts from 0."""

    pixels: Pixels
    kernel: Kernel
    sliding: Sliding
    activation: str
    step: int
    is_filling: bool


def read(body: str, document: NetworkDocument | None) -> Settings:
    """The settings of a block. Raises FigureError."""
    block = Block(body)
    settings = Settings(
        title=block.text("title", "Convolution: one small kernel, every place"),
        pixels=pictures.read_picture(block),
        kernel=pictures.read_kernel(block),
        stride=str(block.whole("stride", 1, len(STRIDES), 1)),
        padding=block.choice("padding", tuple(PADDINGS), "valid"),
        activation=block.choice("activation", tuple(ACTIVATIONS), "linear"),
        map=block.choice("map", tuple(MAPS), "whole"),
        step=block.whole("step", 1, MOST_STEPS) if block.has("step") else None,
    )
    block.end()
    return settings


def show(settings: Settings, query: Mapping[str, str], name: str) -> View:
    """The picture, the window and the map that the reader asks for."""
    wishes = Wishes(query, name)
    state = _state(settings, wishes)
    sliding, kernel, drawn = state.sliding, state.kernel, pictures.name_of(state.pixels)
    z = convolve(state.pixels, kernel.weights, sliding, "linear")
    a = convolve(state.pixels, kernel.weights, sliding, state.activation)
    among = {p.name: p.title for p in PICTURES.values()} | {DRAWING: "your drawing"}
    at = divmod(state.step, sliding.count)
    steps = sliding.count**2
    return View(
        title=settings.title,
        sentence=_sentence(state, z[at[0]][at[1]]),
        notices=tuple(wishes.notices),
        data={
            "kernels": {one.name: [one.weights, one.says, one.reach] for one in KERNELS.values()},
            "pictures": {one.name: pictures.encode(one.pixels) for one in PICTURES.values()},
        },
        picture=wishes.options("picture", "Picture", drawn or DRAWING, among),
        pixels=pictures.encode(state.pixels),
        kernel=wishes.options(
            "kernel", "Kernel", kernel.name, {k.name: k.title for k in KERNELS.values()} | {OWN: "your own"}
        ),
        weights=_weight_fields(wishes, kernel),
        says=kernel.says,
        stride=wishes.options("stride", "Stride", str(sliding.stride), STRIDES),
        padding=wishes.options("padding", "Padding", sliding.padding, PADDINGS),
        activation=wishes.options("activation", "Activation", state.activation, ACTIVATIONS),
        map=wishes.options("map", "The map appears", "filling" if state.is_filling else "whole", MAPS),
        step=wishes.slider("step", "Window", state.step + 1, 1, steps, 1),
        back=max(state.step, 1),
        next=min(state.step + 2, steps),
        image=_image(state),
        window=_window(state),
        sum=_sum(state, z[at[0]][at[1]]),
        answers=answers(a, sliding, state.step, kernel.reach, is_filling=state.is_filling),
        shapes=f"{SIDE} by {SIDE} in, {sliding.count} by {sliding.count} out",
        name=name,
    )


def _state(settings: Settings, wishes: Wishes) -> State:
    pixels = _pixels(settings, wishes)
    kernel = _kernel(settings, wishes)
    stride = wishes.choice("stride", "The stride", settings.stride, tuple(STRIDES))
    padding = wishes.choice("padding", "The padding", settings.padding, tuple(PADDINGS))
    sliding = Sliding(SIDE, SIZE, int(stride), padding)
    activation = wishes.choice("activation", "The activation", settings.activation, tuple(ACTIVATIONS))
    steps = sliding.count**2
    first = settings.step or strongest(convolve(pixels, kernel.weights, sliding, "linear"))
    key = "at" if "at" in wishes.query else "step"
    step = wishes.whole(key, "The window", first, 1, MOST_STEPS)
    shown = wishes.choice("map", "The map", settings.map, tuple(MAPS))
    return State(pixels, kernel, sliding, activation, min(step, steps) - 1, shown == "filling")


def _kernel(settings: Settings, wishes: Wishes) -> Kernel:
    """The kernel chosen, or the reader's own: nine weights that begin as the author's kernel."""
    name = wishes.choice("kernel", "The kernel", settings.kernel.name, (*KERNELS, OWN))
    if name != OWN and "own" not in wishes.query:
        return KERNELS[name]
    weights = tuple(
        tuple(wishes.number(*_weight(row, column), weight, *WEIGHTS) for column, weight in enumerate(line))
        for row, line in enumerate(settings.kernel.weights)
    )
    return pictures.own_kernel(weights)


def _weight(row: int, column: int) -> tuple[str, str]:
    """A weight of the kernel in the address, and in words."""
    return f"w{row * SIZE + column + 1}", f"Weight in row {row + 1}, column {column + 1}"


def _weight_fields(wishes: Wishes, kernel: Kernel) -> tuple[tuple[Slider, ...], ...]:
    return tuple(
        tuple(wishes.slider(*_weight(row, column), weight, *WEIGHTS) for column, weight in enumerate(line))
        for row, line in enumerate(kernel.weights)
    )


def _pixels(settings: Settings, wishes: Wishes) -> Pixels:
    """The picture chosen or drawn, with the pixel turned whose button was pressed."""
    wanted = wishes.query.get("picture")
    if wanted == DRAWING:
        pixels = pictures.decode(wishes.query.get("pixels", "")) or settings.pixels
    elif wanted is None:
        pixels = settings.pixels
    else:
        pixels = PICTURES[
            wishes.choice("picture", "The picture", next(iter(PICTURES)), tuple(PICTURES))
        ].pixels
    if "turn" not in wishes.query:
        return pixels
    return pictures.turned(pixels, wishes.whole("turn", "The pixel", 1, 1, SIDE * SIDE) - 1)


@lru_cache(maxsize=256)
def convolve(pixels: Pixels, weights: Matrix, sliding: Sliding, activation: str) -> Matrix:
    """The engine's Conv2D of one filter without bias on the picture, rounded so that equal sums are equal."""
    model = _model(sliding, activation)
    model.set_weights([np.array(weights).reshape(SIZE, SIZE, 1, 1)])
    found = engine.trace(model, np.array(pixels, float).reshape(SIDE, SIDE, 1)).layers[-1]
    return tuple(tuple(round(float(value), EXACT) + 0.0 for value in row) for row in found.a[..., 0])


def _model(sliding: Sliding, activation: str) -> engine.Model:
    layer = (
        f"Conv2D(1, {SIZE}, strides={sliding.stride}, padding='{sliding.padding}', "
        f"activation='{activation}', use_bias=False)"
    )
    source = f"Sequential([Input(({SIDE}, {SIDE}, 1)), {layer}])"
    return engine.build(engine.parse(source), dtype="float64", budget=engine.INTERACTIVE)


def _image(state: State) -> tuple[tuple[Pixel, ...], ...]:
    return tuple(tuple(_pixel(state, row, column) for row, column in line) for line in state.sliding.places())


def _pixel(state: State, row: int, column: int) -> Pixel:
    is_covered = state.sliding.covers(state.step, row, column)
    if not state.sliding.is_inside(row, column):
        return Pixel(None, 0, "padding", is_covered)
    label = f"Row {row + 1}, column {column + 1}"
    return Pixel(row * SIDE + column + 1, state.pixels[row][column], label, is_covered)


def _window(state: State) -> tuple[tuple[Product, ...], ...]:
    top, left = state.sliding.corner(state.step)
    return tuple(
        tuple(_product(state, top + row, left + column, weight) for column, weight in enumerate(line))
        for row, line in enumerate(state.kernel.weights)
    )


def _product(state: State, row: int, column: int, weight: float) -> Product:
    value = state.pixels[row][column] if state.sliding.is_inside(row, column) else 0
    product = value * weight
    css = "pos" if product > 0 else "neg" if product < 0 else "zero"
    return Product(value, short(weight), short(product), css)


def _sum(state: State, z: float) -> str:
    """The products that are not 0, added up."""
    products = [one.product for row in _window(state) for one in row if one.css != "zero"]
    if not products:
        return "Every product is 0, so z = 0"
    terms = " + ".join(products).replace("+ \u2212", "\u2212 ")
    return f"z = {terms} = {short(z)}" if len(products) > 1 else f"z = {terms}"


def _sentence(state: State, z: float) -> str:
    """Where the window stands and what comes of it."""
    place = f"Window {state.step + 1} of {state.sliding.count**2}, {state.sliding.span(state.step)}"
    if state.activation == "relu" and z < 0:
        return f"{place}: the nine products add up to {short(z)}, and relu makes that 0."
    return f"{place}: the nine products add up to {short(z)}."
