"""How well a skill is mastered, read from the answers; nothing is stored.

A skill is mastered when the last three different variants were answered right, at the first try, before the
hint that does the next step, and on two days at least.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import islice

VARIANTS = 3
DAYS = 2
LIKELY = 0.9  # the recall at which a review comes due


class Outcome(StrEnum):
    """What a first try showed."""

    RIGHT = "right"
    HELPED = "helped"
    NOT_YET = "not-yet"


OUTCOME_WORDS = {Outcome.RIGHT: "right", Outcome.HELPED: "right with help", Outcome.NOT_YET: "not yet"}


class Strength(StrEnum):
    """How a skill stands, in one word."""

    NEW = "New"
    LEARNING = "Learning"
    HOLDING = "Holding"
    SLIPPING = "Slipping"


@dataclass(frozen=True)
class Result:
    """The first try at a variant: which, on what day of the learner's, and what it showed."""

    variant: str
    day: date
    outcome: Outcome

    @property
    def words(self) -> str:
        return OUTCOME_WORDS[self.outcome]


def latest(results: Sequence[Result]) -> list[Result]:
    """The last three results, the newest first; of a variant asked more than once the last one counts."""
    return list(islice(_different(results), VARIANTS))


def is_mastered(results: Sequence[Result]) -> bool:
    """Whether these results, oldest first, show mastery."""
    last = latest(results)
    is_clean = all(result.outcome is Outcome.RIGHT for result in last)
    return len(last) == VARIANTS and is_clean and len({result.day for result in last}) >= DAYS


def strength(results: Sequence[Result], recall: float | None = None) -> Strength:
    """The word for a skill with these results, oldest first, and this predicted recall, 0..1.

    What was mastered once is holding until one of the last three results is not right, or recall has become
    less likely than a review waits for: then it is slipping.
    """
    if not results:
        return Strength.NEW
    if not any(is_mastered(results[:end]) for end in range(len(results), VARIANTS - 1, -1)):
        return Strength.LEARNING
    is_clean = all(result.outcome is Outcome.RIGHT for result in latest(results))
    is_likely = recall is None or recall >= LIKELY
    return Strength.HOLDING if is_clean and is_likely else Strength.SLIPPING


def _different(results: Sequence[Result]) -> Iterator[Result]:
    seen: set[str] = set()
    for result in reversed(results):
        if result.variant not in seen:
            seen.add(result.variant)
            yield result
