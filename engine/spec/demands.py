"""What a layer asks of its weights, held against their shapes: some initializers and regularizers know
matrices only, and a constraint may name an axis that a weight does not have.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from engine.spec.catalogue.kinds import Weight
from engine.spec.completion import Problem
from engine.spec.structure import Item, Layer, Shapes

MATRICES: Final = ("Identity", "Orthogonal")
"""Initializers that make a matrix. Orthogonal takes more axes too, and counts all but the last as rows."""

COMPARES_ROWS: Final = "OrthogonalRegularizer"
COMPARING: Final = f"{COMPARES_ROWS} compares the rows of a matrix"


def unmet_demands(layer: Layer, weights: tuple[Weight, ...], outputs: Shapes) -> list[Problem]:
    """Everything that a layer asks of its weights and outputs and that their shapes do not allow; `argument`
    names who asks, where the layer itself has such an argument.
    """
    found = [problem for weight in weights for problem in _of_weight(layer, weight)]
    priced = layer.config.get("activity_regularizer")
    if (
        isinstance(priced, Item)
        and priced.kind == COMPARES_ROWS
        and any(len(shape) != 2 for shape in outputs)
    ):
        found.append(
            _problem(layer, "activity_regularizer", COMPARING, "the output", outputs[0], "Use 'l2'.")
        )
    return found


def makes_no_matrix(item: Item, shape: tuple[int, ...]) -> bool:
    """Whether an initializer of matrices is asked for an array that is none."""
    if item.kind not in MATRICES:
        return False
    return len(shape) != 2 if item.kind == "Identity" else len(shape) < 2


def missing_axes(item: Item, rank: int) -> list[int]:
    """The axes a constraint adds up along and that arrays of that rank do not have."""
    axis = item.config.get("axis")
    named = axis if isinstance(axis, tuple) else (axis,)
    return [place for place in named if isinstance(place, int) and not -rank <= place < rank]


def _of_weight(layer: Layer, weight: Weight) -> Iterator[Problem]:
    if makes_no_matrix(weight.initializer, weight.shape):
        asked = f"{weight.initializer.kind} makes a matrix"
        argument = _argument(layer, weight.initializer, weight, "initializer")
        yield _problem(
            layer, argument, asked, weight.name, weight.shape, "Use 'zeros', or another initializer."
        )
    if weight.regularizer is not None and weight.regularizer.kind == COMPARES_ROWS and len(weight.shape) != 2:
        argument = _argument(layer, weight.regularizer, weight, "regularizer")
        yield _problem(
            layer, argument, COMPARING, weight.name, weight.shape, "Use 'l2', or another regularizer."
        )
    if weight.constraint is not None:
        missing = missing_axes(weight.constraint, len(weight.shape))
        if missing:
            asked = f"{weight.constraint.kind} adds up along axis {missing[0]}"
            argument = _argument(layer, weight.constraint, weight, "constraint")
            yield _problem(layer, argument, asked, weight.name, weight.shape, "Use axis=0.")


def _argument(layer: Layer, item: Item, weight: Weight, role: str) -> str | None:
    """The argument that asks this of a weight: `kernel_initializer`, `recurrent_initializer`, ..."""
    stems = [
        name.removesuffix(f"_{role}")
        for name, value in layer.config.items()
        if name.endswith(f"_{role}") and value == item
    ]
    stems.sort(key=lambda stem: (not weight.name.startswith(stem), not weight.name.endswith(stem)))
    return f"{stems[0]}_{role}" if stems else None


def _problem(
    layer: Layer, argument: str | None, asked: str, what: str, shape: tuple[int | None, ...], hint: str
) -> Problem:
    asks = f": {argument}" if argument else ""
    return Problem(
        "bad-argument", argument, f"{layer.kind}{asks} {asked}; {what} has the shape {shape}.", hint
    )
