"""What content files said when they were last loaded."""

from typing import Any

from django.db import models


class ContentFile(models.Model):
    """A content file as it was last loaded, comments and all: what a dump changes value by value."""

    path = models.CharField(max_length=250, unique=True)
    text = models.TextField(blank=True)

    class Meta:
        ordering = ["path"]

    def __str__(self) -> str:
        return self.path


class ContentRecord(models.Model):
    """What a row's files said when it was loaded, and what they say now if an edit was kept."""

    kind = models.CharField(max_length=60)
    key = models.CharField(max_length=200)
    values: Any = models.JSONField()
    offered: Any = models.JSONField(null=True, blank=True)

    class Meta:
        ordering = ["kind", "key"]
        constraints = [models.UniqueConstraint(fields=["kind", "key"], name="record_once")]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"
