"""What happens to course rows: lessons are rendered when they are saved, acts and visits are recorded."""

from dataclasses import asdict
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
from course.figures.pages import asks_for_class, start_state
from course.film import NO_FIGURE, FilmError, read_film
from course.markdown import MarkdownError, Rendered, render, without_meanings
from course.models import Act, Course, CourseNetwork, Lesson, Progress, Video
from course.panels import Visitor
from course.placed import Figures
from course.storage import MediaStorage

VISIT_EVERY = timedelta(minutes=5)
"""A lesson read on is one visit: opening its tabs does not write a row each time."""


def render_text(text: str, network: CourseNetwork | None, course: Course) -> Rendered:
    """The HTML of a lesson's Markdown: what it shows of its network, terms of the course's glossary.

    Raises ValidationError.
    """
    try:
        document = NetworkDocument.load(network.document) if network else None
        meanings = dict(course.terms.values_list("slug", "meaning"))
        return render(text, Facts(document) if document else None, meanings, Figures(document))
    except FigureError as error:
        raise ValidationError({"network": str(error)}) from error
    except MarkdownError as error:
        raise ValidationError({"text": [str(problem) for problem in error.problems]}) from error


def check_lesson(lesson: Lesson) -> Rendered:
    """Render the lesson's text and try its figure. Raises ValidationError with every place to mend."""
    rendered = render_text(lesson.text, lesson.network, lesson.course)
    if Act.Name.PREDICTED in lesson.acts and not rendered.predictions:
        raise ValidationError(
            {"acts": "The lesson asks for predictions and its text has none. Write a ::: predict block."}
        )
    _check_figure(lesson)
    check_film(lesson)
    return rendered


def _check_figure(lesson: Lesson) -> None:
    document = None
    if lesson.network is not None:
        try:
            document = NetworkDocument.load(lesson.network.document)
            start_state(document, figure_start(lesson))
        except FigureError as error:
            raise ValidationError({"network": str(error)}) from error
    is_asked = document and asks_for_class(document) and "predict" not in lesson.figure_hides
    if Act.Name.FIGURE_PREDICTED in lesson.acts and not is_asked:
        raise ValidationError(
            {
                "acts": "The lesson asks to predict its figure's answer, but its figure does not ask for it."
                " Give it a network that chooses a class, and do not hide predict."
            }
        )


def check_film(lesson: Lesson) -> None:
    """Raises ValidationError with every problem of the lesson's storyboard; a lesson may have none."""
    if not lesson.film:
        return
    if lesson.network is None:
        raise ValidationError({"film": NO_FIGURE})
    try:
        read_film(lesson.film, NetworkDocument.load(lesson.network.document))
    except FilmError as error:
        raise ValidationError({"film": [str(problem) for problem in error.problems]}) from error
    except FigureError as error:
        raise ValidationError({"network": str(error)}) from error


def figure_start(lesson: Lesson) -> dict[str, Any]:
    """How the lesson's figure stands before anybody touched it."""
    return {"preset": lesson.preset or None, "focus": lesson.focus or None, "hide": lesson.figure_hides}


def save_lesson(lesson: Lesson) -> None:
    """Check, render and save. Raises ValidationError as check_lesson does."""
    render_lesson(lesson)
    lesson.save()


def render_lesson(lesson: Lesson) -> None:
    """Check and render, without saving. Raises ValidationError as check_lesson does."""
    for name, value in _rendered_fields(check_lesson(lesson)).items():
        setattr(lesson, name, value)


def check_network(network: CourseNetwork) -> None:
    """Raises ValidationError unless the network runs and every lesson on it still renders."""
    try:
        if not isinstance(network.document, dict):
            raise FigureError("A network is one JSON object, in braces.")
        document = NetworkDocument.load(network.document)
        run(document, document.first_x)
    except FigureError as error:
        raise ValidationError({"document": str(error)}) from error
    for lesson in network.lessons.in_order() if network.pk else ():
        lesson.network = network
        try:
            check_lesson(lesson)
        except ValidationError as error:
            reason = " ".join(error.messages)
            raise ValidationError(
                {"document": f"The lesson {lesson.slug} could not be shown: {reason}"}
            ) from error


def save_network(network: CourseNetwork) -> None:
    """Check and save a network, and render its lessons anew. Raises ValidationError as check_network does."""
    check_network(network)
    network.save()
    for lesson in network.lessons.all():
        _store_rendered(lesson)


def render_lessons() -> None:
    """Bring stored HTML up to date with the renderer; texts and histories stay as they are."""
    for lesson in Lesson.objects.select_related("network", "course"):
        _store_rendered(lesson)


def _store_rendered(lesson: Lesson) -> None:
    fields = _rendered_fields(render_text(lesson.text, lesson.network, lesson.course))
    if any(getattr(lesson, name) != value for name, value in fields.items()):
        Lesson.objects.filter(pk=lesson.pk).update(**fields)


def _rendered_fields(rendered: Rendered) -> dict[str, Any]:
    return {
        "html": rendered.html,
        "plain": " ".join(unescape(strip_tags(without_meanings(rendered.html))).split()),
        "headings": [list(heading) for heading in rendered.headings],
        "predictions": [
            {**asdict(prediction), "options": list(prediction.options)} for prediction in rendered.predictions
        ],
        "figures": [asdict(placement) for placement in rendered.figures],
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


def record_place(user: User, lesson: Lesson, heading: str) -> None:
    """Note the anchor of the heading where the learner stopped; pass over one that is not in the text."""
    if any(heading == anchor for _, anchor, _ in lesson.headings):
        Progress.objects.for_learner(user).filter(lesson=lesson).update(heading=heading)


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


def sweep_media() -> None:
    """Remove uploaded files that no video names any more."""
    used = {name for names in Video.objects.values_list("file", "poster") for name in names if name}
    MediaStorage().sweep(used)
