"""One sitting with the keyboard alone, from the top of the page: no pointer, nothing focused by script.

A weight is edited, a pass stepped, a picture drawn for the convolution, a film played; a network is built,
trained and handed in, with its figure and without.
"""

import re

import pytest
from playwright.sync_api import Page, expect

from accounts.models import User
from tests.browser.conftest import OpenPage

LESSON = "/courses/neural-networks/layers/"

pytestmark = pytest.mark.usefixtures("course_content")


def tab_to(page: Page, selector: str, most: int = 120) -> None:
    """Press Tab until the focus is on what `selector` describes."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if page.evaluate("(one) => document.activeElement.matches(one)", selector):
            return
    pytest.fail(f"Tab never came to {selector}")


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def test_a_lesson_with_the_keyboard_alone(open_page: OpenPage) -> None:
    page = open_page(f"{LESSON}?focus=none&t=8")
    expect(page.locator("[data-go=play]")).to_be_visible()

    tab_to(page, ".net-wide [data-n]")
    press(page, "ArrowRight", "ArrowDown", "Enter", "e", "ArrowDown", "Enter")
    page.keyboard.type("0.75")
    press(page, "Enter")
    expect(page.locator(".net-wide .tag.edited text")).to_have_text("+0.75")
    expect(page.locator("#figure [data-part=live]")).to_contain_text("weight 0.75")

    press(page, "Escape")
    press(page, "[", "[", "[")
    expect(page.locator("[data-step='5']")).to_have_attribute("aria-current", "step")
    tab_to(page, "[data-go=forward]")
    press(page, "Enter")
    expect(page.locator("[data-step='6']")).to_have_attribute("aria-current", "step")

    tab_to(page, "lw-convolution [data-part=image] button")
    drawn = page.locator("[name='convolution-1.pixels']")
    before = drawn.input_value()
    press(page, "Home", "Space", "ArrowRight", "Space")
    expect(drawn).not_to_have_value(before)
    expect(page.locator("[name='convolution-1.picture']")).to_have_value("drawing")
    tab_to(page, "lw-convolution [data-part=answers] button")
    press(page, "ArrowRight", "Enter")
    expect(page.locator("lw-convolution [data-part=say]")).to_have_text(re.compile(r"Window 22 of 36"))


def test_a_film_with_the_keyboard_alone(open_page: OpenPage) -> None:
    page = open_page(f"{LESSON}?tab=video")
    expect(page.get_by_role("button", name="Play the film")).to_be_visible()
    tab_to(page, "[data-film] [data-part=play]")
    press(page, "Enter")
    expect(page.get_by_role("button", name="Pause the film")).to_be_focused()
    press(page, "l", "l")
    expect(page.locator("[data-part=caption] p").first).not_to_contain_text("Scene 1 of")
    press(page, "k")
    expect(page.get_by_role("button", name="Play the film")).to_be_focused()


def hide_figures(page: Page) -> None:
    """What is drawn is not there: whoever cannot see it does the same by form, text and tables."""
    page.evaluate(
        "() => { const sheet = new CSSStyleSheet();"
        " sheet.replaceSync('main svg, main canvas { display: none }');"
        " document.adoptedStyleSheets = [sheet]; }"
    )


@pytest.mark.parametrize("is_drawn", [True, False], ids=["with the figure", "without it"])
def test_a_network_is_built_trained_and_handed_in_with_the_keyboard_alone(
    is_drawn: bool, learner: User, open_page: OpenPage
) -> None:
    page = open_page("/lab/playground/", person=learner)
    if not is_drawn:
        hide_figures(page)
    tab_to(page, "button[name=go][value=epoch]")
    for epoch in ("1", "2"):
        press(page, "Enter")
        expect(page.locator("[data-epoch]")).to_have_attribute("data-epoch", epoch)

    page.goto("/challenges/budget/")
    if not is_drawn:
        hide_figures(page)
    tab_to(page, "details.builder > summary")
    press(page, "Enter")
    tab_to(page, "#b-0-units")
    press(page, "Control+A", "4", "Enter")
    expect(page.locator(".cm-content")).to_contain_text("units=4")
    tab_to(page, "#b-1-units")
    press(page, "Control+A", "8", "Enter")
    expect(page.locator(".cm-content")).to_contain_text("units=8")
    expect(page.locator("[data-live] tfoot")).to_contain_text("112")
    press(page, "Control+Enter")
    expect(page).to_have_url(re.compile("/submissions/"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Waiting to be graded")
