"""The page of reviews in plain values: what is due, what comes when, and what came of what was predicted."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise
from math import ceil

from django.utils import timezone

from accounts.models import User
from quizzes.certainty import wilson
from quizzes.models import Attempt, Card, Review
from quizzes.services.practice import SECONDS_EACH, draws

DAYS_AHEAD = 7
LOG = 500  # the latest reviews; what was long ago tells little of now
EDGES = (0.0, 0.7, 0.8, 0.9, 1.0)


@dataclass(frozen=True)
class Day:
    """A day to come, in the learner's zone, and how many skills come back on it."""

    day: date
    count: int
    is_today: bool


@dataclass(frozen=True)
class Band:
    """Reviews of which about the same was predicted: the mean of it, and how many were right."""

    low: int
    high: int
    n: int
    predicted: float
    right: int
    at_least: float
    at_most: float

    @property
    def percent(self) -> float:
        return 100 * self.right / self.n


@dataclass(frozen=True)
class Queue:
    """What is due now, and the days on which the rest comes back."""

    skills: tuple[str, ...]
    coming: tuple[Day, ...]
    begun: Attempt | None

    @property
    def count(self) -> int:
        return len(self.skills)

    @property
    def minutes(self) -> int:
        return ceil(self.count * SECONDS_EACH / 60)

    @property
    def next_day(self) -> Day | None:
        return self.coming[0] if self.coming else None


def queue_of(learner: User, now: datetime) -> Queue:
    """The learner's reviews, of skills for which new numbers can be drawn."""
    can_ask = draws(learner, now)
    cards = Card.objects.for_learner(learner).select_related("skill")
    due = [card.skill.title for card in cards.due(now) if card.skill_id in can_ask]
    days: Counter[date] = Counter()
    for card in cards.later(now):
        if card.skill_id in can_ask and card.due_at is not None:
            days[timezone.localdate(card.due_at)] += 1
    today = timezone.localdate(now)
    begun = Attempt.objects.for_learner(learner).open().filter(purpose=Attempt.Purpose.REVIEW).first()
    return Queue(
        tuple(due), tuple(Day(day, count, day == today) for day, count in sorted(days.items())), begun
    )


def log_of(learner: User) -> list[Band]:
    """What was predicted beside what came, in bands. Answers of the same day, of which FSRS is sure, tell
    nothing of memory and are left out.
    """
    spaced = Review.objects.for_learner(learner).filter(predicted__lt=1)
    reviews = spaced.order_by("-reviewed_at")
    pairs = list(reviews.values_list("predicted", "rating")[:LOG])
    found = [_band(low, high, pairs) for low, high in pairwise(EDGES)]
    return [band for band in found if band is not None]


def _band(low: float, high: float, pairs: Iterable[tuple[float | None, int]]) -> Band | None:
    inside = [
        (predicted, rating != Review.Rating.AGAIN)
        for predicted, rating in pairs
        if predicted is not None and low <= predicted and (predicted < high or high == EDGES[-1])
    ]
    if not inside:
        return None
    right = sum(is_right for _, is_right in inside)
    at_least, at_most = wilson(right, len(inside))
    mean = 100 * sum(predicted for predicted, _ in inside) / len(inside)
    return Band(round(100 * low), round(100 * high), len(inside), mean, right, 100 * at_least, 100 * at_most)
