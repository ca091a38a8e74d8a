"""The figure on the pages that carry it: in a lesson, and small on the catalogue's first screen."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from course.figures import words
from course.figures.address import Address
from course.figures.carried import Carried, carried
from course.figures.document import NetworkDocument
from course.figures.errors import FigureError
from course.figures.forward import run
from course.figures.hiding import hidden_parts, read_hidden
from course.figures.network import Figure, figure_in
from course.figures.prediction import can_predict
from course.figures.reading import read_state
from course.figures.state import FigureState, Query, find_unit
from course.figures.steps import stops


def start_state(document: NetworkDocument, start: Mapping[str, Any]) -> FigureState:
    """Where a figure begins, as its author wants it.

    start: {"preset": "llama", "focus": "h1.3", "step": 3}, each optional; without a step the figure begins
    where the pinned unit is computed, or at the end. Raises FigureError, naming what does not exist.
    """
    hidden_parts(start.get("hide") or ())
    x = document.first_x
    if name := start.get("preset"):
        found = document.preset(str(name))
        if found is None:
            raise FigureError(f"The network has no preset {name!r}.")
        x = found
    focus = None
    if name := start.get("focus"):
        focus = find_unit(document, str(name))
        if focus is None:
            raise FigureError(f"The network has no unit {name!r}; units are named like h1.3 or x.1.")
    all_stops = stops(run(document, x))
    last = len(all_stops)
    own = [t for t, stop in enumerate(all_stops, start=1) if focus and stop.layer == focus.layer]
    step = start.get("step") or (own[-1] if own else last)
    if not isinstance(step, int) or not 1 <= step <= last:
        raise FigureError(f"The figure's steps go from 1 to {last}; {step!r} is none of them.")
    return FigureState(x, focus, step)


def asks_for_class(document: NetworkDocument) -> bool:
    """Whether the figure lets its reader predict the answer: one of several classes."""
    return can_predict(stops(run(document, document.first_x)))


def lesson_figure(
    document: NetworkDocument,
    query: Query,
    start: Mapping[str, Any] | None = None,
    *,
    keep: tuple[tuple[str, str], ...] = (),
) -> Figure:
    """The figure of a lesson in the state its address asks for; where it asks for nothing, as `start` says.

    query: request.GET. keep: parameters of the page that its links carry on, such as (("tab", "text"),).
    start may hide parts, {"hide": ["edit"]}; the address may hide more.
    """
    start = start or {}
    hide = ",".join(query.getlist("hide"))
    more, amiss = read_hidden(hide)
    keep = (*keep, ("hide", ",".join(sorted(more)))) if more else keep
    beginning = start_state(document, start)
    state, notices = read_state(document, query, beginning, stops(run(document, beginning.x)))
    is_editing = bool(query.getlist("edit"))
    figure = figure_in(state, Address(document, beginning, keep), (*notices, *amiss), is_editing=is_editing)
    return replace(figure, without=hidden_parts(start.get("hide") or ()) | more)


@dataclass(frozen=True)
class Hero:
    """The catalogue's figure: complete, without stepper, and the count of weights that carry the answer."""

    figure: Figure
    carried: Carried
    input: str


def hero_figure(document: NetworkDocument, query: Query, preset: str | None = None) -> Hero:
    """The whole pass of one input, by default the preset named; the address may choose another."""
    beginning = start_state(document, {"preset": preset})
    state, notices = read_state(document, query, beginning, stops(run(document, beginning.x)))
    shown = replace(beginning, x=state.x, focus=state.focus)
    figure = figure_in(shown, Address(document, beginning), notices)
    preset_name = document.preset_of(state.x)
    name = words.article(preset_name) if preset_name else f"your {document.subject}"
    return Hero(figure, carried(document, state.x), name)
