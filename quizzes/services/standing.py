"""Where an attempt stands: for each question its latest try, its best try, and what they are worth together.

The best try counts. A new try therefore never costs anything; how many were right at the first try is told
beside the score.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

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
        return max(self.tries, key=lambda answer: (answer.points, not answer.is_open))

    @property
    def is_right(self) -> bool:
        return self.best.state == Answer.State.RIGHT

    @property
    def is_right_at_first(self) -> bool:
        return self.tries[0].state == Answer.State.RIGHT


@dataclass(frozen=True)
class Standing:
    items: tuple[Item, ...]

    @property
    def points(self) -> float:
        return sum(item.best.points for item in self.items)

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
    def unanswered(self) -> list[Item]:
        """Questions never graded and with nothing typed yet."""
        return [i for i in self.items if len(i.tries) == 1 and i.latest.is_open and not i.latest.is_answered]

    def item(self, position: int) -> Item | None:
        return next((item for item in self.items if item.position == position), None)


def standing_of(answers: Iterable[Answer]) -> Standing:
    """The standing of one attempt's answers."""
    ordered = sorted(answers, key=lambda answer: (answer.position, answer.number))
    groups = groupby(ordered, key=lambda answer: answer.position)
    return Standing(tuple(Item(tuple(tries)) for _, tries in groups))
