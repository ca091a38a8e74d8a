"""What learners show on a challenge's board: one network each, by figures, under a name they chose for it."""

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone

from accounts.models import User
from labs.models.challenges import Challenge
from labs.models.submissions import Submission, Verdict


class BoardEntryQuerySet(models.QuerySet["BoardEntry"]):
    def for_learner(self, user: User | AnonymousUser) -> "BoardEntryQuerySet":
        return self.filter(learner=user) if isinstance(user, User) else self.none()

    def shown(self) -> "BoardEntryQuerySet":
        """Those whose networks still pass: what is graded again may be lowered, or waits."""
        return self.filter(submission__verdict=Verdict.PASSED)


class BoardEntry(models.Model):
    """A passed network that its learner shows. Its figures are those of the report in force."""

    learner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="board_entries"
    )
    challenge = models.ForeignKey(Challenge, on_delete=models.CASCADE, related_name="board_entries")
    submission = models.OneToOneField(Submission, on_delete=models.CASCADE, related_name="board_entry")
    pseudonym = models.CharField(max_length=24)
    accuracy = models.FloatField(null=True, help_text="Mean share of right answers, where it is asked for.")
    parameters = models.PositiveIntegerField()
    epochs = models.PositiveIntegerField(null=True, help_text="Null where nothing was trained.")
    shown_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = BoardEntryQuerySet.as_manager()

    class Meta:
        ordering = ["challenge", "pk"]
        verbose_name_plural = "board entries"
        constraints = [
            models.UniqueConstraint(fields=["learner", "challenge"], name="one_board_entry_per_challenge"),
            models.UniqueConstraint("challenge", Lower("pseudonym"), name="one_pseudonym_per_board"),
        ]

    def __str__(self) -> str:
        return self.pseudonym
