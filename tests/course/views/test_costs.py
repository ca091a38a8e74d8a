"""What a page of the shipped course costs the database: as much in every lesson, however long the course."""

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from course.models import Course, Lesson, Revision
from tests.course.shipped import LESSONS

HOME = "/courses/neural-networks/"
PAGES = ["/", HOME, f"{HOME}glossary/", "/search/?q=neuron", f"{HOME}layers/", "/dashboard/"]
TABS = ["text", "video", "quiz", "resources", "updates"]
MOST = 30  # queries of one page

pytestmark = [pytest.mark.django_db, pytest.mark.once, pytest.mark.usefixtures("course_content")]


def queries(client: Client, path: str) -> int:
    """How many a page asks when it is opened for the second time."""
    client.get(path)
    cache.clear()
    with CaptureQueriesContext(connection) as asked:
        assert client.get(path).status_code == 200
    return len(asked)


def test_every_lesson_asks_as_many_queries(learner_client: Client) -> None:
    for tab in TABS:
        counts = {slug: queries(learner_client, f"{HOME}{slug}/?tab={tab}") for slug in LESSONS}
        assert max(counts.values()) <= MOST, (tab, counts)
        assert max(counts.values()) - min(counts.values()) <= 3, (
            tab,
            "its neighbors and its challenges",
            counts,
        )


def test_a_longer_course_asks_no_more(learner_client: Client) -> None:
    before = {path: queries(learner_client, path) for path in PAGES}
    assert max(before.values()) <= MOST, before
    grow(Course.objects.get(slug="neural-networks"))
    assert {path: queries(learner_client, path) for path in PAGES} == before


def grow(course: Course) -> None:
    """Twenty more lessons, each with an update, and a course beside it."""
    chapter = course.chapters.get(position=0)
    words = {"summary": "A neuron.", "text": "A neuron.", "plain": "A neuron."}
    lessons = Lesson.objects.bulk_create(
        Lesson(course=course, chapter=chapter, slug=f"more-{n}", title=f"More {n}", position=100 + n, **words)
        for n in range(20)
    )
    Revision.objects.bulk_create(
        Revision(lesson=lesson, date="2026-11-01", change="First edition.") for lesson in lessons
    )
    Course.objects.create(slug="another", title="Another", outcome="More.", is_published=True)
