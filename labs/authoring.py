"""What an author's challenge becomes when it is saved: its task as safe HTML, or every fault in it told."""

from django.core.exceptions import ValidationError

from course.markdown import MarkdownError, render
from labs.models import Challenge


def task_html(task: str) -> str:
    """The HTML of a task's Markdown. Raises ValidationError on the field `task`, one message per problem."""
    try:
        return render(task).html
    except MarkdownError as error:
        raise ValidationError({"task": [str(problem) for problem in error.problems]}) from error


def save_challenge(challenge: Challenge) -> None:
    """Render the task and save. Raises ValidationError."""
    challenge.task_html = task_html(challenge.task)
    challenge.save()


def render_tasks() -> None:
    """Bring stored HTML up to date with the renderer; texts and histories stay as they are."""
    for challenge in Challenge.objects.all():
        html = task_html(challenge.task)
        if html != challenge.task_html:
            Challenge.objects.filter(pk=challenge.pk).update(task_html=html)
