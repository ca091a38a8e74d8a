"""The editor in Chromium: completion with documentation, mending by key, one history for all three views."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.conftest import DESKTOP, PHONE, OpenPage
from tests.browser.test_builder import text_of

START = "from keras import Sequential\nfrom keras.layers import Dense\nmodel = Sequential([\n"


def begin(page: Page, text: str) -> None:
    page.locator(".cm-content").focus()
    page.keyboard.press("Control+A")
    page.keyboard.insert_text(text)


def test_layers_arguments_and_values_are_completed_with_their_documentation(
    open_page: OpenPage, axe: Callable[[Page], None]
) -> None:
    page = open_page("/lab/", viewport=DESKTOP)
    begin(page, START)
    page.keyboard.type("Den")
    listbox = page.get_by_role("listbox", name="Completions")
    expect(listbox.get_by_role("option", name="Dense core")).to_have_attribute("aria-selected", "true")
    expect(page.locator(".cm-completionInfo")).to_contain_text("Every unit sums all inputs")
    axe(page)
    page.wait_for_timeout(100)  # the list takes no key in its first moment, so that nobody accepts by mistake
    page.keyboard.press("Enter")
    page.keyboard.type("(4, input_shape=(8,), acti")
    expect(listbox.get_by_role("option").first).to_contain_text('= "linear"')
    page.wait_for_timeout(100)
    page.keyboard.press("Enter")
    page.keyboard.type("sig")
    expect(listbox.get_by_role("option").first).to_have_text("sigmoid")
    page.wait_for_timeout(100)
    page.keyboard.press("Enter")
    expect(page.locator(".cm-content")).to_have_text(
        re.compile(r'Dense\(4, input_shape=\(8,\), activation="sigmoid"(\)]\))?$')
    )


def test_what_waits_for_its_next_figures_stays_readable(
    open_page: OpenPage, axe: Callable[[Page], None]
) -> None:
    page = open_page("/lab/", viewport=DESKTOP)
    page.route("**/api/**", lambda _: None)  # the answer never comes
    begin(page, START)
    live = page.locator("[data-live]")
    expect(live).to_have_attribute("aria-busy", "true")
    expect(live).not_to_have_css("border-top-color", "rgba(0, 0, 0, 0)")
    axe(page)


def test_a_finding_is_mended_by_a_key(open_page: OpenPage) -> None:
    page = open_page("/lab/", viewport=DESKTOP)
    begin(page, START + '    Dense(4, input_shape=(8,), activation="relo"),\n])\n')
    expect(page.locator(".diag h3")).to_contain_text("it is 'relo'")
    page.keyboard.press("F8")
    page.keyboard.press("Control+.")
    expect(page.locator(".cm-content")).to_contain_text("activation='relu'")
    expect(page.locator(".diag")).to_have_count(0)


def test_one_history_for_text_form_and_figure(open_page: OpenPage) -> None:
    page = open_page("/lab/", viewport=DESKTOP)
    page.get_by_role("button", name="In the figure: one more in layer 1, Dense").press("Enter")
    expect(page.locator(".cm-content")).to_contain_text("Dense(7, input_shape")
    expect(page.get_by_role("button", name="In the figure: one more in layer 1, Dense")).to_be_focused()
    page.locator("select[name='a.1.activation']").select_option("tanh")
    expect(page.locator(".cm-content")).to_contain_text('Dense(6, activation="tanh")')
    page.locator(".cm-content").focus()
    page.keyboard.press("Control+End")
    page.keyboard.insert_text("# mine")  # at once: what is typed slowly is undone in pieces
    before = text_of(page)
    for key in ("# mine", "tanh", "Dense(7"):
        page.get_by_role("button", name="Undo").press("Enter")
        expect(page.locator(".cm-content")).not_to_contain_text(key)
    for _ in range(3):
        page.get_by_role("button", name="Redo").press("Enter")
    assert text_of(page) == before


def test_undo_is_reached_from_the_form_by_its_key(open_page: OpenPage) -> None:
    page = open_page("/lab/", viewport=DESKTOP)
    page.get_by_role("button", name="One more in layer 1", exact=True).press("Enter")
    expect(page.locator(".cm-content")).to_contain_text("Dense(7")
    expect(page.get_by_role("button", name="One more in layer 1", exact=True)).to_be_focused()
    page.keyboard.press("Control+z")
    expect(page.locator(".cm-content")).to_contain_text("Dense(6, input_shape")
    page.keyboard.press("Control+Shift+Z")
    expect(page.locator(".cm-content")).to_contain_text("Dense(7, input_shape")


def test_the_figure_has_its_plus_and_minus_without_javascript(open_page: OpenPage) -> None:
    page = open_page("/lab/", viewport=PHONE, javascript=False)
    page.get_by_role("button", name="In the figure: one less in layer 3, Dense").click()
    expect(page.locator("textarea[name=source]")).to_have_value(re.compile(r"Dense\(3, activation"))
