"""What an author may decide about a quiz besides its questions, as words: which attempt counts, and when what
is released. No database here.
"""

from enum import StrEnum


class Counts(StrEnum):
    """Which of a learner's finished attempts is the result."""

    BEST = "best"
    LAST = "last"
    AVERAGE = "average"
    FIRST = "first"

    @property
    def label(self) -> str:
        return {
            Counts.BEST: "The best attempt",
            Counts.LAST: "The last attempt",
            Counts.AVERAGE: "The average of all attempts",
            Counts.FIRST: "The first attempt",
        }[self]


class Release(StrEnum):
    """From when a learner may see something of an answer, the earliest first."""

    NOW = "now"
    FINISH = "finish"
    CLOSE = "close"
    NEVER = "never"

    @property
    def label(self) -> str:
        return {
            Release.NOW: "As soon as a try is checked",
            Release.FINISH: "When the attempt is finished",
            Release.CLOSE: "When the quiz has closed",
            Release.NEVER: "Never",
        }[self]

    def is_before(self, other: "Release") -> bool:
        order = list(Release)
        return order.index(self) < order.index(other)
