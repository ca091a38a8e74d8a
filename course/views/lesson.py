"""A lesson: its tabs, its figure, what the learner did in it, and its files."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.models import AnonymousUser
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from accounts.models import User
from course import parts, predictions, services
from course.exports import NAMES, Download, download
from course.figures import Figure, NetworkDocument, lesson_figure
from course.film import read_film, show_film
from course.models import Act, Lesson, Prediction, Resource, Revision, Video
from course.panels import Panel, Visitor, lesson_panels
from course.placed import Pairs, own_pairs, placed
from course.places import Place
from course.progress import CourseStanding, State, standings
from course.recalls import earlier_recalls
from course.updates import marks
from course.views.video import shown_video

TABS = {"video": "Video", "text": "Text", "quiz": "Quiz", "resources": "Resources", "updates": "Updates"}


@dataclass(frozen=True)
class Tab:
    """One tab of this lesson; a tab with nothing in it does not exist."""

    name: str
    label: str
    badge: str = ""


@dataclass(frozen=True)
class ShownResource:
    resource: Resource
    download: Download | None


@require_safe
def lesson(request: HttpRequest, course: str, lesson: str) -> HttpResponse:
    found = find_lesson(request.user, course, lesson)
    wanted = request.GET.get("tab", "text")
    now = timezone.now()
    before = _visit(request.user, found, sees_updates=wanted == "updates", now=now)
    revisions, resources = list(found.revisions.all()), list(found.resources.all())
    unread = [r for r in revisions if r.date > before.date()] if before else []
    panels = lesson_panels(found, request.user)
    has_video = Video.objects.visible_to(request.user).filter(lesson=found).exists()
    tabs = _tabs(found, panels, resources, revisions, unread, has_video=has_video)
    tab = wanted if wanted in {tab.name for tab in tabs} else "text"
    [standing] = standings([found.course], request.user)
    context = {
        "section": "courses",
        "course": found.course,
        "lesson": found,
        "tabs": tabs,
        "tab": tab,
        "tab_template": f"course/_tab_{tab}.html",
        "panels": [panel for panel in panels if panel.tab == tab],
        "figure": None if tab == "video" else _figure(found, request, tab),
        "unanswered": request.GET.get("predict", ""),
        "sureness": Prediction.Sureness.choices,
        "is_read": _is_read(found, request.user),
        "revisions": revisions,
        "unread": unread,
        "resources": [_shown(resource, found) for resource in resources] if tab == "resources" else [],
        "standing": standing,
        "marks": marks(found.course, max((r.date for r in revisions), default=None), now.date()),
        "stopped": _stopped(standing, found),
    } | _neighbors(standing, found)
    if tab == "text":
        context |= _text(found, predictions.commitments(found, request.user, request.session), request)
        context["recalls"] = earlier_recalls(standing, found, request.user, now.date())
    if tab == "video":
        context |= _film(found, request) | {"video": shown_video(request.user, found) if has_video else None}
    return render(request, "course/lesson.html", context)


@require_POST
def read(request: HttpRequest, course: str, lesson: str) -> HttpResponse:
    """The learner says that they have read the text, or takes it back."""
    found = find_lesson(request.user, course, lesson)
    if not isinstance(request.user, User):
        return redirect_to_login(found.get_absolute_url())
    if "undo" in request.POST:
        services.forget_act(request.user, found, Act.Name.TEXT_READ)
    else:
        services.record_act(request.user, found, Act.Name.TEXT_READ)
    return redirect(f"{found.get_absolute_url()}#done")


@require_safe
def resource(request: HttpRequest, course: str, lesson: str, name: str) -> HttpResponse:
    """A file made from the lesson's network."""
    found = find_lesson(request.user, course, lesson)
    kind = next((kind for kind, known in NAMES.items() if known == name), None)
    if kind is None or found.network is None or not found.resources.filter(kind=kind).exists():
        raise Http404
    made = download(kind, found.network.document)
    headers = {"Content-Disposition": f'attachment; filename="{made.name}"'}
    return HttpResponse(made.content, content_type=made.content_type, headers=headers)


