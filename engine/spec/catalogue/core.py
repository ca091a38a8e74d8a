"""The Dense family: Input, Dense, Activation, Flatten, Dropout."""

from __future__ import annotations

import math
from typing import Final

from engine.errors import SpecError
from engine.spec.arguments import Argument, Choice, Dimensions, Flag, Real, Unfit, Whole
from engine.spec.catalogue.activations import NOTHING, ActivationType, Space, activated, space_of
from engine.spec.catalogue.finishing import finish
from engine.spec.catalogue.initializers import INITIALIZER, INITIALIZERS
from engine.spec.catalogue.items import default_item
from engine.spec.catalogue.kinds import (
    DTYPES,
    NUMBER,
    Arity,
    Dtype,
    LayerKind,
    Misfit,
    Weight,
    Work,
    held,
    volume,
)
from engine.spec.catalogue.penalties import CONSTRAINT, REGULARIZER
from engine.spec.structure import Config, Item, Layer, Shape, Shapes, Value

GLOROT: Final = default_item(INITIALIZERS["GlorotUniform"])
ZEROS: Final = default_item(INITIALIZERS["Zeros"])

ACTIVATION: Final = Argument("activation", ActivationType(), "linear", "The function applied to each output.")
USE_BIAS: Final = Argument("use_bias", Flag(), True, "Whether each unit adds a bias.")


def weight_arguments(*weights: tuple[str, Item]) -> tuple[Argument, ...]:
    """Initializers, then regularizers, for weights such as ('kernel', GLOROT), in Keras's order."""
    return tuple(
        Argument(f"{name}_initializer", INITIALIZER, start, f"Where the {name} starts.")
        for name, start in weights
    ) + tuple(
        Argument(f"{name}_regularizer", REGULARIZER, None, f"A price for a large {name}.")
        for name, _ in weights
    )


def constraint_arguments(*names: str) -> tuple[Argument, ...]:
    """Constraints, in Keras's order."""
    return tuple(
        Argument(f"{name}_constraint", CONSTRAINT, None, f"A bound on the {name}.") for name in names
    )


ACTIVITY_REGULARIZER: Final = Argument(
    "activity_regularizer", REGULARIZER, None, "A price for large outputs."
)

KERNEL_AND_BIAS: Final = (
    *weight_arguments(("kernel", GLOROT), ("bias", ZEROS)),
    ACTIVITY_REGULARIZER,
    *constraint_arguments("kernel", "bias"),
)


def item_or_none(value: Value) -> Item | None:
    """Narrows a config value to the Item that it is, if it is one."""
    return value if isinstance(value, Item) else None


def weight(config: Config, name: str, shape: tuple[int, ...]) -> Weight:
    """A weight whose initializer, regularizer and constraint stand in the config under its name."""
    start = config[f"{name}_initializer"]
    assert isinstance(start, Item)
    return Weight(
        name,
        shape,
        start,
        item_or_none(config.get(f"{name}_regularizer")),
        item_or_none(config.get(f"{name}_constraint")),
    )


class DataFormat(Choice):
    """`channels_last`, the only order of axes that the engine computes in; None means it."""

    def read(self, value: Value, /) -> Value:
        if value is None or value == "channels_last":
            return "channels_last"
        raise Unfit(self.describe(), fix="'channels_last'")


DATA_FORMAT: Final = Argument(
    "data_format", DataFormat(("channels_last",)), "channels_last", "The order of axes."
)


def known_last(shape: Shape) -> int:
    """The size of the last axis, which the layer must know to build its weights."""
    size = shape[-1]
    if size is None:
        raise Misfit(
            "an input whose last axis has a known size", "Give that dimension a number in the input's shape."
        )
    return size


def input_settle(config: Config) -> Config:
    """One `batch_shape` from the several ways in which Keras lets it be given."""
    shape, batch_shape = config["shape"], config["batch_shape"]
    if shape is None and batch_shape is None:
        raise SpecError(
            "Input needs a shape.",
            "Write the shape of one sample, such as Input(shape=(8,)).",
            code="missing-argument",
            argument="shape",
        )
    if batch_shape is None:
        assert isinstance(shape, tuple)
        batch_shape = (config["batch_size"], *shape)
    elif shape is not None:
        raise SpecError(
            "Input takes shape or batch_shape, not both.",
            "Leave one of them out.",
            code="bad-argument",
            argument="batch_shape",
        )
    if batch_shape == ():
        raise SpecError(
            "Input: batch_shape needs at least the batch dimension.",
            "Write batch_shape=(None, 8) for samples of 8 numbers.",
            code="bad-argument",
            argument="batch_shape",
        )
    return Config(batch_shape=batch_shape, dtype=config["dtype"])


def input_shape(layer: Layer, inputs: Shapes) -> Shapes:
    return (layer.config.shape("batch_shape"),)


def dense_shape(layer: Layer, inputs: Shapes) -> Shapes:
    known_last(inputs[0])
    sums = (*inputs[0][:-1], layer.config.whole("units"))
    return (activated(sums, layer.config["activation"]),)


def activation_shape(layer: Layer, inputs: Shapes) -> Shapes:
    return (activated(inputs[0], layer.config["activation"]),)


