"""Normalization: a batch before and after, and which of its numbers are normalized together.

title = "Every feature to mean 0 and spread 1"
values = [[8, 1], [6, 2], [9, 3]]   # 2 to 8 samples of 2 to 5 features, from -20 to 20
features = ["height", "weight"]
layer = "BatchNormalization"        # or "LayerNormalization"
mode = "training"                   # or "inference", with moving statistics
momentum = 0.9                      # of those
gamma = 1.0                         # where the sliders begin
beta = 0.0
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from course.figures.batches import Treatment, normalize
from course.figures.blocks import Block
from course.figures.controls import Choice, Slider, Wishes
from course.figures.document import Matrix, NetworkDocument, Vector
from course.figures.numbers import NIL, fixed, inside_node, short
from course.figures.scene import fill

LAYERS = {"BatchNormalization": "batch", "LayerNormalization": "layer"}
TOGETHER = {"batch": "BatchNormalization: each feature", "layer": "LayerNormalization: each sample"}
MODES = {"training": "training", "inference": "inference"}
VALUES: Matrix = (
    (8.0, 1.0, -2.0),
    (6.0, 2.0, -1.0),
    (9.0, 3.0, -3.0),
    (7.0, 2.0, 0.0),
    (5.0, 0.0, -2.0),
    (10.0, 4.0, -4.0),
)
SAMPLES, FEATURES = (2, 8), (2, 5)
MOST = 20.0
GAMMAS, BETAS, SEEN = (0.0, 2.0), (-2.0, 2.0), (0, 50)
BOUNDS = (4, 6, 10, 15, 25, 50)  # what the line of dots can reach on either side
WIDTH, MARGIN = 320, 14
STRIP, LINE, STACK, MOST_STACKED = 64, 42, 9, 2  # heights: of a strip, of its dots, of dots on each other
SCALE = 4.0  # the size that gets the deepest fill


@dataclass(frozen=True)
class Settings:
    title: str
    values: Matrix
    features: tuple[str, ...]
    by: str
    mode: str
    momentum: float
    gamma: float
    beta: float


@dataclass(frozen=True)
class Cell:
    """One number of the batch; `at` is its place, row by row from 1; `is_together`: in the group in view."""

    at: int
    label: str
    text: str
    css: str
    is_negative: bool
    is_together: bool
    is_current: bool


@dataclass(frozen=True)
class Dot:
    x: float
    y: float
    is_current: bool


@dataclass(frozen=True)
class Strip:
    """The numbers of the group on a line, with their mean and one spread to either side of it."""

    name: str
    text: str
    y: float
    dots: tuple[Dot, ...]
    mean: float
    low: float
    high: float


@dataclass(frozen=True)
class View:
    title: str
    sentence: str
    notices: tuple[str, ...]
    data: dict[str, Any]
    by: Choice
    mode: Choice
    seen: Slider
    gamma: Slider
    beta: Slider
    cell: int
    features: tuple[str, ...]
    before: tuple[tuple[Cell, ...], ...]
    after: tuple[tuple[Cell, ...], ...]
    strips: tuple[Strip, ...]
    ticks: tuple[tuple[str, float], ...]
    size: tuple[int, int]
    table: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True)
class State:
    """What the reader chose: the treatment, and which number to look at, by row and column from 0."""

    values: Matrix
    treatment: Treatment
    row: int
    column: int

    @property
    def group(self) -> int:
        """Which feature, or which sample, is in view."""
        return self.column if self.treatment.uses_batch else self.row

    def together(self, values: Matrix) -> Vector:
        """The numbers of the group."""
        return tuple(row[self.column] for row in values) if self.treatment.uses_batch else values[self.row]

    def is_together(self, row: int, column: int) -> bool:
        return (column if self.treatment.uses_batch else row) == self.group


def read(body: str, document: NetworkDocument | None) -> Settings:
    """The settings of a block. Raises FigureError."""
    block = Block(body)
    title = block.text("title", "Normalization: to a mean of 0 and a spread of 1")
    values = read_values(block)
    count = len(values[0])
    settings = Settings(
        title=title,
        values=values,
        features=block.words(
            "features", least=count, most=count, default=[f"x{n + 1}" for n in range(count)]
        ),
        by=LAYERS[block.choice("layer", tuple(LAYERS), "BatchNormalization")],
        mode=block.choice("mode", tuple(MODES), "training"),
        momentum=block.number("momentum", 0, 0.999, 0.9),
        gamma=block.number("gamma", *GAMMAS, default=1.0),
        beta=block.number("beta", *BETAS, default=0.0),
    )
    block.end()
    return settings


def read_values(block: Block) -> Matrix:
    """The author's batch, or the default one."""
    rows = block.raw("values")
    if rows is None:
        return VALUES
    fits = isinstance(rows, list) and SAMPLES[0] <= len(rows) <= SAMPLES[1]
    fits = fits and all(isinstance(row, list) and len(row) == len(rows[0]) for row in rows)
    if not fits or not FEATURES[0] <= len(rows[0]) <= FEATURES[1]:
        samples, features = (f"{least} to {most}" for least, most in (SAMPLES, FEATURES))
        raise block.error("values", f"values holds {samples} samples of {features} numbers each.")
    if not all(type(value) in (int, float) and abs(value) <= MOST for row in rows for value in row):
        raise block.error("values", f"values holds numbers from {-MOST:g} to {MOST:g} only.")
    return tuple(tuple(float(value) for value in row) for row in rows)


