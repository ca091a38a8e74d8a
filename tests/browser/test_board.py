"""A challenge's board in Chromium: readable by everybody, sorted and joined by keyboard."""

from collections.abc import Callable
from random import Random

import pytest
from playwright.sync_api import Page, expect

from accounts.models import User
from labs.models import Challenge, Criterion, Submission
from labs.showing import show
from tests.browser.conftest import DESKTOP, PHONE, VIEWS, OpenPage
from tests.labs.test_board import GOOD, SMALL, passed

ADDRESS = "/challenges/three-layers/board/"


@pytest.fixture
def own(learner: User, other_learner: User) -> Submission:
    challenge = Challenge.objects.create(
        slug="three-layers", title="Three layers", summary="Small.", board="passed", is_published=True
    )
    Criterion.objects.create(challenge=challenge, kind="parameters", settings="at_most = 124")
    show(passed(other_learner, challenge, SMALL, accuracy=0.98, epochs=5), "Nimble Newt", Random(1))
    return passed(learner, challenge, GOOD, accuracy=0.97)


def test_one_shows_a_network_by_keyboard_and_everybody_can_read_the_board(
    own: Submission,
    learner: User,
    open_page: OpenPage,
    axe: Callable[[Page], None],
    no_sideways_scroll: Callable[[Page], None],
) -> None:
    page = open_page(own.get_absolute_url(), person=learner, viewport=DESKTOP)
    page.get_by_role("link", name="Show it on the board").press("Enter")
    page.get_by_role("textbox", name="Name on the board").press_sequentially("Quick Otter")
    page.get_by_role("button", name="Show it").press("Enter")
    expect(page.get_by_role("row", name="Quick Otter")).to_contain_text("97%")
    page.get_by_role("link", name="Parameters").press("Enter")
    expect(page.get_by_role("columnheader", name="Parameters")).to_have_attribute("aria-sort", "ascending")
    for viewport, theme in VIEWS:
        page = open_page(ADDRESS, person=learner, viewport=viewport, theme=theme)
        expect(page.locator(".board-plot circle.front").first).to_be_visible()
        no_sideways_scroll(page)
        axe(page)


def test_a_network_is_taken_off_without_javascript(
    own: Submission, learner: User, open_page: OpenPage
) -> None:
    show(own, "Quick Otter", Random(1))
    page = open_page(ADDRESS, person=learner, viewport=PHONE, javascript=False)
    page.get_by_role("button", name="Take it off the board").click()
    expect(page.get_by_text("You are not on this board.")).to_be_visible()
    expect(page.get_by_role("row", name="Quick Otter")).to_have_count(0)