def preview_context(lesson: Lesson, request: HttpRequest) -> dict[str, object]:
    """What the page shows of a lesson that is not saved: text and figure, nobody's progress."""
    services.render_lesson(lesson)
    [standing] = standings([lesson.course], AnonymousUser())
    context: dict[str, object] = {
        "section": "courses",
        "course": lesson.course,
        "lesson": lesson,
        "tabs": [Tab("text", TABS["text"])],
        "tab": "text",
        "tab_template": "course/_tab_text.html",
        "panels": [],
        "sureness": Prediction.Sureness.choices,
        "figure": _figure(lesson, request, "text"),
        "standing": standing,
        "is_preview": True,
    }
    return context | _text(lesson, {}, request) | _neighbors(standing, lesson)


def find_lesson(user: Visitor, course: str, lesson: str) -> Lesson:
    lessons = Lesson.objects.visible_to(user).select_related("course__successor", "chapter", "network")
    return get_object_or_404(lessons, course__slug=course, slug=lesson)


def _visit(user: Visitor, lesson: Lesson, *, sees_updates: bool, now: datetime) -> datetime | None:
    """When the learner last saw the updates, before this visit; None when nothing can be unread."""
    if not isinstance(user, User):
        return None
    before = services.record_visit(user, lesson, sees_updates=sees_updates, now=now)
    return before.updates_seen_at if before else None


def _tabs(
    lesson: Lesson,
    panels: list[Panel],
    resources: list[Resource],
    revisions: list[Revision],
    unread: list[Revision],
    *,
    has_video: bool,
) -> list[Tab]:
    badges = {panel.tab: panel.badge for panel in panels}
    found = {
        "video": has_video or (lesson.film and lesson.network),
        "resources": resources,
        "updates": revisions,
    }
    filled = {"text", *badges, *(name for name, things in found.items() if things)}
    if unread:
        badges["updates"] = f"{len(unread)} new"
    return [Tab(name, label, badges.get(name, "")) for name, label in TABS.items() if name in filled]


def _figure(lesson: Lesson, request: HttpRequest, tab: str) -> Figure | None:
    if lesson.network is None:
        return None
    keep = (("tab", tab),) if tab != "text" else own_pairs(lesson.figures, _pairs(request))
    return lesson_figure(
        NetworkDocument.load(lesson.network.document), request.GET, services.figure_start(lesson), keep=keep
    )


def _film(lesson: Lesson, request: HttpRequest) -> dict[str, object]:
    """The film of a lesson that has one, and the figure that it plays on."""
    document = NetworkDocument.load(lesson.network.document) if lesson.network else None
    if document is None or not lesson.film:
        return {}
    film = show_film(read_film(lesson.film, document), document, request.GET)
    return {"film": film, "figure": film.figure}


def _text(
    lesson: Lesson, said: Mapping[str, predictions.Commitment], request: HttpRequest
) -> dict[str, object]:
    """The text tab: its parts in order, and the scripts of the figures that stand in it."""
    document = NetworkDocument.load(lesson.network.document) if lesson.network else None
    figures = placed(lesson.figures, document, _pairs(request))
    scripts = sorted({figure.kind.script for figure in figures.values() if figure.kind.script})
    return {"parts": parts.parts(lesson, said, figures), "scripts": scripts}


def _pairs(request: HttpRequest) -> Pairs:
    """The address's query, in order."""
    return tuple((key, value) for key, values in request.GET.lists() for value in values)


def _is_read(lesson: Lesson, user: Visitor) -> bool:
    if not isinstance(user, User):
        return False
    return Act.objects.for_learner(user).filter(lesson=lesson, name=Act.Name.TEXT_READ).exists()


def _shown(resource: Resource, lesson: Lesson) -> ShownResource:
    if resource.kind == Resource.Kind.LINK or lesson.network is None:
        return ShownResource(resource, None)
    return ShownResource(resource, download(resource.kind, lesson.network.document))


def _stopped(standing: CourseStanding, lesson: Lesson) -> Place | None:
    """Where the learner stopped reading a lesson that is not done."""
    mine = next((one for one in standing.lessons if one.lesson == lesson), None)
    return mine.place if mine and mine.state is not State.DONE else None


def _neighbors(standing: CourseStanding, lesson: Lesson) -> dict[str, object]:
    place = standing.place(lesson)
    if place is None:
        return {"place": None}
    lessons = [s.lesson for s in standing.lessons]
    before, after = lessons[: place - 1], lessons[place:]
    return {"place": place, "previous": before[-1] if before else None, "next": after[0] if after else None}
