"""The pass as matrices: one line of NumPy per step with its shapes and its result, one layer as a product.

Written for row vectors (x W + b, as Keras computes) and for column vectors (W x + b); the page shows the one
that the reader chose. frontend/network/matrices.js writes the same, held by a test.
"""

from dataclasses import dataclass, replace
from functools import lru_cache

import engine
from course.figures.address import Address
from course.figures.numbers import fixed, percent, places_for, short, sign
from course.figures.scene import View
from course.figures.state import FigureState, Focus
from course.figures.steps import Stop
from course.figures.sums import source_names
from course.figures.words import capital, unit_name

NUMPY = {
    "relu": "np.maximum({z}, 0)",
    "sigmoid": "1 / (1 + np.exp(-{z}))",
    "tanh": "np.tanh({z})",
    "softmax": "np.exp({z}) / np.exp({z}).sum()",
    "elu": "np.where({z} > 0, {z}, np.expm1({z}))",
    "selu": "1.0507 * np.where({z} > 0, {z}, 1.6733 * np.expm1({z}))",
    "softplus": "np.log1p(np.exp({z}))",
    "softsign": "{z} / (1 + np.abs({z}))",
}


@dataclass(frozen=True)
class Form:
    """One piece of code and its shapes, in one of the two ways of writing vectors."""

    css: str
    code: str
    shapes: str


@dataclass(frozen=True)
class CodeLine:
    """One step as NumPy. `result` is "" where the code itself shows the numbers."""

    step: int
    href: str
    forms: tuple[Form, Form]
    result: str
    is_past: bool
    is_current: bool


@dataclass(frozen=True)
class SourceLine:
    """One line of the Keras text; `layer` is the dense layer it makes, or None."""

    text: str
    layer: int | None
    is_current: bool


@dataclass(frozen=True)
class Cell:
    """One number of a matrix. `term` links it to a line of the pinned unit."""

    text: str
    css: str
    term: str | None


BLANK = Cell("", "", None)


@dataclass(frozen=True)
class MatrixRow:
    name: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Matrix:
    """One layer with everything that is known of it, as a table."""

    caption: str
    head: tuple[str, ...]
    rows: tuple[MatrixRow, ...]


def shown_layer(view: View) -> int:
    """The layer that the matrices are about: of the pinned unit, else of the step."""
    return (view.focus.layer if view.focus else 0) or view.known.stop.layer or 1


def code_lines(view: View, state: FigureState, address: Address) -> list[CodeLine]:
    """The whole pass, one line per step."""
    return [
        CodeLine(
            step=step,
            href=address.to(replace(state, step=step, within=())),
            forms=(_form(view, stop, "in-rows"), _form(view, stop, "in-columns")),
            result=_result(view, stop),
            is_past=step < view.known.step,
            is_current=step == view.known.step,
        )
        for step, stop in enumerate(view.known.stops, start=1)
    ]


def _form(view: View, stop: Stop, css: str) -> Form:
    is_columns, sizes, layer = css == "in-columns", view.document.sizes, stop.layer
    if stop.kind == "x":
        numbers = ", ".join(short(value).replace("\u2212", "-") for value in view.seen.x)
        shape = f"({sizes[0]}, 1)" if is_columns else f"(1, {sizes[0]})"
        return Form(css, f"x = np.array([[{numbers}]]){'.T' if is_columns else ''}", shape)
    if stop.kind == "class":
        return Form(css, f"classes[{_output(view, layer)}.argmax()]", "")
    if stop.kind != "z":
        code = NUMPY[view.seen.columns[layer - 1].activation].format(z=f"z{layer}")
        return Form(css, f"{_output(view, layer)} = {code}", "")
    arriving, m, n = _output(view, layer - 1), sizes[layer - 1], sizes[layer]
    if is_columns:
        return Form(
            css,
            f"z{layer} = W{layer}.T @ {arriving} + b{layer}",
            f"({n}, {m}) @ ({m}, 1) + ({n}, 1) → ({n}, 1)",
        )
    return Form(
        css, f"z{layer} = {arriving} @ W{layer} + b{layer}", f"(1, {m}) @ ({m}, {n}) + ({n},) → (1, {n})"
    )


def _output(view: View, layer: int) -> str:
    """What the code calls the outputs of a column."""
    if layer == 0:
        return "x"
    if layer == len(view.seen.columns) and view.seen.has_shares():
        return "p"
    return f"{'z' if view.seen.columns[layer - 1].activation == 'linear' else 'a'}{layer}"


def _result(view: View, stop: Stop) -> str:
    if stop.kind == "x":
        return ""
    if stop.kind == "class":
        return view.document.classes[view.seen.answer] if view.known.answer() else "?"
    units = range(len(view.seen.columns[stop.layer - 1].bias))
    numbers = [_number(view, stop, unit) for unit in units]
    return "?" if set(numbers) == {"?"} else f"[{', '.join(numbers)}]"


