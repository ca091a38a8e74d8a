"""The kinds of questions, each under its name. A new kind is one class and one entry here."""

from quizzes.kinds.choice import MultipleChoice, SingleChoice
from quizzes.kinds.contract import (
    Fault,
    Fields,
    FormatError,
    Grade,
    Json,
    JsonObject,
    Kind,
    Known,
    Step,
    Variant,
    View,
)
from quizzes.kinds.numeric import Numeric
from quizzes.kinds.parameter_count import ParameterCount
from quizzes.kinds.short_text import ShortText
from quizzes.kinds.variants import NoVariantError, make_variant
from quizzes.kinds.weighted_sum import WeightedSum

_ALL: tuple[Kind, ...] = (
    SingleChoice(),
    MultipleChoice(),
    Numeric(),
    ShortText(),
    ParameterCount(),
    WeightedSum(),
)
KINDS: dict[str, Kind] = {kind.name: kind for kind in _ALL}

__all__ = [
    "KINDS",
    "Fault",
    "Fields",
    "FormatError",
    "Grade",
    "Json",
    "JsonObject",
    "Kind",
    "Known",
    "NoVariantError",
    "Step",
    "Variant",
    "View",
    "make_variant",
]
