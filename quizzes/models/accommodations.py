"""More time for a learner who needs it. The reason is nobody's business and is not kept."""

from decimal import Decimal

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from quizzes.files import MAX_TIME
from quizzes.models.questions import Quiz


class Accommodation(models.Model):
    """How much time one learner has, in one quiz or in every quiz without a row of its own."""

    learner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="accommodations"
    )
    quiz = models.ForeignKey(
        Quiz, null=True, blank=True, on_delete=models.CASCADE, related_name="accommodations",
        help_text="Empty: every quiz. A row for a quiz replaces the one for every quiz there.",
    )  # fmt: skip
    time_factor = models.DecimalField(
        max_digits=3,
        decimal_places=2,
        default=Decimal(1),
        validators=[MinValueValidator(Decimal(1)), MaxValueValidator(Decimal(3))],
        help_text="The time limit times this, 1 to 3.",
    )
    extra_minutes = models.PositiveSmallIntegerField(
        default=0, validators=[MaxValueValidator(MAX_TIME)], help_text="Added to that."
    )

    class Meta:
        verbose_name = "learner's time"
        verbose_name_plural = "learners' times"
        ordering = ["learner__username", "quiz__slug"]
        constraints = [
            models.UniqueConstraint(fields=["learner", "quiz"], name="accommodation_once_per_quiz"),
            models.UniqueConstraint(
                fields=["learner"], condition=Q(quiz__isnull=True), name="accommodation_once_for_all"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.learner}: {self.quiz or 'every quiz'}"

    def clean(self) -> None:
        # A unique constraint lets empty quizzes pass as different; its twin with a condition tells no field.
        others = Accommodation.objects.filter(learner_id=self.learner_id, quiz=None).exclude(pk=self.pk)
        if self.quiz_id is None and others.exists():
            raise ValidationError("This learner has a row for every quiz already. Change that one.")
