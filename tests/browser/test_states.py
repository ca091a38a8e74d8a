"""The state matrix of what is read: each page empty, full, degraded and closed, in the dark on a phone and in
the light on a desk, for axe. What a visitor may not see is tested in tests/course/views.
"""

import re
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from playwright.sync_api import Page, expect

from accounts.models import User
from course.models import Act, Course, Lesson, Progress, Term
from course.services import record_act
from tests.browser.conftest import DESKTOP, NARROW, BrowserLog, OpenPage, views

HOME = "/courses/neural-networks/"
LESSON = f"{HOME}network/"
Check = Callable[[Page], None]
Arrange = Callable[[User], object]


def as_shipped(person: User) -> None:
    """Nothing is arranged."""


def without_courses(person: User) -> None:
    Course.objects.update(is_published=False)


def without_lessons(person: User) -> None:
    Lesson.objects.update(chapter=None)


def with_a_newer_edition(person: User) -> None:
    newer = Course.objects.create(slug="second", title="Second", outcome="More.", is_published=True)
    Course.objects.filter(slug="neural-networks").update(successor=newer)


def half_way(person: User) -> None:
    for lesson in Lesson.objects.filter(slug__in=["network", "layers"]):
        for name in lesson.acts:
            record_act(person, lesson, Act.Name(name))
    long_ago = datetime(2020, 1, 1, tzinfo=UTC)
    third = Lesson.objects.get(slug="weights")
    heading = third.headings[2][1]
    Progress.objects.create(
        learner=person, lesson=third, opened_at=long_ago, updates_seen_at=long_ago, heading=heading
    )


def without_terms(person: User) -> None:
    Term.objects.all().delete()


def with_a_bare_lesson(person: User) -> None:
    Lesson.objects.filter(slug="network").update(network=None, film="", figures=[], html="<p>Words.</p>")


def with_a_hidden_lesson(person: User) -> None:
    Lesson.objects.filter(slug="network").update(is_published=False)


# How a state comes about; then as whom pages are seen, which, and what they say.
STATES: dict[Arrange, list[tuple[str, str, str]]] = {
    as_shipped: [
        ("", "/?level=going-deeper", "No course fits"),
        ("", "/?level=none", "1 course"),
        ("", f"{LESSON}?t=99&focus=h9.9", "Steps go from 1 to 8"),
        ("", f"{HOME}glossary/", "neuron"),
        ("", "/search/", "Search lessons"),
        ("", "/search/?q=neuron", "lessons found"),
        ("", "/search/?q=qwertz", "Nothing found"),
        ("", "/search/?q=softmax+qwertz", "With some of the words"),
        ("learner", "/dashboard/", "Nothing started yet"),
    ],
    half_way: [
        ("learner", "/", "2 of 8"),
        ("learner", HOME, "2 of 8"),
        ("learner", f"{HOME}weights/", "Continue where you were:"),
        ("learner", f"{HOME}weights/?tab=updates", "new"),
        ("learner", "/dashboard/", "2 of 8 lessons done"),
    ],
    without_courses: [
        ("", "/", "Whoever runs this site has not published one."),
        ("author", "/", "Write one here, or load the shipped course"),
        ("author", HOME, "Only its authors see it."),
        ("learner", "/dashboard/", "Nothing started yet"),
    ],
    without_lessons: [("", HOME, "The first one is being written."), ("author", HOME, "Add a lesson")],
    without_terms: [("", f"{HOME}glossary/", "No words yet")],
    with_a_bare_lesson: [("", LESSON, "Words.")],
    with_a_hidden_lesson: [("author", LESSON, "Only authors see it.")],
    with_a_newer_edition: [("", HOME, "A newer edition"), ("", f"{LESSON}?tab=updates", "A newer edition")],
}

pytestmark = pytest.mark.usefixtures("course_content")


@pytest.mark.parametrize("state", STATES, ids=lambda arrange: arrange.__name__)
def test_pages_in_each_of_their_states(
    state: Arrange, author: User, learner: User, visit: OpenPage, axe: Check, no_sideways_scroll: Check
) -> None:
    state(learner)
    people = {"": None, "author": author, "learner": learner}
    for who in sorted({who for who, *_ in STATES[state]}):
        for viewport, theme in views((NARROW, "dark"), (DESKTOP, "light")):
            page = visit("/healthz", person=people[who], viewport=viewport, theme=theme)
            for path, says in [(path, says) for one, path, says in STATES[state] if one == who]:
                page.goto(path)
                expect(page.locator("main")).to_contain_text(says)
                no_sideways_scroll(page)
                axe(page)


@pytest.mark.parametrize("tab", ["text", "video", "quiz", "resources", "updates"])
def test_a_lesson_without_its_scripts_is_a_page_of_links_and_tables(
    tab: str, open_page: OpenPage, axe: Check, browser_log: BrowserLog
) -> None:
    """Every script fails to load: the page is complete, and nothing on it is dead."""
    browser_log.expect("net::ERR_FAILED")
    page = open_page("/healthz")
    page.context.route("**/js/*.js", lambda route: route.abort())
    page.goto(f"{LESSON}?tab={tab}")
    expect(page.locator("main h1")).to_be_visible()
    figure = page.locator("#figure")
    expect(figure.locator("[data-go=play]")).to_be_hidden()
    if tab != "video":
        figure.get_by_role("link", name="One step forward").click()
        expect(page.locator("[data-step='4']")).to_have_attribute("aria-current", "step")
        expect(page).to_have_url(re.compile(LESSON if tab == "text" else f"tab={tab}"))
    page.get_by_text("Show as tables").click()
    expect(page.locator("#figure .twin table").first).to_be_visible()
    axe(page)
