"""Regularization by chance: layers that drop or disturb numbers in training and pass them on otherwise."""

from __future__ import annotations

from typing import Final

from engine.spec.arguments import Argument, Dimensions, Real, Whole
from engine.spec.catalogue.convolution import expects, remedy
from engine.spec.catalogue.core import DATA_FORMAT, dropout_cost, dropout_shape, no_cost
from engine.spec.catalogue.kinds import LayerKind, Work, held
from engine.spec.structure import Layer, Shapes

SEED: Final = Argument("seed", Whole(0, none=True), None, "A number that fixes the draw.")
RATE: Final = Argument("rate", Real(least=0.0, most=1.0), doc="The part to drop, from 0 to 1.")


def spatial_cost(layer: Layer, inputs: Shapes, outputs: Shapes) -> Work:
    """Nothing at inference; in training one factor for each channel, and the output."""
    batch, *_, channels = inputs[0]
    factors, x = held((batch, channels)), held(inputs[0])
    if layer.config.real("rate") == 0:
        return no_cost(layer, inputs, outputs)
    return Work(0, kept=x + factors, back=x, passes_on=True)


def noise_cost(layer: Layer, inputs: Shapes, outputs: Shapes) -> Work:
    """Nothing at inference; in training the output alone, for the gradient passes as it is. What drawing
    takes is counted as if it came on the way back.
    """
    if layer.config.real("stddev") == 0:
        return no_cost(layer, inputs, outputs)
    return Work(0, kept=held(inputs[0]), back=held(inputs[0]), passes_on=True)


def _spatial(rank: int) -> LayerKind:
    return LayerKind(
        f"SpatialDropout{rank}D",
        "regularization",
        "In training drops whole channels, at every position at once.",
        (RATE, *((DATA_FORMAT,) if rank > 1 else ()), SEED),
        cost=spatial_cost,
        ranks=(rank + 2, rank + 2),
        expects=expects(rank),
        remedy=remedy(rank),
    )


NOISE: Final = (
    _spatial(1),
    _spatial(2),
    _spatial(3),
    LayerKind(
        "GaussianNoise",
        "regularization",
        "In training adds normal noise.",
        (Argument("stddev", Real(least=0.0), doc="The standard deviation of the noise."), SEED),
        cost=noise_cost,
    ),
    LayerKind(
        "GaussianDropout",
        "regularization",
        "In training multiplies by normal noise of mean 1 and variance rate / (1 - rate).",
        (Argument("rate", Real(least=0.0, below=1.0), doc="As a dropout of that rate."), SEED),
        cost=dropout_cost,
    ),
    LayerKind(
        "AlphaDropout",
        "regularization",
        "A dropout that keeps mean and variance, for SELU networks.",
        (
            Argument("rate", Real(least=0.0, below=1.0), doc="The part to drop."),
            Argument("noise_shape", Dimensions(none=True), None, "The shape of the mask."),
            SEED,
        ),
        shape=dropout_shape,
        cost=dropout_cost,
    ),
    LayerKind(
        "ActivityRegularization",
        "regularization",
        "Passes its input on, and puts a price on large numbers in it.",
        (
            Argument("l1", Real(least=0.0), 0.0, "The factor of sum(abs(x))."),
            Argument("l2", Real(least=0.0), 0.0, "The factor of sum(x * x)."),
        ),
        cost=no_cost,
    ),
)
