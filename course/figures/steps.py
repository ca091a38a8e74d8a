"""The stops of a forward pass: x, z1, a1, z2, a2, z3, p, class. A figure stands at one of them.

What lies behind the stop is computed; what lies ahead is shown as a question mark.
"""

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


@dataclass(frozen=True)
class Known:
    """What has been computed when the figure stands at step t (counted from 1)."""

    stops: tuple[Stop, ...]
    step: int

    @property
    def stop(self) -> Stop:
        return self.stops[self.step - 1]

    def z(self, layer: int) -> bool:
        """Whether the weighted sums of column `layer` are computed."""
        return any(stop.layer == layer and stop.kind != "x" for stop in self.stops[: self.step])

    def a(self, layer: int) -> bool:
        """Whether the outputs of column `layer` are computed (column 0 always is: it was given)."""
        own = [
            t for t, stop in enumerate(self.stops, start=1) if stop.layer == layer and stop.kind != "class"
        ]
        return own[-1] <= self.step

    def answer(self) -> bool:
        """Whether the chosen class is shown."""
        return self.stop.kind == "class"

    @property
    def columns(self) -> int:
        """How many columns, the input included, have their outputs computed."""
        layers = {stop.layer for stop in self.stops}
        return sum(self.a(layer) for layer in layers)