def _number(view: View, stop: Stop, unit: int) -> str:
    column = view.seen.columns[stop.layer - 1]
    if stop.kind == "z":
        return short(column.z[unit]) if view.known.z(stop.layer, unit) else "?"
    return short(column.a[unit], 3 if stop.kind == "p" else 2) if view.known.a(stop.layer, unit) else "?"


def source_lines(view: View) -> list[SourceLine]:
    """The Keras text of the network, with the line of the shown layer marked."""
    found = _layer_lines(view.document.source)
    shown = shown_layer(view)
    return [
        SourceLine(text, found.get(n), found.get(n) == shown)
        for n, text in enumerate(view.document.source.rstrip("\n").split("\n"), start=1)
    ]


@lru_cache(maxsize=64)
def _layer_lines(source: str) -> dict[int, int]:
    """Which line of a text makes which dense layer (1 is the first)."""
    dense = [row.place.line for row in engine.read(source).layers if row.kind == "Dense"]
    return {line: layer for layer, line in enumerate(dense, start=1)}


def matrix(view: View, *, is_columns: bool) -> Matrix:
    """The shown layer as one product: what arrives, kernel, bias, weighted sums, outputs."""
    layer = shown_layer(view)
    cells = _Cells(view, layer)
    arriving = _output(view, layer - 1)
    column = view.seen.columns[layer - 1]
    names = source_names(view, layer)
    units = [unit_name(view, Focus(layer, unit)) for unit in range(len(column.bias))]
    ends = (f"b{layer}", f"z{layer}", _output(view, layer))[: 2 if column.activation == "linear" else 3]
    product = f"W{layer}.T @ {arriving}" if is_columns else f"{arriving} @ W{layer}"
    caption = f"{capital(view.document.layers[layer])}: {product} + b{layer} = z{layer}"
    sources = [cells.source(i) for i in range(len(names))]
    kernel = [[cells.weight(i, unit) for unit in range(len(units))] for i in range(len(names))]
    sums = [cells.ends(unit)[: len(ends)] for unit in range(len(units))]
    if is_columns:
        rows = [(arriving, [*sources, *[BLANK] * len(ends)])]
        rows += [(name, [*(row[j] for row in kernel), *sums[j]]) for j, name in enumerate(units)]
        head = (*names, *ends)
    else:
        rows = [(name, [sources[i], *kernel[i]]) for i, name in enumerate(names)]
        rows += [(name, [BLANK, *(end[n] for end in sums)]) for n, name in enumerate(ends)]
        head = (arriving, *units)
    return Matrix(caption, head, tuple(MatrixRow(name, tuple(row)) for name, row in rows))


class _Cells:
    """Writes the numbers of one layer, hidden ones as "?"; those of the pinned unit are marked."""

    def __init__(self, view: View, layer: int) -> None:
        self.view, self.layer = view, layer
        self.column = view.seen.columns[layer - 1]
        self.places = places_for([*(w for row in self.column.kernel for w in row), *self.column.bias])

    def source(self, place: int) -> Cell:
        is_known = self.view.known.a(self.layer - 1, place)
        text = short(self.view.seen.source(self.layer)[place]) if is_known else "?"
        is_linked = self.view.focus is not None and self.view.focus.layer == self.layer
        return Cell(text, "given", str(place) if is_linked else None)

    def weight(self, source: int, unit: int) -> Cell:
        return self._cell(self.column.kernel[source][unit], source, unit)

    def ends(self, unit: int) -> tuple[Cell, Cell, Cell]:
        """Bias, weighted sum and output of a unit."""
        here = " here" if self._is_here(unit) else ""
        z = fixed(self.column.z[unit], 2) if self.view.known.z(self.layer, unit) else "?"
        a = self._output(unit) if self.view.known.a(self.layer, unit) else "?"
        bias = self._cell(self.column.bias[unit], None, unit)
        return bias, Cell(z, f"end{here}", None), Cell(a, f"end{here}", None)

    def _cell(self, value: float, source: int | None, unit: int) -> Cell:
        is_here = self._is_here(unit)
        marks = " edited" if self.view.is_edited(self.layer, unit, source) else ""
        term = ("b" if source is None else str(source)) if is_here else None
        css = f"{sign(value)}{marks}{' here' if is_here else ''}"
        return Cell(fixed(value, self.places, signed=True), css, term)

    def _output(self, unit: int) -> str:
        is_share = self.layer == len(self.view.seen.columns) and self.view.seen.has_shares()
        return percent(self.column.a[unit]) if is_share else fixed(self.column.a[unit], 2)

    def _is_here(self, unit: int) -> bool:
        return self.view.focus == Focus(self.layer, unit)
