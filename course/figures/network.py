"""The network figure for one state: all that its template needs, with links to every other state."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from math import floor, log2
from typing import Any

from course.figures import words
from course.figures.address import Address
from course.figures.browser import figure_data
from course.figures.comparison import Comparison, comparison
from course.figures.document import NetworkDocument, Vector
from course.figures.editing import EditList, edit_list
from course.figures.edits import edited
from course.figures.errors import FigureError
from course.figures.forward import Pass, run
from course.figures.matrices import CodeLine, Matrix, SourceLine, code_lines, matrix, source_lines
from course.figures.numbers import plain
from course.figures.prediction import Prediction, can_predict, prediction, tells_from
from course.figures.scene import FULL_SCALE, View
from course.figures.sheets import SheetView, layouts, make_sheet
from course.figures.state import FigureState, Focus, Guess, Run, asked
from course.figures.steps import GRAINS, Known, Position, Stop, neighbors, positions, stops
from course.figures.sums import sum_of
from course.figures.tables import ValueGroup, WeightTable, value_groups, weight_tables
from course.figures.waterfall import Waterfall

MOST_KEPT = 32
"""Figures that a process keeps: most readers see the one that their lesson begins with."""


@dataclass(frozen=True)
class StopLink:
    """One stop of the stepper."""

    stop: Stop
    number: int
    href: str
    is_past: bool
    is_current: bool


@dataclass(frozen=True)
class GrainLink:
    """One way of stepping: by layer, neuron or operation."""

    name: str
    href: str
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
    grains: tuple[GrainLink, ...]
    position: str
    back: str
    forward: str
    overview: str
    edit: EditList | None
    compare: str
    uncompare: str
    comparison: Comparison | None
    predict: str
    unpredict: str
    prediction: Prediction | None
    predict_hidden: tuple[tuple[str, str], ...]
    edited: str
    unedited: str
    is_editing: bool
    presets: tuple[PresetLink, ...]
    fields: tuple[Field, ...]
    hidden: tuple[tuple[str, str], ...]
    sentence: str
    phrases: tuple[words.Phrase, ...]
    sum: Waterfall | None
    zeros: str
    values: tuple[ValueGroup, ...]
    code: tuple[CodeLine, ...]
    matrix_in_rows: Matrix
    matrix_in_columns: Matrix
    source: tuple[SourceLine, ...]
    weights: tuple[WeightTable, ...]
    notices: tuple[str, ...]
    data: dict[str, Any]
    without: frozenset[str] = frozenset()  # parts that are left out, see hiding.py
    fragments: dict[object, str] = field(default_factory=dict, repr=False, compare=False)
    """HTML that templates have made of this figure alone, see course/templatetags/fragments.py."""

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
    last = len(stops(run(document, values)))
    state = FigureState(values, focus, last if step is None else step)
    if not 1 <= state.step <= last:
        raise FigureError(f"Steps go from 1 to {last}; {state.step} is none of them.")
    return figure_in(state, Address(document, start or state, keep, id), notices)


def figure_in(
    state: FigureState, address: Address, notices: Sequence[str] = (), *, is_editing: bool = False
) -> Figure:
    """The figure in any state that the address's document has. is_editing: its list stands open."""
    return _figure(state, address, tuple(notices), is_editing)


def view_of(document: NetworkDocument, state: FigureState) -> View:
    """What is seen of a document in a state: computed with the state's edits, colored as without them."""
    changed = edited(document, state.edits)
    seen = run(changed, state.x)
    known = Known(tuple(stops(seen)), state.step, state.within)
    before = run(edited(document, state.pinned.edits), state.pinned.x) if state.pinned else None
    return View(changed, seen, known, state.focus, scale_of(document, state.x), state.edits, before)


