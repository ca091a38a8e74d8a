"""One course: its own page, its glossary, and the feed of its updates."""

from datetime import UTC, datetime, time
from typing import TYPE_CHECKING

from django.contrib.syndication.views import Feed
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.views.decorators.http import conditional_page, require_safe

from course.models import Course, Revision
from course.prerequisites import needs_of
from course.progress import standings
from course.skillmap import skill_map
from course.updates import marks

if TYPE_CHECKING:
    UpdatesFeed = Feed[Revision, Course]
else:
    UpdatesFeed = Feed

LATEST = 3  # updates on the course's page
FEED = 40


@require_safe
def course(request: HttpRequest, course: str) -> HttpResponse:
    visible = Course.objects.visible_to(request.user).select_related("successor")
    found = get_object_or_404(visible, slug=course)
    [standing] = standings([found], request.user)
    news = {item.lesson.pk for item in standing.lessons if item.has_news}
    context = {
        "section": "courses",
        "course": found,
        "standing": standing,
        "needs": needs_of([found], request.user)[found.pk],
        "skills": skill_map(standing),
        "marks": marks(found, standing.updated_on, timezone.localdate()),
        "updates": [
            (revision, revision.lesson_id in news)
            for revision in Revision.objects.listed().filter(lesson__course=found)[:LATEST]
        ],
    }
    return render(request, "course/course.html", context)


@require_safe
def glossary(request: HttpRequest, course: str) -> HttpResponse:
    found = get_object_or_404(Course.objects.visible_to(request.user), slug=course)
    context = {"section": "courses", "course": found, "terms": found.terms.all()}
    return render(request, "course/glossary.html", context)


@require_safe
@conditional_page
def feed(request: HttpRequest, course: str) -> HttpResponse:
    """The latest updates of a published course as Atom, with an ETag: readers ask again and again."""
    response = Updates()(request, course=course)
    response.headers.pop("Last-Modified", None)  # updates have days; two of one day would be one
    return response


class Updates(UpdatesFeed):
    feed_type = Atom1Feed

    def get_object(self, request: HttpRequest, *args: object, **kwargs: object) -> Course:
        return get_object_or_404(Course.objects.published(), slug=kwargs["course"])

    def title(self, course: Course) -> str:
        return f"{course.title}: updates"

    def subtitle(self, course: Course) -> str:
        return course.outcome

    def link(self, course: Course) -> str:
        return course.get_absolute_url()

    def items(self, course: Course) -> list[Revision]:
        return list(Revision.objects.listed().filter(lesson__course=course)[:FEED])

    def item_title(self, item: Revision) -> str:
        return item.lesson.title

    def item_description(self, item: Revision) -> str:
        return item.change

    def item_pubdate(self, item: Revision) -> datetime:
        return datetime.combine(item.date, time(), UTC)

    def item_updateddate(self, item: Revision) -> datetime:
        return self.item_pubdate(item)
