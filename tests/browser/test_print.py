"""A lesson on paper: all of its text and tables, light, and nothing that could only be pressed."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import OpenPage

LESSON = "/courses/neural-networks/weights/"

pytestmark = pytest.mark.usefixtures("course_content")


@pytest.mark.parametrize("javascript", [True, False])
def test_a_lesson_on_paper(javascript: bool, open_page: OpenPage) -> None:
    page = open_page(LESSON, viewport={"width": 680, "height": 900}, theme="dark", javascript=javascript)
    answer = page.get_by_text("Nothing. The product is zero, however large the weight.")
    cell = page.locator(".network .twin").get_by_role("rowheader", name="whiskers").first
    way = page.get_by_role("heading", name="In Keras")
    expect(answer).to_be_hidden()

    page.emulate_media(media="print")
    for shown in (answer, cell, way, page.locator("math").first, page.locator(".prose table").first):
        expect(shown).to_be_visible()
    for gone in ("Main", "Breadcrumb", "Parts of this lesson", "Lessons"):
        expect(page.get_by_role("navigation", name=gone, exact=True)).to_have_count(0)
    expect(page.get_by_role("button")).to_have_count(0)
    assert page.evaluate("document.documentElement.scrollWidth") <= 680
    assert page.evaluate("getComputedStyle(document.querySelector('.prose')).color") == "rgb(21, 25, 26)"
    assert page.pdf(format="A4").startswith(b"%PDF")


def test_what_paper_opened_is_closed_afterwards(open_page: OpenPage) -> None:
    page = open_page(LESSON)
    closed = page.locator("main details:not([open])").count()
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.locator("main details:not([open])").count() == 0
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert page.locator("main details:not([open])").count() == closed > 0
