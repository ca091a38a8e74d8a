"""The figure's twin in tables: every value and every weight, complete up to the step shown, no further."""

from dataclasses import dataclass

from course.figures.document import Vector
from course.figures.numbers import fixed, percent, places_for, short, sign
from course.figures.scene import View
from course.figures.state import Focus, unit_id
from course.figures.sums import source_names
from course.figures.words import unit_name


@dataclass(frozen=True)
class ValueRow:
    """One unit: its id, its name, and what is known of z and of its output."""

    key: str
    id: str
    name: str
    z: str
    a: str


@dataclass(frozen=True)
class ValueGroup:
    """The units of one layer."""

    name: str
    note: str
    rows: tuple[ValueRow, ...]


@dataclass(frozen=True)
class WeightRow:
    """The weights that leave one source, as (text, sign)."""

    name: str
    cells: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class WeightTable:
    """One kernel with its bias: rows are what arrives, columns the units."""

    caption: str
    columns: tuple[str, ...]
    rows: tuple[WeightRow, ...]


def value_groups(view: View) -> list[ValueGroup]:
    """All layers with their units; "?" is not computed yet, "" does not exist."""
    return [
        ValueGroup(
            view.document.layers[layer],
            layer_note(view, layer),
            tuple(_value_row(view, Focus(layer, unit)) for unit in range(units)),
        )
        for layer, units in enumerate(view.document.sizes)
    ]


def layer_note(view: View, layer: int) -> str:
    """The small word under a column: what the numbers are, or the activation."""
    return view.document.input_note if layer == 0 else view.seen.columns[layer - 1].activation


def _value_row(view: View, focus: Focus) -> ValueRow:
    key, own_id = f"{focus.layer}.{focus.unit}", unit_id(view.document, focus)
    name = unit_name(view, focus)
    if focus.layer == 0:
        return ValueRow(key, own_id, name, "", short(view.seen.x[focus.unit]))
    column = view.seen.columns[focus.layer - 1]
    z = fixed(column.z[focus.unit], 2) if view.known.z(focus.layer, focus.unit) else "?"
    if not view.known.a(focus.layer, focus.unit):
        return ValueRow(key, own_id, name, z, "?")
    a = column.a[focus.unit]
    is_share = focus.layer == len(view.seen.columns) and view.seen.has_shares()
    return ValueRow(key, own_id, name, z, percent(a) if is_share else fixed(a, 2))


def weight_tables(view: View) -> list[WeightTable]:
    """Every kernel with its bias row."""
    tables = []
    for layer, column in enumerate(view.seen.columns, start=1):
        places = places_for([*(w for row in column.kernel for w in row), *column.bias])
        rows = [
            WeightRow(name, _weight_cells(view, layer, source, row, places))
            for source, (name, row) in enumerate(zip(source_names(view, layer), column.kernel, strict=True))
        ]
        rows.append(WeightRow("bias", _weight_cells(view, layer, None, column.bias, places)))
        names = tuple(unit_name(view, Focus(layer, unit)) for unit in range(len(column.bias)))
        size = f"{len(column.kernel)} × {len(column.bias)} weights"
        tables.append(WeightTable(f"Into {view.document.layers[layer]}: {size}", names, tuple(rows)))
    return tables


def _weight_cells(
    view: View, layer: int, source: int | None, values: Vector, places: int
) -> tuple[tuple[str, str], ...]:
    return tuple(
        (
            fixed(value, places, signed=True),
            f"{sign(value)}{' edited' if view.is_edited(layer, unit, source) else ''}",
        )
        for unit, value in enumerate(values)
    )
