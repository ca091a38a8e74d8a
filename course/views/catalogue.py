"""The catalogue: every open course, what it needs and how far the visitor is, filtered by its address."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Q, QuerySet, Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from course import forms
from course.figures import Hero, NetworkDocument, hero_figure
from course.glyph import Glyph, glyph
from course.models import Course, Lesson
from course.panels import Visitor
from course.prerequisites import Need, needs_of
from course.progress import CourseStanding, standings
from course.updates import Mark, marks

LISTED = Q(lessons__is_published=True, lessons__chapter__isnull=False)


@dataclass(frozen=True)
class Card:
    """One course in the list."""

    standing: CourseStanding
    glyph: Glyph | None
    needs: list[Need]
    marks: list[Mark]


@dataclass(frozen=True)
class Chosen:
    """A filter that is set, and the address of the list without it."""

    words: str
    without: str


@require_safe
def catalogue(request: HttpRequest) -> HttpResponse:
    filters = forms.Filters(request.GET)
    first = (
        Lesson.objects.published()
        .filter(network__isnull=False)
        .in_order()
        .select_related("course", "network")
    ).first()
    context = {
        "section": "courses",
        "filters": filters,
        "chosen": list(_chosen(filters, request)),
        "courses": _cards(list(_filtered(filters)), request.user),
        "first": first,
        "hero": _hero(first, request),
    }
    return render(request, "course/catalogue.html", context)


def _filtered(filters: forms.Filters) -> QuerySet[Course]:
    courses = Course.objects.published().annotate(total_minutes=Sum("lessons__minutes", filter=LISTED))
    wanted = filters.cleaned_data if filters.is_valid() else {}
    if wanted.get("level"):
        courses = courses.filter(level=wanted["level"])
    if wanted.get("skill"):
        courses = courses.filter(pk__in=Course.objects.filter(skills__slug=wanted["skill"]))
    if wanted.get("time"):
        _, more, most = forms.TIMES[wanted["time"]]
        courses = courses.filter(total_minutes__gt=more, total_minutes__lte=most)
    courses = courses.select_related("successor").prefetch_related("skills", "networks")
    return courses.order_by(*forms.ORDERS[wanted.get("order") or "recommended"][1])


def _chosen(filters: forms.Filters, request: HttpRequest) -> Iterator[Chosen]:
    for name, words in filters.chosen():
        rest = request.GET.copy()
        del rest[name]
        yield Chosen(words, f"?{rest.urlencode()}#courses")


def _cards(courses: list[Course], user: Visitor) -> list[Card]:
    needs, today = needs_of(courses, user), timezone.localdate()
    return [
        Card(
            standing,
            _glyph(standing.course),
            needs[standing.course.pk],
            marks(standing.course, standing.updated_on, today),
        )
        for standing in standings(courses, user)
    ]


def _glyph(course: Course) -> Glyph | None:
    network = next(iter(course.networks.all()), None)
    return glyph(NetworkDocument.load(network.document).sizes) if network else None


def _hero(lesson: Lesson | None, request: HttpRequest) -> Hero | None:
    if lesson is None or lesson.network is None:
        return None
    document = NetworkDocument.load(lesson.network.document)
    return hero_figure(document, request.GET, lesson.preset or None)
