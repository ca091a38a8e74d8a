"""What happens to course rows: lessons are rendered when they are saved, acts and visits are recorded."""

from datetime import datetime, timedelta
from html import unescape
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.html import strip_tags

from accounts.models import User
from course.facts import Facts
from course.figures.document import NetworkDocument
from course.figures.errors import FigureError
from course.figures.forward import run
from course.markdown import MarkdownError, Rendered, render
from course.models import Act, CourseNetwork, Lesson, Progress
from course.panels import Visitor

VISIT_EVERY = timedelta(minutes=5)
"""A lesson read on is one visit: opening its tabs does not write a row each time."""


def render_text(text: str, network: CourseNetwork | None) -> Rendered:
    """The HTML of a lesson's Markdown, with numbers and cues of its network. Raises ValidationError."""
    try:
        facts = Facts(NetworkDocument.load(network.document)) if network else None
        return render(text, facts)
    except FigureError as error:
        raise ValidationError({"network": str(error)}) from error
    except MarkdownError as error:
        raise ValidationError({"text": [str(problem) for problem in error.problems]}) from error


def save_lesson(lesson: Lesson) -> None:
    """Render and save. Raises ValidationError with every place in the text that needs its author."""
    for name, value in _rendered_fields(lesson).items():
        setattr(lesson, name, value)
    lesson.save()


def save_network(network: CourseNetwork) -> None:
    """Save a network and render its lessons anew. Raises ValidationError when it cannot be shown."""
    check_network(network.document)
    network.save()
    for lesson in network.lessons.all():
        save_lesson(lesson)


def check_network(document: object) -> None:
    """Raises ValidationError, saying what to mend, unless the figure can load and run this network."""
    try:
        if not isinstance(document, dict):
            raise FigureError("A network is one JSON object, in braces.")
        network = NetworkDocument.load(document)
        run(network, network.first_x)
    except FigureError as error:
        raise ValidationError({"document": str(error)}) from error


def render_lessons() -> None:
    """Bring stored HTML up to date with the renderer; texts and histories stay as they are."""
    for lesson in Lesson.objects.select_related("network"):
        fields = _rendered_fields(lesson)
        if fields["html"] != lesson.html:
            Lesson.objects.filter(pk=lesson.pk).update(**fields)


def _rendered_fields(lesson: Lesson) -> dict[str, Any]:
    rendered = render_text(lesson.text, lesson.network)
    return {
        "html": rendered.html,
        "plain": " ".join(unescape(strip_tags(rendered.html)).split()),
        "headings": [list(heading) for heading in rendered.headings],
    }


def record_act(user: Visitor, lesson: Lesson | None, act: str) -> None:
    """Note that the learner did `act` (a value of Act.Name) in the lesson; again is the same as once.

    Visitors without an account and work outside a lesson leave no trace. An unknown act is a ValueError.
    """
    name = Act.Name(act)
    if lesson is not None and isinstance(user, User):
        Act.objects.get_or_create(learner=user, lesson=lesson, name=name)


def forget_act(user: User, lesson: Lesson, act: str) -> None:
    """Take an act back, as when a learner wants to read a text again."""
    Act.objects.for_learner(user).filter(lesson=lesson, name=Act.Name(act)).delete()


def record_visit(user: User, lesson: Lesson, *, sees_updates: bool, now: datetime) -> Progress | None:
    """Note that the lesson was opened; returns how things stood before (None on the first visit)."""
    before = Progress.objects.for_learner(user).filter(lesson=lesson).first()
    if before is None:
        Progress.objects.get_or_create(
            learner=user, lesson=lesson, defaults={"opened_at": now, "updates_seen_at": now}
        )
    elif sees_updates or now - before.opened_at > VISIT_EVERY:
        seen_at = now if sees_updates else before.updates_seen_at
        mine = Progress.objects.for_learner(user).filter(lesson=lesson)
        mine.update(opened_at=now, updates_seen_at=seen_at)
    return before
