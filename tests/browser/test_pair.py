"""Two runs side by side in Chromium: by keyboard, kept epochs, for everybody, and as plain forms."""

import re
from collections.abc import Callable

from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import DESKTOP, PHONE, VIEWS, OpenPage

PATH = "/lab/playground/compare/?dataset=xor&b.learningRate=0.3"


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).press("Enter")


def shown(page: Page) -> Locator:
    return page.locator('[data-piece="scrub"] label')


def test_both_are_trained_and_looked_at_by_keyboard(open_page: OpenPage) -> None:
    page = open_page(PATH, viewport=DESKTOP)
    press(page, "One step")
    expect(page.get_by_role("status").filter(has_text="Epoch 0: held-out loss A 0.")).to_have_count(1)
    press(page, "One epoch")
    press(page, "One epoch")
    expect(page.get_by_text("Epoch 2", exact=True)).to_be_visible()
    page.get_by_role("slider").press("ArrowLeft")
    expect(page.get_by_text("Epoch 1 of 2", exact=True)).to_be_visible()
    expect(page.get_by_role("slider")).to_be_focused()
    press(page, "The kept epoch before")
    expect(page.get_by_text("Epoch 0 of 2", exact=True)).to_be_visible()
    press(page, "Replay")
    expect(page.get_by_text("Epoch 2", exact=True)).to_be_visible()
    expect(page.get_by_role("button", name="Replay")).to_be_visible()

    press(page, "Train both")
    expect(page.get_by_text(re.compile(r"^Epoch ([4-9]|\d\d)$"))).to_be_visible()
    press(page, "Pause")
    expect(page.get_by_role("status").filter(has_text="held-out loss A")).to_have_count(1)
    press(page, "Start over")
    expect(page.get_by_text("Epoch 0", exact=True)).to_be_visible()


def test_a_setting_of_b_starts_both_anew_and_is_in_the_address(open_page: OpenPage) -> None:
    page = open_page(PATH, viewport=DESKTOP)
    press(page, "One epoch")
    expect(page.get_by_text("Epoch 1", exact=True)).to_be_visible()
    page.get_by_label("Optimizer of B").select_option("adam")
    expect(page).to_have_url(re.compile(r"b\.optimizer=adam"))
    expect(page.get_by_role("heading", name="B: optimizer Adam, learning rate 0.3")).to_be_visible()
    expect(page.get_by_text("Epoch 0", exact=True)).to_be_visible()


def test_two_runs_are_for_everybody(
    visit: OpenPage, axe: Callable[[Page], None], no_sideways_scroll: Callable[[Page], None]
) -> None:
    for viewport, theme in VIEWS:
        page = visit(PATH, viewport=viewport, theme=theme)
        press(page, "One epoch")
        expect(page.get_by_text("Epoch 1", exact=True)).to_be_visible()
        page.get_by_text("All of it as tables").click()
        no_sideways_scroll(page)
        axe(page)


def test_it_is_plain_forms_without_javascript(open_page: OpenPage) -> None:
    page = open_page(PATH, viewport=PHONE, javascript=False)
    page.get_by_role("button", name="Train both up to 50 epochs").click()
    expect(shown(page)).to_have_text("Epoch 50")
    page.get_by_role("slider").fill("20")
    page.get_by_role("button", name="Show it").click()
    expect(shown(page)).to_have_text("Epoch 20 of 50")
    page.get_by_label("Learning rate of B").select_option("1")
    page.get_by_role("button", name="Set both up").click()
    expect(page.get_by_role("heading", name="B: learning rate 1")).to_be_visible()
    expect(shown(page)).to_have_text("Epoch 0")


def test_the_playground_leads_there_with_its_settings(open_page: OpenPage) -> None:
    page = open_page("/lab/playground/?dataset=xor", viewport=DESKTOP)
    page.get_by_label("Optimizer").select_option("adam")
    expect(page).to_have_url(re.compile("optimizer=adam"))
    page.get_by_role("link", name="Compare two runs from this start").click()
    expect(page.get_by_role("heading", name="B: learning rate 0.3")).to_be_visible()
    expect(page.get_by_label("Optimizer of A")).to_have_value("adam")
