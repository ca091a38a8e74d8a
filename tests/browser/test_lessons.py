"""Every shipped lesson with everything opened, narrow in the light and wide in the dark, for axe; every
figure in it without a script, which says so; and the sums of lesson 1 found in the tables alone.
"""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from course.figures.forward import run
from course.figures.numbers import fixed
from tests.browser.conftest import DESKTOP, NARROW, BrowserLog, OpenPage, views
from tests.course.figures.networks import ANIMALS, LLAMA
from tests.course.shipped import LESSONS

HOME = "/courses/neural-networks/"
OPEN_ALL = "() => document.querySelectorAll('main details').forEach((one) => (one.open = true))"
Check = Callable[[Page], None]

pytestmark = pytest.mark.usefixtures("course_content")


@pytest.mark.parametrize("slug", LESSONS)
def test_everything_that_opens_is_accessible_and_fits(
    slug: str, visit: OpenPage, axe: Check, no_sideways_scroll: Check
) -> None:
    for viewport, theme in views((NARROW, "light"), (DESKTOP, "dark")):
        page = visit(f"{HOME}{slug}/", viewport=viewport, theme=theme)
        page.evaluate(OPEN_ALL)
        no_sideways_scroll(page)
        page.evaluate("scrollTo(0, 0)")
        axe(page)


@pytest.mark.parametrize("slug", LESSONS)
def test_every_figure_stands_without_a_script_and_says_so(slug: str, visit: OpenPage) -> None:
    page = visit(f"{HOME}{slug}/", javascript=False)
    docked = page.locator("#figure")
    expect(docked.get_by_text("Without JavaScript: every unit, step and choice is a link")).to_be_visible()
    expect(docked.locator(".twin table")).not_to_have_count(0)
    for figure in page.locator("[data-lesson-text] figure").all():
        expect(figure.locator("svg, table").first).to_be_visible()
        expect(figure.locator("table")).not_to_have_count(0)
        if figure.locator("form").count():
            expect(figure.get_by_text("Without JavaScript: choose and press Show.")).to_be_visible()
    page.goto(f"{HOME}{slug}/?tab=video")
    expect(page.get_by_text("Without JavaScript: each scene is a link")).to_be_visible()


def test_what_is_said_without_a_script_is_not_said_with_it(visit: OpenPage) -> None:
    page = visit(f"{HOME}layers/")
    expect(page.locator("[data-lesson-text] figure").first).to_be_visible()
    expect(page.get_by_text("Without JavaScript").locator("visible=true")).to_have_count(0)
    page.goto(f"{HOME}layers/?tab=video")
    expect(page.get_by_role("button", name="Play the film")).to_be_visible()
    expect(page.get_by_text("Without JavaScript").locator("visible=true")).to_have_count(0)


def test_every_task_of_the_first_lesson_can_be_done_in_the_tables(
    open_page: OpenPage, browser_log: BrowserLog
) -> None:
    """U6: the figure's script is blocked. Values are read, a sum checked, a class found, a weight changed."""
    browser_log.expect("net::ERR_FAILED")
    page = open_page("/healthz")
    page.context.route("**/js/network.js", lambda route: route.abort())
    page.goto(f"{HOME}network/?focus=h1.3&t=1")
    table = page.locator(".twin .values")

    def row(key: str) -> list[str]:
        page.get_by_text("Show as tables").click()
        expect(table).to_be_visible()
        found = table.locator(f"[data-row='{key}'] td").all_inner_texts()
        page.get_by_text("Show as tables").click()
        expect(table).to_be_hidden()
        return found

    def follow(name: str) -> None:
        with page.expect_navigation():  # until all of the page is there, scrolled to the figure
            page.get_by_role("link", name=name, exact=True).first.click()

    assert row("1.2") == ["?", "?"], "what is not computed is not there"
    inputs = [float(row(f"0.{at}")[1]) for at in range(8)]
    assert inputs == list(LLAMA)
    follow("One step forward")
    expect(page.locator("[data-step='2']")).to_have_attribute("aria-current", "step")
    z = (
        sum(x * kernel[2] for x, kernel in zip(inputs, ANIMALS.kernels[0], strict=True))
        + ANIMALS.biases[0][2]
    )
    assert row("1.2") == [fixed(z, 2), "?"]
    follow("cat")
    expect(page.locator("[data-preset=cat]").first).to_have_attribute("aria-current", "true")
    follow("Step 8: class")
    expect(page.locator("[data-step='8']")).to_have_attribute("aria-current", "step")
    seen = run(ANIMALS, ANIMALS.preset("cat") or ())
    logits = [row(f"3.{at}")[0] for at in range(len(ANIMALS.classes))]
    assert logits == [fixed(z, 2) for z in seen.columns[2].z]
    assert ANIMALS.classes[seen.answer] == "cat"
    page.get_by_text("Edit weights").click()
    page.locator(".edit [name=to]").first.fill("2")
    page.get_by_role("button", name="Compute with these").click()
    expect(page.locator("[data-part=edited] span")).to_have_text("1 number of the network edited.")
