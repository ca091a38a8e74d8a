"""Two submissions side by side, and a result beside its best, in every light and on every screen."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from accounts.models import User
from labs.models import Challenge
from tests.browser.conftest import VIEWS, OpenPage
from tests.labs.test_comparing import GATE, RIGHT, SAME_HIDDEN, graded, xor

__all__ = ["xor"]


def test_a_result_leads_to_the_comparison_with_the_best(
    xor: Challenge,
    learner: User,
    visit: OpenPage,
    axe: Callable[[Page], None],
    no_sideways_scroll: Callable[[Page], None],
) -> None:
    graded(learner, xor, RIGHT)
    now = graded(learner, xor, SAME_HIDDEN, GATE + "# once more\n")
    for viewport, theme in VIEWS:
        page = visit(now.get_absolute_url(), person=learner, viewport=viewport, theme=theme)
        expect(page.get_by_text("the first layer to answer otherwise")).to_be_visible()
        for table in page.locator("details.behind > summary").all():
            table.click()
        no_sideways_scroll(page)
        axe(page)
        page.get_by_role("link", name="Compare text and criteria with Submission 1").press("Enter")
        expect(page.get_by_role("heading", name="Submission 1 and Submission 2")).to_be_visible()
        expect(page.locator(".diff .new")).to_have_text("+new:# once more")
        no_sideways_scroll(page)
        axe(page)
