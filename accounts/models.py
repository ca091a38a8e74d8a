"""Who uses the site. A custom User from the first migration, because it cannot be swapped in later."""

from typing import ClassVar, Self

from django.contrib.auth.models import AbstractUser, UserManager
from django.db import models


class Theme(models.TextChoices):
    SYSTEM = "system", "As the device says"
    LIGHT = "light", "Light"
    DARK = "dark", "Dark"


class Vectors(models.TextChoices):
    """How formulas write a layer: row vectors (x W + b, as Keras computes) or column vectors (W x + b)."""

    ROW = "row", "Row vectors: x W + b"
    COLUMN = "column", "Column vectors: W x + b"


class UserQuerySet(models.QuerySet["User"]):
    def active(self) -> Self:
        return self.filter(is_active=True)

    def with_mail(self, email: str) -> Self:
        """Active accounts with this mail address, capitals aside; several may share one."""
        return self.active().filter(email__iexact=email)


class Users(UserManager["User"]):
    """Makes accounts, and answers the named questions of the query set."""

    use_in_migrations = False

    def get_queryset(self) -> UserQuerySet:
        return UserQuerySet(self.model, using=self._db)

    def active(self) -> UserQuerySet:
        return self.get_queryset().active()

    def with_mail(self, email: str) -> UserQuerySet:
        return self.get_queryset().with_mail(email)


class User(AbstractUser):
    """A person: learner, author or operator. What they prefer is stored beside who they are."""

    theme = models.CharField(max_length=8, choices=Theme.choices, default=Theme.SYSTEM)
    time_zone = models.CharField(max_length=64, default="UTC")
    has_shortcuts = models.BooleanField("single-key shortcuts", default=True)
    vectors = models.CharField(
        "vectors in formulas", max_length=8, choices=Vectors.choices, default=Vectors.ROW
    )

    objects: ClassVar[Users] = Users()
