"""Finding something to learn: the catalogue, a course's own page, its glossary, and search."""

from django.db.models import QuerySet, Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from course import forms, search
from course.figures import Hero, NetworkDocument, hero_figure
from course.glyph import Glyph, glyph
from course.models import Course, Lesson
from course.panels import Visitor
from course.progress import CourseStanding, standings


@require_safe
def catalogue(request: HttpRequest) -> HttpResponse:
    filters = forms.Filters(request.GET)
    courses = list(_filtered(filters))
    first = (
        Lesson.objects.published()
        .filter(network__isnull=False)
        .in_order()
        .select_related("course", "network")
    )
    context = {
        "section": "courses",
        "filters": filters,
        "is_filtered": any(request.GET.get(name) for name in ("level", "skill")),
        "courses": _cards(courses, request.user),
        "first": first.first(),
        "hero": _hero(first.first(), request),
    }
    return render(request, "course/catalogue.html", context)


@require_safe
def course(request: HttpRequest, course: str) -> HttpResponse:
    found = get_object_or_404(
        Course.objects.visible_to(request.user).select_related("successor"), slug=course
    )
    [standing] = standings([found], request.user)
    return render(
        request, "course/course.html", {"section": "courses", "course": found, "standing": standing}
    )


@require_safe
def glossary(request: HttpRequest, course: str) -> HttpResponse:
    found = get_object_or_404(Course.objects.visible_to(request.user), slug=course)
    context = {"section": "courses", "course": found, "terms": found.terms.all()}
    return render(request, "course/glossary.html", context)


@require_safe
def find(request: HttpRequest) -> HttpResponse:
    form = forms.Search(request.GET)
    words = form.words()
    context = {"section": "courses", "form": form, "words": words, "hits": search.find(words, request.user)}
    context["terms"] = search.find_terms(words, request.user)
    return render(request, "course/search.html", context)


def _filtered(filters: forms.Filters) -> QuerySet[Course]:
    courses = Course.objects.published().select_related("successor").prefetch_related("skills", "networks")
    courses = courses.annotate(total_minutes=Sum("lessons__minutes"))
    wanted = filters.cleaned_data if filters.is_valid() else {}
    if wanted.get("level"):
        courses = courses.filter(level=wanted["level"])
    if wanted.get("skill"):
        courses = courses.filter(pk__in=Course.objects.filter(skills__slug=wanted["skill"]))
    return courses.order_by(*forms.ORDERS[wanted.get("order") or "recommended"][1])


def _cards(courses: list[Course], user: Visitor) -> list[tuple[CourseStanding, Glyph | None]]:
    return [(standing, _glyph(standing.course)) for standing in standings(courses, user)]


def _glyph(course: Course) -> Glyph | None:
    network = next(iter(course.networks.all()), None)
    return glyph(NetworkDocument.load(network.document).sizes) if network else None


def _hero(lesson: Lesson | None, request: HttpRequest) -> Hero | None:
    if lesson is None or lesson.network is None:
        return None
    document = NetworkDocument.load(lesson.network.document)
    return hero_figure(document, request.GET, lesson.preset or None)
