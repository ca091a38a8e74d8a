"""Grading all submissions of a challenge again: what was tried, and what was put in force."""

from django.db import models

from accounts.models import User
from labs.models.challenges import Challenge
from labs.models.submissions import EarlierReport, Submission


class Rejudge(models.Model):
    """Grading all of a challenge's submissions again, by other criteria than they were sent under. First a
    dry run, of which nobody sees anything; what it showed is then put in force as a whole, and can be undone.
    """

    class State(models.TextChoices):
        TRYING = "trying", "Dry run under way"
        READY = "ready", "Dry run done"
        COMMITTED = "in force", "In force"
        UNDONE = "undone", "Undone"

    challenge = models.ForeignKey(Challenge, on_delete=models.CASCADE, related_name="rejudges")
    criteria = models.TextField(help_text="The challenge's criteria when the dry run began, as TOML.")
    never_lower = models.BooleanField(default=False)
    state = models.CharField(max_length=8, choices=State.choices, default=State.TRYING)
    fence = models.PositiveIntegerField(default=0)
    lease_until = models.DateTimeField()
    started_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    started_at = models.DateTimeField()
    committed_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    committed_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    undone_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-started_at"]

    def __str__(self) -> str:
        return f"{self.challenge}, graded again"


class Trial(models.Model):
    """What grading one submission again comes to, beside what it had."""

    class Change(models.TextChoices):
        UNTRIED = "", "Not tried yet"
        RAISED = "raised", "Raised"
        LOWERED = "lowered", "Lowered"
        REASONS = "reasons", "Same result, other reasons"
        SAME = "same", "Nothing changes"
        KEPT = "kept", "Would be lower: stays as it is"
        FAULT = "fault", "Could not be graded: stays as it is"

    rejudge = models.ForeignKey(Rejudge, on_delete=models.CASCADE, related_name="trials")
    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name="trials")
    fence = models.PositiveIntegerField(help_text="The submission's, when the dry run began.")
    before_points = models.FloatField()
    before_possible = models.FloatField()
    change = models.CharField(max_length=7, choices=Change.choices, blank=True)
    report = models.JSONField(null=True)
    points = models.FloatField(null=True)
    points_possible = models.FloatField(null=True)
    fault = models.TextField(blank=True)
    replaced = models.OneToOneField(EarlierReport, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        ordering = ["submission__learner__username", "submission__created_at"]
        constraints = [
            models.UniqueConstraint(fields=["rejudge", "submission"], name="one_trial_per_submission")
        ]

    def __str__(self) -> str:
        return self.get_change_display()
