"""Runs of the playground that a worker goes on with, because they take longer than a page may."""

import uuid
from datetime import datetime

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.urls import reverse
from django.utils import timezone

from accounts.models import User


class LongRunQuerySet(models.QuerySet["LongRun"]):
    def for_learner(self, user: User | AnonymousUser) -> "LongRunQuerySet":
        return self.filter(learner=user) if isinstance(user, User) else self.none()

    def training(self) -> "LongRunQuerySet":
        return self.filter(status=LongRun.Status.TRAINING)

    def idle(self, now: datetime) -> "LongRunQuerySet":
        """What nobody goes on with: never reached, or its worker died."""
        return self.training().filter(lease_until__lte=now)


class LongRun(models.Model):
    """One run, trained a few seconds at a time. `state` is all of it, signed, as the page's own."""

    class Status(models.TextChoices):
        TRAINING = "training", "Training"
        DONE = "done", "Done"
        CANCELED = "canceled", "Stopped"
        FAILED = "failed", "Could not be trained"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    learner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="long_runs")
    query = models.TextField(help_text="The settings, as an address of the playground.")
    state = models.TextField()
    began = models.PositiveIntegerField(help_text="The epoch that it started from.")
    epoch = models.PositiveIntegerField()
    until = models.PositiveIntegerField()
    status = models.CharField(max_length=8, choices=Status.choices, default=Status.TRAINING)

    fence = models.PositiveIntegerField(default=0)
    is_held = models.BooleanField(default=False)
    lease_until = models.DateTimeField(db_index=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = LongRunQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at"]
        indexes = [models.Index(fields=["learner", "status"])]

    def __str__(self) -> str:
        return f"Run {str(self.pk)[:8]}"

    def get_absolute_url(self) -> str:
        return reverse("labs:long-run", args=[self.pk])

    @property
    def is_training(self) -> bool:
        return self.status == self.Status.TRAINING

    @property
    def percent(self) -> int:
        """How much of what was asked for is done."""
        return 100 * (self.epoch - self.began) // max(self.until - self.began, 1)
