"""What authors write: quizzes and their questions."""

from datetime import datetime
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator, MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from simple_history.models import HistoricalRecords

from accounts.models import User
from course.models import Lesson, Skill
from quizzes.files import MAX_DELAY, MAX_TIME, Layout
from quizzes.kinds import KINDS, Kind
from quizzes.policies import Counts, Release

MAX_PROMPT = 8_000  # characters of Markdown
LAYOUTS = {Layout.ONE: "One question", Layout.ALL: "All questions"}


def counts_choices() -> list[tuple[str, str]]:
    return [(one.value, one.label) for one in Counts]


def release_choices() -> list[tuple[str, str]]:
    return [(one.value, one.label) for one in Release]


def kind_choices() -> list[tuple[str, str]]:
    return [(kind.name, kind.label) for kind in KINDS.values()]


class QuizQuerySet(models.QuerySet["Quiz"]):
    def published(self) -> "QuizQuerySet":
        """Quizzes everybody may open; a quiz of a lesson follows its lesson."""
        of_open_lesson = Q(lesson__isnull=True) | Q(lesson__in=Lesson.objects.published())
        return self.filter(of_open_lesson, is_published=True)

    def open_to_all(self, now: datetime) -> "QuizQuerySet":
        """Quizzes that have opened, ask for no password and withhold nothing."""
        opened = self.filter(Q(opens_at=None) | Q(opens_at__lte=now), password="")
        return opened.filter(
            scores_release=Release.NOW, feedback_release=Release.NOW, keys_release=Release.NOW
        )

    def visible_to(self, user: User | AnonymousUser) -> "QuizQuerySet":
        """What is published, and for those who write quizzes also what is not yet."""
        return self if user.has_perm("quizzes.change_quiz") else self.published()


class Quiz(models.Model):
    """Questions in an order, for practice: as many attempts as the learner likes, or as its author allows."""

    class Certainty(models.TextChoices):
        OFF = "off", "not asked"
        PRACTICE = "practice", "asked; results tell how well it fits"
        MARKED = "marked", "asked and marked beside the score"

    slug = models.SlugField(max_length=80, unique=True)
    title = models.CharField(max_length=120)
    lesson = models.ForeignKey(
        Lesson, null=True, blank=True, on_delete=models.SET_NULL, related_name="quizzes",
        help_text="The lesson it belongs to; passing it counts there.",
    )  # fmt: skip
    intro = models.TextField(
        blank=True, validators=[MaxLengthValidator(MAX_PROMPT)], help_text="Markdown, shown before the start."
    )
    intro_html = models.TextField(editable=False, blank=True)
    pass_percent = models.PositiveSmallIntegerField(
        default=80,
        validators=[MinValueValidator(1), MaxValueValidator(100)],
        help_text="The share of the points that completes the quiz.",
    )
    attempt_limit = models.PositiveSmallIntegerField(
        default=0,
        validators=[MaxValueValidator(100)],
        help_text="How many attempts each learner has; 0: any.",
    )
    attempt_delay = models.PositiveIntegerField(
        "delay between attempts",
        default=0,
        validators=[MaxValueValidator(MAX_DELAY)],
        help_text="Minutes from the end of one attempt to the next; 0: none.",
    )
    time_limit = models.PositiveSmallIntegerField(
        default=0,
        validators=[MaxValueValidator(MAX_TIME)],
        help_text="Minutes for an attempt; 0: no limit. Attempts that run keep what they started with.",
    )
    layout = models.CharField(
        max_length=4,
        choices=[(one.value, LAYOUTS[one]) for one in Layout],
        default=Layout.ONE,
        help_text="What a page of the attempt shows.",
    )
    is_sequential = models.BooleanField(
        "in sequence", default=False, help_text="Questions come one after the other, with no way back."
    )
    opens_at = models.DateTimeField(
        null=True,
        blank=True,
        help_text="Before this nobody can start, or see what it asks. Empty: always open.",
    )
    closes_at = models.DateTimeField(
        null=True,
        blank=True,
        help_text="Then open attempts are finished with what was saved, and nobody can start. Empty: never.",
    )
    password = models.CharField(
        max_length=60,
        blank=True,
        help_text="A word that you tell those who may start; asked at the start of every attempt.",
    )
    counts = models.CharField(
        "which attempt counts", max_length=8, choices=counts_choices, default=Counts.BEST.value
    )
    penalty_percent = models.PositiveSmallIntegerField(
        "penalty for a further try",
        default=0,
        validators=[MaxValueValidator(100)],
        help_text="Percent of its points that each further try at a question costs; 0: none.",
    )
    hint_penalty_percent = models.PositiveSmallIntegerField(
        "penalty for a hint",
        default=0,
        validators=[MaxValueValidator(100)],
        help_text="Percent of a question's points that each opened hint costs; 0: none.",
    )
    allows_hints = models.BooleanField(
        "hints in an exam",
        default=False,
        help_text="Hints may be opened although scores or feedback wait. Practice always has them.",
    )
    scores_release = models.CharField(
        "scores", max_length=8, choices=release_choices, default=Release.NOW.value,
        help_text="Points, and what is right or not yet.",
    )  # fmt: skip
    feedback_release = models.CharField(
        "feedback", max_length=8, choices=release_choices, default=Release.NOW.value,
        help_text="What is said of an answer, and the slip it shows.",
    )  # fmt: skip
    keys_release = models.CharField(
        "right answers", max_length=8, choices=release_choices, default=Release.NOW.value,
        help_text="With worked solutions and explanations. While the same numbers can be tried again, "
        "they wait for the end of the attempt.",
    )  # fmt: skip
    certainty = models.CharField(
        max_length=8,
        choices=Certainty.choices,
        default=Certainty.OFF,
        help_text="Whether learners say how sure they are, before each answer is checked.",
    )
    is_published = models.BooleanField("published", default=False)

    objects = QuizQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "quizzes"
        ordering = ["slug"]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("quizzes:quiz", args=[self.slug])

    @property
    def is_exam(self) -> bool:
        """Whether nothing is graded before the end, because nothing could be said of it."""
        return self.scores_release != Release.NOW or self.feedback_release != Release.NOW

    @property
    def gives_hints(self) -> bool:
        return self.allows_hints or not self.is_exam

    def clean(self) -> None:
        if self.opens_at and self.closes_at and self.opens_at >= self.closes_at:
            raise ValidationError({"closes_at": "The quiz must close after it opens."})
        if self.is_sequential and self.layout == Layout.ALL:
            raise ValidationError(
                {"layout": "In sequence, a page shows one question. Choose one of the two."}
            )
        said: dict[str, str] = {}
        for name in ("scores_release", "feedback_release", "keys_release"):
            if getattr(self, name) == Release.CLOSE and self.closes_at is None:
                said[name] = "This waits for the close of the quiz. Say when it closes."
        for name in ("feedback_release", "keys_release"):
            if Release(getattr(self, name)).is_before(Release(self.scores_release)) and name not in said:
                said[name] = "This would tell the score before scores are released. Choose a later moment."
        if said:
            raise ValidationError(said)


