"""What is asked: challenges, their criteria, and the author's own solutions."""

import re
from datetime import datetime

from django.contrib.auth.models import AnonymousUser
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.urls import reverse
from simple_history.models import HistoricalRecords

from accounts.models import User
from course.models import Lesson

PARAGRAPH_END = re.compile(r"\n\s*\n")


class ChallengeQuerySet(models.QuerySet["Challenge"]):
    def published(self) -> "ChallengeQuerySet":
        return self.filter(is_published=True)

    def to_do_for(self, learner: User, now: datetime) -> "ChallengeQuerySet":
        """What closes later and is not passed yet: of lessons begun, and what was tried."""
        own = learner.submissions.all()
        met = models.Q(lesson__progress__learner=learner) | models.Q(pk__in=own.values("challenge"))
        passed = own.filter(verdict="passed").values("challenge")
        return self.published().filter(met, closes_at__gt=now).exclude(pk__in=passed).distinct()

    def visible_to(self, user: User | AnonymousUser) -> "ChallengeQuerySet":
        """What is published, and for those who write challenges also what is not yet."""
        return self if user.has_perm("labs.change_challenge") else self.published()


class Challenge(models.Model):
    """A task: write a network that meets these criteria."""

    class Board(models.TextChoices):
        OFF = "off", "No board"
        PASSED = "passed", "For those who have passed"
        OPEN = "open", "For everybody"

    slug = models.SlugField(max_length=80, unique=True)
    title = models.CharField(max_length=120)
    summary = models.CharField(
        max_length=300, help_text="One or two sentences, shown in lists and under the title."
    )
    task = models.TextField("task", blank=True, help_text="Markdown, shown above the editor.")
    task_html = models.TextField(editable=False, blank=True)
    starter = models.TextField("starter text", blank=True, help_text="What the editor holds at first.")
    hints = models.TextField(
        blank=True,
        help_text="One in each paragraph, from a nudge to nearly the answer; learners open them one by one.",
    )
    takes_weights = models.BooleanField(
        "weights by hand", default=False,
        help_text="Learners set every weight of the network themselves; nothing is trained.",
    )  # fmt: skip
    board = models.CharField(
        max_length=6, choices=Board.choices, default=Board.OFF,
        help_text="Who sees the networks that learners chose to show, by figures and pseudonym.",
    )  # fmt: skip
    shows_reference = models.BooleanField(
        "reference is shown", default=False,
        help_text="Where weights are set by hand: after a try, learners see what the reference's layer gives "
        "where theirs first differs. From that its weights can be worked out.",
    )  # fmt: skip
    lesson = models.ForeignKey(
        Lesson, null=True, blank=True, on_delete=models.SET_NULL, related_name="challenges",
        help_text="The lesson it belongs to; passing it counts there.",
    )  # fmt: skip
    closes_at = models.DateTimeField(
        "closes", null=True, blank=True, help_text="Until when networks are taken; empty: always."
    )
    attempt_limit = models.PositiveSmallIntegerField(
        null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(100)],
        help_text="How many different networks a learner may have graded; empty: as many as one likes.",
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

    @property
    def hint_list(self) -> list[str]:
        """The hints in their order, each on one line."""
        paragraphs = (" ".join(part.split()) for part in PARAGRAPH_END.split(self.hints))
        return [hint for hint in paragraphs if hint]

    def has_closed(self, now: datetime) -> bool:
        """Whether it takes no more networks; at the very moment it still takes one."""
        return self.closes_at is not None and now > self.closes_at


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
