"""What a dashboard and a challenge say on a phone: skills without scrolling, and what closes when."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from accounts.models import User
from labs.models import Challenge
from tests.browser.conftest import PHONE, OpenPage
from tests.browser.test_reviews import due

__all__ = ["due"]
Check = Callable[[Page], None]
pytestmark = pytest.mark.usefixtures("course_content")


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_skills_fit_a_phone(theme: str, due: None, learner: User, open_page: OpenPage, axe: Check) -> None:
    page = open_page("/dashboard/", person=learner, viewport=PHONE, theme=theme)
    table = page.locator(".grid-scroll[aria-label='Skills']")
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
