"""The course's page, its feed, and where a learner stopped: each their own, nothing of hidden lessons."""

import re
from datetime import date, timedelta
from xml.etree import ElementTree

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from course.models import Act, Course, Lesson, Progress, Skill
from course.progress import standings
from course.services import record_act
from tests.course.views.test_pages import text_of

COURSE = "/courses/neural-networks/"
LESSON = "/courses/neural-networks/layers/"
FEED = f"{COURSE}updates.atom"
ATOM = "{http://www.w3.org/2005/Atom}"

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _course(course_content: None) -> None:
    """Every page here shows the shipped course."""


@pytest.fixture
def course() -> Course:
    return Course.objects.get(slug="neural-networks")


@pytest.fixture
def lesson() -> Lesson:
    return Lesson.objects.get(slug="layers")


def entries(client: Client) -> list[tuple[str, str, str, str]]:
    root = ElementTree.fromstring(client.get(FEED).content)
    return [
        tuple(found.findtext(ATOM + name) or "" for name in ("title", "summary", "updated", "id"))  # type: ignore[misc]
        for found in root.iter(f"{ATOM}entry")
    ]


def test_it_counts_lessons_and_skills(learner_client: Client, learner: User, course: Course) -> None:
    before = standings([course], learner)[0]
    assert f"lessons, 0 of {course.skills.count()} skills done" in text_of(learner_client, COURSE)
    for item in before.lessons:
        for act in item.lesson.acts:
            record_act(learner, item.lesson, act)
    page = text_of(learner_client, COURSE)
    taught = Skill.objects.filter(lessons__in=[item.lesson for item in before.lessons]).distinct().count()
    assert f"<b>{before.total} of {before.total}</b>" in page
    assert f"lessons, {taught} of {course.skills.count()} skills done" in page
    assert "All lessons done" in page


def test_skills_stand_under_what_they_build_on(client: Client, course: Course) -> None:
    course.skills.all().delete()
    first = course.skills.create(slug="a", title="adding", position=1)
    second = course.skills.create(slug="b", title="multiplying", position=2)
    third = course.skills.create(slug="c", title="summing products", position=3)
    second.needs.set([first])
    third.needs.set([first, second])
    page = re.sub(r"\s*(<[^>]*>)\s*", r"\1", text_of(client, COURSE))
    dot = '<li><span class="dots" aria-hidden="true"><i></i></span>'
    assert f"{dot}adding<ul>{dot}multiplying<ul>{dot}summing products" in page
    assert '<span class="quiet">and on adding</span></li></ul></li></ul></li></ul>' in page
    assert page.count('<circle class="new"') == 3
    first.needs.set([third])  # nobody can save a circle; should one stand, the list does without an order
    assert text_of(client, COURSE).count('<li><span class="dots"') == 3


def test_it_goes_on_where_the_learner_stopped(
    learner_client: Client, other_client: Client, learner: User, course: Course
) -> None:
    first, second = (item.lesson for item in standings([course], learner)[0].lessons[:2])
    assert f"Begin: {first.title}" in text_of(learner_client, COURSE)
    heading = next(anchor for level, anchor, _ in second.headings if level == 2)
    parts = sum(level == 2 for level, *_ in second.headings)
    text_of(learner_client, second.get_absolute_url())
    response = learner_client.post(f"{second.get_absolute_url()}place/", {"heading": heading})
    assert response.status_code == 204
    for path in (COURSE, "/dashboard/"):
        page = text_of(learner_client, path)
        assert (
            f'href="{second.get_absolute_url()}#{heading}">Continue: lesson 2, part 1 of {parts}</a>' in page
        )
        assert "You stopped at:" in page
    assert f'Continue where you were: <a href="#{heading}">' in text_of(
        learner_client, second.get_absolute_url()
    )
    assert f"Begin: {first.title}" in text_of(other_client, COURSE)
    assert 'data-place="' in text_of(other_client, second.get_absolute_url())
    assert f'<a href="#{heading}">' not in text_of(other_client, second.get_absolute_url())


def test_a_finished_lesson_offers_no_place(learner_client: Client, learner: User, lesson: Lesson) -> None:
    text_of(learner_client, LESSON)
    Progress.objects.update(heading=lesson.headings[0][1])
    assert '<a href="#' + lesson.headings[0][1] + '">' in text_of(learner_client, LESSON)
    for act in lesson.acts:
        record_act(learner, lesson, act)
    assert 'data-resume data-place="/courses/neural-networks/layers/place/" hidden>' in text_of(
        learner_client, LESSON
    )


