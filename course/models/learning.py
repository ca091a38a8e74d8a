"""What a learner did: acts, predictions, and where they stand in a lesson."""

from django.conf import settings
from django.db import models

from accounts.models import User


class ActQuerySet(models.QuerySet["Act"]):
    def for_learner(self, user: User) -> "ActQuerySet":
        return self.filter(learner=user)


class Act(models.Model):
    """Something a learner did in a lesson. Progress is counted in acts, never in scrolling."""

    class Name(models.TextChoices):
        TEXT_READ = "text-read", "Text read"
        QUIZ_PASSED = "quiz-passed", "Quiz passed"
        CHALLENGE_PASSED = "challenge-passed", "Challenge passed"
        PREDICTED = "predicted", "Predictions committed"
        FIGURE_PREDICTED = "figure-predicted", "Figure's answer predicted"

    learner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="acts")
    lesson = models.ForeignKey("course.Lesson", on_delete=models.CASCADE, related_name="done_acts")
    name = models.CharField(max_length=24, choices=Name.choices)
    done_at = models.DateTimeField(auto_now_add=True)

    objects = ActQuerySet.as_manager()

    class Meta:
        ordering = ["-done_at"]
        constraints = [models.UniqueConstraint(fields=["learner", "lesson", "name"], name="act_once")]

    def __str__(self) -> str:
        return f"{self.learner}: {self.get_name_display()}, {self.lesson}"


class ProgressQuerySet(models.QuerySet["Progress"]):
    def for_learner(self, user: User) -> "ProgressQuerySet":
        return self.filter(learner=user)


class Progress(models.Model):
    """Where a learner stands in a lesson: opened when, read how far, and which updates they have seen."""

    learner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="progress")
    lesson = models.ForeignKey("course.Lesson", on_delete=models.CASCADE, related_name="progress")
    opened_at = models.DateTimeField()
    updates_seen_at = models.DateTimeField()  # on the first visit nothing is unread
    heading = models.CharField(max_length=200, blank=True)  # the anchor of the heading read last

    objects = ProgressQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "progress"
        ordering = ["-opened_at"]
        constraints = [models.UniqueConstraint(fields=["learner", "lesson"], name="progress_once")]

    def __str__(self) -> str:
        return f"{self.learner} in {self.lesson}"


class PredictionQuerySet(models.QuerySet["Prediction"]):
    def for_learner(self, user: User) -> "PredictionQuerySet":
        return self.filter(learner=user)


class Prediction(models.Model):
    """What a learner expected of a lesson's question before its answer was shown."""

    class Sureness(models.TextChoices):
        GUESS = "guess", "a guess"
        FAIRLY = "fairly", "fairly sure"
        CERTAIN = "certain", "certain"

    learner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="predictions"
    )
    lesson = models.ForeignKey("course.Lesson", on_delete=models.CASCADE, related_name="predicted")
    question = models.CharField(max_length=80)  # the question's name in the lesson's text
    choice = models.CharField(max_length=400)  # the option's words, for texts change and places move
    sureness = models.CharField(max_length=8, choices=Sureness.choices)
    made_at = models.DateTimeField(auto_now=True)

    objects = PredictionQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at"]
        constraints = [
            models.UniqueConstraint(fields=["learner", "lesson", "question"], name="prediction_once")
        ]

    def __str__(self) -> str:
        return f"{self.learner}: {self.choice}, {self.lesson}"
