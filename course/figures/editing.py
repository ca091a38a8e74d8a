"""The list in which a reader edits the lines into the pinned unit: one field each, the bias last."""

from dataclasses import dataclass, replace

from course.figures.address import Address
from course.figures.edits import number_text, value_at
from course.figures.numbers import MINUS
from course.figures.scene import View
from course.figures.state import Edit, FigureState, Focus, asked, unit_id
from course.figures.sums import source_names


@dataclass(frozen=True)
class EditRow:
    """One line: `key` links it to its line in the drawing, `reset` gives it its own number back."""

    key: str
    id: str
    name: str
    value: str
    original: str
    is_edited: bool
    reset: str


@dataclass(frozen=True)
class EditList:
    """All lines into one unit: its name on the page, its id, and what else the form's address carries."""

    name: str
    unit: str
    rows: tuple[EditRow, ...]
    hidden: tuple[tuple[str, str], ...]


def edit_list(view: View, state: FigureState, address: Address, name: str) -> EditList | None:
    """The list of the pinned unit; None when none is pinned, or an input: it has no weights.

    name: what the page calls the unit.
    """
    focus = view.focus
    if focus is None or focus.layer == 0:
        return None
    names = [*source_names(view, focus.layer), "bias"]
    sources = [*range(len(names) - 1), None]
    lines = Lines(view, state, address, focus)
    rows = tuple(lines.row(source, own) for source, own in zip(sources, names, strict=True))
    hidden = (*address.keep, *address.input(state), *address.weights(state), *address.place(asked(state)))
    return EditList(name, unit_id(address.document, focus), rows, hidden)


@dataclass(frozen=True)
class Lines:
    """Makes the rows of one unit."""

    view: View
    state: FigureState
    address: Address
    focus: Focus

    def row(self, source: int | None, name: str) -> EditRow:
        key = "b" if source is None else str(source)
        original = value_at(self.address.document, self.focus, source)
        line = Edit(self.focus.layer, self.focus.unit, source, original).line
        others = tuple(edit for edit in self.state.edits if edit.line != line)
        return EditRow(
            key=key,
            id=f"{self.address.anchor}-w{key}",
            name=name,
            value=_shown(value_at(self.view.document, self.focus, source)),
            original=_shown(original),
            is_edited=len(others) < len(self.state.edits),
            reset=self.address.to(replace(asked(self.state), edits=others)),
        )


def _shown(value: float) -> str:
    return number_text(value).replace("-", MINUS)
