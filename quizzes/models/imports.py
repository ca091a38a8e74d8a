"""A file of questions that an author brings: looked at first, taken as a whole, taken back if need be."""

from typing import Any

from django.db import models

from accounts.models import User
from quizzes.models.questions import Quiz


class QuestionImportQuerySet(models.QuerySet["QuestionImport"]):
    def for_author(self, user: User) -> "QuestionImportQuerySet":
        return self.filter(author=user)


class QuestionImport(models.Model):
    """One file: a draft until some of its questions are taken, and what became of them."""

    class State(models.TextChoices):
        DRAFT = "draft", "Not taken yet"
        TAKEN = "taken", "Taken"
        UNDONE = "undone", "Taken back"

    author = models.ForeignKey(User, on_delete=models.CASCADE, related_name="question_imports")
    file_name = models.CharField(max_length=80)
    format = models.CharField(max_length=12)
    text = models.TextField(help_text="The file, decoded.")
    state = models.CharField(max_length=6, choices=State.choices, default=State.DRAFT)
    created_at = models.DateTimeField()
    taken_at = models.DateTimeField(null=True)
    undone_at = models.DateTimeField(null=True)
    quiz = models.ForeignKey(Quiz, null=True, on_delete=models.SET_NULL, related_name="+")
    made_quiz = models.BooleanField(default=False, help_text="The quiz was made for it.")
    questions: Any = models.JSONField(default=list, help_text="The questions that were taken, by key.")

    objects = QuestionImportQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return f"{self.file_name}, {self.get_state_display().lower()}"