def show(settings: Settings, query: Mapping[str, str], name: str) -> View:
    """The batch before and after, as the reader wants it normalized."""
    wishes = Wishes(query, name)
    state = _state(settings, wishes)
    done = normalize(state.values, state.treatment)
    treatment, mode = state.treatment, "training" if state.treatment.is_training else "inference"
    bound = bound_of(state.together(state.values) + state.together(done.values))
    return View(
        title=settings.title,
        sentence=_sentence(settings, state),
        notices=tuple(wishes.notices),
        data={"values": settings.values, "features": settings.features, "momentum": settings.momentum},
        by=wishes.options("by", "Normalized together", treatment.by, TOGETHER),
        mode=wishes.options("mode", "Mode", mode, MODES),
        seen=wishes.slider("seen", "Batches seen before", treatment.seen, *SEEN, 1),
        gamma=wishes.slider("gamma", "gamma", treatment.gamma, *GAMMAS, 0.05),
        beta=wishes.slider("beta", "beta", treatment.beta, *BETAS, 0.05),
        cell=state.row * len(settings.features) + state.column + 1,
        features=settings.features,
        before=_cells(state, state.values, settings.features),
        after=_cells(state, done.values, settings.features),
        strips=(_strip(state, 0, state.values, bound), _strip(state, 1, done.values, bound)),
        ticks=tuple(
            (short(value), along(value, bound)) for value in (-bound, -bound / 2, 0, bound / 2, bound)
        ),
        size=(WIDTH, 2 * STRIP + 20),
        table=_table(settings, state, done.values),
    )


def _state(settings: Settings, wishes: Wishes) -> State:
    size = len(settings.values) * len(settings.features)
    treatment = Treatment(
        by=wishes.choice("by", "The layer", settings.by, tuple(TOGETHER)),
        is_training=wishes.choice("mode", "The mode", settings.mode, tuple(MODES)) == "training",
        seen=wishes.whole("seen", "The number of batches", 10, *SEEN),
        momentum=settings.momentum,
        gamma=wishes.number("gamma", "gamma", settings.gamma, *GAMMAS),
        beta=wishes.number("beta", "beta", settings.beta, *BETAS),
    )
    at = wishes.whole("at" if "at" in wishes.query else "cell", "The number in view", 1, 1, size)
    row, column = divmod(at - 1, len(settings.features))
    return State(settings.values, treatment, row, column)


def bound_of(values: Sequence[float]) -> float:
    """How far the line reaches: the smallest of BOUNDS that holds every number."""
    most = max(map(abs, values))
    return float(next((bound for bound in BOUNDS if bound >= most), BOUNDS[-1]))


def along(value: float, bound: float) -> float:
    """Where a value stands on the line."""
    return round(WIDTH / 2 + value / bound * (WIDTH / 2 - MARGIN), 2)


def _cells(state: State, values: Matrix, features: Sequence[str]) -> tuple[tuple[Cell, ...], ...]:
    return tuple(
        tuple(
            Cell(
                at=row * len(line) + column + 1,
                label=f"Sample {row + 1}, {features[column]}: {inside_node(value)}",
                text=inside_node(value),
                css=fill(value, SCALE),
                is_negative=value < -NIL,
                is_together=state.is_together(row, column),
                is_current=(row, column) == (state.row, state.column),
            )
            for column, value in enumerate(line)
        )
        for row, line in enumerate(values)
    )


def _strip(state: State, place: int, values: Matrix, bound: float) -> Strip:
    group = state.together(values)
    mean, spread, y = float(np.mean(group)), float(np.std(group)), float(STRIP * place + LINE)
    chosen = state.row if state.treatment.uses_batch else state.column
    xs = [along(value, bound) for value in group]
    levels = [min(xs[:n].count(x), MOST_STACKED) for n, x in enumerate(xs)]
    return Strip(
        name=("before", "after")[place],
        text=f"mean {fixed(mean)}, spread {fixed(spread)}",
        y=y,
        dots=tuple(
            Dot(x, y - STACK * level, n == chosen)
            for n, (x, level) in enumerate(zip(xs, levels, strict=True))
        ),
        mean=along(mean, bound),
        low=along(mean - spread, bound),
        high=along(mean + spread, bound),
    )


def _sentence(settings: Settings, state: State) -> str:
    """The number in view worked out, and whose mean and spread it was."""
    treatment, done = state.treatment, normalize(state.values, state.treatment)
    x, y = state.values[state.row][state.column], done.values[state.row][state.column]
    mean, spread = done.means[state.group], done.spreads[state.group]
    feature = settings.features[state.column]
    whose = f"sample {state.row + 1}"
    if treatment.uses_batch:
        whose = f"{feature} in this batch"
        if not treatment.is_training:
            whose = f"{feature} as the batches seen before left them"
    minus = f"{short(x)} \u2212 {fixed(mean)}" if mean >= 0 else f"{short(x)} + {fixed(-mean)}"
    return (
        f"{feature} of sample {state.row + 1}: ({minus}) / {fixed(spread)} is {fixed((x - mean) / spread)}; "
        f"times gamma, plus beta, {fixed(y)}. Mean and spread are those of {whose}."
    )


def _table(settings: Settings, state: State, after: Matrix) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Each sample before and after, feature by feature."""
    return tuple(
        (
            f"sample {row + 1}",
            tuple(text for x, y in zip(line, after[row], strict=True) for text in (short(x), fixed(y))),
        )
        for row, line in enumerate(state.values)
    )
