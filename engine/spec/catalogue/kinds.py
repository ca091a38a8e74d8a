"""What it takes to declare a kind of layer: arguments, rank, output shape, weights, cost.

Functions here see a `Layer` and the shapes of its inputs, and use Python's own integers only: a product of
NumPy integers wraps around, and a bound computed with it protects nobody.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import Enum
from typing import Final, TypeAlias

from engine.spec.arguments import Argument, Choice, Flag
from engine.spec.structure import Config, Item, Layer, Shape, Shapes, Value


class Misfit(Exception):  # noqa: N818 - the graph around it turns it into a ShapeError with names and places
    """Input shapes that a layer cannot take: what it `needs`, as 'an input of rank 4 (...)', and the
    `remedy`.
    """

    def __init__(self, needs: str, remedy: str = "") -> None:
        self.needs, self.remedy = needs, remedy
        super().__init__(needs)


@dataclass(frozen=True, slots=True)
class Weight:
    """One array of a layer: Keras's name and shape for it, where it starts, and what holds it in training."""

    name: str
    shape: tuple[int, ...]
    initializer: Item
    regularizer: Item | None = None
    constraint: Item | None = None
    trainable: bool = True

    @property
    def size(self) -> int:
        """How many numbers it holds."""
        return math.prod(self.shape)


NUMBER: Final = 4
"""Bytes of one float32."""


@dataclass(frozen=True, slots=True)
class Work:
    """What one call costs: operations, recurrent steps, and bytes of float32 beside its inputs and outputs.

    `scratch` is laid aside at the call's fullest moment and free again after it; `kept` is what training
    holds on to until the way back; `back` is the fullest moment of the way back, beside what is kept and the
    gradients of the outputs, with the gradients of the inputs. With `passes_on` the output of a prediction
    is the input's own memory.
    """

    flops: int
    scratch: int = 0
    steps: int = 0
    kept: int = 0
    back: int = 0
    passes_on: bool = False


class Arity(Enum):
    """How many tensors a call takes."""

    NONE = "none"
    ONE = "one"
    MANY = "many"
    """A list of two or more, as merging layers take it."""
    EACH = "each"
    """Two or more by position: MultiHeadAttention's query and value."""


ShapeRule: TypeAlias = Callable[[Layer, Shapes], Shapes]
WeightRule: TypeAlias = Callable[[Layer, Shapes], tuple[Weight, ...]]
CostRule: TypeAlias = Callable[[Layer, Shapes, Shapes], Work]


def volume(shape: Shape) -> int:
    """How many numbers an array of that shape holds; an open dimension counts as 1."""
    return math.prod(1 if size is None else size for size in shape)


def held(*shapes: Shape) -> int:
    """How many bytes arrays of these shapes take."""
    return NUMBER * sum(map(volume, shapes))


def same_shape(layer: Layer, inputs: Shapes) -> Shapes:
    """The output is shaped like the input."""
    return inputs[:1]


def no_weights(layer: Layer, inputs: Shapes) -> tuple[Weight, ...]:
    """Nothing to learn."""
    return ()


def per_output(layer: Layer, inputs: Shapes, outputs: Shapes) -> Work:
    """One operation per number of the output."""
    return Work(sum(volume(shape) for shape in outputs), back=held(*inputs))


def one_output(layer: Layer) -> int:
    """A call returns one tensor."""
    return 1


@dataclass(frozen=True, slots=True)
class LayerKind:
    """Everything there is to know about a kind of layer except its arithmetic.

    `arguments` stand in Keras's positional order, without `name`, `trainable` and `dtype`, which every
    layer has. `ranks` are the least and most dimensions an input may have, batch included; `expects` says
    so in words. `remedy` is the hint for an input of another rank. The rules may rely on a rank that fits.
    """

    name: str
    family: str
    doc: str
    arguments: tuple[Argument, ...] = ()
    shape: ShapeRule = same_shape
    weights: WeightRule = no_weights
    cost: CostRule = per_output
    ranks: tuple[int, int] = (1, 8)
    expects: str = "an input of any shape"
    remedy: str = ""
    arity: Arity = Arity.ONE
    settle: Callable[[Config], Config] | None = None
    aliases: tuple[str, ...] = field(default=())
    outputs: Callable[[Layer], int] = one_output

    def every_argument(self) -> tuple[Argument, ...]:
        """The kind's own arguments, then those of every layer."""
        return self.arguments + tuple(a for a in BASE if a.name not in {own.name for own in self.arguments})


DTYPES: Final = ("float32", "float64", "float16", "bfloat16", "int32", "int64", "uint8", "bool", "string")


class Dtype(Choice):
    """The name of a type; None is Keras's default, float32."""

    def read(self, value: Value, /) -> Value:
        return "float32" if value is None else super().read(value)


BASE: Final = (
    Argument("trainable", Flag(), True, "Whether training changes the weights.", keyword_only=True),
    Argument("dtype", Dtype(DTYPES), "float32", "The type of the numbers.", keyword_only=True),
)
