"""How much of a network carries one answer: the count on the catalogue's first screen."""

from dataclasses import dataclass

from course.figures.document import NetworkDocument, Vector
from course.figures.forward import carriers, run


@dataclass(frozen=True)
class Carried:
    """How many weights carry an answer: set the others to zero and no output moves."""

    live: int
    weights: int
    units: int
    parameters: int

    @property
    def idle(self) -> int:
        return self.weights - self.live


def carried(document: NetworkDocument, x: Vector) -> Carried:
    """Count the weights that carry the answer for x."""
    seen = run(document, x)
    keep = carriers(seen, len(seen.columns) + 1)
    weights = sum(len(column.kernel) * len(column.bias) for column in seen.columns)
    return Carried(
        live=sum(cell for layer in keep for row in layer for cell in row),
        weights=weights,
        units=sum(document.sizes),
        parameters=weights + sum(len(column.bias) for column in seen.columns),
    )