def dense_weights(layer: Layer, inputs: Shapes) -> tuple[Weight, ...]:
    config, units = layer.config, layer.config.whole("units")
    kernel = weight(config, "kernel", (known_last(inputs[0]), units))
    return (kernel, weight(config, "bias", (units,))) if config.flag("use_bias") else (kernel,)


def dense_cost(layer: Layer, inputs: Shapes, outputs: Shapes) -> Work:
    """A multiplication and an addition per weight and row, then bias and activation per output."""
    rows = volume(inputs[0][:-1])
    size, units = known_last(inputs[0]), layer.config.whole("units")
    end = finish(layer.config, rows * units, outputs[0])
    back = end.back(NUMBER * size * units, held(inputs[0]))
    return Work(rows * units * (2 * size + 2), end.peak - held(outputs[0]), 0, end.kept, back)


def flatten_shape(layer: Layer, inputs: Shapes) -> Shapes:
    batch, *rest = inputs[0]
    sizes = [size for size in rest if size is not None]
    return ((batch, math.prod(sizes) if len(sizes) == len(rest) else None),)


def no_cost(layer: Layer, inputs: Shapes, outputs: Shapes) -> Work:
    """Nothing is computed: the output is another view of the input, there and back."""
    return Work(0, passes_on=True)


def dropout_cost(layer: Layer, inputs: Shapes, outputs: Shapes) -> Work:
    """Nothing at inference; training keeps the factors and the output."""
    x, rate = held(inputs[0]), layer.config.real("rate")
    if rate == 0:
        return no_cost(layer, inputs, outputs)
    return Work(0, kept=2 * x if rate < 1 else x, back=x, passes_on=True)


def activation_cost(layer: Layer, inputs: Shapes, outputs: Shapes) -> Work:
    """One operation per number, and what the function itself takes."""
    return activated_cost(layer, space_of(layer.config["activation"]), inputs, outputs)


def activated_cost(layer: Layer, space: Space, inputs: Shapes, outputs: Shapes) -> Work:
    """The cost of a layer that is nothing but an activation taking this space."""
    if space == NOTHING:
        return no_cost(layer, inputs, outputs)
    size, flops = held(inputs[0]), sum(map(volume, outputs))
    kept, back = int(space.kept * size), int((1 + space.back) * size)
    return Work(flops, int(space.aside * size), kept=kept, back=back)


def dropout_shape(layer: Layer, inputs: Shapes) -> Shapes:
    """Its input's; a noise_shape must broadcast to it."""
    if layer.config["noise_shape"] is not None:
        wanted = layer.config.shape("noise_shape")
        fits = len(wanted) == len(inputs[0]) and all(
            size in (None, 1, own) for size, own in zip(wanted, inputs[0], strict=True)
        )
        if not fits:
            raise Misfit(
                "an input whose axes its noise_shape fits", "Use 1 or None for axes of another size."
            )
    return inputs[:1]


CORE: Final = (
    LayerKind(
        "InputLayer",
        "core",
        "Says what shape of samples the network takes.",
        (
            Argument("shape", Dimensions(none=True), None, "The shape of one sample, without the batch."),
            Argument("batch_size", Whole(1, none=True), None, "A fixed batch size."),
            Argument("dtype", Dtype(DTYPES), "float32", "The type of the numbers: int32 for token ids."),
            Argument("sparse", Flag(none=True), None, "Sparse tensors; the engine takes dense ones."),
            Argument(
                "batch_shape", Dimensions(none=True), None, "The shape of a batch, batch size first or None."
            ),
            Argument("ragged", Flag(none=True), None, "Ragged tensors; the engine takes dense ones."),
            Argument("optional", Flag(), False, "Whether the input may be left out."),
        ),
        shape=input_shape,
        cost=no_cost,
        ranks=(0, 8),
        arity=Arity.NONE,
        settle=input_settle,
        aliases=("Input",),
    ),
    LayerKind(
        "Dense",
        "core",
        "Every unit sums all inputs, each times its own weight, adds its bias and applies the activation.",
        (
            Argument(
                "units", Whole(1), doc="The number of neurons in the layer, which is the number of outputs."
            ),
            ACTIVATION,
            USE_BIAS,
            *KERNEL_AND_BIAS,
        ),
        shape=dense_shape,
        weights=dense_weights,
        cost=dense_cost,
        ranks=(2, 8),
        expects="an input of rank 2 or more (batch, ..., features)",
        remedy="Give the samples at least one dimension, such as input_shape=(8,).",
    ),
    LayerKind(
        "Activation",
        "core",
        "Applies an activation function to each number.",
        (Argument("activation", ActivationType(), doc="The function to apply."),),
        shape=activation_shape,
        cost=activation_cost,
    ),
    LayerKind(
        "Flatten",
        "reshaping",
        "Lays all axes but the batch out in one row.",
        (DATA_FORMAT,),
        shape=flatten_shape,
        cost=no_cost,
    ),
    LayerKind(
        "Dropout",
        "regularization",
        "Sets a random part of the inputs to 0 in training and scales up the rest; else passes them on.",
        (
            Argument("rate", Real(least=0.0, most=1.0), doc="The part to drop, from 0 to 1."),
            Argument(
                "noise_shape", Dimensions(none=True), None, "The shape of the mask; None is the input's own."
            ),
            Argument("seed", Whole(0, none=True), None, "A number that fixes the draw."),
        ),
        shape=dropout_shape,
        cost=dropout_cost,
    ),
)
