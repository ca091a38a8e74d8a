"""Writes the address of a figure's state: only what differs from where the figure begins."""

from dataclasses import dataclass
from urllib.parse import urlencode

from course.figures.document import NetworkDocument, Vector
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
        return [("preset", preset)] if preset else [("x", _numbers(state.x))]

    def weights(self, state: FigureState) -> Pairs:
        """The parameter that lists the edited weights."""
        return [("w", edits_text(self.document, state.edits))] if state.edits else []

    def place(self, state: FigureState) -> Pairs:
        """The parameters for the pinned unit, the step, what one step is, and the run to compare with."""
        found = []
        if state.focus != self.start.focus:
            found.append(("focus", "none" if state.focus is None else unit_id(self.document, state.focus)))
        if (state.step, state.within) != (self.start.step, self.start.within):
            found.append(("t", ".".join(map(str, (state.step, *state.within)))))
        if state.grain != self.start.grain:
            found.append(("by", state.grain))
        return [*found, *self._pinned(state), *self._guess(state)]

    def _guess(self, state: FigureState) -> Pairs:
        if state.guess is None:
            return []
        if state.guess.choice is None:
            return [("predict", "1")]
        return [("guess", self.document.classes[state.guess.choice]), ("sure", state.guess.sure)]

    def _pinned(self, state: FigureState) -> Pairs:
        """The run to compare with: `vs` its inputs, by name where they have one, `vw` its edited weights."""
        if state.pinned is None:
            return []
        name = self.document.preset_of(state.pinned.x) or _numbers(state.pinned.x)
        edits = edits_text(self.document, state.pinned.edits)
        return [("vs", name), *([("vw", edits)] if edits else [])]


def _numbers(x: Vector) -> str:
    return ",".join(plain(value) for value in x)
