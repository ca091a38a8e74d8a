"""Who uses the site. A custom User from the first migration, because it cannot be swapped in later."""

from django.contrib.auth.models import AbstractUser
from django.db import models


class Theme(models.TextChoices):
    SYSTEM = "system", "As the device says"
    LIGHT = "light", "Light"
    DARK = "dark", "Dark"


class Vectors(models.TextChoices):
    """How formulas write a layer: row vectors (x W + b, as Keras computes) or column vectors (W x + b)."""

    ROW = "row", "Row vectors: x W + b"
    COLUMN = "column", "Column vectors: W x + b"


class User(AbstractUser):
    """A person: learner, author or operator. What they prefer is stored beside who they are."""

    theme = models.CharField(max_length=8, choices=Theme.choices, default=Theme.SYSTEM)
    time_zone = models.CharField(max_length=64, default="UTC")
    has_shortcuts = models.BooleanField("single-key shortcuts", default=True)
    vectors = models.CharField(
        "vectors in formulas", max_length=8, choices=Vectors.choices, default=Vectors.ROW
    )
