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
    windows_at_a_time,
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
from engine.spec.catalogue.finishing import finish
from engine.spec.catalogue.kinds import NUMBER, LayerKind, Misfit, Weight, Work, held, volume
from engine.spec.geometry import reach, spatial, transposed_size
from engine.spec.structure import Layer, Shape, Shapes


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
    """As a convolution's, with the roles of input and output exchanged; edges are cut off at the end."""
    config, filters = layer.config, layer.config.whole("filters")
    positions, laid = volume(inputs[0][:-1]), volume(laid_out(layer, inputs[0]))
    columns = math.prod(config.wholes("kernel_size")) * filters * positions
    end = finish(config, volume((*outputs[0][:-1], filters)), outputs[0])
    windows = NUMBER * windows_at_a_time(inputs[0], columns)
    full, has_bias = NUMBER * laid, config.flag("use_bias")
    is_view = not has_bias and (end.slopes == 0 or end.kept > 0)
    peak = full + max(NUMBER * positions * filters, end.peak - (0 if has_bias and end.slopes else end.sums))
    return Work(
        2 * columns * known_last(inputs[0]) + 2 * volume(outputs[0]),
        peak - held(outputs[0]),
        kept=end.kept + (full - end.sums if is_view else 0),
        back=end.back((full if full != end.sums else 0) + windows + held(inputs[0])),
    )


def laid_out(layer: Layer, shape: Shape) -> Shape:
    """Everything that kernels laid down at each position cover, before its edges are cut off."""
    config = layer.config
    geometry = zip(
        spatial(shape),
        config.wholes("kernel_size"),
        config.wholes("strides"),
        config.wholes("dilation_rate"),
        strict=True,
    )
    lengths = tuple(
        (length or 1) * stride + reach(kernel, rate) - stride for length, kernel, stride, rate in geometry
    )
    return (shape[0], *lengths, config.whole("filters"))


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
    channels, positions = known_last(inputs[0]), volume(outputs[0][:-1])
    sums = positions * channels * layer.config.whole("depth_multiplier")
    taps = math.prod(layer.config.wholes("kernel_size"))
    end = finish(layer.config, sums, outputs[0])
    wide = NUMBER * padded_volume(layer, inputs[0])
    there, back = wide + 2 * end.sums, (wide or held(inputs[0])) + end.sums + NUMBER * positions * channels
    biased = end.sums if layer.config.flag("use_bias") and end.slopes else 0
    peak = max(there, wide + biased + end.peak)
    return Work(sums * (2 * taps + 2), peak - held(outputs[0]), kept=wide + end.kept, back=end.back(back))


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
    config, channels, positions = layer.config, known_last(inputs[0]), volume(outputs[0][:-1])
    sums = positions * channels * config.whole("depth_multiplier")
    taps, filters = math.prod(config.wholes("kernel_size")), config.whole("filters")
    end = finish(config, positions * filters, outputs[0])
    wide, middle = NUMBER * padded_volume(layer, inputs[0]), NUMBER * sums
    back = (wide or held(inputs[0])) + 2 * middle + NUMBER * positions * channels
    peak = wide + middle + max(middle, end.peak)
    return Work(
        2 * sums * (taps + filters),
        peak - held(outputs[0]),
        kept=wide + middle + end.kept,
        back=end.back(back),
    )


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
