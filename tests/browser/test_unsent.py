"""What was written in the editor outlives its page, until it was handed in or is given up."""

from time import monotonic

from playwright.sync_api import BrowserContext, Page, expect

from accounts.models import User
from labs import services
from labs.builder import STARTERS
from labs.models import Draft, Submission
from tests.browser.conftest import OpenPage
from tests.browser.test_challenge import CHALLENGE, write
from tests.labs.conftest import GOOD

PATIENCE = 5  # seconds, for what is sent by a page that is gone
BY_HAND = "/challenges/xor-by-hand/"
MINE = f"{GOOD}# mine\n"


def text_of(page: Page) -> str:
    return page.locator("textarea[name=source]").input_value()


def test_a_text_is_there_again_after_its_page_was_left(
    course_content: None, open_page: OpenPage, learner: User
) -> None:
    page = open_page(CHALLENGE, person=learner)
    starter = text_of(page)
    write(page, MINE)
    page.get_by_role("link", name="Dashboard").click()
    page.wait_for_url("**/dashboard/")

    page.go_back()
    kept = page.get_by_text("What you wrote here last, and did not send.")
    expect(kept).to_be_visible()
    assert text_of(page) == MINE
    page.reload()
    expect(kept).to_be_visible()
    expect(page.locator(".cm-content")).to_contain_text("# mine")

    page.get_by_role("button", name="Begin anew").click()
    expect(kept).to_be_hidden()
    assert text_of(page) == starter
    page.reload()
    expect(page.locator(".editor.is-live")).to_be_visible()
    assert text_of(page) == starter


def test_weights_set_by_hand_are_there_again_with_their_network(
    course_content: None, open_page: OpenPage, learner: User
) -> None:
    page = open_page(BY_HAND, person=learner)
    write(page, text_of(page).replace("units=2", "units=3"))
    third = page.get_by_role("textbox", name="dense kernel, row 1, unit 3")
    third.fill("0.75")

    page.reload()
    expect(page.get_by_role("button", name="Begin anew")).to_be_visible()
    expect(third).to_have_value("0.75")
    page.get_by_role("button", name="Begin anew").click()
    expect(third).to_have_count(0)
    expect(page.get_by_role("textbox", name="dense kernel, row 1, unit 2")).to_have_value("0")


def test_what_was_handed_in_is_not_brought_up_again(
    course_content: None, open_page: OpenPage, learner: User
) -> None:
    page = open_page(CHALLENGE, person=learner)
    starter = text_of(page)
    write(page, MINE)
    expect(page.get_by_role("row", name="Total")).to_contain_text("124")
    page.get_by_role("button", name="Submit").click()
    page.wait_for_url("**/submissions/**")
    page.goto(CHALLENGE)
    expect(page.locator(".editor.is-live")).to_be_visible()
    assert text_of(page) == starter

    page.goto("/lab/")
    write(page, MINE)
    page.get_by_role("button", name="Keep as a draft").click()
    page.wait_for_url("**/lab/*-*/")
    page.goto("/lab/")
    expect(page.locator(".editor.is-live")).to_be_visible()
    assert text_of(page) != MINE


def test_who_signs_out_leaves_nothing_behind(
    course_content: None, open_page: OpenPage, learner: User
) -> None:
    page = open_page(CHALLENGE, person=learner)
    write(page, MINE)
    assert kept_in(page.context) == 1
    page.get_by_role("button", name="Sign out").click()
    page.wait_for_url("**/")
    assert kept_in(page.context) == 0


def kept_in(context: BrowserContext) -> int:
    count: int = context.pages[0].evaluate("localStorage.length + sessionStorage.length")
    return count


def test_a_draft_that_is_left_at_once_has_its_last_change(
    course_content: None, open_page: OpenPage, learner: User
) -> None:
    draft = services.keep_draft(learner, None, "Mine", STARTERS["perceptron"][2])
    page = open_page(draft.get_absolute_url(), person=learner)
    write(page, MINE)
    page.get_by_role("link", name="Dashboard").click()
    page.wait_for_url("**/dashboard/")
    until = monotonic() + PATIENCE
    while Draft.objects.get(pk=draft.pk).source != MINE:
        assert monotonic() < until


def test_enter_in_a_weight_hands_nothing_in(course_content: None, open_page: OpenPage, learner: User) -> None:
    page = open_page(BY_HAND, person=learner)
    first = page.get_by_role("textbox", name="dense kernel, row 1, unit 1")
    first.fill("0.75")
    first.press("Enter")
    expect(page.get_by_text("0 of 4 rows hold.")).to_be_visible()
    assert not Submission.objects.exists()
    first.press("Control+Enter")
    page.wait_for_url("**/submissions/**")
    assert Submission.objects.get().weights[0][0] == [0.75, 0.0]
