"""The pages: they work for everybody who may see them, and do not exist for the others."""

import re
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import User
from course.models import Act, Course, Lesson, Progress
from course.progress import State, standings
from course.services import record_act

LESSON = "/courses/neural-networks/layers/"

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _course(course_content: None) -> None:
    """Every page here shows the shipped course."""


@pytest.fixture
def lesson() -> Lesson:
    return Lesson.objects.get(slug="layers")


def text_of(client: Client, path: str, status: int = 200) -> str:
    response = client.get(path)
    assert response.status_code == status
    return response.content.decode()


def state_of(lesson: Lesson, person: User) -> State:
    [standing] = standings([lesson.course], person)
    return next(one.state for one in standing.lessons if one.lesson == lesson)


@pytest.mark.parametrize(
    ("path", "says"),
    [
        ("/", "weights carry this answer"),
        ("/", "By the end of the first lesson"),
        ("/courses/neural-networks/", "Layers of a neural network"),
        (LESSON, "What a layer is"),
        (f"{LESSON}?tab=resources", "weights.npz"),
        (f"{LESSON}?tab=updates", "First edition of this lesson."),
        (f"{LESSON}?tab=nonsense", "What a layer is"),
        ("/search/", "Search lessons"),
        ("/search/?q=whiskers+normalization", "1 lesson found"),
        ("/search/?q=qwertz", "No lesson contains this word. Try fewer words, or a part of one."),
    ],
)
def test_everybody_may_read(client: Client, path: str, says: str) -> None:
    assert says in text_of(client, path)


@pytest.mark.parametrize(
    "path", ["/courses/none/", "/courses/neural-networks/none/", "/courses/none/layers/"]
)
def test_what_does_not_exist(client: Client, path: str) -> None:
    text_of(client, path, 404)


@pytest.mark.parametrize("path", ["/", "/courses/neural-networks/", LESSON, "/search/"])
def test_pages_are_not_posted_to(client: Client, path: str) -> None:
    assert client.post(path).status_code == 405


def test_the_current_tab_is_marked(client: Client) -> None:
    assert '<a href="?tab=updates" aria-current="page">' in text_of(client, f"{LESSON}?tab=updates")
    assert f'<a href="{LESSON}" aria-current="page">' in text_of(client, LESSON)


def test_a_tab_with_nothing_in_it_is_absent(client: Client, lesson: Lesson) -> None:
    lesson.resources.all().delete()
    lesson.revisions.all().delete()
    page = text_of(client, f"{LESSON}?tab=resources")
    for tab in ("resources", "updates"):
        assert not re.search(rf'href="[^"]*tab={tab}', page)
    assert "What a layer is" in page


@pytest.mark.parametrize(
    "hide",
    [
        lambda: Lesson.objects.update(is_published=False),
        lambda: Lesson.objects.update(chapter=None),
        lambda: Course.objects.update(is_published=False),
    ],
)
def test_an_unpublished_lesson_is_not_there_but_for_its_authors(
    client: Client, learner_client: Client, author_client: Client, hide: object
) -> None:
    hide()  # type: ignore[operator]
    text_of(client, LESSON, 404)
    text_of(learner_client, LESSON, 404)
    assert "This lesson is not published. Only authors see it." in text_of(author_client, LESSON)
    assert "0 lessons found" not in text_of(client, "/search/?q=softmax")
    assert "No lesson contains this word." in text_of(client, "/search/?q=softmax")


def test_an_unpublished_course_is_not_there(client: Client, author_client: Client) -> None:
    Course.objects.update(is_published=False)
    text_of(client, "/courses/neural-networks/", 404)
    assert "Only its authors see it." in text_of(author_client, "/courses/neural-networks/")
    assert "No open courses yet" in text_of(client, "/")


def test_a_newer_edition_is_told(client: Client) -> None:
    newer = Course.objects.create(slug="second", title="Second edition", outcome="More.", is_published=True)
    Course.objects.filter(slug="neural-networks").update(successor=newer)
    for path in ("/courses/neural-networks/", LESSON):
        assert 'A newer edition of this course is available: <a href="/courses/second/">' in text_of(
            client, path
        )
    newer.is_published = False
    newer.save()
    assert "A newer edition" not in text_of(client, LESSON)


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("time=hour", 0),
        ("time=afternoon", 1),
        ("time=longer", 0),
        ("level=first-steps", 1),
        ("level=going-deeper", 0),
        ("skill=keras-text", 1),
        ("skill=keras-text&level=first-steps&order=shortest", 1),
        ("skill=unknown", 1),
        ("order=newest", 1),
    ],
)
def test_filters(client: Client, query: str, count: int) -> None:
    page = text_of(client, f"/?{query}")
    assert page.count('<article class="course') == count
    assert ("No course fits" in page) is (count == 0)


def test_each_filter_that_is_set_can_be_taken_away(client: Client) -> None:
    page = text_of(client, "/?level=going-deeper&skill=keras-text&order=newest")
    without = '<span class="sr">Without </span>'
    assert f'href="?skill=keras-text&amp;order=newest#courses">{without}Level: Going deeper' in page
    assert f'href="?level=going-deeper&amp;order=newest#courses">{without}Skill: Keras text' in page
    assert "Without " not in text_of(client, "/?order=newest&level=unknown")


