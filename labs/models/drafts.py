"""What learners keep in the lab: drafts, and named versions of them."""

import uuid

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.urls import reverse
from django.utils import timezone

from accounts.models import User


class DraftQuerySet(models.QuerySet["Draft"]):
    def for_learner(self, user: User | AnonymousUser) -> "DraftQuerySet":
        return self.filter(learner=user) if isinstance(user, User) else self.none()


class Draft(models.Model):
    """A network somebody keeps in the lab. Its text may be unfinished."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    learner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="drafts")
    title = models.CharField(max_length=120)
    source = models.TextField()
    weights = models.JSONField(null=True, blank=True, help_text="Set or drawn, in Keras's order.")
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
    weights = models.JSONField(null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return self.name
