"""The stops of a forward pass: x, z1, a1, z2, a2, z3, p, class. A figure stands at one of them.

What lies behind the stop is computed; what lies ahead is shown as a question mark.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from course.figures.forward import Pass


@dataclass(frozen=True)
class Stop:
    """One stop. `kind` is x, z, a, p or class; `layer` is the column it computes (0 is the input)."""

    kind: str
    layer: int
    symbol: str
    index: str
    name: str

    @property
    def is_counted(self) -> bool:
        """Whether it computes its units one after another."""
        return self.kind in ("z", "a", "p")


def stops(seen: Pass) -> list[Stop]:
    """All stops of this network, in order; step t of an address is stops[t - 1]."""
    last = len(seen.columns)
    found = [Stop("x", 0, "x", "", "inputs")]
    for layer, column in enumerate(seen.columns, start=1):
        is_shares = layer == last and seen.has_shares()
        found.append(Stop("z", layer, "z", str(layer), "logits" if is_shares else f"weighted sums {layer}"))
        if is_shares:
            found.append(Stop("p", layer, "p", "", column.activation))
        elif column.activation != "linear":
            found.append(Stop("a", layer, "a", str(layer), f"{column.activation} {layer}"))
    if seen.has_shares() and len(seen.columns[-1].bias) > 1:
        found.append(Stop("class", last, "", "", "class"))
    return found


GRAINS = ("layer", "neuron", "operation")

# (): the whole stop. (u,): its units up to u. (u, k): also the products up to k of unit u's sum.
Within = tuple[int, ...]
Position = tuple[int, Within]
END = 1000


def positions(seen: Pass, all_stops: Sequence[Stop], grain: str) -> list[Position]:
    """Every place that stepping by `grain` halts at, in order: (step, within).

    By operation a sum halts after each product that is not 0; the bias completes it.
    """
    found: list[Position] = []
    for step, stop in enumerate(all_stops, start=1):
        if grain != "layer" and stop.is_counted:
            units = len(seen.columns[stop.layer - 1].bias)
            for unit in range(1, units + 1):
                if grain == "operation" and stop.kind == "z":
                    found += [(step, (unit, k)) for k in _live_products(seen, stop.layer, unit - 1)]
                if unit < units:
                    found.append((step, (unit,)))
        found.append((step, ()))
    return found


def _live_products(seen: Pass, layer: int, unit: int) -> list[int]:
    kernel, source = seen.columns[layer - 1].kernel, seen.source(layer)
    return [i + 1 for i, row in enumerate(kernel) if row[unit] != 0 and source[i] != 0]


def order(position: Position) -> tuple[int, int, int]:
    """Positions in the order of the pass: what completes a unit or a stop comes after its parts."""
    step, within = position
    return step, within[0] if within else END, within[1] if len(within) > 1 else END


def neighbors(found: Sequence[Position], here: Position) -> tuple[Position, Position]:
    """The position before and the one after; at an end, the position itself."""
    before = [position for position in found if order(position) < order(here)]
    after = [position for position in found if order(position) > order(here)]
    return before[-1] if before else here, after[0] if after else here


@dataclass(frozen=True)
class Known:
    """What has been computed when the figure stands at step t (counted from 1), or within it."""

    stops: tuple[Stop, ...]
    step: int
    within: Within = ()

    @property
    def stop(self) -> Stop:
        return self.stops[self.step - 1]

    def z(self, layer: int, unit: int | None = None) -> bool:
        """Whether the weighted sum of a unit is computed; without a unit, of all in column `layer`."""
        own = [t for t, stop in enumerate(self.stops, start=1) if stop.layer == layer and stop.kind != "x"]
        return bool(own) and self._is_done(own[0], unit)

    def a(self, layer: int, unit: int | None = None) -> bool:
        """Whether the output of a unit is computed, or of all in the column (column 0 was given)."""
        own = [
            t for t, stop in enumerate(self.stops, start=1) if stop.layer == layer and stop.kind != "class"
        ]
        return self._is_done(own[-1], unit)

    def products(self, layer: int, unit: int) -> int:
        """How many products of the unit's sum have been gone through, while the sum is being made."""
        is_here = self.stop.kind == "z" and self.stop.layer == layer and len(self.within) > 1
        return self.within[1] if is_here and self.within[0] == unit + 1 else 0

    def _is_done(self, step: int, unit: int | None) -> bool:
        if step != self.step or not self.within:
            return step <= self.step
        complete = self.within[0] - (len(self.within) - 1)
        return unit is not None and unit < complete

    def answer(self) -> bool:
        """Whether the chosen class is shown."""
        return self.stop.kind == "class"

    @property
    def columns(self) -> int:
        """How many columns, the input included, have their outputs computed."""
        layers = {stop.layer for stop in self.stops}
        return sum(self.a(layer) for layer in layers)
