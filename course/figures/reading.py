"""Reads a figure's state from an address.

`?x=2,2,0,2,2,0,0,2&focus=h1.3&t=3`, or `?preset=llama`, and `&w=h1.3.4:0.75` for an edited weight. An address
that makes no sense is answered with the figure's own beginning and a notice, never with an error page.
"""

from dataclasses import replace

from course.figures.document import NetworkDocument, Vector
from course.figures.edits import read_edits
from course.figures.numbers import plain, typed
from course.figures.state import FigureState, Focus, Query, find_unit

MOST_NOTICES = 4


def read_state(
    document: NetworkDocument, query: Query, start: FigureState, last_step: int
) -> tuple[FigureState, list[str]]:
    """The state an address asks for, beginning from `start`; a notice for each part that made no sense."""
    notices: list[str] = []
    state = replace(start, x=_read_x(document, query, start, notices))
    state = replace(state, edits=read_edits(document, query, notices))
    if wanted := _last(query, "focus"):
        state = replace(state, focus=_read_focus(document, wanted, start, notices))
    if wanted := _last(query, "t"):
        state = replace(state, step=_read_step(wanted, start, last_step, notices))
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


def _read_step(wanted: str, start: FigureState, last_step: int, notices: list[str]) -> int:
    if wanted.isascii() and wanted.isdigit() and len(wanted) < 4 and 1 <= int(wanted) <= last_step:
        return int(wanted)
    notices.append(f"Steps go from 1 to {last_step}; {wanted[:20]!r} is none of them.")
    return start.step
