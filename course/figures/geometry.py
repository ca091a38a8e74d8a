"""Where things stand: one figure, two sheets (wide for a column, narrow for a phone).

Drawn from the sizes of the layers alone, so that nothing moves when a value or the step changes.
"""

from dataclasses import dataclass

SPREAD = 0.83  # small columns are spread so that all columns have nearly one height
MIN_ROWS = 4


@dataclass(frozen=True)
class Sheet:
    """Lengths in SVG units (CSS pixels at scale 1). `gutters` hold the names left, the classes right."""

    name: str
    width: int
    radius: int
    pitch: int
    top: int
    bottom: int
    gutters: tuple[int, int]
    drift: float  # by how much the first gap is wider, and the last narrower, than the mean
    name_length: int

    def height(self, sizes: tuple[int, ...]) -> int:
        rows = max(*sizes, MIN_ROWS)
        return self.top + (rows - 1) * self.pitch + self.bottom

    def columns(self, count: int) -> list[float]:
        """The x of each column."""
        left, right = self.gutters
        gaps = count - 1
        mean = (self.width - left - right) / gaps
        slant = [1 + self.drift * (1 - 2 * k / (gaps - 1)) if gaps > 1 else 1.0 for k in range(gaps)]
        return [round(left + mean * sum(slant[:k]), 1) for k in range(count)]

    def rows(self, units: int, sizes: tuple[int, ...]) -> list[float]:
        """The y of each unit in a column of `units`."""
        rows = max(*sizes, MIN_ROWS)
        spread = 1.0 if units == rows else (rows / units) ** SPREAD
        middle = self.top + (rows - 1) / 2 * self.pitch
        return [round(middle + (i - (units - 1) / 2) * self.pitch * spread, 1) for i in range(units)]


WIDE = Sheet("wide", 640, 16, 43, 66, 21, (92, 130), 0.093, 11)
NARROW = Sheet("narrow", 340, 14, 39, 60, 19, (74, 56), 0.11, 8)


@dataclass(frozen=True)
class Layout:
    """The places of one network on one sheet. The browser reads it; it has no geometry of its own."""

    sheet: Sheet
    height: int
    xs: tuple[float, ...]
    ys: tuple[tuple[float, ...], ...]

    def at(self, layer: int, unit: int) -> tuple[float, float]:
        return self.xs[layer], self.ys[layer][unit]

    def to_json(self) -> dict[str, object]:
        sheet = self.sheet
        return {
            "name": sheet.name,
            "width": sheet.width,
            "height": self.height,
            "radius": sheet.radius,
            "xs": self.xs,
            "ys": self.ys,
        }


def lay_out(sizes: tuple[int, ...], sheet: Sheet) -> Layout:
    """Place every unit of a network with these sizes on the sheet."""
    return Layout(
        sheet,
        sheet.height(sizes),
        tuple(sheet.columns(len(sizes))),
        tuple(tuple(sheet.rows(units, sizes)) for units in sizes),
    )
