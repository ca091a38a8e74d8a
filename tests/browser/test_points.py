"""Points of one's own in Chromium: by pointer, by keyboard, from a table, for everybody, without a script."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.conftest import DESKTOP, PHONE, VIEWS, BrowserLog, OpenPage

PATH = "/lab/playground/points/"
TABLE = "a,b,c,kind\n1,2,3,cat\n2,3,1,dog\n3,1,2,cat\n1,1,1,dog\n"


def test_points_are_drawn_by_keyboard_and_learned(open_page: OpenPage) -> None:
    page = open_page(f"{PATH}?networkShape=3", viewport=DESKTOP)
    plane = page.get_by_label("The plane from -6 to 6")
    table = page.get_by_label("The points, one on each line")
    for key in ("Enter", "ArrowRight", "ArrowUp", "Enter", "n", "ArrowLeft", "Shift+ArrowLeft", "Enter"):
        plane.press(key)
    expect(table).to_have_value("x,y,class\n0,0,positive\n0.5,0.5,positive\n-0.1,0.5,negative\n")
    expect(page.get_by_role("status").filter(has_text="negative. 3 points.")).to_have_count(1)
    plane.press("Delete")
    expect(page.get_by_role("status").filter(has_text="Taken away. 2 points.")).to_have_count(1)
    for key in ("ArrowDown", "Enter", "ArrowDown", "ArrowDown", "Enter"):
        plane.press(key)
    page.get_by_role("button", name="Learn these points").press("Enter")
    expect(page).to_have_url(re.compile("dataset=own.*networkShape=3.*own="))
    expect(page.get_by_role("radio", name="your own")).to_be_checked()
    page.get_by_role("button", name="One epoch").press("Enter")
    expect(page.locator("[data-epoch]")).to_have_attribute("data-epoch", "1")
    expect(page).to_have_url(re.compile("own="))


def test_points_are_placed_and_erased_by_pointer(open_page: OpenPage) -> None:
    page = open_page(PATH, viewport=PHONE)
    plane = page.get_by_label("The plane from -6 to 6")
    plane.click()
    expect(page.locator("[data-dots] path")).to_have_count(1)
    page.get_by_label("erase").check()
    plane.click()
    expect(page.locator("[data-dots] path")).to_have_count(0)


def test_columns_are_chosen_without_javascript(open_page: OpenPage) -> None:
    page = open_page(PATH, viewport=PHONE, javascript=False)
    page.get_by_label("The points, one on each line").fill(TABLE)
    page.get_by_role("button", name="Learn these points").click()
    page.get_by_label("Up", exact=True).select_option("c")
    page.get_by_label("The positive class").select_option("dog")
    page.get_by_role("button", name="Learn these points").click()
    expect(page.get_by_text("Across: a. Up: c.")).to_be_visible()
    expect(page.get_by_text("Positive is dog, negative is cat.")).to_be_visible()


def test_own_points_are_for_everybody(
    visit: OpenPage,
    axe: Callable[[Page], None],
    no_sideways_scroll: Callable[[Page], None],
    browser_log: BrowserLog,
) -> None:
    browser_log.expect("422")
    for viewport, theme in VIEWS:
        page = visit(PATH, viewport=viewport, theme=theme)
        page.get_by_label("The plane from -6 to 6").press("Enter")
        expect(page.locator("[data-dots] path")).to_have_count(1)
        axe(page)
        for table, says in (
            (TABLE, "The positive class"),
            ("1,2,a\nx,2,a\n", "The table cannot be used yet."),
        ):
            page.get_by_label("The points, one on each line").fill(table)
            page.get_by_role("button", name="Learn these points").click()
            expect(page.get_by_text(says)).to_be_visible()
            no_sideways_scroll(page)
            axe(page)