class QuestionQuerySet(models.QuerySet["Question"]):
    def asked(self) -> "QuestionQuerySet":
        return self.filter(is_asked=True)

    def for_practice_of(self, user: User, now: datetime) -> "QuestionQuerySet":
        """What practice and reviews may draw: questions with new numbers each time, in published quizzes that
        the learner tried or whose lessons they have begun. A written question would tell a key that its quiz
        may withhold, and what a quiz hides before it opens, or from those without its password, stays hidden.
        """
        drawn = [kind.name for kind in KINDS.values() if kind.is_generated]
        known = Quiz.objects.filter(Q(lesson__progress__learner=user) | Q(attempts__learner=user))
        open_ = Quiz.objects.published().open_to_all(now).filter(pk__in=known)
        return self.asked().filter(kind__in=drawn, quiz__in=open_)


class Question(models.Model):
    """One question as its author wrote it: a prompt, and data that its kind understands."""

    quiz = models.ForeignKey(Quiz, on_delete=models.CASCADE, related_name="questions")
    slug = models.SlugField(max_length=80, help_text="Lasts as long as the question; unique in its quiz.")
    position = models.PositiveIntegerField(default=0)
    kind = models.CharField(max_length=24, choices=kind_choices)
    title = models.CharField(max_length=120)
    prompt = models.TextField(validators=[MaxLengthValidator(MAX_PROMPT)], help_text="Markdown.")
    prompt_html = models.TextField(editable=False, blank=True)
    data: Any = models.JSONField(
        default=dict, blank=True, help_text="What the kind needs: see the authoring guide."
    )
    points = models.PositiveSmallIntegerField(
        default=1, validators=[MinValueValidator(1), MaxValueValidator(100)]
    )
    skill = models.ForeignKey(
        Skill, null=True, blank=True, on_delete=models.SET_NULL, related_name="questions"
    )
    explanation = models.TextField(
        blank=True,
        validators=[MaxLengthValidator(MAX_PROMPT)],
        help_text="Markdown, shown with the right answer.",
    )
    explanation_html = models.TextField(editable=False, blank=True)
    is_asked = models.BooleanField(
        "asked", default=True, help_text="Unset to leave it out of new attempts; old ones keep it."
    )
    version = models.PositiveIntegerField(default=1, editable=False)
    # The version whose numbers it draws: a new explanation is a new version and draws the same ones.
    stream = models.PositiveIntegerField(default=1, editable=False)
    # Where there are any, attempts ask these and no others. They belong to the stream.
    approved_seeds: Any = models.JSONField(default=list, blank=True, editable=False)
    updated_at = models.DateTimeField(auto_now=True)

    objects = QuestionQuerySet.as_manager()
    history = HistoricalRecords(excluded_fields=["prompt_html", "explanation_html"])

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["quiz", "slug"], name="question_once_per_quiz"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def rules(self) -> Kind:
        return KINDS[self.kind]

    def clean(self) -> None:
        if self.kind in KINDS and self.data is not None:
            faults = self.rules.validate(self.data)
            if faults:
                raise ValidationError({"data": [str(fault) for fault in faults]})
