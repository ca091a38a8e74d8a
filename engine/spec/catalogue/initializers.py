"""Initializers: where a layer's weights start. `nn.initializers` draws them."""

from __future__ import annotations

from typing import Final

from engine.spec.arguments import Argument, Choice, Real, Whole
from engine.spec.catalogue.items import ItemKind, Named, registry

SEED: Final = Argument("seed", Whole(0, none=True), None, "A number that fixes the draw.")

INITIALIZERS: Final = registry(
    ItemKind(
        "GlorotUniform", "Uniform within sqrt(6 / (fan_in + fan_out)) of 0.", (SEED,), ("xavier_uniform",)
    ),
    ItemKind(
        "GlorotNormal", "Truncated normal, stddev sqrt(2 / (fan_in + fan_out)).", (SEED,), ("xavier_normal",)
    ),
    ItemKind("HeNormal", "Truncated normal, stddev sqrt(2 / fan_in); suits ReLU.", (SEED,)),
    ItemKind("HeUniform", "Uniform within sqrt(6 / fan_in) of 0; suits ReLU.", (SEED,)),
    ItemKind("LecunNormal", "Truncated normal, stddev sqrt(1 / fan_in); suits SELU.", (SEED,)),
    ItemKind("LecunUniform", "Uniform within sqrt(3 / fan_in) of 0.", (SEED,)),
    ItemKind("Zeros", "All 0.", (), ("zero",)),
    ItemKind("Ones", "All 1.", (), ("one",)),
    ItemKind("Constant", "All the same value.", (Argument("value", Real(), 0.0, "The value."),)),
    ItemKind(
        "RandomNormal",
        "Normal with a mean and a standard deviation.",
        (
            Argument("mean", Real(), 0.0, "The mean."),
            Argument("stddev", Real(least=0.0), 0.05, "The standard deviation."),
            SEED,
        ),
        ("normal",),
    ),
    ItemKind(
        "RandomUniform",
        "Uniform between two bounds.",
        (
            Argument("minval", Real(), -0.05, "The lower bound."),
            Argument("maxval", Real(), 0.05, "The upper bound."),
            SEED,
        ),
        ("uniform",),
    ),
    ItemKind(
        "TruncatedNormal",
        "Normal, redrawn where further than two standard deviations from the mean.",
        (
            Argument("mean", Real(), 0.0, "The mean."),
            Argument("stddev", Real(least=0.0), 0.05, "The standard deviation."),
            SEED,
        ),
    ),
    ItemKind(
        "VarianceScaling",
        "Scaled to the number of inputs, outputs or both; Glorot, He and LeCun are cases of it.",
        (
            Argument("scale", Real(above=0.0), 1.0, "The variance, before it is divided by the fan."),
            Argument(
                "mode", Choice(("fan_in", "fan_out", "fan_avg")), "fan_in", "Which fan divides the scale."
            ),
            Argument(
                "distribution",
                Choice(("truncated_normal", "untruncated_normal", "uniform")),
                "truncated_normal",
                "The shape of the draw.",
            ),
            SEED,
        ),
    ),
    ItemKind(
        "Orthogonal",
        "A random matrix with orthonormal rows or columns; suits recurrent kernels.",
        (Argument("gain", Real(), 1.0, "A factor."), SEED),
        ("OrthogonalInitializer",),
    ),
    ItemKind(
        "Identity",
        "The identity matrix.",
        (Argument("gain", Real(), 1.0, "A factor."),),
        ("IdentityInitializer",),
    ),
)

INITIALIZER: Final = Named("an initializer", INITIALIZERS)
