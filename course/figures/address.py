"""Writes the address of a figure's state: only what differs from where the figure begins."""

from dataclasses import dataclass
from urllib.parse import urlencode

from course.figures.document import NetworkDocument
from course.figures.edits import edits_text
from course.figures.numbers import plain
from course.figures.state import FigureState, unit_id

Pairs = list[tuple[str, str]]


@dataclass(frozen=True)
class Address:
    """The query that stays (`keep`), then the state's own part. `document` is the network before any edit."""

    document: NetworkDocument
    start: FigureState
    keep: tuple[tuple[str, str], ...] = ()
    anchor: str = "figure"

    def to(self, state: FigureState) -> str:
        """A relative link to the page with the figure in that state."""
        query = [*self.keep, *self.input(state), *self.weights(state), *self.place(state)]
        return f"?{urlencode(query, safe=',:')}#{self.anchor}"

    def input(self, state: FigureState) -> Pairs:
        """The parameter that names the inputs."""
        if state.x == self.start.x:
            return []
        preset = self.document.preset_of(state.x)
        return [("preset", preset)] if preset else [("x", ",".join(plain(value) for value in state.x))]

    def weights(self, state: FigureState) -> Pairs:
        """The parameter that lists the edited weights."""
        return [("w", edits_text(self.document, state.edits))] if state.edits else []

    def place(self, state: FigureState) -> Pairs:
        """The parameters that name the pinned unit, the step and what one step is."""
        found = []
        if state.focus != self.start.focus:
            found.append(("focus", "none" if state.focus is None else unit_id(self.document, state.focus)))
        if (state.step, state.within) != (self.start.step, self.start.within):
            found.append(("t", ".".join(map(str, (state.step, *state.within)))))
        if state.grain != self.start.grain:
            found.append(("by", state.grain))
        return found
