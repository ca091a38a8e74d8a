"""Counts of requests in time windows: what throttles remember, in the database that all processes share."""

from django.db import models


class Tally(models.Model):
    """How often one address did one thing in one window. The key is a keyed hash: no address is stored."""

    key = models.CharField(max_length=64)
    ends = models.DateTimeField(db_index=True)
    count = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = "tally"
        verbose_name_plural = "tallies"
        constraints = [models.UniqueConstraint(fields=["key", "ends"], name="one_tally_per_key_and_window")]

    def __str__(self) -> str:
        return f"{self.count} until {self.ends:%Y-%m-%d %H:%M:%S}"
