"""Weighted sums, term by term: what one unit adds up before its activation."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, TypeAlias

from engine.nn.arrays import Array
from engine.spec.strict_json import Plain


@dataclass(frozen=True, slots=True)
class Term:
    """One product of a weighted sum. `name` is the input's position, or 'bias' for the last term."""

    name: int | str | tuple[int, ...]
    weight: float
    input: float
    product: float

    def to_list(self) -> list[Plain]:
        """`[term, weight, input, product]`."""
        name: Plain = list(self.name) if isinstance(self.name, tuple) else self.name
        return [name, self.weight, self.input, self.product]


Worked: TypeAlias = Callable[[Array, dict[str, Array], tuple[int, ...]], tuple[Term, ...]]
"""Input of the layer, its weights, position of the unit in z -> the terms that add up to z there."""


def dense(x: Array, weights: dict[str, Array], position: tuple[int, ...]) -> tuple[Term, ...]:
    """z[..., unit] = sum over i of x[..., i] * kernel[i, unit], plus bias[unit]."""
    *place, unit = position
    terms = [
        term(index, float(weight), float(value))
        for index, (weight, value) in enumerate(zip(weights["kernel"][:, unit], x[tuple(place)], strict=True))
    ]
    return (*terms, *bias_term(weights, unit))


def term(name: int | str | tuple[int, ...], weight: float, value: float) -> Term:
    """A term, without negative zeros."""
    return Term(name, weight + 0.0, value + 0.0, weight * value + 0.0)


def bias_term(weights: dict[str, Array], unit: int) -> tuple[Term, ...]:
    """The bias as a term whose input is always 1; nothing for a layer without one."""
    return (term("bias", float(weights["bias"][unit]), 1.0),) if "bias" in weights else ()


SUMS: Final[dict[str, Worked]] = {"Dense": dense}
"""How each kind of layer with a weighted sum works it out."""
