"""What learners do: attempts, and the answers in them.

An Answer is one try at one question: it holds the variant that was asked, word for word and number for
number, so a question edited later changes nothing that a learner has seen. A new try is a new row.
"""

import uuid
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from accounts.models import User
from course.models import Lesson
from quizzes.certainty import LEVELS
from quizzes.files import Layout
from quizzes.kinds import KINDS, Grade, Kind, Variant
from quizzes.kinds.contract import ANSWER
from quizzes.models.questions import Question, Quiz

CERTAINTIES = [(level.number, f"{level.name}, {level.words}") for level in LEVELS]
LEADING_HINT = 3  # the level that does the next step


class AttemptQuerySet(models.QuerySet["Attempt"]):
    def for_learner(self, user: User) -> "AttemptQuerySet":
        return self.filter(learner=user)

    def of_quizzes(self) -> "AttemptQuerySet":
        """Attempts at a quiz, without sets for practice and reviews."""
        return self.filter(purpose=Attempt.Purpose.QUIZ)

    def open(self) -> "AttemptQuerySet":
        return self.filter(status=Attempt.Status.OPEN)

    def finished(self) -> "AttemptQuerySet":
        return self.filter(status=Attempt.Status.FINISHED)

    def ended_before(self, moment: datetime) -> "AttemptQuerySet":
        """Open ones whose deadline, as `services.deadlines` tells it, lies before the moment."""
        return self.open().filter(Q(deadline__lt=moment) | Q(quiz__closes_at__lt=moment))


class Attempt(models.Model):
    """One walk of one learner through questions: those of a quiz, or a set drawn for practice or for review.

    What is drawn for practice or review belongs to no quiz: no rule of one applies to it, and no count of a
    quiz's attempts can include it.
    """

    class Purpose(models.TextChoices):
        QUIZ = "quiz", "Quiz"
        PRACTICE = "practice", "Practice"
        REVIEW = "review", "Review"

    class Status(models.TextChoices):
        OPEN = "open", "Open"
        FINISHED = "finished", "Finished"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    learner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="attempts")
    purpose = models.CharField(max_length=8, choices=Purpose.choices, default=Purpose.QUIZ)
    quiz = models.ForeignKey(Quiz, null=True, blank=True, on_delete=models.PROTECT, related_name="attempts")
    practice_of = models.ForeignKey(
        Question, null=True, blank=True, on_delete=models.CASCADE, related_name="practices",
        help_text="The question that a set for practice gives more of.",
    )  # fmt: skip
    status = models.CharField(max_length=8, choices=Status.choices, default=Status.OPEN)
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)
    # As it was at the start: what an author changes later moves nothing for those who are at work.
    time_limit = models.PositiveSmallIntegerField(default=0, help_text="Minutes, for everybody; 0: none.")
    deadline = models.DateTimeField(null=True, blank=True, help_text="The end of the learner's own time.")
    place = models.PositiveSmallIntegerField(
        default=0, help_text="In sequence: the position that is reached; before it everything is closed."
    )
    points = models.FloatField(default=0.0)
    points_possible = models.PositiveIntegerField(default=0)

    objects = AttemptQuerySet.as_manager()

    class Meta:
        ordering = ["-started_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["learner", "quiz"], condition=Q(status="open"), name="attempt_one_open"
            ),
            models.UniqueConstraint(
                fields=["learner", "practice_of"],
                condition=Q(status="open"),
                name="attempt_one_open_practice",
            ),
            models.UniqueConstraint(
                fields=["learner"],
                condition=Q(status="open", purpose="review"),
                name="attempt_one_open_review",
            ),
            models.CheckConstraint(
                condition=Q(purpose="quiz", quiz__isnull=False, practice_of__isnull=True)
                | Q(purpose="practice", quiz__isnull=True, practice_of__isnull=False)
                | Q(purpose="review", quiz__isnull=True, practice_of__isnull=True),
                name="attempt_purpose_has_subject",
            ),
            models.CheckConstraint(
                condition=Q(status="open", finished_at__isnull=True)
                | Q(status="finished", finished_at__isnull=False),
                name="attempt_finished_has_time",
            ),
        ]
        indexes = [
            models.Index(fields=["deadline"], condition=Q(status="open"), name="attempt_runs_until"),
        ]

    def __str__(self) -> str:
        return f"{self.learner}: {self.title}, {self.get_status_display().lower()}"

    def get_absolute_url(self) -> str:
        name = "attempt" if self.is_open else "results"
        return reverse(f"quizzes:{name}", args=[self.pk])

    @property
    def is_open(self) -> bool:
        return self.status == self.Status.OPEN

    @property
    def is_sequential(self) -> bool:
        return self.quiz is not None and self.quiz.is_sequential

    @property
    def shows_all(self) -> bool:
        """Whether all questions stand on one page."""
        return self.quiz is not None and self.quiz.layout == Layout.ALL

    def position_in_turn(self) -> int | None:
        """Of a quiz in sequence: the position that may be answered now; None when all are behind."""
        ahead = self.answers.filter(position__gte=self.place).order_by("position")
        return ahead.values_list("position", flat=True).first()

    @property
    def title(self) -> str:
        if self.quiz is not None:
            return self.quiz.title
        return f"Practice: {self.practice_of.title}" if self.practice_of is not None else "Review"

    @property
    def lesson(self) -> Lesson | None:
        """The lesson it belongs to; a review belongs to none."""
        home = self.practice_of.quiz if self.practice_of is not None else self.quiz
        return home.lesson if home is not None else None

    @property
    def certainty(self) -> Quiz.Certainty:
        """Whether learners say how sure they are: in a quiz as its author set it, otherwise always."""
        return Quiz.Certainty(self.quiz.certainty) if self.quiz is not None else Quiz.Certainty.PRACTICE

    @property
    def is_exam(self) -> bool:
        return self.quiz is not None and self.quiz.is_exam

    @property
    def asks_certainty(self) -> bool:
        return self.certainty != Quiz.Certainty.OFF

    @property
    def percent(self) -> float:
        return 100 * self.points / self.points_possible if self.points_possible else 0.0

    @property
    def is_passed(self) -> bool:
        # A float sum such as 2/3 + 1/3 may fall short by a few bits.
        return self.quiz is not None and not self.is_open and self.percent + 1e-6 >= self.quiz.pass_percent


