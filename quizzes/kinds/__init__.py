"""The kinds of questions, each under its name.

A written kind asks what its author wrote and stands in this folder; a drawn one has numbers made for each
learner and stands in `generated`. A new kind is one class and one entry, here or there.
"""

from quizzes.kinds.blanks import Blanks
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
from quizzes.kinds.generated import GENERATED
from quizzes.kinds.mark import Mark
from quizzes.kinds.matching import Matching
from quizzes.kinds.matrix import Matrix
from quizzes.kinds.network import Network
from quizzes.kinds.numeric import Numeric
from quizzes.kinds.ordering import Ordering
from quizzes.kinds.short_text import ShortText
from quizzes.kinds.variants import NoVariantError, make_variant

_ALL: tuple[Kind, ...] = (
    SingleChoice(),
    MultipleChoice(),
    Numeric(),
    ShortText(),
    Matching(),
    Ordering(),
    Blanks(),
    Matrix(),
    Mark(),
    Network(),
    *GENERATED,
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
