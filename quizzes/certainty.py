"""How sure learners are: the three levels, what they earn and risk, and how well they fit what came out.

Certainty-based marking after A. R. Gardner-Medwin: a right answer earns 1, 2 or 3, another 0, -2 or -6, so
that each level is best just where its words say, below 2/3, from there to 4/5, and above. Accuracy stays the
score; the bonus beside it is computed as Moodle's question behaviours with certainty do. No database here.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import sqrt

CERTAINTY = "certainty"  # the field of a form
BONUS_SHARE = 0.1
ENOUGH = 10  # fewer answers than this tell little
Z = 1.959964  # a band that holds the true share 95 times of 100


@dataclass(frozen=True)
class Level:
    """One level: marks for right and not right, and the chances between which it is the best choice."""

    number: int
    words: str
    right: int
    wrong: int
    low: float
    high: float

    @property
    def name(self) -> str:
        return f"C{self.number}"

    @property
    def loss(self) -> int:
        return -self.wrong

    def mark(self, fraction: float) -> float:
        """The mark of an answer worth this fraction, 0..1; for a part of it, that part of the mark."""
        return self.right * fraction if fraction > 1e-7 else float(self.wrong)

    def expected(self, chance: float) -> float:
        """The mark to expect at this level of an answer that is right with this chance."""
        return chance * self.right + (1 - chance) * self.wrong


LEVELS = (
    Level(1, "under 67% sure", 1, 0, 0.0, 2 / 3),
    Level(2, "67% to 80% sure", 2, -2, 2 / 3, 0.8),
    Level(3, "over 80% sure", 3, -6, 0.8, 1.0),
)
BY_NUMBER = {level.number: level for level in LEVELS}


def certainty_in(fields: Mapping[str, Sequence[str]]) -> int | None:
    """The level chosen in a form; None when there is none."""
    chosen = next(iter(fields.get(CERTAINTY, ())), "")
    return int(chosen) if chosen in {str(number) for number in BY_NUMBER} else None


@dataclass(frozen=True)
class Sure:
    """One answer: its weight in points, the fraction it earned, and the level, or None without one."""

    weight: float
    fraction: float
    level: int | None


@dataclass(frozen=True)
class Marks:
    """Average mark (-6..3), accuracy (0..1), and the bonus on it (may be negative)."""

    average: float
    accuracy: float
    bonus: float

    @property
    def total(self) -> float:
        return self.accuracy + self.bonus

    @property
    def accuracy_percent(self) -> float:
        return 100 * self.accuracy

    @property
    def bonus_percent(self) -> float:
        """Its size, for a page that writes the sign itself."""
        return 100 * abs(self.bonus)

    @property
    def total_percent(self) -> float:
        return 100 * self.total


def marks_of(answers: Iterable[Sure]) -> Marks | None:
    """The marks of all answers together; None without any.

    An answer without a level counts as C1. The bonus is a tenth of what the marks are above, or below, the
    most that the same accuracy earns with one level for all answers.
    """
    given = list(answers)
    weight = sum(answer.weight for answer in given)
    if not weight:
        return None
    accuracy = sum(answer.weight * answer.fraction for answer in given) / weight
    average = sum(answer.weight * BY_NUMBER[answer.level or 1].mark(answer.fraction) for answer in given)
    average /= weight
    return Marks(average, accuracy, BONUS_SHARE * (average - max(one.expected(accuracy) for one in LEVELS)))


@dataclass(frozen=True)
class Calibration:
    """One level in hindsight: how often it was chosen and right, and the band of the share behind that."""

    level: Level
    n: int
    right: int
    low: float
    high: float

    @property
    def share(self) -> float:
        return self.right / self.n if self.n else 0.0

    @property
    def is_enough(self) -> bool:
        return self.n >= ENOUGH

    @property
    def verdict(self) -> str:
        if not self.n:
            return "not used yet"
        if not self.is_enough:
            return "too few to tell"
        if self.high < self.level.low:
            return "surer than right"
        if self.low > self.level.high:
            return "more often right than sure"
        return "fits"


def calibrations(answers: Iterable[tuple[int, bool]]) -> list[Calibration]:
    """Every level in hindsight, given the level of each answer and whether it was right."""
    given = list(answers)
    found = []
    for level in LEVELS:
        outcomes = [is_right for number, is_right in given if number == level.number]
        low, high = wilson(sum(outcomes), len(outcomes))
        found.append(Calibration(level, len(outcomes), sum(outcomes), low, high))
    return found


def wilson(right: int, n: int) -> tuple[float, float]:
    """Wilson's score interval for a share of which `right` of `n` were seen; everything, for n = 0."""
    if not n:
        return 0.0, 1.0
    share, spread = right / n, Z * Z / n
    middle = (share + spread / 2) / (1 + spread)
    half = Z * sqrt(share * (1 - share) / n + spread / (4 * n)) / (1 + spread)
    return max(0.0, middle - half), min(1.0, middle + half)
