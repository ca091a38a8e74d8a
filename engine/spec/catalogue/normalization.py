"""Normalization: numbers moved to mean 0 and spread 1, over the batch, the features, or groups of them."""

from __future__ import annotations

import math
from typing import Final

from engine.errors import SpecError
from engine.spec.arguments import Argument, Flag, Only, Real, Whole
from engine.spec.catalogue.core import ZEROS, constraint_arguments, weight, weight_arguments
from engine.spec.catalogue.initializers import INITIALIZER, INITIALIZERS
from engine.spec.catalogue.items import default_item
from engine.spec.catalogue.kinds import LayerKind, Misfit, Weight, Work, held, volume
from engine.spec.composites import Either, Many
from engine.spec.structure import Config, Layer, Shape, Shapes, Value

ONES: Final = default_item(INITIALIZERS["Ones"])

_ONE_AXIS: Final = Whole(-8, 7)
AXIS: Final = Argument("axis", _ONE_AXIS, -1, "The axis of the features.")
AXES: Final = Argument("axis", Either((_ONE_AXIS, Many(_ONE_AXIS))), -1, "The axes to normalize over.")
CENTER: Final = Argument("center", Flag(), True, "Whether to add beta, a learned offset.")
SCALE: Final = Argument("scale", Flag(), True, "Whether to multiply by gamma, a learned factor.")


def epsilon(default: float) -> Argument:
    return Argument("epsilon", Real(least=0.0), default, "Keeps the division from blowing up.")


_DRAWN: Final = weight_arguments(("beta", ZEROS), ("gamma", ONES))
_HELD: Final = constraint_arguments("beta", "gamma")
GAMMA_AND_BETA: Final = (*_DRAWN, *_HELD)


def settle(config: Config) -> Config:
    """A single axis in a list is that axis."""
    axis = config["axis"]
    if isinstance(axis, tuple) and len(axis) == 1:
        return config.replace(axis=axis[0])
    if axis == ():
        raise SpecError("axis needs at least one axis.", "Write axis=-1.", argument="axis")
    return config


def axes_of(config: Config, rank: int) -> tuple[int, ...]:
    """The axes that a config names, counted from 0, in order; raises Misfit for one that is not there."""
    named = config.wholes("axis") if isinstance(config["axis"], tuple) else (config.whole("axis"),)
    found = sorted(axis + rank if axis < 0 else axis for axis in named)
    if any(not 1 <= axis < rank for axis in found) or len(set(found)) < len(found):
        raise Misfit(f"an input that has the axes {', '.join(map(str, named))}", "Use axis=-1, the last one.")
    return tuple(found)


def sizes_of(shape: Shape, axes: tuple[int, ...]) -> tuple[int, ...]:
    """The sizes of some axes, which must be known."""
    sizes = tuple(shape[axis] for axis in axes)
    if None in sizes:
        raise Misfit("an input whose normalized axes have known sizes", "Give them numbers in its shape.")
    return tuple(size for size in sizes if size is not None)


def checked_shape(layer: Layer, inputs: Shapes) -> Shapes:
    sizes_of(inputs[0], axes_of(layer.config, len(inputs[0])))
    return inputs[:1]


def gamma_and_beta(layer: Layer, inputs: Shapes) -> tuple[Weight, ...]:
    """One factor and one offset for each number along the axes."""
    config = layer.config
    sizes = sizes_of(inputs[0], axes_of(config, len(inputs[0])))
    found = [weight(config, "gamma", sizes)] if config.flag("scale") else []
    return (*found, weight(config, "beta", sizes)) if config.flag("center") else tuple(found)


def batch_weights(layer: Layer, inputs: Shapes) -> tuple[Weight, ...]:
    """Gamma and beta, then the moving statistics, which are not trained."""
    sizes = sizes_of(inputs[0], axes_of(layer.config, len(inputs[0])))
    mean = weight(layer.config, "moving_mean", sizes)
    variance = weight(layer.config, "moving_variance", sizes)
    return (
        *gamma_and_beta(layer, inputs),
        Weight("moving_mean", sizes, mean.initializer, trainable=False),
        Weight("moving_variance", sizes, variance.initializer, trainable=False),
    )


