"""Losses by their Keras classes and names. `nn.losses` computes them."""

from __future__ import annotations

from typing import Final

from engine.spec.arguments import Argument, Choice, Flag, Real, Text, Whole
from engine.spec.catalogue.items import ItemKind, Named, registry

_TAIL: Final = (
    Argument(
        "reduction", Choice(("sum_over_batch_size", "mean", "sum")), "sum_over_batch_size", "How rows add up."
    ),
    Argument("name", Text(none=True), None, "A name; it changes nothing."),
    Argument("dtype", Text(none=True), None, "The type of the numbers; the engine decides."),
)
_LOGITS: Final = Argument("from_logits", Flag(), False, "Whether predictions come before softmax or sigmoid.")
_SMOOTHING: Final = Argument(
    "label_smoothing", Real(least=0.0, most=1.0), 0.0, "How far targets are drawn to the middle."
)
_AXIS: Final = Argument("axis", Whole(-8, 8), -1, "The axis of the classes.")
_GAMMA: Final = Argument("gamma", Real(least=0.0), 2.0, "How little easy samples count.")
_ALPHA: Final = Argument("alpha", Real(), 0.25, "The weight of the positive class.")


def _plain(name: str, doc: str, *aliases: str) -> ItemKind:
    return ItemKind(name, doc, _TAIL, aliases)


LOSSES: Final = registry(
    _plain("MeanSquaredError", "mean((y - p) ** 2).", "mse", "MSE"),
    _plain("MeanAbsoluteError", "mean(abs(y - p)).", "mae", "MAE"),
    _plain("MeanAbsolutePercentageError", "100 * mean(abs((y - p) / y)).", "mape", "MAPE"),
    _plain("MeanSquaredLogarithmicError", "mean((log(y + 1) - log(p + 1)) ** 2).", "msle", "MSLE"),
    ItemKind(
        "CosineSimilarity",
        "-sum(l2_norm(y) * l2_norm(p)).",
        (_AXIS, *_TAIL),
        ("cosine_proximity", "cosine"),
    ),
    ItemKind(
        "Huber",
        "Squared up to delta, straight beyond.",
        (Argument("delta", Real(above=0.0), 1.0, "Where the straight part begins."), *_TAIL),
        ("huber_loss",),
    ),
    _plain("LogCosh", "mean(log(cosh(p - y))).", "logcosh"),
    ItemKind(
        "BinaryCrossentropy",
        "-(y * log(p) + (1 - y) * log(1 - p)), averaged over the last axis.",
        (_LOGITS, _SMOOTHING, _AXIS, *_TAIL),
        ("bce", "BCE"),
    ),
    ItemKind(
        "BinaryFocalCrossentropy",
        "Binary crossentropy in which easy samples count less.",
        (
            Argument("apply_class_balancing", Flag(), False, "Whether alpha weighs the classes."),
            _ALPHA,
            _GAMMA,
            _LOGITS,
            _SMOOTHING,
            _AXIS,
            *_TAIL,
        ),
    ),
    ItemKind(
        "CategoricalCrossentropy",
        "-sum(y * log(p)) for one-hot targets.",
        (_LOGITS, _SMOOTHING, _AXIS, *_TAIL),
    ),
    ItemKind(
        "CategoricalFocalCrossentropy",
        "Categorical crossentropy in which easy samples count less.",
        (_ALPHA, _GAMMA, _LOGITS, _SMOOTHING, _AXIS, *_TAIL),
    ),
    ItemKind(
        "SparseCategoricalCrossentropy",
        "-log(p[y]) for targets that are class numbers.",
        (
            _LOGITS,
            Argument("ignore_class", Whole(-1, none=True), None, "A class not to count."),
            *_TAIL[:1],
            _AXIS,
            *_TAIL[1:],
        ),
    ),
    _plain("Hinge", "mean(max(1 - y * p, 0)) for targets -1 and 1."),
    _plain("SquaredHinge", "mean(max(1 - y * p, 0) ** 2)."),
    _plain("CategoricalHinge", "max(1 + max((1 - y) * p) - sum(y * p), 0)."),
    _plain("KLDivergence", "sum(y * log(y / p)).", "kld", "KLD", "kullback_leibler_divergence"),
    _plain("Poisson", "mean(p - y * log(p))."),
)

LOSS: Final = Named("a loss", LOSSES, none=True)
