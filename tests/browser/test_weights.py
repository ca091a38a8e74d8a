"""A draft's weights in Chromium: pasted into the table, kept and run by keyboard; readable by everybody."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from accounts.models import User
from labs import services
from tests.browser.conftest import DESKTOP, VIEWS, OpenPage
from tests.labs.test_holding import TEXT


def test_weights_are_set_and_the_network_runs_by_keyboard(learner: User, open_page: OpenPage) -> None:
    draft = services.keep_draft(learner, None, "Mine", TEXT)
    page = open_page(draft.get_absolute_url(), person=learner, viewport=DESKTOP)
    page.get_by_role("link", name="Set them, load them").press("Enter")
    page.get_by_role("combobox", name="Array").select_option("dense kernel, 2×2")
    page.get_by_role("textbox", name="Rows of numbers").fill("1\t-1\n0,5\t2")
    page.get_by_role("button", name="Paste it").press("Enter")
    expect(page.locator("input[name='w.0.2']")).to_have_value("0.5")
    page.locator("input[name='w.1.1']").fill("-1")
    page.get_by_role("button", name="Keep these weights").press("Enter")
    page.get_by_role("textbox", name="Input of 2 numbers").fill("1, 1")
    page.keyboard.press("Enter")
    expect(page.get_by_role("row", name="dense Dense, relu")).to_contain_text("1.5, 0")


def test_the_page_is_for_everybody(
    learner: User,
    visit: OpenPage,
    axe: Callable[[Page], None],
    no_sideways_scroll: Callable[[Page], None],
) -> None:
    draft = services.keep_draft(learner, None, "Mine", TEXT)
    for viewport, theme in VIEWS:
        page = visit(
            f"/lab/{draft.pk}/weights/?x=1,1", person=learner, viewport=viewport, theme=theme, javascript=True
        )
        for sums in page.locator("details.behind > summary").all():
            sums.click()
        no_sideways_scroll(page)
        axe(page)
