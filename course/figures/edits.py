"""Edited weights: laid over a network's own, and written as one short text.

    w=h1.3.4:0.75,h1.3.b:-1      the weight of the fourth line into h1.3, and its bias
    edit=h1.3&to=-0.5&to=3/4&…   the form's spelling: every line into h1.3 in order, the bias last

An edit back to the network's own number is no edit.
"""

from collections.abc import Callable, Iterable
from dataclasses import replace

from course.figures.document import Matrix, NetworkDocument, Vector
from course.figures.numbers import MINUS, short, typed
from course.figures.state import Edit, Edits, Focus, Query, find_unit, unit_id

LIMIT = 20  # an edited weight lies between minus and plus this
PLACES = 6  # decimals an edited weight keeps
MOST_TEXT = 4000  # characters of an address's edits; all lines of the largest network a lesson has fit


def value_at(document: NetworkDocument, focus: Focus, source: int | None) -> float:
    """The number of one line into a unit, or of its bias."""
    if source is None:
        return document.biases[focus.layer - 1][focus.unit]
    return document.kernels[focus.layer - 1][source][focus.unit]


def edited(document: NetworkDocument, edits: Edits) -> NetworkDocument:
    """The document with the edits in the place of its own numbers."""
    if not edits:
        return document
    found = {(edit.layer, edit.source, edit.unit): edit.value for edit in edits}

    def row(layer: int, source: int | None, values: Vector) -> Vector:
        return tuple(found.get((layer, source, unit), value) for unit, value in enumerate(values))

    def kernel(layer: int, rows: Matrix) -> Matrix:
        return tuple(row(layer, source, values) for source, values in enumerate(rows))

    return replace(
        document,
        kernels=tuple(kernel(k, rows) for k, rows in enumerate(document.kernels, start=1)),
        biases=tuple(row(k, None, bias) for k, bias in enumerate(document.biases, start=1)),
    )


def normalized(document: NetworkDocument, edits: Iterable[Edit]) -> Edits:
    """One edit per line, the last one wins; those that change nothing are left out."""
    last = {edit.line: replace(edit, value=rounded(edit.value)) for edit in edits}
    return tuple(
        edit
        for _, edit in sorted(last.items())
        if edit.value != value_at(document, Focus(edit.layer, edit.unit), edit.source)
    )


def rounded(value: float) -> float:
    """The value with the decimals an edit keeps, as an address writes it."""
    return float(number_text(value))


def number_text(value: float) -> str:
    """The value as an address writes it: a plain minus, no zeros at the end."""
    return short(value, PLACES).replace(MINUS, "-")


def edits_text(document: NetworkDocument, edits: Edits) -> str:
    """The edits as an address writes them; empty when there are none."""
    return ",".join(f"{line_id(document, edit)}:{number_text(edit.value)}" for edit in edits)


def line_id(document: NetworkDocument, edit: Edit) -> str:
    """h1.3.4 is the fourth line into h1.3; h1.3.b is its bias."""
    place = "b" if edit.source is None else str(edit.source + 1)
    return f"{unit_id(document, Focus(edit.layer, edit.unit))}.{place}"


def read_edits(document: NetworkDocument, query: Query, notices: list[str]) -> Edits:
    """The edits an address asks for; what makes no sense is told in `notices` and left out."""
    written, unit, values = query.getlist("w"), query.getlist("edit"), query.getlist("to")
    found = read_text(document, written[-1], notices.append) if written else []
    if unit and values:
        found += _read_form(document, unit[-1].strip(), values, notices.append)
    return normalized(document, found)


Tell = Callable[[str], None]


def read_text(document: NetworkDocument, text: str, tell: Tell) -> list[Edit]:
    """The edits of `w=`. Told: what is too long, a line that is not there, what is no number."""
    if len(text) > MOST_TEXT:
        tell("This address has more edited weights than a figure takes; it shows the network's own.")
        return []
    found = []
    for part in filter(None, text.split(",")):
        where, _, written = part.partition(":")
        line = _find_line(document, where)
        if line is None:
            tell(f"There is no weight {where[:20]!r} here; weights are named like h1.3.4 or h1.3.b.")
            continue
        value = _value(written, where, tell)
        if value is not None:
            found.append(Edit(*line, value))
    return found


def _find_line(document: NetworkDocument, text: str) -> tuple[int, int, int | None] | None:
    unit, _, place = text.rpartition(".")
    focus = find_unit(document, unit)
    if focus is None or focus.layer == 0:
        return None
    if place == "b":
        return focus.layer, focus.unit, None
    arriving = document.sizes[focus.layer - 1]
    is_place = place.isascii() and place.isdigit() and len(place) < 3 and 1 <= int(place) <= arriving
    return (focus.layer, focus.unit, int(place) - 1) if is_place else None


def _read_form(document: NetworkDocument, unit: str, values: list[str], tell: Tell) -> list[Edit]:
    focus = find_unit(document, unit)
    if focus is None or focus.layer == 0:
        tell(f"There is no neuron {unit[:20]!r} whose weights could be edited.")
        return []
    arriving = document.sizes[focus.layer - 1]
    if len(values) != arriving + 1:
        tell(f"{unit} has {arriving} weights and a bias; {len(values)} numbers arrived. Nothing was edited.")
        return []
    found = []
    for place, written in enumerate(values):
        source = None if place == arriving else place
        edit = Edit(focus.layer, focus.unit, source, 0.0)
        value = _value(written, line_id(document, edit), tell)
        if value is not None and value != _shown(value_at(document, focus, source)):
            found.append(replace(edit, value=value))
        elif value is not None:
            found.append(replace(edit, value=value_at(document, focus, source)))
    return found


def _shown(value: float) -> float:
    """What the form's field shows of a number: a network's own may have more decimals than an edit keeps."""
    return rounded(value)


def _value(written: str, where: str, tell: Tell) -> float | None:
    value = typed(written)
    if value is None:
        needed = "should be a number such as 0.75, 0,75 or 3/4"
        tell(f"{where} {needed}; it was {written[:20]!r}. It stays as it was.")
    elif abs(value) > LIMIT:
        tell(f"{where} goes from {MINUS}{LIMIT} to {LIMIT}; it was {written[:20]}. It stays as it was.")
        return None
    return value
