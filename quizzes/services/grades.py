"""The result of a learner in a quiz: of several attempts the one that counts, or their average."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import fsum

from quizzes.models import Attempt, Quiz
from quizzes.policies import Counts


@dataclass(frozen=True)
class QuizGrade:
    """What counts of the finished attempts; without any, 0 points of 0. `percent` is 0..100."""

    points: float
    possible: int
    percent: float
    is_passed: bool
    attempts: int


def grade_of(quiz: Quiz, attempts: Iterable[Attempt]) -> QuizGrade:
    """The result of one learner's attempts at the quiz; open ones do not count.

    The average is that of the percentages, told in points of the latest attempt: questions may have changed
    in between.
    """
    finished = sorted((one for one in attempts if not one.is_open), key=lambda one: one.started_at)
    if not finished:
        return QuizGrade(0.0, 0, 0.0, False, 0)
    points, possible, percent = _counted(Counts(quiz.counts), finished)
    # A float sum such as 2/3 + 1/3 may fall short by a few bits.
    is_passed = percent + 1e-6 >= quiz.pass_percent
    return QuizGrade(points, possible, percent, is_passed, len(finished))


def _counted(counts: Counts, finished: Sequence[Attempt]) -> tuple[float, int, float]:
    """Points, points possible and percentage of what counts."""
    match counts:
        case Counts.AVERAGE:
            possible = finished[-1].points_possible
            percent = fsum(one.percent for one in finished) / len(finished)
            return percent * possible / 100, possible, percent
        case Counts.BEST:
            one = max(finished, key=lambda attempt: attempt.percent)
        case Counts.LAST:
            one = finished[-1]
        case Counts.FIRST:
            one = finished[0]
    return one.points, one.points_possible, one.percent
