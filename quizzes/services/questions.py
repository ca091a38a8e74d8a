"""Saving what authors write: Markdown is rendered once; a question that asks other things is a new version."""

from django.core.exceptions import ValidationError

from course.markdown import MarkdownError, render
from quizzes.models import Question, Quiz


def save_quiz(quiz: Quiz) -> None:
    """Render and save. Raises ValidationError with every place in the Markdown that needs its author."""
    quiz.intro_html = _html("intro", quiz.intro)
    quiz.save()


def save_question(question: Question) -> None:
    """Render and save; the version grows when what is asked or graded changed. Raises ValidationError."""
    question.prompt_html = _html("prompt", question.prompt)
    question.explanation_html = _html("explanation", question.explanation)
    before = Question.objects.filter(pk=question.pk).first()
    if before is not None and _asked(before) != _asked(question):
        question.version = before.version + 1
    question.save()


def _asked(question: Question) -> tuple[object, ...]:
    return question.kind, question.prompt, question.data, question.points


def _html(field: str, text: str) -> str:
    try:
        return render(text).html if text else ""
    except MarkdownError as error:
        raise ValidationError({field: [str(problem) for problem in error.problems]}) from error
