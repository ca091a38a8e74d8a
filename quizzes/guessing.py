"""What a blind guess earns on average, where the ways to answer can be counted."""

from collections.abc import Iterator
from itertools import combinations
from math import fsum

from quizzes.kinds import Kind, Variant
from quizzes.kinds.forms import NumberForm
from quizzes.kinds.short_text import ShortText

MOST_OPTIONS = 12  # 4,095 sets


def guess_score(rules: Kind, variant: Variant) -> float | None:
    """The mean fraction over all choices; 0 for what is typed; None where nobody can tell."""
    if isinstance(rules, NumberForm | ShortText):
        return 0.0
    options = variant.shown.get("options")
    if not options or len(options) > MOST_OPTIONS:
        return None
    several = bool(rules.view(variant, {}, None, False).context.get("several"))
    fractions = [rules.grade(variant, way).fraction for way in _ways([one["id"] for one in options], several)]
    return fsum(fractions) / len(fractions)


def _ways(options: list[str], several: bool) -> Iterator[list[str]]:
    for size in range(1, len(options) + 1 if several else 2):
        yield from map(list, combinations(options, size))
