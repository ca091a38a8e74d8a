"""What is handed in, and the life of its grading.

A Submission row is the truth about its own grading: its status, until when a worker holds it (the lease),
and its fence, a number that grows each time it is taken from a worker, so that one that was given up can no
longer write.
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

from accounts.models import User
from labs.models.challenges import Challenge

SOURCE_LIMIT = 32 * 1024
"""Bytes of UTF-8 that a network's text may have; the engine refuses more."""


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

    def spending(self) -> "SubmissionQuerySet":
        """What may count as an attempt: not what was taken back, failed or could not be read."""
        lost = (Status.CANCELED, Status.FAILED)
        return self.exclude(status__in=lost).exclude(verdict=Verdict.INVALID)

    def attempts(self) -> "models.QuerySet[Submission, tuple[int, str, str]]":
        """Challenge, hash and criteria of what spends one: the same network sent twice is one attempt."""
        told = self.spending().order_by().values_list("challenge_id", "content_hash", "criteria")
        return told.distinct()

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
    queued_at = models.DateTimeField(default=timezone.now, db_index=True, help_text="Its place in the queue.")
    due_at = models.DateTimeField(default=timezone.now, help_text="When its message may be thought lost.")
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


def content_hash(source: str, weights: list[Any] | None = None) -> str:
    """SHA-256 of a text and the weights with it, in hexadecimal: what is equal in both is one network."""
    told = source if weights is None else f"{source}\0{json.dumps(weights)}"
    return sha256(told.encode()).hexdigest()