def scale_weight(layer: Layer, inputs: Shapes) -> tuple[Weight, ...]:
    return (Weight("scale", sizes_of(inputs[0], axes_of(layer.config, len(inputs[0]))), ONES),)


def group_shape(layer: Layer, inputs: Shapes) -> Shapes:
    (size,) = sizes_of(inputs[0], axes_of(layer.config, len(inputs[0])))
    groups = layer.config.whole("groups")
    if groups != -1 and (groups < 1 or size % groups):
        raise Misfit(
            f"a number of channels that its {groups} groups divide", "Change groups to a divisor of it."
        )
    return inputs[:1]


def stored_weights(layer: Layer, inputs: Shapes) -> tuple[Weight, ...]:
    """Mean, variance and count, unless mean and variance are given as arguments."""
    if layer.config["mean"] is not None:
        return ()
    axis = layer.config["axis"]
    sizes = () if axis is None else sizes_of(inputs[0], axes_of(layer.config, len(inputs[0])))
    return (
        Weight("mean", sizes, ZEROS, trainable=False),
        Weight("variance", sizes, ONES, trainable=False),
        Weight("count", (), ZEROS, trainable=False),
    )


def stored_shape(layer: Layer, inputs: Shapes) -> Shapes:
    axis = layer.config["axis"]
    sizes = () if axis is None else sizes_of(inputs[0], axes_of(layer.config, len(inputs[0])))
    for key in ("mean", "variance"):
        fits_features(key, layer.config[key], math.prod(sizes))
    return inputs[:1]


def fits_features(what: str, value: Value, features: int) -> None:
    """Raises Misfit when a list of numbers is not as long as there are features."""
    if isinstance(value, tuple) and len(flattened(value)) not in (1, features):
        told = len(flattened(value))
        raise Misfit(f"an input with {told} features, as its {what} has", f"Give {what} for each feature.")


def flattened(value: Value) -> tuple[float, ...]:
    """The numbers of a nested list."""
    if isinstance(value, tuple):
        return tuple(number for part in value for number in flattened(part))
    return (float(value),) if isinstance(value, int | float) else ()


def rescaled(layer: Layer, inputs: Shapes) -> Shapes:
    for key in ("scale", "offset"):
        fits_features(key, layer.config[key], inputs[0][-1] or 0)
    return inputs[:1]


def stored_settle(config: Config) -> Config:
    """Mean and variance go together."""
    if (config["mean"] is None) != (config["variance"] is None):
        raise SpecError(
            "Normalization needs mean and variance, or neither.", "Give both.", argument="variance"
        )
    return settle(config)


def cost(layer: Layer, inputs: Shapes, outputs: Shapes) -> Work:
    """Two passes for mean and variance, one to normalize."""
    x = held(inputs[0])
    return Work(8 * volume(inputs[0]), 2 * x, kept=x, back=3 * x)


def length_cost(layer: Layer, inputs: Shapes, outputs: Shapes) -> Work:
    """The squares are free again before the output is made."""
    return Work(4 * volume(inputs[0]), 0, back=2 * held(inputs[0]))


def mean_square_cost(layer: Layer, inputs: Shapes, outputs: Shapes) -> Work:
    """The same, and a learned factor."""
    return Work(5 * volume(inputs[0]), held(inputs[0]), kept=held(inputs[0]), back=3 * held(inputs[0]))


def stored_cost(layer: Layer, inputs: Shapes, outputs: Shapes) -> Work:
    """A difference and a quotient, or a product and a sum; nothing is kept."""
    return Work(2 * volume(inputs[0]), held(inputs[0]), back=held(inputs[0]))


_NUMBERS: Final = Either((Real(none=True), Many(Real()), Many(Many(Real()))))
_SPREADS: Final = Either((Real(least=0.0, none=True), Many(Real(least=0.0)), Many(Many(Real(least=0.0)))))

