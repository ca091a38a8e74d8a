"""Grading finished attempts again: what was tried, why, and what was put in force."""

from typing import Any

from django.core.validators import MaxLengthValidator
from django.db import models

from accounts.models import User
from quizzes.models.attempts import Attempt
from quizzes.models.questions import Question, Quiz

LONGEST_REASON = 500  # characters; learners read it


class Regrade(models.Model):
    """Grading a quiz's finished attempts again, and what practice asked of it, by other rules than they were
    graded by. First a dry run, of which nobody sees anything; what it showed is then put in force as a whole,
    and can be undone.
    """

    class Rule(models.TextChoices):
        KEY = "key", "By the key, tolerance, points and feedback as they are now"
        GIVEN = "given", "Everybody gets the points of the question"
        VOID = "void", "The question does not count"

    class State(models.TextChoices):
        TRYING = "trying", "Dry run under way"
        READY = "ready", "Dry run done"
        COMMITTED = "in force", "In force"
        UNDONE = "undone", "Undone"

    quiz = models.ForeignKey(Quiz, on_delete=models.CASCADE, related_name="regrades")
    question = models.ForeignKey(
        Question, null=True, blank=True, on_delete=models.CASCADE, related_name="regrades",
        help_text="None: every question of the quiz.",
    )  # fmt: skip
    rule = models.CharField(max_length=5, choices=Rule.choices, default=Rule.KEY)
    reason = models.TextField(validators=[MaxLengthValidator(LONGEST_REASON)])
    never_lower = models.BooleanField(default=False)
    versions: Any = models.JSONField(
        "versions of the questions", default=dict, help_text="When the dry run began."
    )
    state = models.CharField(max_length=8, choices=State.choices, default=State.TRYING)
    memories: Any = models.JSONField(
        "what it did to the memory of skills", default=dict, help_text="Each card before and after."
    )
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
        return f"{self.question or self.quiz}, graded again"


class RegradeTrial(models.Model):
    """What grading one attempt again comes to, beside what it had."""

    class Change(models.TextChoices):
        UNTRIED = "", "Not tried yet"
        RAISED = "raised", "Raised"
        LOWERED = "lowered", "Lowered"
        REASONS = "reasons", "Same result, other key or feedback"
        SAME = "same", "Nothing changes"
        KEPT = "kept", "Would be lower: stays as it is"

    regrade = models.ForeignKey(Regrade, on_delete=models.CASCADE, related_name="trials")
    attempt = models.ForeignKey(Attempt, on_delete=models.CASCADE, related_name="regrade_trials")
    change = models.CharField(max_length=7, choices=Change.choices, blank=True)
    # Of the attempt and of every answer that changes; `mark` stands for all of the attempt as it was then.
    before: Any = models.JSONField(default=dict)
    before_mark = models.CharField(max_length=64, blank=True)
    after: Any = models.JSONField(default=dict)
    after_mark = models.CharField(max_length=64, blank=True)
    impossible: Any = models.JSONField("could not be graded", default=list)
    progress: Any = models.JSONField("what it did to the lesson's progress", default=dict)

    class Meta:
        ordering = ["attempt__learner__username", "attempt__started_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["regrade", "attempt"], name="regrade_trial_once_per_attempt")
        ]

    def __str__(self) -> str:
        return self.get_change_display()
