"""What each graded answer does to the memory of its skill: FSRS-6 with its published parameters.

The algorithm was fitted to flash cards; here one card stands for a skill, and every answer draws new numbers.
That is our approximation, so each review keeps what was predicted beside what came. Intervals are whole days.
"""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

import fsrs
from django.db import transaction

from quizzes.models import Answer, Card, Review
from quizzes.policies import Release
from quizzes.services.deadlines import GRACE
from quizzes.services.releases import released, with_scores

RETENTION = 0.90
MOST_DAYS = 180
SURE = 3
LOOKED_BACK = timedelta(days=1)
AT_ONCE = 200

# No steps of minutes: a skill comes back another day. No random spread: what is shown beforehand is kept.
SCHEDULER = fsrs.Scheduler(
    desired_retention=RETENTION,
    learning_steps=(),
    relearning_steps=(),
    maximum_interval=MOST_DAYS,
    enable_fuzzing=False,
)


def rating_of(answer: Answer) -> Review.Rating:
    """How well a graded answer shows its skill."""
    if answer.state != Answer.State.RIGHT:
        return Review.Rating.AGAIN
    if answer.number > 1 or answer.hints_shown:
        return Review.Rating.HARD
    return Review.Rating.EASY if answer.certainty == SURE else Review.Rating.GOOD


def remember(answer: Answer, now: datetime) -> None:
    """Let a graded answer move the card of its skill, only once. Call it in the grade's transaction.

    While its score is withheld it moves nothing, for a date would tell it; `remember_released` comes back.
    """
    skill = answer.question.skill_id
    if skill is None or answer.graded_at is None or not released(answer.attempt, now).scores:
        return
    if answer.state in (Answer.State.GIVEN, Answer.State.VOID):
        return
    if Review.objects.filter(answer=answer).exists():
        return
    learner = answer.attempt.learner_id
    Card.objects.bulk_create([Card(learner_id=learner, skill_id=skill)], ignore_conflicts=True)
    card = Card.objects.select_for_update().get(learner=learner, skill=skill)
    rating = rating_of(answer)
    predicted = recall(card, now)
    _move(card, rating, now)
    card.save(update_fields=["stability", "difficulty", "reviewed_at", "due_at"])
    Review.objects.create(
        card=card, answer=answer, rating=rating, predicted=predicted, reviewed_at=card.reviewed_at or now
    )


def remember_released(now: datetime) -> int:
    """Let answers move cards whose scores were withheld and are released now; how many. The worker asks."""
    since = now - GRACE - LOOKED_BACK
    waited = (
        Answer.objects.graded()
        .counted()
        .filter(
            with_scores(now),
            review__isnull=True,
            question__skill__isnull=False,
            attempt__quiz__scores_release=Release.CLOSE,
            attempt__quiz__closes_at__gte=since,
        )
    )
    found = list(waited.select_related("question", "attempt__quiz").order_by("graded_at", "pk")[:AT_ONCE])
    for answer in found:
        with transaction.atomic():
            remember(answer, now)
    return len(found)


def recall(card: Card, now: datetime) -> float | None:
    """The chance, 0..1, that its learner recalls the skill now; None for a card without an answer."""
    if card.stability is None:
        return None
    return SCHEDULER.get_card_retrievability(_as_fsrs(card), now.astimezone(UTC))


def fold(card: Card, reviews: Iterable[tuple[Review.Rating, datetime]]) -> None:
    """Give a card the state that these reviews, oldest first, come to. Nothing is stored here."""
    card.stability = card.difficulty = card.reviewed_at = card.due_at = None
    for rating, at in reviews:
        _move(card, rating, at)


def _move(card: Card, rating: Review.Rating, now: datetime) -> None:
    # A clock that was set back makes no card younger than its last answer.
    at = max(now, card.reviewed_at) if card.reviewed_at else now
    after, _ = SCHEDULER.review_card(_as_fsrs(card), fsrs.Rating(int(rating)), at.astimezone(UTC))
    card.stability, card.difficulty = after.stability, after.difficulty
    card.reviewed_at, card.due_at = after.last_review, after.due


def _as_fsrs(card: Card) -> fsrs.Card:
    is_new = card.stability is None
    return fsrs.Card(
        card_id=card.pk,
        state=fsrs.State.Learning if is_new else fsrs.State.Review,
        stability=card.stability,
        difficulty=card.difficulty,
        due=card.due_at,
        last_review=card.reviewed_at.astimezone(UTC) if card.reviewed_at else None,
    )