class AnswerQuerySet(models.QuerySet["Answer"]):
    def for_learner(self, user: User) -> "AnswerQuerySet":
        return self.filter(attempt__learner=user)

    def in_order(self) -> "AnswerQuerySet":
        return self.order_by("position", "number")

    def graded(self) -> "AnswerQuerySet":
        return self.filter(graded_at__isnull=False)

    def counted(self) -> "AnswerQuerySet":
        """Those whose points say something of their learners."""
        return self.exclude(state__in=(Answer.State.GIVEN, Answer.State.VOID))

    def unreleased(self) -> "AnswerQuerySet":
        return self.filter(state=Answer.State.OPEN)


class Answer(models.Model):
    """One try at one question of an attempt: the variant asked, the response as typed, and its grade."""

    class State(models.TextChoices):
        OPEN = "open", "Open"
        RIGHT = "right", "Right"
        PARTLY = "partly", "Partly right"
        NOT_YET = "not-yet", "Not yet"
        UNANSWERED = "unanswered", "Not answered"
        # What a regrade may say of a question that was asked amiss.
        GIVEN = "given", "Points for everybody"
        VOID = "void", "Does not count"

    attempt = models.ForeignKey(Attempt, on_delete=models.CASCADE, related_name="answers")
    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="answers")
    position = models.PositiveSmallIntegerField()
    number = models.PositiveSmallIntegerField("try", default=1)
    # The question as it was asked.
    question_version = models.PositiveIntegerField()
    kind = models.CharField(max_length=24)
    title = models.CharField(max_length=120)
    prompt_html = models.TextField()
    explanation_html = models.TextField(blank=True)
    points_possible = models.PositiveSmallIntegerField()
    variant: Any = models.JSONField(help_text="Everything asked and everything right. Never changed.")
    # What the variant is known by: two tries with the same name ask the same thing.
    variant_name = models.CharField(max_length=16, editable=False, blank=True)
    could_show: Any = models.JSONField(
        "misconceptions it can show", default=list, blank=True, editable=False, help_text="Their codes."
    )
    # What the learner gave; `version` counts the saves.
    fields: Any = models.JSONField("response as typed", default=dict)
    version = models.PositiveIntegerField(default=0)
    saved_at = models.DateTimeField(null=True, blank=True)
    tab = models.CharField("page it came from", max_length=16, blank=True)
    others: Any = models.JSONField(
        "from other tabs", default=list, blank=True, help_text="Kept until the learner picks."
    )
    # What helped, and what the learner wants to come back to.
    hints_shown = models.PositiveSmallIntegerField(default=0)
    hinted_at = models.DateTimeField(null=True, blank=True)
    certainty = models.PositiveSmallIntegerField(
        null=True, blank=True, choices=CERTAINTIES, help_text="What the learner said before the grade."
    )
    is_flagged = models.BooleanField("flagged", default=False)
    # What it is worth.
    state = models.CharField(max_length=12, choices=State.choices, default=State.OPEN)
    fraction = models.FloatField(default=0.0, help_text="How right it is, 0 to 1, whatever the try is worth.")
    points = models.FloatField(default=0.0)
    feedback: Any = models.JSONField(default=list, blank=True)
    misconception = models.CharField(max_length=8, blank=True)
    misconception_title = models.CharField(max_length=120, blank=True)
    graded_at = models.DateTimeField(null=True, blank=True)

    objects = AnswerQuerySet.as_manager()

    class Meta:
        ordering = ["position", "number"]
        constraints = [
            models.UniqueConstraint(fields=["attempt", "position", "number"], name="answer_once_per_try"),
        ]

    def __str__(self) -> str:
        return f"{self.title}, try {self.number}"

    @property
    def is_open(self) -> bool:
        return self.state == self.State.OPEN

    @property
    def is_answered(self) -> bool:
        return any(text.strip() for text in self.fields.get(ANSWER, ()))

    @property
    def is_led(self) -> bool:
        """Whether the hints went as far as doing the next step: no longer the learner's own work alone."""
        return self.hints_shown >= LEADING_HINT

    @property
    def rules(self) -> Kind:
        return KINDS[self.kind]

    @property
    def asked(self) -> Variant:
        return Variant.from_json(self.variant)

    @property
    def grade(self) -> Grade | None:
        """The grade of a try; None while it is open."""
        if self.is_open:
            return None
        return Grade(
            self.fraction,
            tuple(self.feedback),
            self.misconception,
            self.misconception_title,
        )
