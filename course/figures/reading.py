"""Reads a figure's state from an address.

`?x=2,2,0,2,2,0,0,2&focus=h1.3&t=3`, or `?preset=llama`; `&w=h1.3.4:0.75` is an edited weight, `&t=2.3.4` the
fourth product of the third sum of step 2. An address that makes no sense is answered with the figure's own
beginning and a notice, never with an error page.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from course.figures.document import NetworkDocument, Vector
from course.figures.edits import normalized, read_edits, read_text
from course.figures.numbers import plain, typed
from course.figures.prediction import SURE, can_predict, tells_from
from course.figures.state import FigureState, Focus, Guess, Query, Run, find_unit
from course.figures.steps import GRAINS, Position, Stop

MOST_NOTICES = 4
STEP = re.compile(r"\d{1,3}(\.\d{1,2}){0,2}\Z", re.ASCII)


def read_state(
    document: NetworkDocument, query: Query, start: FigureState, all_stops: Sequence[Stop]
) -> tuple[FigureState, list[str]]:
    """The state an address asks for, beginning from `start`; a notice for each part that made no sense."""
    notices: list[str] = []
    state = replace(start, x=_read_x(document, query, start, notices))
    state = replace(state, edits=read_edits(document, query, notices))
    if wanted := _last(query, "focus"):
        state = replace(state, focus=_read_focus(document, wanted, start, notices))
    if wanted := _last(query, "t"):
        found = _read_step(document, wanted, all_stops)
        step, within = found or _refuse_step(wanted, start, all_stops, notices)
        state = replace(state, step=step, within=within)
    if wanted := _last(query, "by"):
        state = replace(state, grain=_read_grain(wanted, start, notices))
    if wanted := _last(query, "vs"):
        state = replace(state, pinned=_read_run(document, wanted, _last(query, "vw"), notices))
    state = replace(state, guess=_read_guess(document, query, state, all_stops, notices))
    return state, _shortened(notices)


def _shortened(notices: list[str]) -> list[str]:
    more = len(notices) - MOST_NOTICES
    return notices if more <= 0 else [*notices[:MOST_NOTICES], f"And {more} more parts like these."]


def _last(query: Query, key: str) -> str:
    values = query.getlist(key)
    return values[-1].strip() if values else ""


def _read_x(document: NetworkDocument, query: Query, start: FigureState, notices: list[str]) -> Vector:
    preset, given = _last(query, "preset"), query.getlist("x")
    if preset:
        found = document.preset(preset)
        if found is None:
            names = ", ".join(name for name, _ in document.presets)
            notices.append(
                f"There is no {document.subject} called {preset[:30]!r} here; choose one of {names}."
            )
        return found or start.x
    if not given:
        return start.x
    parts = [part.strip() for part in (given[0].split(",") if len(given) == 1 else given)]
    values = [typed(part) for part in parts]
    problem = _problem_of_x(document, parts, values)
    if problem:
        notices.append(f"{problem} The figure keeps the values it had.")
        return start.x
    return tuple(value for value in values if value is not None)


def _problem_of_x(document: NetworkDocument, parts: list[str], values: list[float | None]) -> str:
    needed = document.sizes[0]
    if len(parts) != needed:
        return f"This network takes {needed} inputs; {len(parts)} arrived."
    low, high = document.range.low, document.range.high
    for name, part, value in zip(document.features, parts, values, strict=True):
        if value is None:
            return f"The input {name} should be a number such as 1 or 0.5; it was {part[:20]!r}."
        if not low <= value <= high:
            return f"The input {name} goes from {plain(low)} to {plain(high)}; it was {part}."
    return ""


def _read_run(document: NetworkDocument, wanted: str, edits: str, notices: list[str]) -> Run | None:
    """The run to compare with: a preset's name or inputs, and its edited weights."""
    x = document.preset(wanted)
    if x is None:
        parts = [part.strip() for part in wanted.split(",")]
        values = [typed(part) for part in parts]
        problem = _problem_of_x(document, parts, values)
        if problem:
            notices.append(f"{problem} Nothing is compared.")
            return None
        x = tuple(value for value in values if value is not None)
    return Run(x, normalized(document, read_text(document, edits, notices.append)))


def _read_guess(
    document: NetworkDocument, query: Query, state: FigureState, all_stops: Sequence[Stop], notices: list[str]
) -> Guess | None:
    """A prediction, committed or still open; it is open only while nothing tells the answer."""
    if not can_predict(all_stops):
        return None
    wanted, sure = _last(query, "guess"), _last(query, "sure") or Guess.sure
    if not wanted:
        is_open = _last(query, "predict") == "1" and state.step < tells_from(all_stops)
        return Guess() if is_open else None
    if wanted not in document.classes or sure not in SURE:
        names = ", ".join(document.classes)
        notices.append(f"A prediction names one of {names}, and says guess, fairly or certain.")
        return None
    return Guess(document.classes.index(wanted), sure)


def _read_focus(
    document: NetworkDocument, wanted: str, start: FigureState, notices: list[str]
) -> Focus | None:
    if wanted == "none":
        return None
    found = find_unit(document, wanted)
    if found is None:
        notices.append(f"There is no unit {wanted[:20]!r} in this network; units are named like h1.3 or x.1.")
        return start.focus
    return found


def _read_step(document: NetworkDocument, wanted: str, all_stops: Sequence[Stop]) -> Position | None:
    """A step as 2, within it as 2.3 (its third unit) or 2.3.4 (that unit's fourth product)."""
    if not STEP.match(wanted):
        return None
    step, *within = (int(part) for part in wanted.split("."))
    if not 1 <= step <= len(all_stops):
        return None
    stop = all_stops[step - 1]
    if not within:
        return step, ()
    units, arriving = document.sizes[stop.layer], document.sizes[stop.layer - 1]
    is_there = stop.is_counted and 1 <= within[0] <= units
    if len(within) == 2:
        return (step, tuple(within)) if is_there and stop.kind == "z" and 1 <= within[1] <= arriving else None
    return (step, tuple(within) if within[0] < units else ()) if is_there else None


def _refuse_step(wanted: str, start: FigureState, all_stops: Sequence[Stop], notices: list[str]) -> Position:
    notices.append(f"Steps go from 1 to {len(all_stops)}; {wanted[:20]!r} is none of them.")
    return start.step, start.within


def _read_grain(wanted: str, start: FigureState, notices: list[str]) -> str:
    if wanted in GRAINS:
        return wanted
    notices.append(f"Steps go by layer, neuron or operation, not by {wanted[:20]!r}.")
    return start.grain
