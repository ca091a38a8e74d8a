"""Convolutions: small kernels that slide over one, two or three axes. Channels come last."""

from __future__ import annotations

import math
from typing import Final

from engine.errors import SpecError
from engine.spec.arguments import Argument, Choice, Sizes, Whole
from engine.spec.catalogue.activations import activated
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
from engine.spec.geometry import output_size, padding_of, spatial, transposed_size
from engine.spec.structure import Config, Layer, Shape, Shapes

AXES: Final = {1: "steps", 2: "height, width", 3: "depth, height, width"}
FILTERS: Final = Argument(
    "filters", Whole(1), doc="How many kernels slide, which is how many channels come out."
)


def expects(rank: int) -> str:
    """The input that a layer over `rank` axes wants."""
    return f"an input of rank {rank + 2} (batch, {AXES[rank]}, channels)"


def remedy(rank: int) -> str:
    """What helps when the rank is another."""
    example = {1: "(100, 3)", 2: "(28, 28, 1)", 3: "(16, 16, 16, 1)"}[rank]
    return (
        f"Samples need the shape ({AXES[rank]}, channels), such as {example}; move Flatten after this layer."
    )


def kernel_size(rank: int) -> Argument:
    return Argument("kernel_size", Sizes(rank), doc="The size of the kernel along each axis.")


def strides(rank: int) -> Argument:
    return Argument("strides", Sizes(rank), (1,) * rank, "How far the kernel moves at a time.")


def dilation_rate(rank: int) -> Argument:
    return Argument("dilation_rate", Sizes(rank), (1,) * rank, "The distance between the kernel's taps.")


def padding(*more: str) -> Argument:
    """The padding argument; causal padding is for one axis only."""
    kinds = Choice(("valid", "same", *more))
    return Argument("padding", kinds, "valid", "'same' pads with zeros until every position has a window.")


def settle(config: Config) -> Config:
    """Refuses strides together with dilation, and filters that the groups do not divide."""
    if max(config.wholes("strides")) > 1 and max(config.wholes("dilation_rate")) > 1:
        raise SpecError(
            "strides above 1 and dilation_rate above 1 do not go together.",
            "Leave one of them at 1.",
            code="bad-argument",
            argument="dilation_rate",
        )
    if "groups" in config and config.whole("filters") % config.whole("groups"):
        raise SpecError(
            f"filters must be a multiple of groups; {config.whole('filters')} is none of "
            f"{config.whole('groups')}.",
            "Change one of them.",
            code="bad-argument",
            argument="groups",
        )
    return config


def windowed(layer: Layer, shape: Shape, size: tuple[int, ...]) -> Shape:
    """The spatial axes after windows of that size; raises Misfit when not even one fits."""
    config = layer.config
    rates = config.wholes("dilation_rate") if "dilation_rate" in config else (1,) * len(size)
    found = tuple(
        output_size(length, kernel, stride, rate, config.text("padding"))
        for length, kernel, stride, rate in zip(
            spatial(shape), size, config.wholes("strides"), rates, strict=True
        )
    )
    if any(count is not None and count < 1 for count in found):
        window = "×".join(map(str, size))
        raise Misfit(
            f"an input at least as large as its window of {window}",
            "Use a smaller window, padding='same', or fewer poolings before it.",
        )
    return found


def conv_shape(layer: Layer, inputs: Shapes) -> Shapes:
    config, shape = layer.config, inputs[0]
    channels, groups = known_last(shape), config.whole("groups")
    if channels % groups:
        raise Misfit(f"a number of channels that its {groups} groups divide", "Change groups.")
    sums = (shape[0], *windowed(layer, shape, config.wholes("kernel_size")), config.whole("filters"))
    return (activated(sums, config["activation"]),)


def conv_weights(layer: Layer, inputs: Shapes) -> tuple[Weight, ...]:
    config = layer.config
    channels = known_last(inputs[0]) // config.whole("groups")
    kernel = weight(config, "kernel", (*config.wholes("kernel_size"), channels, config.whole("filters")))
    return (kernel, *bias(config, config.whole("filters")))


def bias(config: Config, size: int) -> tuple[Weight, ...]:
    """The bias of that size, where the layer has one."""
    return (weight(config, "bias", (size,)),) if config.flag("use_bias") else ()


def padded_volume(layer: Layer, shape: Shape) -> int:
    """How many numbers the input holds once it is padded; 0 where it needs no padding."""
    config = layer.config
    rates = config.wholes("dilation_rate") if "dilation_rate" in config else ()
    size = config.wholes("kernel_size" if "kernel_size" in config else "pool_size")
    lengths = []
    for axis, length in enumerate(spatial(shape)):
        whole = 1 if length is None else length
        rate = rates[axis] if rates else 1
        pads = padding_of(whole, size[axis], config.wholes("strides")[axis], rate, config.text("padding"))
        lengths.append(whole + sum(pads))
    padded = volume((shape[0], *lengths, shape[-1]))
    return padded if padded != volume(shape) else 0


def conv_cost(layer: Layer, inputs: Shapes, outputs: Shapes) -> Work:
    """A multiplication and an addition per tap and output, bias and activation; scratch are the windows."""
    config = layer.config
    taps = math.prod(config.wholes("kernel_size")) * (known_last(inputs[0]) // config.whole("groups"))
    sums = volume((*outputs[0][:-1], config.whole("filters")))
    columns = taps * volume(outputs[0][:-1])
    return Work(sums * (2 * taps + 2), 4 * (columns + padded_volume(layer, inputs[0]) + sums))


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


def _conv(rank: int) -> LayerKind:
    causal = ("causal",) if rank == 1 else ()
    return LayerKind(
        f"Conv{rank}D",
        "convolution",
        "Every filter sums what its window covers, weighted by its kernel, at each position of the window.",
        (
            FILTERS,
            kernel_size(rank),
            strides(rank),
            padding(*causal),
            DATA_FORMAT,
            dilation_rate(rank),
            Argument("groups", Whole(1), 1, "Into how many parts the channels are split."),
            ACTIVATION,
            USE_BIAS,
            *KERNEL_AND_BIAS,
        ),
        shape=conv_shape,
        weights=conv_weights,
        cost=conv_cost,
        ranks=(rank + 2, rank + 2),
        expects=expects(rank),
        remedy=remedy(rank),
        settle=settle,
        aliases=(f"Convolution{rank}D",),
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


CONVOLUTION: Final = (
    _conv(1),
    _conv(2),
    _conv(3),
    _depthwise(1),
    _depthwise(2),
    _separable(1),
    _separable(2),
    _transposed(1),
    _transposed(2),
)
