"""What a dashboard and a challenge say on a phone: skills without scrolling, and what closes when."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from accounts.models import User
from labs.models import Challenge
from tests.browser.conftest import PHONE, BrowserLog, OpenPage
from tests.browser.test_reviews import due
from tests.labs.test_challenge_pages import graded

__all__ = ["due"]
Check = Callable[[Page], None]
pytestmark = pytest.mark.usefixtures("course_content")


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_skills_fit_a_phone(theme: str, due: None, learner: User, open_page: OpenPage, axe: Check) -> None:
    page = open_page("/dashboard/", person=learner, viewport=PHONE, theme=theme)
    table = page.locator(".grid-scroll[aria-label='Your skills, as a table']")
    expect(table).to_contain_text("weighted sums")
    assert table.evaluate("one => one.scrollWidth - one.clientWidth") <= 0
    axe(page)


@pytest.mark.parametrize("javascript", [True, False])
def test_a_challenge_that_has_closed(
    javascript: bool, learner: User, open_page: OpenPage, axe: Check, no_sideways_scroll: Check
) -> None:
    Challenge.objects.update(closes_at=timezone.now() - timedelta(days=1))
    page = open_page("/challenges/budget/", person=learner, viewport=PHONE, javascript=javascript)
    expect(page.locator("main")).to_contain_text("It takes no more networks; go on trying in the lab.")
    expect(page.locator("[data-submit]")).to_have_count(0)
    no_sideways_scroll(page)
    if javascript:
        axe(page)


def test_a_challenge_that_will_close_stands_on_the_dashboard(
    due: None, learner: User, open_page: OpenPage
) -> None:
    Challenge.objects.filter(slug="budget").update(closes_at=timezone.now() + timedelta(days=1))
    page = open_page("/dashboard/", person=learner, viewport=PHONE)
    page.get_by_role("link", name="The challenge “Count to 112” closes").click()
    expect(page.locator("main")).to_contain_text("Submit until")


@pytest.mark.parametrize("javascript", [True, False])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_with_no_attempt_left_the_text_goes_on_in_the_lab(
    javascript: bool, theme: str, learner: User, open_page: OpenPage, axe: Check, no_sideways_scroll: Check
) -> None:
    challenge = Challenge.objects.get(slug="budget")
    graded(learner, challenge)
    Challenge.objects.filter(pk=challenge.pk).update(attempt_limit=1)
    page = open_page(
        "/challenges/budget/", person=learner, viewport=PHONE, theme=theme, javascript=javascript
    )
    expect(page.locator("main")).to_contain_text(
        "No attempt is left: this challenge allows 1. Your best result: 2 of 3 points."
    )
    expect(page.locator("[data-submit]")).to_have_count(0)
    no_sideways_scroll(page)
    if javascript:
        axe(page)
        page.locator(".cm-content").press("ControlOrMeta+Home")
        page.keyboard.type("# mine\n")
    else:
        page.get_by_label("Keras text of your network").fill("# mine\n")
    page.get_by_role("button", name="Go on in the lab").click()
    expect(page.get_by_role("heading", name="Lab", level=1)).to_be_visible()
    expect(page.locator("textarea[name=source]")).to_have_value(re.compile("^# mine"))


def test_ctrl_enter_without_an_attempt_keeps_the_text(
    learner: User, open_page: OpenPage, browser_log: BrowserLog, axe: Check, no_sideways_scroll: Check
) -> None:
    browser_log.expect("status of 409")
    challenge = Challenge.objects.get(slug="first-network")
    graded(learner, challenge)
    Challenge.objects.filter(pk=challenge.pk).update(attempt_limit=1)
    page = open_page("/challenges/first-network/", person=learner, viewport=PHONE)
    page.locator(".cm-content").press("ControlOrMeta+Home")
    page.keyboard.type("# mine\n")
    page.keyboard.press("ControlOrMeta+Enter")
    expect(page.get_by_role("alert").first).to_contain_text("No attempt is left: this challenge allows 1.")
    expect(page.locator(".cm-content")).to_contain_text("# mine")
    no_sideways_scroll(page)
    axe(page)
