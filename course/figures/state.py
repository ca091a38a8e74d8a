"""Where a figure stands: its inputs, the pinned unit and the step; read from an address and written to one.

`?x=2,2,0,2,2,0,0,2&focus=h1.3&t=3`, or `?preset=llama`. An address that makes no sense is answered with the
figure's own beginning and a notice, never with an error page.
"""

import re
from dataclasses import dataclass, replace
from typing import Protocol
from urllib.parse import urlencode

from course.figures.document import NetworkDocument, Vector
from course.figures.numbers import plain

NUMBER = re.compile(r"[-+]?\d{1,6}(\.\d{1,12})?\Z", re.ASCII)
UNIT = re.compile(r"(x|h(?P<layer>\d)|out)\.(?P<unit>\d{1,2})\Z", re.ASCII)


class Query(Protocol):
    """What a figure reads of a request's query: Django's QueryDict is one."""

    def getlist(self, key: str, /) -> list[str]: ...


@dataclass(frozen=True)
class Focus:
    """A pinned unit: its column (0 is the input) and its place in it, both counted from 0."""

    layer: int
    unit: int


@dataclass(frozen=True)
class FigureState:
    """The inputs, the pinned unit (None: overview) and the step, counted from 1."""

    x: Vector
    focus: Focus | None
    step: int


def unit_id(document: NetworkDocument, focus: Focus) -> str:
    """The unit's name in addresses and on the page: x.1, h1.3, out.2."""
    last = len(document.sizes) - 1
    column = "x" if focus.layer == 0 else "out" if focus.layer == last else f"h{focus.layer}"
    return f"{column}.{focus.unit + 1}"


def find_unit(document: NetworkDocument, text: str) -> Focus | None:
    """The unit that a text names, by its id or by the name of a feature or class; None when there is none."""
    last = len(document.sizes) - 1
    if text in document.features:
        return Focus(0, document.features.index(text))
    if text in document.classes:
        return Focus(last, document.classes.index(text))
    match = UNIT.match(text)
    if match is None:
        return None
    layer = {"x": 0, "o": last}.get(text[0], int(match["layer"] or 0))
    unit = int(match["unit"]) - 1
    is_hidden = match["layer"] is None or 0 < layer < last
    return Focus(layer, unit) if is_hidden and 0 <= unit < document.sizes[layer] else None


def read_state(
    document: NetworkDocument, query: Query, start: FigureState, last_step: int
) -> tuple[FigureState, list[str]]:
    """The state an address asks for, beginning from `start`; a notice for each part that made no sense."""
    notices: list[str] = []
    state = replace(start, x=_read_x(document, query, start, notices))
    if wanted := _last(query, "focus"):
        state = replace(state, focus=_read_focus(document, wanted, start, notices))
    if wanted := _last(query, "t"):
        state = replace(state, step=_read_step(wanted, start, last_step, notices))
    return state, notices


def _last(query: Query, key: str) -> str:
    values = query.getlist(key)
    return values[-1].strip() if values else ""


def _read_x(document: NetworkDocument, query: Query, start: FigureState, notices: list[str]) -> Vector:
    preset, typed = _last(query, "preset"), query.getlist("x")
    if preset:
        found = document.preset(preset)
        if found is None:
            names = ", ".join(name for name, _ in document.presets)
            notices.append(
                f"There is no {document.subject} called {preset[:30]!r} here; choose one of {names}."
            )
        return found or start.x
    if not typed:
        return start.x
    parts = [
        part.strip().replace("\u2212", "-") for part in (typed[0].split(",") if len(typed) == 1 else typed)
    ]
    problem = _problem_of_x(document, parts)
    if problem:
        notices.append(f"{problem} The figure keeps the values it had.")
        return start.x
    return tuple(float(part) for part in parts)


def _problem_of_x(document: NetworkDocument, parts: list[str]) -> str:
    needed = document.sizes[0]
    if len(parts) != needed:
        return f"This network takes {needed} inputs; {len(parts)} arrived."
    low, high = document.range.low, document.range.high
    for name, part in zip(document.features, parts, strict=True):
        if not NUMBER.match(part):
            return f"The input {name} should be a number such as 1 or 0.5; it was {part[:20]!r}."
        if not low <= float(part) <= high:
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


@dataclass(frozen=True)
class Address:
    """Writes the address of a state: the query that stays (`keep`), then where it differs from the start."""

    document: NetworkDocument
    start: FigureState
    keep: tuple[tuple[str, str], ...] = ()
    anchor: str = "figure"

    def to(self, state: FigureState) -> str:
        """A relative link to the page with the figure in that state."""
        return f"?{urlencode([*self.keep, *self.input(state), *self.place(state)], safe=',')}#{self.anchor}"

    def input(self, state: FigureState) -> list[tuple[str, str]]:
        """The parameter that names the inputs."""
        if state.x == self.start.x:
            return []
        preset = self.document.preset_of(state.x)
        return [("preset", preset)] if preset else [("x", ",".join(plain(value) for value in state.x))]

    def place(self, state: FigureState) -> list[tuple[str, str]]:
        """The parameters that name the pinned unit and the step."""
        found = []
        if state.focus != self.start.focus:
            found.append(("focus", "none" if state.focus is None else unit_id(self.document, state.focus)))
        if state.step != self.start.step:
            found.append(("t", str(state.step)))
        return found
