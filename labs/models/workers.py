"""Which workers are there: each says so every few seconds. For operators to see; grading never reads it."""

from django.db import models


class Worker(models.Model):
    """One process that takes tasks, by machine and process number."""

    name = models.CharField(max_length=200, primary_key=True)
    started_at = models.DateTimeField()
    seen_at = models.DateTimeField(db_index=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name
