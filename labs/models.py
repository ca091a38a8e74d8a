"""What labs remembers: challenges and their criteria, drafts, and submissions.

A Submission row is the truth about its own grading: its status, until when a worker holds it (the lease),
and its fence, a number that grows each time it is handed out anew, so that a worker that was given up can
no longer write.
"""

import json
import uuid
from hashlib import sha256
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.urls import reverse
from django.utils import timezone
from simple_history.models import HistoricalRecords

from accounts.models import User
from course.models import Lesson

SOURCE_LIMIT = 32 * 1024
"""Bytes of UTF-8 that a network's text may have; the engine refuses more."""


class ChallengeQuerySet(models.QuerySet["Challenge"]):
    def published(self) -> "ChallengeQuerySet":
        return self.filter(is_published=True)

    def visible_to(self, user: User | AnonymousUser) -> "ChallengeQuerySet":
        """What is published, and for those who write challenges also what is not yet."""
        return self if user.has_perm("labs.change_challenge") else self.published()


class Challenge(models.Model):
    """A task: write a network that meets these criteria."""

    slug = models.SlugField(max_length=80, unique=True)
    title = models.CharField(max_length=120)
    summary = models.CharField(
        max_length=300, help_text="One or two sentences, shown in lists and under the title."
    )
    task = models.TextField("task", blank=True, help_text="Markdown, shown above the editor.")
    task_html = models.TextField(editable=False, blank=True)
    starter = models.TextField("starter text", blank=True, help_text="What the editor holds at first.")
    takes_weights = models.BooleanField(
        "weights by hand", default=False,
        help_text="Learners set every weight of the network themselves; nothing is trained.",
    )  # fmt: skip
    lesson = models.ForeignKey(
        Lesson, null=True, blank=True, on_delete=models.SET_NULL, related_name="challenges",
        help_text="The lesson it belongs to; passing it counts there.",
    )  # fmt: skip
    order = models.PositiveSmallIntegerField(default=0)
    is_published = models.BooleanField("published", default=False)
    publishes_when_checked = models.BooleanField(default=False, editable=False)
    history = HistoricalRecords(excluded_fields=["task_html", "publishes_when_checked"])

    objects = ChallengeQuerySet.as_manager()

    class Meta:
        ordering = ["order", "slug"]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("labs:challenge", args=[self.slug])


class Criterion(models.Model):
    """One thing a network must meet, and what it is worth. `settings` is TOML, read by the engine."""

    challenge = models.ForeignKey(Challenge, on_delete=models.CASCADE, related_name="criteria")
    order = models.PositiveSmallIntegerField(default=0)
    kind = models.CharField(max_length=40)
    settings = models.TextField(blank=True, help_text="TOML, such as <code>at_most = 124</code>.")
    points = models.FloatField(default=1)
    history = HistoricalRecords()

    class Meta:
        ordering = ["challenge", "order", "pk"]
        verbose_name_plural = "criteria"

    def __str__(self) -> str:
        return self.kind


class Solution(models.Model):
    """A network of the author's own: it passes, or it makes a known mistake and misses one criterion."""

    challenge = models.ForeignKey(Challenge, on_delete=models.CASCADE, related_name="solutions")
    order = models.PositiveSmallIntegerField(default=0)
    title = models.CharField(max_length=120)
    source = models.TextField()
    weights = models.JSONField(
        null=True, blank=True, help_text="Where they are set by hand: a list of arrays."
    )
    misses = models.CharField(
        max_length=200, blank=True,
        help_text="The title of the criterion that this mistake must miss. Empty: it passes.",
    )  # fmt: skip
    is_as_meant = models.BooleanField("does what it should", null=True, editable=False)
    finding = models.TextField(blank=True, editable=False)
    checked = models.CharField(max_length=64, blank=True, editable=False)

    class Meta:
        ordering = ["challenge", "order", "pk"]

    def __str__(self) -> str:
        return self.title


class Status(models.TextChoices):
    QUEUED = "queued", "Waiting"
    RUNNING = "running", "Being graded"
    GRADED = "graded", "Graded"
    FAILED = "failed", "Could not be graded"
    CANCELED = "canceled", "Taken back"


class Verdict(models.TextChoices):
    PASSED = "passed", "Passed"
    NOT_YET = "not yet", "Not yet"
    INVALID = "invalid", "Could not be read"


UNFINISHED = (Status.QUEUED, Status.RUNNING)


class DraftQuerySet(models.QuerySet["Draft"]):
    def for_learner(self, user: User | AnonymousUser) -> "DraftQuerySet":
        return self.filter(learner=user) if isinstance(user, User) else self.none()


