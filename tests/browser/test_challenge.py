"""A challenge in a real browser: the editor marks, mends, counts; a submission is graded as one looks on."""

import re
import subprocess
from collections.abc import Callable

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from accounts.models import User
from labs import services
from labs.models import Challenge, Status, Submission
from tests.browser.conftest import GRADED, PHONE, BrowserLog, OpenPage
from tests.labs.conftest import BAD, GOOD
from tests.labs.test_challenge_pages import REPORT, graded, hand_in

pytestmark = pytest.mark.usefixtures("course_content")

CHALLENGE = "/challenges/first-network/"
Check = Callable[[Page], None]


def write(page: Page, text: str) -> None:
    """Replace the editor's text as a paste would."""
    editor = page.locator(".cm-content")
    editor.click()
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.press("Delete")
    page.keyboard.insert_text(text)


def test_a_slip_is_marked_mended_submitted_and_passed(
    open_page: OpenPage, axe: Check, learner: User, worker: "subprocess.Popen[bytes]"
) -> None:
    page = open_page(CHALLENGE, person=learner)
    write(page, BAD)

    expect(page.locator(".cm-line.cm-bad")).to_have_text("    Dense(unit=6, activation='relu'),")
    expect(page.locator(".cm-lintRange-error")).to_have_text("unit")
    expect(page.get_by_role("heading", name="did you mean 'units'?")).to_be_visible()
    expect(page.get_by_role("status")).to_have_text(
        "Line 6, column 11: Dense has no argument 'unit'; did you mean 'units'?"
    )
    submit = page.get_by_role("button", name="Submit")
    expect(submit).to_have_attribute("aria-disabled", "true")
    expect(page.get_by_text("Submit opens when line 6 can be read.")).to_be_visible()
    expect(page.get_by_role("row", name="Total")).to_contain_text("54 + ?")
    axe(page)
    submit.press("Enter")
    expect(page.get_by_role("heading", name="did you mean 'units'?")).to_be_focused()

    page.get_by_role("button", name="Change to units").click()
    expect(page.get_by_role("row", name="Total")).to_contain_text("124")
    expect(page.locator(".cm-bad")).to_have_count(0)
    expect(page.get_by_text("At most 124 parameters: met")).to_be_attached()
    axe(page)

    submit.click()
    page.wait_for_url("**/submissions/**")
    expect(page.get_by_role("heading", level=1)).to_have_text("6 of 6 criteria met", timeout=GRADED)
    expect(page.get_by_text("8×6 + 6, then 6×6 + 6, then 6×4 + 4.")).to_be_visible()
    expect(page.get_by_role("status")).to_have_text("6 of 6 criteria met")
    expect(page).to_have_title(re.compile("^6 of 6 criteria met"))
    axe(page)


def test_the_editor_is_left_by_escape_and_tab(open_page: OpenPage) -> None:
    page = open_page(CHALLENGE)
    editor = page.locator(".cm-content")
    editor.click()
    page.keyboard.press("Tab")
    expect(editor).to_be_focused()
    page.keyboard.press("Escape")
    page.keyboard.press("Tab")
    expect(editor).not_to_be_focused()


def test_a_change_is_undone_by_the_button(open_page: OpenPage) -> None:
    page = open_page("/lab/")
    editor = page.locator(".cm-content")
    before = editor.inner_text()
    editor.click()
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type("x")  # over a selection of several lines: no style may be left behind
    expect(editor).to_have_text("x")
    page.get_by_role("button", name="Undo").click()
    expect(editor).to_have_text(before, use_inner_text=True)


def test_without_scripts_the_forms_do_it_all(
    open_page: OpenPage, browser_log: BrowserLog, learner: User, worker: "subprocess.Popen[bytes]"
) -> None:
    browser_log.expect("422")  # the answer to a text that does not read
    page = open_page(CHALLENGE, person=learner, javascript=False)
    page.get_by_label("Keras text of your network").fill(BAD)
    page.get_by_role("button", name="Submit").click()
    expect(page.locator(".lines .bad .squig")).to_have_text("unit")
    page.get_by_role("button", name="Change to units").click()
    expect(page.get_by_label("Keras text of your network")).to_have_value(GOOD)
    page.get_by_role("button", name="Submit").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("6 of 6 criteria met", timeout=GRADED)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("path", [CHALLENGE, "/challenges/", "/lab/"])
def test_pages_fit_a_phone_and_pass_axe(
    visit: OpenPage, axe: Check, no_sideways_scroll: Check, path: str, theme: str
) -> None:
    page = visit(path, viewport=PHONE, theme=theme)
    if path != "/challenges/":
        write(page, BAD)
        expect(page.locator(".cm-lintRange-error")).to_be_visible()
        page.evaluate("scrollTo(0, 0)")  # axe takes what has scrolled half under the bar for covered
    axe(page)
    no_sideways_scroll(page)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_submission_in_every_state_fits_a_phone_and_passes_axe(
    visit: OpenPage, axe: Check, no_sideways_scroll: Check, learner: User, theme: str
) -> None:
    challenge = Challenge.objects.get(slug="first-network")
    submission = graded(learner, challenge)
    page = visit(submission.get_absolute_url(), person=learner, viewport=PHONE, theme=theme)
    expect(page.get_by_role("heading", level=1)).to_have_text("1 of 2 criteria met")
    for status in (Status.FAILED, Status.QUEUED, Status.RUNNING):
        axe(page)
        no_sideways_scroll(page)
        Submission.objects.update(status=status)
        page.reload()
    axe(page)


def test_a_page_left_open_follows_the_grading(open_page: OpenPage, learner: User) -> None:
    submission = hand_in(learner, Challenge.objects.get(slug="first-network"))
    page = open_page(submission.get_absolute_url(), person=learner)
    expect(page.get_by_role("heading", level=1)).to_have_text("Waiting to be graded")
    services.claim(submission.pk, 0, timezone.now())
    expect(page.get_by_role("heading", level=1)).to_have_text("Being graded")
    services.finish(submission.pk, 0, REPORT, timezone.now())
    expect(page.get_by_role("heading", level=1)).to_have_text("1 of 2 criteria met")
    expect(page.get_by_role("status")).to_have_text("1 of 2 criteria met")


def test_tables_of_every_shipped_task_fit_a_phone(open_page: OpenPage) -> None:
    page = open_page("/challenges/", viewport=PHONE)
    tables = 0
    for challenge in Challenge.objects.published():
        page.goto(challenge.get_absolute_url())
        widths = "all => all.map(one => [one.scrollWidth, one.clientWidth])"
        for width, room in page.locator(".task .scroll").evaluate_all(widths):
            assert width <= room, challenge.slug
            tables += 1
    assert tables > 1
