"""Pooling, window by window: the largest value of each window or the mean, and what becomes of the gradient.

title = "Four numbers become one"
picture = "seven"          # a picture and a kernel of the convolution figure; relu makes the map to pool
kernel = "vertical"
values = [[1, 3], [2, 3]]  # or the map itself: a square of 2 to 8 rows
pool = "max"               # or "average"
size = 2                   # 2 or 3
stride = 2                 # 1 to 3; without it, the size
padding = "valid"          # or "same"
step = 1                   # the window it begins with, row by row
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np

import engine
from course.figures import pictures
from course.figures.blocks import Block
from course.figures.controls import Choice, Slider, Wishes
from course.figures.convolution import convolve
from course.figures.document import Matrix, NetworkDocument
from course.figures.numbers import inside_node, short
from course.figures.pictures import KERNELS, PICTURES, SIDE, SIZE
from course.figures.scene import fill
from course.figures.windows import Answer, Sliding, answers, strongest

POOLS = {"max": "the largest", "average": "the mean"}
LAYERS = {"max": "MaxPooling2D", "average": "AveragePooling2D"}
SIZES = {"2": "2 by 2", "3": "3 by 3"}
STRIDES = {"1": "1", "2": "2", "3": "3"}
PADDINGS = {"valid": "valid: none", "same": "same: the rim counts"}
OWN = "own"
MOST_STEPS = SIDE * SIDE
FEWEST_ROWS = 2


@dataclass(frozen=True)
class Settings:
    """`values` is the map; `picture` names what it was made of, OWN for the author's own numbers."""

    title: str
    values: Matrix
    picture: str
    kernel: str
    pool: str
    size: str
    stride: str
    padding: str
    step: int | None


@dataclass(frozen=True)
class Cell:
    """One number of the map. `is_winner`: the first largest of a window; `is_chosen`: of the one in view."""

    text: str
    css: str
    is_covered: bool
    is_winner: bool
    is_chosen: bool


@dataclass(frozen=True)
class View:
    title: str
    sentence: str
    notices: tuple[str, ...]
    data: dict[str, Any]
    picture: Choice | None
    pool: Choice
    size: Choice
    stride: Choice
    padding: Choice
    step: Slider
    back: int
    next: int
    cells: tuple[tuple[Cell, ...], ...]
    answers: tuple[tuple[Answer, ...], ...]
    shapes: str
    name: str


@dataclass(frozen=True)
class Pooled:
    """A layer's answers, and for the largest which place of each window, row by row, was the first to win."""

    answers: Matrix
    winners: tuple[tuple[int, ...], ...] | None


@dataclass(frozen=True)
class State:
    """What the reader chose. `step` counts from 0."""

    values: Matrix
    picture: str
    pool: str
    sliding: Sliding
    step: int


def read(body: str, document: NetworkDocument | None) -> Settings:
    """The settings of a block. Raises FigureError."""
    block = Block(body)
    title = block.text("title", "Pooling: fewer numbers, the strongest kept")
    picture, kernel = pictures.read_picture(block), block.choice("kernel", tuple(KERNELS), "vertical")
    own = read_values(block)
    size = str(block.whole("size", 2, 3, 2))
    settings = Settings(
        title=title,
        values=own or _map_of(picture, kernel),
        picture=OWN if own else pictures.name_of(picture) or OWN,
        kernel=kernel,
        pool=block.choice("pool", tuple(POOLS), "max"),
        size=size,
        stride=str(block.whole("stride", 1, 3, int(size))),
        padding=block.choice("padding", tuple(PADDINGS), "valid"),
        step=block.whole("step", 1, MOST_STEPS) if block.has("step") else None,
    )
    if int(size) > len(settings.values):
        raise block.error("size", f"size is {size}, larger than the map of {len(settings.values)} rows.")
    block.end()
    return settings


def read_values(block: Block) -> Matrix | None:
    """The author's own square of numbers, None when there is none."""
    rows = block.raw("values")
    if rows is None:
        return None
    fits = isinstance(rows, list) and FEWEST_ROWS <= len(rows) <= SIDE
    if not fits or not all(isinstance(row, list) and len(row) == len(rows) for row in rows):
        raise block.error(
            "values", f"values is a square of {FEWEST_ROWS} to {SIDE} rows, such as [[1, 3], [2, 3]]."
        )
    if not all(type(value) in (int, float) and abs(value) < 1000 for row in rows for value in row):
        raise block.error("values", "values holds numbers between -1000 and 1000 only.")
    return tuple(tuple(float(value) for value in row) for row in rows)


def show(settings: Settings, query: Mapping[str, str], name: str) -> View:
    """The map, the window and the answers that the reader asks for."""
    wishes = Wishes(query, name)
    state = _state(settings, wishes)
    sliding, pooled = state.sliding, run_pool(state.values, state.pool, state.sliding)
    among = {one.name: one.title for one in PICTURES.values()}
    side, steps = sliding.side, sliding.count**2
    scale = scale_of(state.values)
    return View(
        title=settings.title,
        sentence=_sentence(state, pooled),
        notices=tuple(wishes.notices),
        data={
            "values": settings.values if settings.picture == OWN else None,
            "kernel": KERNELS[settings.kernel].weights,
            "pictures": {one.name: pictures.encode(one.pixels) for one in PICTURES.values()},
        },
        picture=None
        if settings.picture == OWN
        else wishes.options("picture", "The map of", state.picture, among),
        pool=wishes.options("pool", "Each window gives", state.pool, POOLS),
        size=wishes.options("size", "Window", str(sliding.size), SIZES),
        stride=wishes.options("stride", "Stride", str(sliding.stride), STRIDES),
        padding=wishes.options("padding", "Padding", sliding.padding, PADDINGS),
        step=wishes.slider("step", "Window", state.step + 1, 1, steps, 1),
        back=max(state.step, 1),
        next=min(state.step + 2, steps),
        cells=_cells(state, pooled, scale),
        answers=answers(pooled.answers, sliding, state.step, scale, is_filling=False),
        shapes=f"{side} by {side} in, {sliding.count} by {sliding.count} out",
        name=name,
    )


