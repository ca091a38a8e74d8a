"""Reshaping: the same numbers in another arrangement, with more of them around, or fewer."""

from __future__ import annotations

import math
from typing import Final

from engine.errors import SpecError
from engine.spec.arguments import Argument, Choice, Sizes, Unfit, Whole
from engine.spec.catalogue.convolution import expects, remedy
from engine.spec.catalogue.core import DATA_FORMAT, no_cost
from engine.spec.catalogue.kinds import LayerKind, Misfit, Work, held, volume
from engine.spec.composites import Many
from engine.spec.structure import Config, Layer, Shape, Shapes, Value

LARGEST: Final = 2**31 - 1


class Target:
    """A shape in which at most one size is -1: what is left."""

    def read(self, value: Value, /) -> Value:
        parts = value if isinstance(value, tuple) else (value,)
        good = all(
            isinstance(part, int) and not isinstance(part, bool) and (part == -1 or 1 <= part <= LARGEST)
            for part in parts
        )
        if not parts or not good or parts.count(-1) > 1:
            raise Unfit(self.describe())
        return parts

    def describe(self) -> str:
        return "a tuple of whole numbers such as (28, 28, 1), one of which may be -1"


class Sides:
    """How much before and after each of `rank` axes: one number, one for each axis, or a pair for each."""

    def __init__(self, rank: int) -> None:
        self.rank = rank

    def read(self, value: Value, /) -> Value:
        if isinstance(value, int):
            value = ((value, value),) * self.rank
        if self.rank == 1 and isinstance(value, tuple) and len(value) == 2:
            value = (value,)
        if not isinstance(value, tuple) or len(value) != self.rank:
            raise Unfit(self.describe())
        pairs = tuple((part, part) if isinstance(part, int) else part for part in value)
        for pair in pairs:
            if not isinstance(pair, tuple) or len(pair) != 2 or not all(map(_is_count, pair)):
                raise Unfit(self.describe())
        return pairs[0] if self.rank == 1 else pairs

    def describe(self) -> str:
        example = {1: "(1, 1)", 2: "((1, 1), (2, 2))", 3: "((1, 1), (1, 1), (1, 1))"}[self.rank]
        return f"a whole number of at least 0, or pairs such as {example}"


def _is_count(value: Value) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= LARGEST


def sides_of(layer: Layer, key: str) -> tuple[tuple[int, int], ...]:
    """Padding or cropping as a pair for each axis."""
    value = layer.config[key]
    assert isinstance(value, tuple)
    if all(isinstance(part, int) for part in value):
        value = (value,)
    found: list[tuple[int, int]] = []
    for pair in value:
        assert isinstance(pair, tuple)
        before, after = pair
        assert isinstance(before, int)
        assert isinstance(after, int)
        found.append((before, after))
    return tuple(found)


