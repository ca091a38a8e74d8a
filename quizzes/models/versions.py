"""Every version of a question, kept as it was asked: what learners answered can always be read again."""

from typing import Any

from django.db import models

from quizzes.models.questions import Question


class QuestionVersion(models.Model):
    """One version of a question, word for word. It never changes once an attempt has asked it."""

    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    stream = models.PositiveIntegerField(help_text="The version whose numbers it draws.")
    kind = models.CharField(max_length=24)
    title = models.CharField(max_length=120)
    prompt = models.TextField()
    prompt_html = models.TextField(blank=True)
    data: Any = models.JSONField(default=dict, blank=True)
    points = models.PositiveSmallIntegerField()
    explanation = models.TextField(blank=True)
    explanation_html = models.TextField(blank=True)
    saved_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["question", "number"], name="version_once_per_question"),
        ]

    def __str__(self) -> str:
        return f"{self.title}, version {self.number}"
