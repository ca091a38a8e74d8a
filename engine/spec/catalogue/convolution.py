"""Convolutions: small kernels that slide over one, two or three axes. Channels come last."""

from __future__ import annotations

import math
from typing import Final

from engine.errors import SpecError
from engine.spec.arguments import Argument, Choice, Sizes, Whole
from engine.spec.catalogue.activations import activated
from engine.spec.catalogue.core import (
    ACTIVATION,
    DATA_FORMAT,
    KERNEL_AND_BIAS,
    USE_BIAS,
    known_last,
    weight,
)
from engine.spec.catalogue.finishing import finish
from engine.spec.catalogue.kinds import NUMBER, LayerKind, Misfit, Weight, Work, held, volume
from engine.spec.geometry import output_size, padding_of, rows_at_a_time, spatial
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
    """A multiplication and an addition per tap and output, bias and activation.

    Windows are copied some at a time; the sums stay beside those with the bias added.
    """
    config, x, groups = layer.config, held(inputs[0]), layer.config.whole("groups")
    taps = math.prod(config.wholes("kernel_size")) * (known_last(inputs[0]) // groups)
    positions = volume(outputs[0][:-1])
    end = finish(config, positions * config.whole("filters"), outputs[0])
    wide = NUMBER * padded_volume(layer, inputs[0])
    is_copied = groups > 1 or taps > known_last(inputs[0]) or max(config.wholes("strides")) > 1
    windows = NUMBER * windows_at_a_time(inputs[0], positions * taps) if is_copied else 0
    beside = end.sums if groups > 1 or (config.flag("use_bias") and end.slopes) else 0
    peak = wide + max(windows + end.sums, beside + end.peak)
    spread = (wide or x) * (2 if groups > 1 else 1) + NUMBER * positions * known_last(inputs[0]) // groups
    return Work(
        positions * config.whole("filters") * (2 * taps + 2),
        peak - held(outputs[0]),
        kept=wide + end.kept,
        back=end.back(windows, spread),
    )


def windows_at_a_time(shape: Shape, numbers: int) -> int:
    """How many numbers of windows, of `numbers` for all samples, are there at one time: some samples',
    and those of the samples before.
    """
    batch = shape[0] or 1
    return min(2 * (numbers // batch) * rows_at_a_time(batch, numbers), numbers)


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


CONVOLUTION: Final = (_conv(1), _conv(2), _conv(3))
