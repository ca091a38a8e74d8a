"""What a network may cost before it is run, and the refusal that says what is too large and by how much."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Protocol

from engine.errors import BudgetExceeded


class Costly(Protocol):
    """Anything with a static cost: parameters, floating-point operations, bytes."""

    @property
    def parameters(self) -> int: ...
    @property
    def flops(self) -> int: ...
    @property
    def bytes(self) -> int: ...


@dataclass(frozen=True, slots=True)
class Budget:
    """Upper bounds on parameters, floating-point operations and bytes, each for the whole of one run."""

    name: str
    parameters: int
    flops: int
    bytes: int

    def check(self, cost: Costly) -> None:
        """Raises BudgetExceeded for the first bound that the cost exceeds; allocates nothing."""
        for what, needed, limit, remedy in (
            ("parameters", cost.parameters, self.parameters, "Use fewer units or fewer layers."),
            ("flops", cost.flops, self.flops, "Use fewer units, smaller inputs or a smaller batch."),
            ("bytes", cost.bytes, self.bytes, "Use smaller layers, smaller inputs or a smaller batch."),
        ):
            if needed > limit:
                raise BudgetExceeded(what, needed, limit, self._refusal(what, needed, limit, remedy))

    def _refusal(self, what: str, needed: int, limit: int, remedy: str) -> str:
        return (
            f"The network needs {amount(what, needed)}, {times(needed, limit)} what "
            f"the {self.name} budget allows ({amount(what, limit)}). {remedy}"
        )


def amount(what: str, number: int) -> str:
    """A cost with its unit, as people read it: `124 parameters`, `20 MFLOP`, `16 MiB`."""
    if what == "parameters":
        return f"{number:,} parameters"
    if what == "flops":
        return f"{_rounded(number / 1e6)} MFLOP"
    return f"{_rounded(number / 2**20)} MiB"


def times(needed: int, limit: int) -> str:
    """How many times the limit is needed, rounded up so that an excess never reads as none."""
    hundredths = -(-needed * 100 // limit) if limit else 0
    return f"{hundredths / 100:,.2f} times"


def _rounded(number: float) -> str:
    return f"{number:,.0f}" if number >= 100 else f"{number:.3g}"


INTERACTIVE: Final = Budget("interactive", parameters=50_000, flops=20_000_000, bytes=16 * 2**20)
"""What a web request may spend."""

WORKER: Final = Budget("worker", parameters=5_000_000, flops=20_000_000_000, bytes=512 * 2**20)
"""What one run in a worker's child process may spend."""