class Draft(models.Model):
    """A network somebody keeps in the lab. Its text may be unfinished."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    learner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="drafts")
    title = models.CharField(max_length=120)
    source = models.TextField()
    shared_as = models.UUIDField(null=True, blank=True, unique=True, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    updated_at = models.DateTimeField(auto_now=True)

    objects = DraftQuerySet.as_manager()

    class Meta:
        ordering = ["-updated_at"]
        indexes = [models.Index(fields=["learner", "-updated_at"])]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("labs:draft", args=[self.pk])


class DraftVersion(models.Model):
    """A draft as it once was, under a name that its learner gave it."""

    draft = models.ForeignKey(Draft, on_delete=models.CASCADE, related_name="versions")
    name = models.CharField(max_length=80)
    source = models.TextField()
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return self.name


class SubmissionQuerySet(models.QuerySet["Submission"]):
    def for_learner(self, user: User | AnonymousUser) -> "SubmissionQuerySet":
        return self.filter(learner=user) if isinstance(user, User) else self.none()

    def visible_to(self, user: User | AnonymousUser) -> "SubmissionQuerySet":
        """One's own; every learner's for those who may see submissions in the admin."""
        return self if user.has_perm("labs.view_submission") else self.for_learner(user)

    def without_texts(self) -> "SubmissionQuerySet":
        """For lists: all but what can be long."""
        return self.defer("source", "weights", "criteria", "report", "fault")

    def unfinished(self) -> "SubmissionQuerySet":
        return self.filter(status__in=UNFINISHED)

    def passed(self) -> "SubmissionQuerySet":
        return self.filter(verdict=Verdict.PASSED)

    def cancelable(self) -> "SubmissionQuerySet":
        """What waits for its first grading: one that is graded again has a result to lose."""
        return self.filter(status=Status.QUEUED, earlier_reports=None)


class Submission(models.Model):
    """One network handed in for one challenge, with the criteria as they stood then."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    learner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="submissions"
    )
    challenge = models.ForeignKey(Challenge, on_delete=models.PROTECT, related_name="submissions")
    token = models.UUIDField(default=uuid.uuid4, editable=False, help_text="Names the form it was sent with.")
    source = models.TextField()
    weights = models.JSONField(null=True, blank=True, help_text="Set by hand, in Keras's order.")
    content_hash = models.CharField(max_length=64, editable=False)
    criteria = models.TextField(help_text="The challenge's criteria at that moment, as TOML.")
    seed = models.PositiveBigIntegerField(default=0)

    status = models.CharField(max_length=8, choices=Status.choices, default=Status.QUEUED, db_index=True)
    verdict = models.CharField(max_length=8, choices=Verdict.choices, blank=True)
    points = models.FloatField(null=True, blank=True)
    points_possible = models.FloatField(null=True, blank=True)
    report = models.JSONField(null=True, blank=True)
    fault = models.TextField(blank=True, help_text="Why it could not be graded, for the operator.")

    fence = models.PositiveIntegerField(default=0)
    lost_leases = models.PositiveSmallIntegerField(default=0)
    lease_until = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    queued_at = models.DateTimeField(default=timezone.now)
    graded_at = models.DateTimeField(null=True, blank=True)

    objects = SubmissionQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at"]
        indexes = [models.Index(fields=["learner", "challenge", "-created_at"])]
        constraints = [
            models.UniqueConstraint(
                fields=["learner", "challenge", "token", "content_hash"], name="one_submission_per_form_sent"
            )
        ]

    def __str__(self) -> str:
        return f"Submission {str(self.pk)[:8]}"

    def get_absolute_url(self) -> str:
        return reverse("labs:submission", args=[self.pk])

    @property
    def is_final(self) -> bool:
        return self.status not in UNFINISHED

    @property
    def is_cancelable(self) -> bool:
        return self.status == Status.QUEUED and not self.earlier_reports.exists()


class EarlierReport(models.Model):
    """A report that a later grading of the same submission replaced; kept: no grade changes unseen."""

    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name="earlier_reports")
    criteria = models.TextField(blank=True)
    verdict = models.CharField(max_length=8, choices=Verdict.choices, blank=True)
    points = models.FloatField(null=True, blank=True)
    points_possible = models.FloatField(null=True, blank=True)
    report = models.JSONField(null=True, blank=True)
    graded_at = models.DateTimeField(null=True, blank=True)
    replaced_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ["-replaced_at"]

    def __str__(self) -> str:
        return self.get_verdict_display() or "no verdict"


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


def content_hash(source: str, weights: list[Any] | None = None) -> str:
    """SHA-256 of a text and the weights with it, in hexadecimal: what is equal in both is one network."""
    told = source if weights is None else f"{source}\0{json.dumps(weights)}"
    return sha256(told.encode()).hexdigest()
