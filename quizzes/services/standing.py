"""Where an attempt stands: for each question its latest try, its best try, and what they are worth together.

The best try counts. A new try therefore never takes away what an earlier one earned; how many were right at
the first try is told beside the score.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from math import fsum

from quizzes.models import Answer


@dataclass(frozen=True)
class Item:
    """One question of an attempt with all its tries, oldest first."""

    tries: tuple[Answer, ...]

    @property
    def position(self) -> int:
        return self.tries[0].position

    @property
    def latest(self) -> Answer:
        return self.tries[-1]

    @property
    def best(self) -> Answer:
        return max(self.tries, key=_worth)

    @property
    def is_right(self) -> bool:
        return self.best.state == Answer.State.RIGHT

    @property
    def is_right_at_first(self) -> bool:
        first = self.tries[0]
        return first.state == Answer.State.RIGHT and not first.is_led

    @property
    def is_unanswered(self) -> bool:
        """Never graded, and nothing typed yet."""
        is_graded = any(answer.graded_at is not None for answer in self.tries)
        return not is_graded and self.latest.is_open and not self.latest.is_answered


def _worth(answer: Answer) -> tuple[float, float, bool, bool]:
    return answer.points, answer.fraction, answer.graded_at is not None, answer.is_open


@dataclass(frozen=True)
class Standing:
    items: tuple[Item, ...]

    @property
    def points(self) -> float:
        return fsum(item.best.points for item in self.items)

    @property
    def points_possible(self) -> int:
        return sum(item.latest.points_possible for item in self.items)

    @property
    def right(self) -> int:
        return sum(item.is_right for item in self.items)

    @property
    def right_at_first(self) -> int:
        return sum(item.is_right_at_first for item in self.items)

    @property
    def answered(self) -> int:
        return sum(item.latest.is_answered for item in self.items)

    @property
    def unanswered(self) -> list[Item]:
        return [item for item in self.items if item.is_unanswered]

    def next_unanswered(self, position: int) -> Item | None:
        """The next one after that position, going round; itself at last; None when all are answered."""
        return min(self.unanswered, key=lambda item: (item.position <= position, item.position), default=None)

    def item(self, position: int) -> Item | None:
        return next((item for item in self.items if item.position == position), None)


def standing_of(answers: Iterable[Answer]) -> Standing:
    """The standing of one attempt's answers."""
    ordered = sorted(answers, key=lambda answer: (answer.position, answer.number))
    groups = groupby(ordered, key=lambda answer: answer.position)
    return Standing(tuple(Item(tuple(tries)) for _, tries in groups))