def test_marking_the_text_as_read_and_back(learner_client: Client, learner: User, lesson: Lesson) -> None:
    assert "Mark this text as read" in text_of(learner_client, LESSON)
    response = learner_client.post(f"{LESSON}read/")
    assert (response.status_code, response["Location"]) == (302, f"{LESSON}#done")
    learner_client.post(f"{LESSON}read/")
    assert Act.objects.for_learner(learner).get().name == Act.Name.TEXT_READ
    assert "Mark as not read" in text_of(learner_client, LESSON)
    learner_client.post(f"{LESSON}read/", {"undo": "1"})
    assert not Act.objects.exists()


def test_reading_needs_an_account_a_lesson_and_a_form(client: Client, learner_client: Client) -> None:
    response = client.post(f"{LESSON}read/")
    assert (response.status_code, response["Location"]) == (302, f"/accounts/sign-in/?next={LESSON}")
    assert learner_client.get(f"{LESSON}read/").status_code == 405
    assert learner_client.post("/courses/neural-networks/none/read/").status_code == 404


def test_progress_is_one_s_own(
    learner_client: Client, other_client: Client, learner: User, other_learner: User, lesson: Lesson
) -> None:
    for act in lesson.acts:
        record_act(learner, lesson, act)
    course = lesson.course
    total = standings([course], learner)[0].total
    assert f"1 of {total}" in text_of(learner_client, "/courses/neural-networks/")
    assert f"0 of {total}" in text_of(other_client, "/courses/neural-networks/")
    assert state_of(lesson, learner) is State.DONE
    assert state_of(lesson, other_learner) is State.NEW


def test_opening_a_lesson_starts_it(learner_client: Client, learner: User, lesson: Lesson) -> None:
    text_of(learner_client, LESSON)
    assert state_of(lesson, learner) is State.NOW


def test_updates_are_new_until_they_were_seen(learner_client: Client, lesson: Lesson) -> None:
    text_of(learner_client, LESSON)
    Progress.objects.update(updates_seen_at=timezone.now() - timedelta(days=3))
    lesson.revisions.all().delete()
    lesson.revisions.create(date=date.today(), change="The bias is in equation 3.")
    assert "<small>1 new</small>" in text_of(learner_client, LESSON)
    assert '<span class="chip">new</span>' in text_of(learner_client, f"{LESSON}?tab=updates")
    assert "1 new" not in text_of(learner_client, LESSON)


def test_the_dashboard_is_for_those_who_signed_in(
    client: Client, learner_client: Client, learner: User, lesson: Lesson
) -> None:
    response = client.get("/dashboard/")
    assert (response.status_code, response["Location"]) == (302, "/accounts/sign-in/?next=/dashboard/")
    assert "Nothing started yet" in text_of(learner_client, "/dashboard/")
    text_of(learner_client, LESSON)
    total = standings([lesson.course], learner)[0].total
    assert f"0 of {total} lesson" in text_of(learner_client, "/dashboard/")


def test_the_network_to_take_along(client: Client) -> None:
    response = client.get(f"{LESSON}files/network.py")
    assert response["Content-Disposition"] == 'attachment; filename="network.py"'
    assert response.content.decode().startswith("from keras.models import Sequential")
    text_of(client, f"{LESSON}files/none.py", 404)


def test_a_resource_that_is_not_offered_is_not_made(client: Client, lesson: Lesson) -> None:
    lesson.resources.filter(kind="npz").delete()
    assert client.get(f"{LESSON}files/weights.npz").status_code == 404


def test_search_needs_every_word_and_shows_the_place(client: Client) -> None:
    page = text_of(client, "/search/?q=whiskers+ratings")
    assert "<mark>whiskers</mark>" in page.lower()
    page = text_of(client, "/search/?q=whiskers+qwertz")
    assert "No lesson contains all of these words." in page
    assert page.index("With some of the words") < page.lower().index("<mark>whiskers</mark>")
    assert f'href="{LESSON}#the-forward-pass"' in text_of(client, "/search/?q=forward")


def test_search_shows_what_was_typed_as_text(client: Client) -> None:
    page = text_of(client, "/search/?q=%3Cscript%3E")
    assert "<script>" not in page
    assert "&lt;script&gt;" in page


def test_pages_ask_the_database_as_often_for_many_rows_as_for_few(
    client: Client, learner_client: Client, learner: User, lesson: Lesson
) -> None:
    paths = ["/", "/courses/neural-networks/", LESSON, "/search/?q=layer"]
    for who in (client, learner_client):
        for path in (*paths, "/dashboard/"):
            who.get(path)  # the first visit records itself
    few = {path: _count(client, path) for path in paths}
    mine = {path: _count(learner_client, path) for path in (*paths, "/dashboard/")}
    for n in range(12):
        _more(lesson, n)
        record_act(learner, lesson, Act.Name.TEXT_READ)
    assert {path: _count(client, path) for path in paths} == few
    assert {path: _count(learner_client, path) for path in (*paths, "/dashboard/")} == mine


def _count(client: Client, path: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert client.get(path).status_code == 200
    return len(queries)


def _more(lesson: Lesson, n: int) -> None:
    course = Course.objects.create(slug=f"c{n}", title=f"Course {n}", outcome="o", is_published=True)
    course.skills.create(slug="s", title="skill")
    chapter = course.chapters.create(slug="one", title="One")
    course.lessons.create(slug="a", title="A layer", summary="s", text="t", plain="layer", chapter=chapter)
    assert lesson.chapter is not None
    lesson.course.lessons.create(
        slug=f"l{n}",
        title=f"Layer {n}",
        summary="s",
        text="t",
        plain="layer",
        chapter=lesson.chapter,
        position=n + 1,
    )
    lesson.revisions.create(date=date(2024, 1, 1), change=f"Change {n}")
