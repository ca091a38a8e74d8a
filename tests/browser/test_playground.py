"""The playground in Chromium: by keyboard, from an address of the original, and as plain forms."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.conftest import DESKTOP, PHONE, VIEWS, BrowserLog, OpenPage

PATH = "/lab/playground/"


def epoch(page: Page) -> int:
    return int(page.locator("[data-epoch]").get_attribute("data-epoch") or "")


def is_at(page: Page, epoch: int) -> None:
    expect(page.locator("[data-epoch]")).to_have_attribute("data-epoch", str(epoch))


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).press("Enter")


def test_a_network_is_set_up_and_trained_by_keyboard(open_page: OpenPage) -> None:
    page = open_page(PATH, viewport=DESKTOP)
    page.get_by_role("radio", name="circle").press("ArrowRight")
    expect(page).to_have_url(re.compile("dataset=xor"))
    press(page, "One unit more in hidden layer 1")
    expect(page.get_by_text("1. 5 units")).to_be_visible()
    expect(page.get_by_role("button", name="One unit more in hidden layer 1")).to_be_focused()
    press(page, "Remove the last")
    expect(page).to_have_url(re.compile("networkShape=5&"))

    press(page, "One step")
    expect(page.locator(".readout")).to_contain_text("+ 1 step")
    press(page, "One epoch")
    is_at(page, 1)
    press(page, "Train")
    expect(page.locator("[data-epoch]")).not_to_have_attribute("data-epoch", "1")
    expect(page.get_by_role("button", name="Pause")).to_be_focused()
    press(page, "Pause")
    expect(page.get_by_role("status").filter(has_text="training loss")).to_have_text(
        re.compile(r"^Epoch \d+: ")
    )
    reached = epoch(page)
    page.wait_for_timeout(500)
    assert epoch(page) == reached

    press(page, "Start over")
    is_at(page, 0)
    expect(page.get_by_text("1. 5 units")).to_be_visible()


def test_the_learning_rate_changes_on_the_way_and_the_data_start_anew(open_page: OpenPage) -> None:
    page = open_page(PATH, viewport=DESKTOP)
    press(page, "One epoch")
    is_at(page, 1)
    page.get_by_label("Learning rate").select_option("0.1")
    expect(page).to_have_url(re.compile(r"learningRate=0\.1"))
    is_at(page, 1)
    page.get_by_label("Seed").fill("0.5")
    page.keyboard.press("Tab")
    expect(page).to_have_url(re.compile(r"seed=0\.5"))
    is_at(page, 0)


def test_an_address_of_the_original_opens(open_page: OpenPage) -> None:
    page = open_page(f"{PATH}#activation=relu&dataset=spiral&networkShape=3,2,1&seed=0.43&sinX=true&y=false")
    expect(page).to_have_url(re.compile(r"\?activation=relu&dataset=spiral"))
    expect(page.get_by_role("radio", name="spiral")).to_be_checked()
    expect(page.get_by_label("Activation")).to_have_value("relu")
    expect(page.get_by_label("sin x")).to_be_checked()
    expect(page.get_by_label("y", exact=True)).not_to_be_checked()
    expect(page.get_by_text("3. 1 unit")).to_be_visible()


def test_what_cannot_be_is_told(open_page: OpenPage, browser_log: BrowserLog) -> None:
    browser_log.expect("422")
    page = open_page(PATH, viewport=DESKTOP)
    page.get_by_label("Batch size").fill("900")
    page.keyboard.press("Tab")
    expect(page.locator("[data-fault]")).to_have_text(
        "batchSize must be a whole number from 1 to 100; it is '900'."
    )


def test_the_playground_is_for_everybody(
    visit: OpenPage, axe: Callable[[Page], None], no_sideways_scroll: Callable[[Page], None]
) -> None:
    for viewport, theme in VIEWS:
        page = visit(f"{PATH}?networkShape=8,4,4&activation=relu", viewport=viewport, theme=theme)
        press(page, "One epoch")
        page.get_by_text("All of it as tables").click()
        page.get_by_text("When to stop, where to start").click()
        is_at(page, 1)
        no_sideways_scroll(page)
        axe(page)


def test_it_is_plain_forms_without_javascript(open_page: OpenPage) -> None:
    page = open_page(PATH, viewport=PHONE, javascript=False)
    page.get_by_role("button", name="Train 50 epochs").click()
    is_at(page, 50)
    page.get_by_role("button", name="One epoch").click()
    is_at(page, 51)
    page.get_by_label("Noise, %").fill("20")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("noise=20"))
    is_at(page, 0)
    page.get_by_role("button", name="One unit fewer in hidden layer 2").click()
    expect(page.get_by_text("2. 1 unit")).to_be_visible()


def test_a_unit_is_looked_at_while_the_run_stands(open_page: OpenPage) -> None:
    page = open_page(PATH, viewport=DESKTOP)
    press(page, "One epoch")
    is_at(page, 1)
    page.get_by_label("Show", exact=True).select_option("h2.1")
    expect(page.get_by_role("heading", name="What h2.1 answers")).to_be_visible()
    page.locator('[data-unit="h1.3"] .rim').click()
    expect(page.get_by_role("heading", name="What h1.3 answers")).to_be_visible()
    expect(page.get_by_label("Show", exact=True)).to_have_value("h1.3")
    expect(page).to_have_url(re.compile("look=h1.3"))
    is_at(page, 1)
    press(page, "Remove the last")
    press(page, "Remove the last")
    expect(page.get_by_role("heading", name="What the network answers")).to_be_visible()
