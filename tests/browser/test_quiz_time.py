"""Time in the runner, in a real browser: it counts down, warns, hides, and at the end sends what is typed."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from accounts.models import User
from quizzes.models import Attempt, Quiz
from quizzes.services import start
from tests.browser.conftest import VIEWS, BrowserLog, OpenPage
from tests.browser.test_quiz import Check, at

pytestmark = pytest.mark.usefixtures("course_content")

SIZES = pytest.mark.parametrize(("viewport", "theme"), VIEWS)


@pytest.fixture
def timed(course_content: None, learner: User) -> Attempt:
    Quiz.objects.filter(slug="layers").update(time_limit=30)
    return start(learner, Quiz.objects.get(slug="layers"), timezone.now())


def leave(attempt: Attempt, seconds: float) -> None:
    """Let the attempt have so many seconds from now."""
    end = timezone.now() + timedelta(seconds=seconds)
    Attempt.objects.filter(pk=attempt.pk).update(deadline=end, started_at=end - timedelta(minutes=30))


STILL = "performance.now = () => 0"  # the page's time does not pass
LAST_MOMENT = """(text) => {
    const field = document.querySelector("[name=answer]");
    field.value = text;
    field.dispatchEvent(new Event("input", { bubbles: true }));
    performance.now = () => 1e9;
}"""
"""The last thing is typed, and the time is over: sooner than a save follows what is typed."""


@SIZES
def test_every_state_of_the_timer_is_accessible(
    timed: Attempt,
    learner: User,
    open_page: OpenPage,
    axe: Check,
    no_sideways_scroll: Check,
    viewport: dict[str, int],
    theme: str,
) -> None:
    page = open_page("/healthz", person=learner, viewport=viewport, theme=theme)
    page.add_init_script(STILL)
    page.goto("/quizzes/layers/")
    expect(page.get_by_text("You have 30 minutes for an attempt.")).to_be_visible()
    axe(page)
    page.goto(at(timed, "name-of-softmax"))
    expect(page.get_by_role("timer")).to_have_text(re.compile(r"^(30:00|29:\d\d) left$"))
    axe(page)
    leave(timed, 59)
    page.reload()
    expect(page.locator("[data-timer-note]")).to_have_text("1 minute left.")
    leave(timed, 19.5)
    page.reload()
    expect(page.locator("[data-timer-note]")).to_have_text(re.compile("^20 seconds left."))
    axe(page)
    no_sideways_scroll(page)
    page.get_by_role("button", name="Hide the time").click()
    expect(page.get_by_role("timer")).to_be_hidden()
    expect(page.get_by_text("20 seconds left.")).to_be_visible()
    leave(timed, 1000)
    page.goto(f"/attempts/{timed.pk}/finish/")
    expect(page.get_by_role("button", name="Show the time")).to_be_visible()
    expect(page.get_by_role("timer")).to_be_hidden()
    axe(page)
    leave(timed, -60)
    page.reload()
    expect(page.get_by_text("Time ran out, and what was saved by then counts")).to_be_visible()
    axe(page)
    no_sideways_scroll(page)


def test_at_the_end_what_is_typed_is_sent_and_the_attempt_is_finished(
    timed: Attempt, learner: User, open_page: OpenPage
) -> None:
    page = open_page(at(timed, "name-of-softmax"), person=learner)
    leave(timed, -1)
    page.evaluate(LAST_MOMENT, "softmax")
    expect(page.get_by_role("heading", level=1)).to_have_text("1 of 12 right")
    expect(page.get_by_text("Time ran out")).to_be_visible()
    timed.refresh_from_db()
    assert timed.finished_at == timed.deadline


def test_offline_at_the_end_it_is_sent_when_the_connection_is_back(
    timed: Attempt, learner: User, open_page: OpenPage, browser_log: BrowserLog
) -> None:
    browser_log.expect("ERR_INTERNET_DISCONNECTED")
    page = open_page(at(timed, "name-of-softmax"), person=learner)
    page.context.set_offline(True)
    page.evaluate(LAST_MOMENT, "softmax")
    expect(page.get_by_text("Time is over. What you typed is being sent.")).to_be_visible()
    expect(page.get_by_text("Not sent yet.")).to_be_attached()
    leave(timed, -1)
    page.context.set_offline(False)
    expect(page.get_by_role("heading", level=1)).to_have_text("1 of 12 right")


def test_a_save_and_a_look_bring_the_servers_time(timed: Attempt, learner: User, open_page: OpenPage) -> None:
    page = open_page(at(timed, "name-of-softmax"), person=learner)
    leave(timed, 600.9)
    page.get_by_label("Your answer").fill("soft")
    expect(page.get_by_role("timer")).to_have_text(re.compile(r"^(10:0\d|9:\d\d) left$"))
    leave(timed, 300.9)
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(page.get_by_role("timer")).to_have_text(re.compile(r"^(5:0\d|4:\d\d) left$"))


def test_the_browsers_clock_decides_nothing(timed: Attempt, learner: User, open_page: OpenPage) -> None:
    page = open_page(at(timed, "name-of-softmax"), person=learner)
    page.evaluate("() => { Date.now = Date.prototype.getTime = Date.prototype.valueOf = () => 9e12; }")
    page.wait_for_timeout(600)
    expect(page.get_by_role("timer")).to_have_text(re.compile(r"^(30:00|29:\d\d) left$"))


def test_without_javascript_the_page_tells_the_end(
    timed: Attempt, learner: User, open_page: OpenPage
) -> None:
    page = open_page(at(timed, "name-of-softmax"), person=learner, javascript=False)
    expect(page.get_by_role("timer")).to_have_text(re.compile(r"^Until \d\d:\d\d:\d\d UTC$"))
    leave(timed, -1)
    page.get_by_label("Your answer").fill("softmax")
    page.get_by_role("button", name="Check answer").click()
    expect(page.locator("#feedback .state")).to_have_text("Right")
    leave(timed, -31)
    page.reload()
    expect(page.get_by_role("heading", level=1)).to_have_text("1 of 12 right")
