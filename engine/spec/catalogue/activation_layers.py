"""Activations as layers, where they have settings or weights of their own."""

from __future__ import annotations

from typing import Final

from engine.spec.arguments import Argument, Real, Whole
from engine.spec.catalogue.activations import space_of_layer
from engine.spec.catalogue.core import ZEROS, activated_cost, constraint_arguments, weight, weight_arguments
from engine.spec.catalogue.kinds import LayerKind, Misfit, Weight, Work, held, volume
from engine.spec.composites import Either, Many
from engine.spec.structure import Layer, Shapes

SLOPE_DOC: Final = "The slope below 0."


def prelu_weights(layer: Layer, inputs: Shapes) -> tuple[Weight, ...]:
    """One slope for each number of a sample; shared axes have size 1."""
    shared = layer.config.wholes("shared_axes") if layer.config["shared_axes"] is not None else ()
    sizes = []
    for axis, size in enumerate(inputs[0][1:], start=1):
        if size is None and axis not in shared:
            raise Misfit("an input of known size", "Give the open axis a number, or share it: shared_axes.")
        sizes.append(1 if axis in shared or size is None else size)
    return (weight(layer.config, "alpha", tuple(sizes)),)


def prelu_shape(layer: Layer, inputs: Shapes) -> Shapes:
    shared = layer.config["shared_axes"]
    axes = shared if isinstance(shared, tuple) else (shared,)
    if any(isinstance(axis, int) and axis >= len(inputs[0]) for axis in axes):
        raise Misfit("an input that has the axes it shares", "Count them from 1; the batch is axis 0.")
    prelu_weights(layer, inputs)
    return inputs[:1]


def softmax_shape(layer: Layer, inputs: Shapes) -> Shapes:
    axis, rank = layer.config["axis"], len(inputs[0])
    axes = layer.config.wholes("axis") if isinstance(axis, tuple) else (layer.config.whole("axis"),)
    places = {place + rank if place < 0 else place for place in axes}
    if not places or len(places) < len(axes) or not all(0 <= place < rank for place in places):
        raise Misfit("an input that has the axes it names", "Use axis=-1, the last one.")
    return inputs[:1]


def cost(layer: Layer, inputs: Shapes, outputs: Shapes) -> Work:
    """As the function's."""
    return activated_cost(layer, space_of_layer(layer.kind, layer.config), inputs, outputs)


def prelu_cost(layer: Layer, inputs: Shapes, outputs: Shapes) -> Work:
    """One operation per number; what is below 0 is kept."""
    size = held(*inputs)
    return Work(volume(inputs[0]), 2 * size, kept=size, back=5 * size // 4)


_AXIS: Final = Whole(-8, 7)

ACTIVATION_LAYERS: Final = (
    LayerKind(
        "ReLU",
        "activation",
        "max(x, 0), with an upper bound, a slope below and a threshold if wanted.",
        (
            Argument("max_value", Real(least=0.0, none=True), None, "The upper bound."),
            Argument("negative_slope", Real(least=0.0), 0.0, SLOPE_DOC),
            Argument("threshold", Real(least=0.0), 0.0, "Where the rise begins."),
        ),
        cost=cost,
    ),
    LayerKind(
        "LeakyReLU",
        "activation",
        "x above 0, a small slope below.",
        (Argument("negative_slope", Real(least=0.0), 0.3, SLOPE_DOC),),
        cost=cost,
    ),
    LayerKind(
        "PReLU",
        "activation",
        "x above 0, below a slope that is learned.",
        (
            *weight_arguments(("alpha", ZEROS)),
            *constraint_arguments("alpha"),
            Argument(
                "shared_axes",
                Either((Whole(1, 7, none=True), Many(Whole(1, 7)))),
                None,
                "Axes along which one slope serves all.",
            ),
        ),
        shape=prelu_shape,
        weights=prelu_weights,
        cost=prelu_cost,
        settle=lambda config: (
            config.replace(shared_axes=(config["shared_axes"],))
            if isinstance(config["shared_axes"], int)
            else config
        ),
    ),
    LayerKind(
        "ELU",
        "activation",
        "x above 0, alpha * (exp(x) - 1) below.",
        (Argument("alpha", Real(), 1.0, "How far below 0 it goes."),),
        cost=cost,
    ),
    LayerKind(
        "Softmax",
        "activation",
        "Shares that sum to 1 along an axis.",
        (Argument("axis", Either((_AXIS, Many(_AXIS))), -1, "The axis, or several."),),
        shape=softmax_shape,
        cost=cost,
    ),
)
