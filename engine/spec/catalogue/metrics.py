"""Metrics by their Keras classes and names. `nn.metrics` computes them.

The strings 'accuracy' and 'crossentropy' are no metric of their own: loss and output decide which one they
mean.
"""

from __future__ import annotations

from typing import Final

from engine.spec.arguments import Argument, Choice, Flag, Real, Text, Unfit, Whole
from engine.spec.catalogue.items import ItemKind, by_spelling, default_item, registry, snake_case
from engine.spec.composites import Either, Many
from engine.spec.structure import Item, Value
from engine.spec.wording import closest

AUTOMATIC: Final = ("accuracy", "acc", "crossentropy", "ce")
"""Names whose metric follows from the loss."""


def _names(name: str) -> tuple[Argument, Argument]:
    return (
        Argument("name", Text(none=True), name, "The key under which history keeps it."),
        Argument("dtype", Text(none=True), None, "The type of the numbers; the engine decides."),
    )


def _kind(
    name: str, doc: str, *arguments: Argument, aliases: tuple[str, ...] = (), key: str = ""
) -> ItemKind:
    return ItemKind(name, doc, (*arguments, *_names(key or snake_case(name))), aliases)


def _named_first(name: str, doc: str, *arguments: Argument, key: str = "") -> ItemKind:
    return ItemKind(name, doc, (*_names(key or snake_case(name)), *arguments))


_LOGITS: Final = Argument("from_logits", Flag(), False, "Whether predictions come before softmax or sigmoid.")
_SMOOTHING: Final = Argument(
    "label_smoothing", Real(least=0.0, most=1.0), 0.0, "How far targets are drawn to the middle."
)
_AXIS: Final = Argument("axis", Whole(-8, 8), -1, "The axis of the classes.")
_THRESHOLD: Final = Argument("threshold", Real(), 0.5, "From where a prediction counts as 1.")
_THRESHOLDS: Final = Argument(
    "thresholds",
    Either((Real(least=0.0, most=1.0, none=True), Many(Real(least=0.0, most=1.0)))),
    None,
    "From where a prediction counts as 1; None is 0.5.",
)
_TOP: Final = Argument("k", Whole(1), 5, "How many of the largest predictions count.")
_RETRIEVAL: Final = (
    _THRESHOLDS,
    Argument("top_k", Whole(1, none=True), None, "Count only the k largest predictions."),
    Argument("class_id", Whole(0, none=True), None, "Count only this class."),
)

METRICS: Final = registry(
    _named_first("Accuracy", "The part of predictions equal to their targets."),
    _named_first("BinaryAccuracy", "The part right after a threshold.", _THRESHOLD),
    _named_first("CategoricalAccuracy", "The part whose largest prediction is the one-hot target."),
    _named_first("SparseCategoricalAccuracy", "The part whose largest prediction is the target's class."),
    _kind("TopKCategoricalAccuracy", "The part whose target is among the k largest.", _TOP),
    _kind("SparseTopKCategoricalAccuracy", "The same for targets that are class numbers.", _TOP),
    _kind("MeanSquaredError", "mean((y - p) ** 2).", aliases=("mse", "MSE")),
    _kind("RootMeanSquaredError", "sqrt(mean((y - p) ** 2))."),
    _kind("MeanAbsoluteError", "mean(abs(y - p)).", aliases=("mae", "MAE")),
    _kind("MeanAbsolutePercentageError", "100 * mean(abs((y - p) / y)).", aliases=("mape", "MAPE")),
    _kind("MeanSquaredLogarithmicError", "mean((log(y + 1) - log(p + 1)) ** 2).", aliases=("msle", "MSLE")),
    _named_first("CosineSimilarity", "sum(l2_norm(y) * l2_norm(p)).", _AXIS),
    _kind("LogCoshError", "mean(log(cosh(p - y))).", key="logcosh"),
    ItemKind(
        "R2Score",
        "1 - residual sum of squares / total sum of squares.",
        (
            Argument(
                "class_aggregation",
                Choice(("uniform_average", "variance_weighted_average"), none=True),
                "uniform_average",
                "How outputs are averaged.",
            ),
            Argument("num_regressors", Whole(0), 0, "Corrects for that many regressors."),
            *_names("r2_score"),
        ),
    ),
    _named_first("BinaryCrossentropy", "The loss of that name.", _LOGITS, _SMOOTHING),
    _named_first("CategoricalCrossentropy", "The loss of that name.", _LOGITS, _SMOOTHING, _AXIS),
    _named_first("SparseCategoricalCrossentropy", "The loss of that name.", _LOGITS, _AXIS),
    _named_first("KLDivergence", "The loss of that name.", key="kl_divergence"),
    _named_first("Poisson", "The loss of that name."),
    _named_first("Hinge", "The loss of that name."),
    _named_first("SquaredHinge", "The loss of that name."),
    _named_first("CategoricalHinge", "The loss of that name."),
    _kind("Precision", "True positives among all predicted positives.", *_RETRIEVAL),
    _kind("Recall", "True positives among all actual positives.", *_RETRIEVAL),
    _kind("TruePositives", "How many positives were found.", _THRESHOLDS),
    _kind("TrueNegatives", "How many negatives were found.", _THRESHOLDS),
    _kind("FalsePositives", "How many negatives were taken for positives.", _THRESHOLDS),
    _kind("FalseNegatives", "How many positives were missed.", _THRESHOLDS),
    _kind(
        "AUC",
        "The area under the curve, by Riemann sums over thresholds.",
        Argument("num_thresholds", Whole(2, 10_000), 200, "How many thresholds."),
        Argument("curve", Choice(("ROC", "PR")), "ROC", "Which curve."),
        Argument(
            "summation_method",
            Choice(("interpolation", "minoring", "majoring")),
            "interpolation",
            "Which sum.",
        ),
    ),
    _kind(
        "F1Score",
        "The harmonic mean of precision and recall.",
        Argument(
            "average", Choice(("micro", "macro", "weighted"), none=True), None, "How classes are averaged."
        ),
        Argument(
            "threshold", Real(none=True), None, "From where a prediction counts as 1; None is the largest."
        ),
        key="f1_score",
    ),
)


class MetricType:
    """A metric by name, with the name kept as its key in the history, or built."""

    def read(self, value: Value, /) -> Value:
        if isinstance(value, Item) and value.kind in METRICS:
            return value
        if not isinstance(value, str):
            raise Unfit(self.describe())
        if value.lower() in AUTOMATIC:
            return value.lower()
        spellings = by_spelling(METRICS)
        kind = spellings.get(value) or spellings.get(value.lower())
        if kind is None:
            near = closest(value, [*AUTOMATIC, *map(snake_case, METRICS)])
            raise Unfit(self.describe(), fix=repr(near) if near else None)
        item = default_item(kind)
        return Item(item.kind, item.config.replace(name=value))

    def describe(self) -> str:
        return "the name of a metric such as 'accuracy', 'mae' or 'categorical_accuracy'"


METRIC: Final = MetricType()