def test_a_place_is_a_heading_of_the_text_and_needs_an_account(
    client: Client, learner_client: Client, lesson: Lesson
) -> None:
    text_of(learner_client, LESSON)
    learner_client.post(f"{LESSON}place/", {"heading": lesson.headings[1][1]})
    learner_client.post(f"{LESSON}place/", {"heading": "nothing-of-that-name"})
    learner_client.post(f"{LESSON}place/")
    assert Progress.objects.get().heading == lesson.headings[1][1]
    assert not Act.objects.exists()
    response = client.post(f"{LESSON}place/", {"heading": lesson.headings[0][1]})
    assert (response.status_code, response["Location"]) == (302, f"/accounts/sign-in/?next={LESSON}")
    assert learner_client.get(f"{LESSON}place/").status_code == 405
    assert learner_client.post("/courses/neural-networks/none/place/").status_code == 404


def test_the_latest_updates(learner_client: Client, lesson: Lesson) -> None:
    text_of(learner_client, LESSON)
    Progress.objects.update(updates_seen_at=timezone.now() - timedelta(days=3))
    for n in range(4):
        lesson.revisions.create(date=timezone.localdate(), change=f"Change {n}.")
    page = text_of(learner_client, COURSE)
    assert [f"Change {n}." in page for n in range(4)] == [False, True, True, True]
    assert page.count('<span class="chip">new</span>') == 3
    assert page.count('<span class="chip">updated</span>') == 1
    text_of(learner_client, f"{LESSON}?tab=updates")
    assert 'chip">new' not in text_of(learner_client, COURSE)


def test_marks_of_upkeep(client: Client, course: Course) -> None:
    Course.objects.update(checked_on=None)
    lesson = course.lessons.get(slug="layers")
    for other in course.lessons.all():
        other.revisions.all().delete()
    lesson.revisions.create(date=date(2024, 2, 1), change="Long ago.")
    for path in ("/", COURSE, LESSON):
        assert 'Updated <time datetime="2024-02-01">1 February 2024</time>' in text_of(client, path)
        assert "Maintained" not in text_of(client, path)
    Course.objects.update(checked_on=timezone.localdate())
    for path in ("/", COURSE, LESSON):
        assert "Maintained, last checked <time" in text_of(client, path)


def test_what_it_needs_by_name(client: Client, learner_client: Client, learner: User, course: Course) -> None:
    needed = Course.objects.create(slug="sums", title="Sums", outcome="Add.", is_published=True)
    course.needs.add(needed, Course.objects.create(slug="hidden", title="Hidden", outcome="No."))
    for path in ("/", COURSE):
        assert "First: Sums" in text_of(client, path)
        assert "First: Sums" in text_of(learner_client, path)
        assert "Hidden" not in text_of(client, path)
    chapter = needed.chapters.create(slug="one", title="One")
    only = needed.lessons.create(slug="a", title="A", summary="s", text="t", chapter=chapter)
    record_act(learner, only, Act.Name.TEXT_READ)
    assert "Done: Sums" in text_of(learner_client, "/")
    assert "First: Sums" in text_of(client, "/")


def test_the_feed(client: Client, lesson: Lesson) -> None:
    Lesson.objects.exclude(pk=lesson.pk).update(is_published=False)
    lesson.revisions.all().delete()
    revision = lesson.revisions.create(date=date(2026, 3, 1), change="<b> & the bias.")
    response = client.get(FEED)
    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
    assert "Last-Modified" not in response
    address = f"http://testserver{LESSON}?tab=updates#{revision.anchor}"
    assert entries(client) == [
        (lesson.title, "<b> & the bias.", "2026-03-01T00:00:00+00:00", address),
    ]
    assert f'<li id="{revision.anchor}">' in text_of(client, f"{LESSON}?tab=updates")
    for path in (COURSE, LESSON):
        assert f'type="application/atom+xml" title="{lesson.course.title}: updates" href="{FEED}"' in text_of(
            client, path
        )


def test_the_feed_is_sent_once(client: Client, lesson: Lesson) -> None:
    tag = client.get(FEED)["ETag"]
    assert client.get(FEED, headers={"If-None-Match": tag}).status_code == 304
    lesson.revisions.create(date=timezone.localdate(), change="New.")
    assert client.get(FEED, headers={"If-None-Match": tag}).status_code == 200


def test_the_feed_tells_nothing_of_what_is_not_published(client: Client, author_client: Client) -> None:
    Lesson.objects.filter(slug="layers").update(is_published=False)
    assert "Layers of a neural network" not in {title for title, *_ in entries(client)}
    Course.objects.update(is_published=False)
    assert client.get(FEED).status_code == 404
    assert author_client.get(FEED).status_code == 404
    assert "updates.atom" not in text_of(author_client, COURSE)
