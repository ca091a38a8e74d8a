"""Saving what authors write: Markdown is rendered once; asking something else makes a new version."""

from collections.abc import Iterable

from django.core.exceptions import ValidationError

from course.markdown import MarkdownError, render
from quizzes.models import Question, Quiz


def render_quiz(quiz: Quiz) -> None:
    """Make the HTML of its Markdown. Raises ValidationError with every place that needs its author."""
    quiz.intro_html = _html("intro", quiz.intro)


def save_quiz(quiz: Quiz) -> None:
    """Render and save. Raises ValidationError as `render_quiz` does."""
    render_quiz(quiz)
    quiz.save()


def render_question(question: Question) -> None:
    """Make the HTML of its Markdown. Raises ValidationError with every place that needs its author."""
    question.prompt_html = _html("prompt", question.prompt)
    question.explanation_html = _html("explanation", question.explanation)


def save_question(question: Question) -> None:
    """Render and save; the version grows when what is asked or graded changed. Raises ValidationError."""
    render_question(question)
    before = Question.objects.filter(pk=question.pk).first()
    if before is not None and _asked(before) != _asked(question):
        question.version = before.version + 1
        question.approved_seeds = []  # they were approved for what was asked before
    question.save()


def approve_seeds(question: Question, seeds: Iterable[int]) -> None:
    """From now on attempts ask these seeds only; none at all gives every learner numbers of their own."""
    question.approved_seeds = sorted(set(seeds))
    question.save(update_fields=["approved_seeds", "updated_at"])


def _asked(question: Question) -> tuple[object, ...]:
    return question.kind, question.prompt, question.data, question.points


def _html(field: str, text: str) -> str:
    try:
        return render(text).html if text else ""
    except MarkdownError as error:
        raise ValidationError({field: [str(problem) for problem in error.problems]}) from error
