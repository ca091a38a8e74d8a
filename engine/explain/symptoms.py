"""What a diagnosis looks at and what it finds: a network with every layer's values for a batch of samples."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from engine.explain.activations import own_activation
from engine.nn.arrays import Array, Arrays
from engine.nn.layers import Layer, Visit
from engine.nn.model import Model
from engine.spec.strict_json import Plain

PASSING: Final = frozenset(
    {"Dropout", "Flatten", "GaussianNoise", "GaussianDropout", "AlphaDropout", "ActivityRegularization"}
)
"""Layers that hand on the values they receive."""


@dataclass(frozen=True, slots=True)
class Symptom:
    """One thing that is the matter with a network.

    `code` is stable. `layer` names the layer, None when it is the network as a whole; `units` are positions
    on the layer's last axis, counted from 0. `advice` says what to do.
    """

    code: str
    message: str
    advice: str
    layer: str | None = None
    units: tuple[int, ...] = ()

    def to_dict(self) -> dict[str, Plain]:
        """Plain JSON values."""
        return {
            "code": self.code,
            "message": self.message,
            "advice": self.advice,
            "layer": self.layer,
            "units": list(self.units),
        }


@dataclass(frozen=True)
class Examined:
    """A model, a batch, and what every layer made of it, float64."""

    model: Model
    x: Arrays
    visits: tuple[Visit, ...]
    outputs: Arrays

    @property
    def samples(self) -> int:
        """How many samples the batch has."""
        return len(self.x[0])

    def is_output(self, visit: Visit) -> bool:
        """Whether what the layer returns is what the model returns."""
        return any(output is end for output in visit.outputs for end in self.outputs)

    def readers(self, visit: Visit) -> list[Visit]:
        """The layers that read what this one returns, through layers that only hand on."""
        found: list[Visit] = []
        for other in self.visits:
            if any(given is output for given in other.inputs for output in visit.outputs):
                found += self.readers(other) if other.layer.kind in PASSING else [other]
        return found

    def hidden(self) -> list[Visit]:
        """The visits of layers that other layers read, inputs left out."""
        return [v for v in self.visits if v.layer.kind != "InputLayer" and not self.is_output(v)]


def called(layer: Layer) -> str:
    """`Dense "dense_1"`."""
    return f'{layer.kind} "{layer.name}"'


def activation_of(visit: Visit) -> str:
    """The name of the activation that a visited layer applies."""
    return own_activation(visit.layer.spec)


def rows(array: Array) -> Array:
    """All values of each unit in one column: (values, units)."""
    return array.reshape(-1, array.shape[-1])


def numbered(units: Sequence[int]) -> str:
    """`unit 3`, `units 1, 2 and 5`, counted from 1."""
    told = [str(unit + 1) for unit in units]
    if len(told) > 8:
        return f"units {', '.join(told[:7])} and {len(told) - 7} more"
    return f"unit {told[0]}" if len(told) == 1 else f"units {', '.join(told[:-1])} and {told[-1]}"


def of_units(some: int, every: int) -> str:
    """`1 of 6 units`, `all 6 units`, `its only unit`."""
    if some == every:
        return "its only unit" if every == 1 else f"all {every} units"
    return f"{some} of {every} units"