def _state(settings: Settings, wishes: Wishes) -> State:
    picture, values = settings.picture, settings.values
    if picture != OWN:
        picture = wishes.choice("picture", "The picture", picture, tuple(PICTURES))
        values = _map_of(PICTURES[picture].pixels, settings.kernel)
    chosen = wishes.choice("pool", "What a window gives", settings.pool, tuple(POOLS))
    size = wishes.choice("size", "The window", settings.size, tuple(SIZES))
    stride = wishes.choice("stride", "The stride", settings.stride, tuple(STRIDES))
    padding = wishes.choice("padding", "The padding", settings.padding, tuple(PADDINGS))
    sliding = Sliding(len(values), min(int(size), len(values)), int(stride), padding)
    key = "at" if "at" in wishes.query else "step"
    first = settings.step or strongest(run_pool(values, chosen, sliding).answers)
    step = wishes.whole(key, "The window", first, 1, MOST_STEPS)
    return State(values, picture, chosen, sliding, min(step, sliding.count**2) - 1)


def _map_of(pixels: pictures.Pixels, kernel: str) -> Matrix:
    return convolve(pixels, KERNELS[kernel].weights, Sliding(SIDE, SIZE, 1, "valid"), "relu")


def scale_of(values: Matrix) -> float:
    """The size that gets the deepest fill: the largest of the map, 1 for a map of zeros."""
    return max(abs(value) for row in values for value in row) or 1.0


@lru_cache(maxsize=256)
def run_pool(values: Matrix, pool: str, sliding: Sliding) -> Pooled:
    """The engine's MaxPooling2D or AveragePooling2D on the map."""
    layer = f"{LAYERS[pool]}({sliding.size}, strides={sliding.stride}, padding='{sliding.padding}')"
    source = f"Sequential([Input(({sliding.side}, {sliding.side}, 1)), {layer}])"
    model = engine.build(engine.parse(source), dtype="float64", budget=engine.INTERACTIVE)
    found = engine.trace(model, np.array(values)[..., None]).layers[-1]
    winners = found.notes.get("winner")
    return Pooled(
        tuple(tuple(float(value) for value in row) for row in found.a[..., 0]),
        None if winners is None else tuple(tuple(int(tap) for tap in row) for row in winners[..., 0]),
    )


def winner(state: State, pooled: Pooled, step: int) -> tuple[int, int]:
    """Row and column of the first largest value of a window."""
    assert pooled.winners is not None
    row, column = divmod(step, state.sliding.count)
    down, across = divmod(pooled.winners[row][column], state.sliding.size)
    top, left = state.sliding.corner(step)
    return top + down, left + across


def _covered(state: State) -> list[float]:
    """The values in the window in view, padding left out."""
    return [
        value
        for row, line in enumerate(state.values)
        for column, value in enumerate(line)
        if state.sliding.covers(state.step, row, column)
    ]


def _cells(state: State, pooled: Pooled, scale: float) -> tuple[tuple[Cell, ...], ...]:
    steps = range(state.sliding.count**2) if pooled.winners else ()
    winners = {winner(state, pooled, step) for step in steps}
    chosen = winner(state, pooled, state.step) if pooled.winners else None
    return tuple(
        tuple(
            Cell(
                text=inside_node(value),
                css=fill(value, scale),
                is_covered=state.sliding.covers(state.step, row, column),
                is_winner=(row, column) in winners,
                is_chosen=(row, column) == chosen,
            )
            for column, value in enumerate(line)
        )
        for row, line in enumerate(state.values)
    )


def _sentence(state: State, pooled: Pooled) -> str:
    """What the window gives, and where the gradient of it goes."""
    row, column = divmod(state.step, state.sliding.count)
    answer = short(pooled.answers[row][column])
    place = f"Window {state.step + 1} of {state.sliding.count**2}, {state.sliding.span(state.step)}"
    return (
        f"{place}: {POOLS[state.pool]} of {listed(_covered(state))} is {answer}. {_gradient(state, pooled)}"
    )


def listed(values: Sequence[float]) -> str:
    """Numbers in a sentence: 1, 2 and 3."""
    texts = [short(value) for value in values]
    return f"{', '.join(texts[:-1])} and {texts[-1]}" if len(texts) > 1 else texts[0]


def _gradient(state: State, pooled: Pooled) -> str:
    """Where the gradient of the window's answer goes on the way back."""
    values = _covered(state)
    if len(values) == 1:
        return "On the way back it gets the whole gradient."
    if pooled.winners is None:
        return f"On the way back each of the {len(values)} numbers gets 1/{len(values)} of the gradient."
    row, column = winner(state, pooled, state.step)
    place = f"row {row + 1}, column {column + 1}"
    equal = values.count(max(values))
    if equal == 1:
        return f"On the way back the whole gradient goes to the largest, in {place}. The others get 0."
    return (
        f"{equal} numbers are largest. On the way back the whole gradient goes to the first of them, "
        f"in {place}. The others get 0."
    )
