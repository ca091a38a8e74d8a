"""Every page that anybody can open: a silent console, no breach of WCAG 2.2 AA, no sideways scroll, on a
phone in the dark and on a desk in the light; and the same page without JavaScript.
"""

from collections.abc import Callable

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from accounts.models import User
from engine.playground import Settings, start
from labs import long_runs
from labs.models import LongRun
from labs.playground.addresses import write
from tests.browser.conftest import NARROW, PHONE, VIEWS, OpenPage

PUBLIC = [
    "/",
    "/courses/neural-networks/",
    "/courses/neural-networks/layers/",
    "/courses/neural-networks/weights/",
    "/courses/neural-networks/activations/",
    "/courses/neural-networks/forward-pass/",
    "/courses/neural-networks/glossary/",
    "/courses/neural-networks/layers/?tab=quiz",
    "/courses/neural-networks/layers/?tab=resources",
    "/courses/neural-networks/layers/?tab=updates",
    "/quizzes/layers/",
    "/challenges/",
    "/challenges/first-network/",
    "/challenges/animals/board/",
    "/lab/",
    "/lab/playground/",
    "/lab/playground/compare/",
    "/lab/playground/points/",
    "/search/?q=neuron",
    "/help/",
    "/privacy/",
    "/accounts/sign-in/",
    "/accounts/sign-up/",
    "/accounts/password/reset/",
]
PRIVATE = ["/dashboard/", "/reviews/", "/settings/", "/accounts/password/", "/accounts/delete/"]

pytestmark = pytest.mark.usefixtures("course_content")


@pytest.mark.parametrize("path", PUBLIC)
def test_a_visitor_can_read_it(
    path: str,
    visit: OpenPage,
    axe: Callable[[Page], None],
    no_sideways_scroll: Callable[[Page], None],
) -> None:
    for viewport, theme in VIEWS:
        page = visit(path, viewport=viewport, theme=theme)
        expect(page.locator("main h1")).to_have_count(1)
        no_sideways_scroll(page)
        axe(page)


@pytest.mark.parametrize("path", PRIVATE)
def test_a_learner_can_read_it(
    path: str,
    learner: User,
    visit: OpenPage,
    axe: Callable[[Page], None],
    no_sideways_scroll: Callable[[Page], None],
) -> None:
    for viewport, theme in VIEWS:
        page = visit(path, person=learner, viewport=viewport, theme=theme)
        assert page.url.endswith(path)
        expect(page.locator("main h1")).to_have_count(1)
        no_sideways_scroll(page)
        axe(page)


@pytest.fixture
def run(learner: User) -> LongRun:
    small = Settings(hidden=(2,), share=10)
    begun = start(small)
    begun.train(begun.steps_until(3))
    return long_runs.start(
        learner, begun, write(small), 200, now=timezone.now(), enqueue=lambda one: None
    )  # nobody trains it: it stays as it is


@pytest.mark.parametrize(
    ("status", "says"),
    [
        ("training", "Stop it here"),
        ("done", "Open it in the playground"),
        ("canceled", "It was stopped here."),
        ("failed", "This is no fault of yours"),
    ],
)
def test_a_longer_run_in_each_of_its_states(
    status: str,
    says: str,
    run: LongRun,
    learner: User,
    author: User,
    visit: OpenPage,
    axe: Callable[[Page], None],
    no_sideways_scroll: Callable[[Page], None],
) -> None:
    LongRun.objects.update(status=status)
    for viewport, theme in VIEWS:
        page = visit(run.get_absolute_url(), person=learner, viewport=viewport, theme=theme)
        expect(page.locator("main h1")).to_have_count(1)
        expect(page.locator("main")).to_contain_text(says)
        no_sideways_scroll(page)
        axe(page)
    visit(run.get_absolute_url(), person=learner, viewport=PHONE, javascript=False)
    queue = visit("/admin/labs/submission/queue/", person=author, viewport=PHONE)
    told = f"Longer runs of the playground: {int(status == 'training')}"
    expect(queue.get_by_role("heading", name=told)).to_be_visible()
    axe(queue)


@pytest.mark.parametrize("path", PUBLIC)
def test_it_stands_without_javascript(path: str, visit: OpenPage) -> None:
    page = visit(path, viewport=PHONE, javascript=False)

    expect(page.locator("main h1")).to_be_visible()


def test_it_fits_a_narrow_window_with_text_twice_as_large(
    learner: User, visit: OpenPage, no_sideways_scroll: Callable[[Page], None]
) -> None:
    for person, paths in ((None, PUBLIC), (learner, [*PRIVATE, "/courses/neural-networks/"])):
        page = visit("/healthz", viewport=NARROW, person=person)
        for path in paths:
            page.goto(path)
            page.evaluate("document.documentElement.style.fontSize = '200%'")
            no_sideways_scroll(page)
        page.locator("summary", has_text="Menu").click()
        link = page.get_by_role("navigation", name="Main, small screen").get_by_role("link", name="Lab")
        box = link.bounding_box()
        assert box is not None
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 320