NORMALIZATION: Final = (
    LayerKind(
        "BatchNormalization",
        "normalization",
        "Per feature, subtracts the batch's mean and divides by its spread; at inference their moving means.",
        (
            AXIS,
            Argument("momentum", Real(least=0.0, most=1.0), 0.99, "How slowly the moving means move."),
            epsilon(0.001),
            CENTER,
            SCALE,
            *_DRAWN[:2],
            Argument("moving_mean_initializer", INITIALIZER, ZEROS, "Where the moving mean starts."),
            Argument("moving_variance_initializer", INITIALIZER, ONES, "Where the moving variance starts."),
            *_DRAWN[2:],
            *_HELD,
            Argument("renorm", Only(False), False, "Batch renormalization; the engine does without."),
            Argument("renorm_clipping", Only(None), None, "Unused while renorm is False."),
            Argument("renorm_momentum", Real(), 0.99, "Unused while renorm is False."),
            Argument("synchronized", Flag(), False, "Between devices; it changes no number on one."),
        ),
        shape=checked_shape,
        weights=batch_weights,
        cost=cost,
        ranks=(2, 8),
        expects="an input of rank 2 or more",
        settle=settle,
    ),
    LayerKind(
        "LayerNormalization",
        "normalization",
        "Per sample, subtracts the mean of its features and divides by their spread.",
        (
            AXES,
            epsilon(0.001),
            CENTER,
            SCALE,
            *GAMMA_AND_BETA,
            Argument("rms_scaling", Only(False), False, "Use RMSNormalization instead.", keyword_only=True),
        ),
        shape=checked_shape,
        weights=gamma_and_beta,
        cost=cost,
        ranks=(2, 8),
        expects="an input of rank 2 or more",
        settle=settle,
    ),
    LayerKind(
        "GroupNormalization",
        "normalization",
        "Per sample and group of channels, subtracts the mean and divides by the spread.",
        (
            Argument("groups", Whole(-1), 32, "How many groups; -1 is one for each channel."),
            AXIS,
            epsilon(0.001),
            CENTER,
            SCALE,
            *GAMMA_AND_BETA,
        ),
        shape=group_shape,
        weights=gamma_and_beta,
        cost=cost,
        ranks=(2, 8),
        expects="an input of rank 2 or more",
        settle=settle,
    ),
    LayerKind(
        "UnitNormalization",
        "normalization",
        "Scales each vector of features to length 1.",
        (AXES,),
        shape=checked_shape,
        cost=length_cost,
        ranks=(2, 8),
        expects="an input of rank 2 or more",
        settle=settle,
    ),
    LayerKind(
        "RMSNormalization",
        "normalization",
        "Divides each sample's features by their root mean square, times a learned factor.",
        (AXES, epsilon(1e-6)),
        shape=checked_shape,
        weights=scale_weight,
        cost=mean_square_cost,
        ranks=(2, 8),
        expects="an input of rank 2 or more",
        settle=settle,
    ),
    LayerKind(
        "Normalization",
        "preprocessing",
        "Subtracts a fixed mean and divides by a fixed spread, known beforehand.",
        (
            Argument("axis", Either((Whole(-8, 7, none=True), Many(_ONE_AXIS))), -1, "The features' axes."),
            Argument("mean", _NUMBERS, None, "The mean, one number or one for each feature."),
            Argument("variance", _SPREADS, None, "The variance, likewise."),
            Argument("invert", Flag(), False, "Whether to undo a normalization."),
        ),
        shape=stored_shape,
        weights=stored_weights,
        cost=stored_cost,
        settle=stored_settle,
    ),
    LayerKind(
        "Rescaling",
        "preprocessing",
        "x * scale + offset.",
        (
            Argument("scale", Either((Real(), Many(Real()))), doc="The factor, such as 1 / 255."),
            Argument("offset", Either((Real(), Many(Real()))), 0.0, "What is added."),
        ),
        shape=rescaled,
        cost=stored_cost,
    ),
)