@lru_cache(maxsize=MOST_KEPT)
def _figure(state: FigureState, address: Address, notices: tuple[str, ...], is_editing: bool) -> Figure:
    view = view_of(address.document, state)
    summed = sum_of(view, view.focus) if view.focus and view.focus.layer else None
    phrases = (
        words.sum_sentence(view, view.focus) if view.focus else [words.Phrase(words.step_sentence(view))]
    )
    document = view.document
    before, after = neighbors(positions(view.seen, view.known.stops, state.grain), (state.step, state.within))
    return Figure(
        id=address.anchor,
        document=document,
        state=state,
        label=words.group_label(view),
        headline=words.headline(view),
        sheets=tuple(make_sheet(view, state, address, layout) for layout in layouts(document)),
        stops=tuple(_stop_link(stop, n, state, address) for n, stop in enumerate(view.known.stops, start=1)),
        grains=tuple(_grain_link(grain, state, address) for grain in GRAINS),
        position=words.position_note(view),
        back=address.to(stepped(view, state, before)),
        forward=address.to(stepped(view, state, after)),
        overview=address.to(replace(state, focus=None)),
        edit=edit_list(view, state, address, words.unit_name(view, view.focus)) if view.focus else None,
        edited=words.edited_sentence(len(state.edits)),
        unedited=address.to(replace(asked(state), edits=())),
        is_editing=is_editing,
        predict=address.to(_before_answer(view, replace(state, guess=Guess()))),
        unpredict=address.to(replace(state, guess=None)),
        prediction=prediction(view, state.guess),
        predict_hidden=_predict_hidden(view, state, address),
        compare=address.to(replace(state, pinned=Run(state.x, state.edits))),
        uncompare=address.to(replace(state, pinned=None)),
        comparison=comparison(view, len(state.pinned.edits) if state.pinned else 0),
        presets=tuple(
            PresetLink(name, address.to(replace(asked(state), x=x)), x == state.x)
            for name, x in document.presets
        ),
        fields=tuple(
            Field(name, plain(value), f"{address.anchor}-x{i + 1}")
            for i, (name, value) in enumerate(zip(document.features, state.x, strict=True))
        ),
        hidden=(*address.keep, *address.weights(state), *address.place(asked(state))),
        sentence=words.step_sentence(view),
        phrases=tuple(phrases),
        sum=summed,
        zeros=words.zeros_sentence(summed.zeros) if summed else "",
        values=tuple(value_groups(view)),
        code=tuple(code_lines(view, state, address)),
        matrix_in_rows=matrix(view, is_columns=False),
        matrix_in_columns=matrix(view, is_columns=True),
        source=tuple(source_lines(view)),
        weights=tuple(weight_tables(view)),
        notices=notices,
        data=figure_data(view, state, address),
    )


def stepped(view: View, state: FigureState, position: Position) -> FigureState:
    """The state after a step; by neuron or operation the unit that is computed is pinned."""
    step, within = position
    stop = view.known.stops[step - 1]
    focus = state.focus
    if state.grain != "layer" and stop.is_counted:
        units = view.document.sizes[stop.layer]
        focus = Focus(stop.layer, (within[0] if within else units) - 1)
    return replace(state, step=step, within=within, focus=focus)


def _before_answer(view: View, state: FigureState) -> FigureState:
    """The state at a step that tells nothing of the answer: where it stands, or else the first."""
    tells = can_predict(view.known.stops) and state.step >= tells_from(view.known.stops)
    return replace(state, step=1, within=()) if tells else state


def _predict_hidden(view: View, state: FigureState, address: Address) -> tuple[tuple[str, str], ...]:
    """What else the prediction's form asks for: the same inputs and weights, at the last step."""
    end = replace(state, step=len(view.known.stops), within=(), guess=None)
    return (*address.keep, *address.input(end), *address.weights(end), *address.place(end))


def _grain_link(grain: str, state: FigureState, address: Address) -> GrainLink:
    within = state.within if grain == "operation" or len(state.within) < 2 else ()
    changed = replace(state, grain=grain, within=() if grain == "layer" else within)
    return GrainLink(grain, address.to(changed), grain == state.grain)


def _stop_link(stop: Stop, number: int, state: FigureState, address: Address) -> StopLink:
    href = address.to(replace(state, step=number, within=()))
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
