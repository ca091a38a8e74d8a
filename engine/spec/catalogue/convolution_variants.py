"""Convolutions of other sorts: transposed, of each channel by itself, and in two cheap steps."""

from __future__ import annotations

import math
from typing import Final

from engine.spec.arguments import Argument, Sizes, Whole
from engine.spec.catalogue.activations import activated
from engine.spec.catalogue.convolution import (
    FILTERS,
    bias,
    dilation_rate,
    expects,
    kernel_size,
    padded_volume,
    padding,
    remedy,
    settle,
    strides,
    windowed,
)
from engine.spec.catalogue.core import (
    ACTIVATION,
    ACTIVITY_REGULARIZER,
    DATA_FORMAT,
    GLOROT,
    KERNEL_AND_BIAS,
    USE_BIAS,
    ZEROS,
    constraint_arguments,
    known_last,
    weight,
    weight_arguments,
)
from engine.spec.catalogue.kinds import LayerKind, Misfit, Weight, Work, volume
from engine.spec.geometry import spatial, transposed_size
from engine.spec.structure import Layer, Shapes


def transposed_shape(layer: Layer, inputs: Shapes) -> Shapes:
    config, shape = layer.config, inputs[0]
    known_last(shape)
    extra = config.wholes("output_padding") if config["output_padding"] is not None else None
    found = tuple(
        transposed_size(length, kernel, stride, rate, config.text("padding"), extra[axis] if extra else None)
        for axis, (length, kernel, stride, rate) in enumerate(
            zip(
                spatial(shape),
                config.wholes("kernel_size"),
                config.wholes("strides"),
                config.wholes("dilation_rate"),
                strict=True,
            )
        )
    )
    if any(count is not None and count < 1 for count in found):
        raise Misfit("an input that leaves something after its padding is cut off", "Use padding='valid'.")
    return (activated((shape[0], *found, config.whole("filters")), config["activation"]),)


def transposed_weights(layer: Layer, inputs: Shapes) -> tuple[Weight, ...]:
    config = layer.config
    shape = (*config.wholes("kernel_size"), config.whole("filters"), known_last(inputs[0]))
    return (weight(config, "kernel", shape), *bias(config, config.whole("filters")))


def transposed_cost(layer: Layer, inputs: Shapes, outputs: Shapes) -> Work:
    """As a convolution's, with the roles of input and output exchanged."""
    taps = math.prod(layer.config.wholes("kernel_size")) * layer.config.whole("filters")
    columns = taps * volume(inputs[0][:-1])
    sums = volume(outputs[0])
    return Work(2 * columns * known_last(inputs[0]) + 2 * sums, 4 * (columns + 2 * sums))


def depthwise_shape(layer: Layer, inputs: Shapes) -> Shapes:
    config, shape = layer.config, inputs[0]
    channels = known_last(shape) * config.whole("depth_multiplier")
    sums = (shape[0], *windowed(layer, shape, config.wholes("kernel_size")), channels)
    return (activated(sums, config["activation"]),)


def depthwise_kernel(layer: Layer, inputs: Shapes, name: str) -> Weight:
    """One small kernel for each channel and multiple, drawn and held as `name` says."""
    config = layer.config
    size = (*config.wholes("kernel_size"), known_last(inputs[0]), config.whole("depth_multiplier"))
    return weight(config, name, size)


def depthwise_weights(layer: Layer, inputs: Shapes) -> tuple[Weight, ...]:
    config = layer.config
    drawn = depthwise_kernel(layer, inputs, "depthwise")
    kernel = Weight("kernel", drawn.shape, drawn.initializer, drawn.regularizer, drawn.constraint)
    return (kernel, *bias(config, known_last(inputs[0]) * config.whole("depth_multiplier")))


def depthwise_cost(layer: Layer, inputs: Shapes, outputs: Shapes) -> Work:
    """A multiplication and an addition per tap and output; taps are taken one after the other."""
    sums = volume(outputs[0][:-1]) * known_last(inputs[0]) * layer.config.whole("depth_multiplier")
    taps = math.prod(layer.config.wholes("kernel_size"))
    return Work(sums * (2 * taps + 2), 4 * (padded_volume(layer, inputs[0]) + 2 * sums))


