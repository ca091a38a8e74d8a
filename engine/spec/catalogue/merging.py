"""Merging: several tensors made one, number by number, end to end, or by products."""

from __future__ import annotations

from typing import Final

from engine.spec.arguments import Argument, Flag, Whole
from engine.spec.catalogue.kinds import Arity, LayerKind, Misfit, Work, held, volume
from engine.spec.composites import Either, Many
from engine.spec.structure import Layer, Shape, Shapes

TOGETHER: Final = "inputs of the same shape"
REMEDY: Final = "Bring them to one shape first, with Dense or Reshape."


def broadcast(one: Shape, other: Shape) -> Shape:
    """The shape of both taken together: sizes are equal, or one of them is 1."""
    if len(one) != len(other):
        raise Misfit(TOGETHER, REMEDY)
    sizes: list[int | None] = []
    for a, b in zip(one, other, strict=True):
        if a == b or b == 1:
            sizes.append(a)
        elif a == 1:
            sizes.append(b)
        elif a is None or b is None:
            sizes.append(a if b is None else b)
        else:
            raise Misfit(TOGETHER, REMEDY)
    return tuple(sizes)


def merged_shape(layer: Layer, inputs: Shapes) -> Shapes:
    if layer.kind == "Subtract" and len(inputs) != 2:
        raise Misfit("exactly two inputs", "Subtract one from one.")
    shape = inputs[0]
    for other in inputs[1:]:
        shape = broadcast(shape, other)
    return (shape,)


def merged_cost(layer: Layer, inputs: Shapes, outputs: Shapes) -> Work:
    """One operation for each number that goes in; on the way back a slope and a gradient for each input."""
    y, count = held(outputs[0]), len(inputs)
    aside = y if count > 2 or layer.kind == "Average" else 0
    slopes = {"Multiply": count * y if count > 2 else 0, "Maximum": count * y, "Minimum": count * y}
    return Work(sum(map(volume, inputs)), aside, back=count * y + slopes.get(layer.kind, 0))


def concatenated_cost(layer: Layer, inputs: Shapes, outputs: Shapes) -> Work:
    """Numbers are copied; their gradients are parts of the output's."""
    return Work(sum(map(volume, inputs)))


def concatenated(layer: Layer, inputs: Shapes) -> Shapes:
    first, axis = inputs[0], layer.config.whole("axis")
    place = axis + len(first) if axis < 0 else axis
    needs = f"inputs that differ in axis {axis} only"
    if not 1 <= place < len(first) or any(len(shape) != len(first) for shape in inputs):
        raise Misfit(needs, "Reshape or crop them first.")
    sizes: list[int | None] = []
    for number in range(len(first)):
        column = [shape[number] for shape in inputs]
        known = {size for size in column if size is not None}
        if number == place:
            sizes.append(None if None in column else sum(size for size in column if size is not None))
        elif len(known) > 1:
            raise Misfit(needs, "Reshape or crop them first.")
        else:
            sizes.append(known.pop() if known else None)
    return (tuple(sizes),)


def dot_axes(layer: Layer, inputs: Shapes) -> tuple[int, int]:
    """The axis of each input along which products are summed, counted from 0."""
    value = layer.config["axes"]
    pair = (value, value) if isinstance(value, int) else layer.config.wholes("axes")
    if len(inputs) != 2 or len(pair) != 2:
        raise Misfit("exactly two inputs", "Give axes as one number, or one for each input.")
    one, other = (axis + len(shape) if axis < 0 else axis for axis, shape in zip(pair, inputs, strict=True))
    for axis, shape in ((one, inputs[0]), (other, inputs[1])):
        if not 1 <= axis < len(shape) or len(shape) > 3:
            raise Misfit("inputs of rank 2 or 3 that have the axes it names", "Use axes=-1.")
    return one, other


def dot_shape(layer: Layer, inputs: Shapes) -> Shapes:
    one, other = dot_axes(layer, inputs)
    a, b = inputs
    if a[one] is not None and b[other] is not None and a[one] != b[other]:
        raise Misfit("inputs whose summed axes have the same size", "Choose other axes.")
    rest_a = tuple(size for axis, size in enumerate(a) if axis not in (0, one))
    rest_b = tuple(size for axis, size in enumerate(b) if axis not in (0, other))
    return ((a[0], *(rest_a + rest_b or (1,))),)


def dot_cost(layer: Layer, inputs: Shapes, outputs: Shapes) -> Work:
    """A multiplication and an addition for each product."""
    one, _ = dot_axes(layer, inputs)
    size = held(*inputs)
    copied = size if len(inputs[0]) > 3 else 0
    units = size if layer.config.flag("normalize") else 0
    flops = 2 * volume(outputs[0]) * (inputs[0][one] or 1)
    return Work(flops, copied + 2 * units, kept=copied + units, back=size + copied + units)


def _merge(name: str, doc: str) -> LayerKind:
    return LayerKind(
        name,
        "merging",
        doc,
        shape=merged_shape,
        cost=merged_cost,
        arity=Arity.MANY,
        expects=TOGETHER,
        remedy=REMEDY,
    )


MERGING: Final = (
    _merge("Add", "The sum of its inputs, number by number."),
    _merge("Subtract", "The first input minus the second."),
    _merge("Multiply", "The product of its inputs, number by number."),
    _merge("Average", "The mean of its inputs, number by number."),
    _merge("Maximum", "The largest of its inputs, number by number."),
    _merge("Minimum", "The smallest of its inputs, number by number."),
    LayerKind(
        "Concatenate",
        "merging",
        "Its inputs end to end along an axis.",
        (Argument("axis", Whole(-8, 7), -1, "The axis along which they are joined."),),
        shape=concatenated,
        cost=concatenated_cost,
        arity=Arity.MANY,
    ),
    LayerKind(
        "Dot",
        "merging",
        "Products of two inputs, summed along an axis of each.",
        (
            Argument("axes", Either((Whole(-8, 7), Many(Whole(-8, 7)))), doc="The axis, or one for each."),
            Argument("normalize", Flag(), False, "Whether to scale to length 1 first: cosines."),
        ),
        shape=dot_shape,
        cost=dot_cost,
        arity=Arity.MANY,
    ),
)
