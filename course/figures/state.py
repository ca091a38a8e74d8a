"""Where a figure stands: its inputs, edited weights, the pinned unit and the step. Free of addresses.

reading.py reads a state from an address, address.py writes one.
"""

import re
from dataclasses import dataclass, replace
from typing import Protocol

from course.figures.document import NetworkDocument, Vector

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
class Edit:
    """A weight or bias that the reader changed. `source` is the place of what arrives; None is the bias."""

    layer: int
    unit: int
    source: int | None
    value: float

    @property
    def line(self) -> tuple[int, int, int]:
        """What is changed, in the order of addresses: layer, unit, source; the bias comes first."""
        return self.layer, self.unit, -1 if self.source is None else self.source


Edits = tuple[Edit, ...]


@dataclass(frozen=True)
class Run:
    """What a run was made of: inputs and edited weights. A pinned run is compared with the one shown."""

    x: Vector
    edits: Edits = ()


@dataclass(frozen=True)
class Guess:
    """A prediction: the class, None while the form stands open, and how sure: guess, fairly or certain."""

    choice: int | None = None
    sure: str = "fairly"


@dataclass(frozen=True)
class FigureState:
    """The inputs, the pinned unit (None: overview), the step, counted from 1, and the edited weights.

    within: how far inside the step, as steps.py counts it; grain: what one step is.
    pinned: the run to compare with. guess: what the reader predicted of these inputs and weights.
    """

    x: Vector
    focus: Focus | None
    step: int
    edits: Edits = ()
    within: tuple[int, ...] = ()
    grain: str = "layer"
    pinned: Run | None = None
    guess: Guess | None = None


def asked(state: FigureState) -> FigureState:
    """The state for other inputs or weights: a prediction that was committed does not speak of them."""
    is_committed = state.guess is not None and state.guess.choice is not None
    return replace(state, guess=None) if is_committed else state


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
