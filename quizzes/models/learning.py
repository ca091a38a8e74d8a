"""What a learner is likely to recall: a card for each skill, and every answer that moved it.

How well a skill is mastered is not kept here: it follows from the answers, and is read from them.
"""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q

from accounts.models import User
from course.models import Skill
from quizzes.models.attempts import Answer


class CardQuerySet(models.QuerySet["Card"]):
    def for_learner(self, user: User) -> "CardQuerySet":
        return self.filter(learner=user)

    def due(self, now: datetime) -> "CardQuerySet":
        """What should be reviewed by now, the longest overdue first."""
        return self.filter(due_at__lte=now).order_by("due_at", "pk")

    def later(self, now: datetime) -> "CardQuerySet":
        return self.filter(due_at__gt=now).order_by("due_at", "pk")


class Card(models.Model):
    """One skill in one memory, as FSRS describes it. Its numbers are None until the first answer."""

    learner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="cards")
    skill = models.ForeignKey(Skill, on_delete=models.CASCADE, related_name="cards")
    stability = models.FloatField(
        null=True, help_text="Days until the chance to recall it has fallen to nine in ten."
    )
    difficulty = models.FloatField(null=True, help_text="From 1, easy, to 10.")
    reviewed_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField(null=True)

    objects = CardQuerySet.as_manager()

    class Meta:
        ordering = ["due_at"]
        constraints = [
            models.UniqueConstraint(fields=["learner", "skill"], name="card_once_per_skill"),
            models.CheckConstraint(
                condition=Q(stability__isnull=True, difficulty__isnull=True, due_at__isnull=True)
                | Q(stability__gt=0, difficulty__range=(1, 10), due_at__isnull=False),
                name="card_all_or_nothing",
            ),
        ]
        indexes = [models.Index(fields=["learner", "due_at"], name="card_due")]

    def __str__(self) -> str:
        return f"{self.learner}: {self.skill}"


class ReviewQuerySet(models.QuerySet["Review"]):
    def for_learner(self, user: User) -> "ReviewQuerySet":
        return self.filter(card__learner=user)


class Review(models.Model):
    """One answer that moved a card: what was predicted of it, and what came. An answer moves a card once."""

    class Rating(models.IntegerChoices):
        AGAIN = 1, "Again"
        HARD = 2, "Hard"
        GOOD = 3, "Good"
        EASY = 4, "Easy"

    card = models.ForeignKey(Card, on_delete=models.CASCADE, related_name="reviews")
    answer = models.OneToOneField(Answer, on_delete=models.CASCADE, related_name="review")
    rating = models.PositiveSmallIntegerField(choices=Rating.choices)
    predicted = models.FloatField(
        "predicted recall", null=True, help_text="From 0 to 1, just before the answer; None at the first."
    )
    reviewed_at = models.DateTimeField()

    objects = ReviewQuerySet.as_manager()

    class Meta:
        ordering = ["-reviewed_at"]

    def __str__(self) -> str:
        return f"{self.card}, {self.get_rating_display().lower()}"

    @property
    def is_recalled(self) -> bool:
        return self.rating != self.Rating.AGAIN