def separable_shape(layer: Layer, inputs: Shapes) -> Shapes:
    config, shape = layer.config, inputs[0]
    known_last(shape)
    sums = (shape[0], *windowed(layer, shape, config.wholes("kernel_size")), config.whole("filters"))
    return (activated(sums, config["activation"]),)


def separable_weights(layer: Layer, inputs: Shapes) -> tuple[Weight, ...]:
    config, rank = layer.config, len(layer.config.wholes("kernel_size"))
    drawn = depthwise_kernel(layer, inputs, "depthwise")
    wide = known_last(inputs[0]) * config.whole("depth_multiplier")
    across = weight(config, "pointwise", (*(1,) * rank, wide, config.whole("filters")))
    return (
        Weight("depthwise_kernel", drawn.shape, drawn.initializer, drawn.regularizer, drawn.constraint),
        Weight("pointwise_kernel", across.shape, across.initializer, across.regularizer, across.constraint),
        *bias(config, config.whole("filters")),
    )


def separable_cost(layer: Layer, inputs: Shapes, outputs: Shapes) -> Work:
    """A depthwise convolution, then a weighted sum across channels."""
    wide = volume(outputs[0][:-1]) * known_last(inputs[0]) * layer.config.whole("depth_multiplier")
    taps, filters = math.prod(layer.config.wholes("kernel_size")), layer.config.whole("filters")
    return Work(2 * wide * (taps + filters), 4 * (padded_volume(layer, inputs[0]) + 2 * wide))


def _transposed(rank: int) -> LayerKind:
    return LayerKind(
        f"Conv{rank}DTranspose",
        "convolution",
        "Lays its kernel down at each position, times the value there: a convolution's way back.",
        (
            FILTERS,
            kernel_size(rank),
            strides(rank),
            padding(),
            Argument("output_padding", Sizes(rank, 0, none=True), None, "What is added at the end."),
            DATA_FORMAT,
            dilation_rate(rank),
            ACTIVATION,
            USE_BIAS,
            *KERNEL_AND_BIAS,
        ),
        shape=transposed_shape,
        weights=transposed_weights,
        cost=transposed_cost,
        ranks=(rank + 2, rank + 2),
        expects=expects(rank),
        remedy=remedy(rank),
        settle=settle,
        aliases=(f"Convolution{rank}DTranspose",) + (("Deconvolution2D",) if rank == 2 else ()),
    )


MULTIPLIER: Final = Argument("depth_multiplier", Whole(1), 1, "How many kernels each channel gets.")


def _depthwise(rank: int) -> LayerKind:
    return LayerKind(
        f"DepthwiseConv{rank}D",
        "convolution",
        "Every channel is convolved by itself, with kernels of its own.",
        (
            kernel_size(rank),
            strides(rank),
            padding(),
            MULTIPLIER,
            DATA_FORMAT,
            dilation_rate(rank),
            ACTIVATION,
            USE_BIAS,
            *weight_arguments(("depthwise", GLOROT), ("bias", ZEROS)),
            ACTIVITY_REGULARIZER,
            *constraint_arguments("depthwise", "bias"),
        ),
        shape=depthwise_shape,
        weights=depthwise_weights,
        cost=depthwise_cost,
        ranks=(rank + 2, rank + 2),
        expects=expects(rank),
        remedy=remedy(rank),
        settle=settle,
    )


def _separable(rank: int) -> LayerKind:
    return LayerKind(
        f"SeparableConv{rank}D",
        "convolution",
        "First every channel by itself, then sums across the channels: a convolution in two cheap steps.",
        (
            FILTERS,
            kernel_size(rank),
            strides(rank),
            padding(),
            DATA_FORMAT,
            dilation_rate(rank),
            MULTIPLIER,
            ACTIVATION,
            USE_BIAS,
            *weight_arguments(("depthwise", GLOROT), ("pointwise", GLOROT), ("bias", ZEROS)),
            ACTIVITY_REGULARIZER,
            *constraint_arguments("depthwise", "pointwise", "bias"),
        ),
        shape=separable_shape,
        weights=separable_weights,
        cost=separable_cost,
        ranks=(rank + 2, rank + 2),
        expects=expects(rank),
        remedy=remedy(rank),
        settle=settle,
        aliases=(f"SeparableConvolution{rank}D",),
    )


CONVOLUTION_VARIANTS: Final = (
    _depthwise(1),
    _depthwise(2),
    _separable(1),
    _separable(2),
    _transposed(1),
    _transposed(2),
)