def reshaped(layer: Layer, inputs: Shapes) -> Shapes:
    target, shape = layer.config.wholes("target_shape"), inputs[0]
    known = [size for size in shape[1:] if size is not None]
    fixed = math.prod(size for size in target if size != -1)
    if len(known) < len(shape) - 1:
        return ((shape[0], *(None if size == -1 else size for size in target)),)
    total = math.prod(known)
    if -1 in target and total % fixed == 0:
        return ((shape[0], *(total // fixed if size == -1 else size for size in target)),)
    if fixed != total or -1 in target:
        told = "×".join(map(str, target))
        raise Misfit(
            f"as many numbers per sample as its target {told} holds", f"There are {total:,} of them."
        )
    return ((shape[0], *target),)


def permuted(layer: Layer, inputs: Shapes) -> Shapes:
    dims, shape = layer.config.wholes("dims"), inputs[0]
    if len(dims) != len(shape) - 1:
        raise Misfit(f"an input of rank {len(dims) + 1}", "List each axis but the batch once.")
    return ((shape[0], *(shape[axis] for axis in dims)),)


def permute_settle(config: Config) -> Config:
    """Axes are those from 1 on, each once."""
    dims = config.wholes("dims")
    if sorted(dims) != list(range(1, len(dims) + 1)):
        raise SpecError(
            f"Permute: dims must name the axes 1 to {len(dims)}, each once.",
            "Write dims=(2, 1) to swap two axes; the batch has no number here.",
            argument="dims",
        )
    return config


def repeated(layer: Layer, inputs: Shapes) -> Shapes:
    batch, size = inputs[0]
    return ((batch, layer.config.whole("n"), size),)


def grown(shape: Shape, sides: tuple[tuple[int, int], ...], sign: int) -> Shape:
    """The shape with spatial axes longer or shorter by both sides."""
    spatial = tuple(
        None if size is None else size + sign * sum(pair)
        for size, pair in zip(shape[1:-1], sides, strict=True)
    )
    if any(size is not None and size < 1 for size in spatial):
        raise Misfit("an input larger than what it crops", "Crop less.")
    return (shape[0], *spatial, shape[-1])


def padded_shape(layer: Layer, inputs: Shapes) -> Shapes:
    return (grown(inputs[0], sides_of(layer, "padding"), 1),)


def cropped_shape(layer: Layer, inputs: Shapes) -> Shapes:
    return (grown(inputs[0], sides_of(layer, "cropping"), -1),)


def upsampled(layer: Layer, inputs: Shapes) -> Shapes:
    value = layer.config["size"]
    factors = (value,) if isinstance(value, int) else layer.config.wholes("size")
    shape = inputs[0]
    spatial = tuple(
        None if size is None else size * factor for size, factor in zip(shape[1:-1], factors, strict=True)
    )
    return ((shape[0], *spatial, shape[-1]),)


def padded_cost(layer: Layer, inputs: Shapes, outputs: Shapes) -> Work:
    """Numbers are copied; the gradient of the input is a part of the output's."""
    return Work(0)


def cropped_cost(layer: Layer, inputs: Shapes, outputs: Shapes) -> Work:
    """The output is a part of the input; the gradient of the input has zeros around it."""
    return Work(0, back=held(inputs[0]) if inputs != outputs else 0, passes_on=True)


def upsampled_cost(layer: Layer, inputs: Shapes, outputs: Shapes) -> Work:
    """One operation per number of the output; axis after axis, so that what grows was large already."""
    x, y = inputs[0], outputs[0]
    if len(y) == 3:
        return Work(volume(y), back=held(x))
    before_last = held(y) * (x[-2] or 1) // (y[-2] or 1)
    after_first = held(y) * (x[1] or 1) // (y[1] or 1)
    after_second = after_first * (x[2] or 1) // (y[2] or 1)
    return Work(volume(y), before_last, back=after_first + after_second)


def _around(what: str, rank: int) -> LayerKind:
    padding = what == "ZeroPadding"
    default: Value = 1 if padding or rank != 2 else 0
    sides = Sides(rank)
    argument = Argument(
        "padding" if padding else "cropping",
        sides,
        sides.read(default),
        "How much before and after each axis.",
    )
    return LayerKind(
        f"{what}{rank}D",
        "reshaping",
        "Puts zeros around its input." if padding else "Cuts the edges off its input.",
        (argument, *((DATA_FORMAT,) if padding or rank > 1 else ())),
        shape=padded_shape if padding else cropped_shape,
        cost=padded_cost if padding else cropped_cost,
        ranks=(rank + 2, rank + 2),
        expects=expects(rank),
        remedy=remedy(rank),
    )


def _upsampling(rank: int) -> LayerKind:
    size = (
        Argument("size", Whole(1), 2, "How often each step is repeated.")
        if rank == 1
        else Argument("size", Sizes(rank), (2,) * rank, "How often each row, column, ... is repeated.")
    )
    more = (DATA_FORMAT,) if rank > 1 else ()
    between = Argument(
        "interpolation", Choice(("nearest", "bilinear")), "nearest", "How values in between are found."
    )
    return LayerKind(
        f"UpSampling{rank}D",
        "reshaping",
        "Makes each axis longer by repeating what is there, or by interpolation.",
        (size, *more, *((between,) if rank == 2 else ())),
        shape=upsampled,
        cost=upsampled_cost,
        ranks=(rank + 2, rank + 2),
        expects=expects(rank),
        remedy=remedy(rank),
    )


RESHAPING: Final = (
    LayerKind(
        "Reshape",
        "reshaping",
        "The same numbers in another shape.",
        (Argument("target_shape", Target(), doc="The shape of a sample, without the batch."),),
        shape=reshaped,
        cost=no_cost,
    ),
    LayerKind(
        "Permute",
        "reshaping",
        "The same numbers with their axes in another order.",
        (Argument("dims", Many(Whole(1, 8)), doc="The axes in their new order, counted from 1."),),
        shape=permuted,
        cost=no_cost,
        ranks=(2, 8),
        settle=permute_settle,
    ),
    LayerKind(
        "RepeatVector",
        "reshaping",
        "Repeats a vector as every step of a sequence.",
        (Argument("n", Whole(1), doc="How many steps."),),
        shape=repeated,
        ranks=(2, 2),
        expects="an input of rank 2 (batch, features)",
        remedy="A recurrent layer before it needs return_sequences=False.",
    ),
    *(_around(what, rank) for what in ("ZeroPadding", "Cropping") for rank in (1, 2, 3)),
    *(_upsampling(rank) for rank in (1, 2, 3)),
)
