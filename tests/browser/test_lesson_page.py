"""The lesson in a real Chromium: cues move the figure, code is copied, acts work without a script."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from accounts.models import User
from course.models import Act, Lesson, Progress
from tests.browser.conftest import DESKTOP, PHONE, OpenPage, stop_clock, until

LESSON = "/courses/neural-networks/layers/"

pytestmark = pytest.mark.usefixtures("course_content")


def test_a_phrase_moves_the_figure_without_leaving_the_page(open_page: OpenPage) -> None:
    page = open_page(LESSON, viewport=DESKTOP)
    page.evaluate("window.stayed = true")
    page.get_by_role("link", name="Neuron h1.4").click()
    expect(page.locator("#figure [data-part=headline]")).to_have_text("Neuron h1.4 looks at a llama")
    assert page.evaluate("window.stayed === true")


def test_a_phrase_moves_the_figure_without_javascript(open_page: OpenPage) -> None:
    page = open_page(LESSON, viewport=PHONE, javascript=False)
    page.get_by_role("link", name="a lizard").click()
    expect(page).to_have_url(f"{LESSON}?preset=lizard&focus=none&t=8#figure")
    expect(page.locator("#figure")).to_contain_text("lizard")


def test_code_can_be_copied(open_page: OpenPage) -> None:
    page = open_page(LESSON, viewport=DESKTOP)
    page.context.grant_permissions(["clipboard-write"])  # as a browser with windows gives it to who clicks
    stop_clock(page)
    button = page.locator("[data-copy]").first
    expect(button).to_be_visible()
    button.click()
    expect(button).to_have_text("Copied")
    page.clock.run_for(2000)
    expect(button).to_have_text("Copy")


def test_there_is_no_dead_button_without_javascript(open_page: OpenPage) -> None:
    page = open_page(LESSON, javascript=False)
    expect(page.locator("[data-copy]").first).to_be_hidden()


def test_the_text_is_marked_as_read_by_form(learner: User, open_page: OpenPage) -> None:
    page = open_page(LESSON, person=learner, javascript=False)
    page.get_by_role("button", name="Mark this text as read").click()
    expect(page.get_by_role("heading", name="Text read")).to_be_visible()
    assert Act.objects.for_learner(learner).get().name == Act.Name.TEXT_READ
    page.goto("/dashboard/")
    expect(page.get_by_role("heading", name="Continue")).to_be_visible()


@pytest.mark.parametrize(("vectors", "hidden"), [("row", ".in-columns"), ("column", ".in-rows")])
def test_formulas_are_written_as_the_reader_chose(
    vectors: str, hidden: str, learner: User, open_page: OpenPage
) -> None:
    User.objects.filter(pk=learner.pk).update(vectors=vectors)
    page = open_page(LESSON, person=learner)
    shown = {".in-rows": ".in-columns", ".in-columns": ".in-rows"}[hidden]
    text = page.locator(".prose")
    assert text.locator(hidden).count() == text.locator(shown).count() > 0
    for formula in text.locator(hidden).all():
        expect(formula).to_be_hidden()
    for formula in text.locator(shown).all():
        expect(formula).to_be_visible()


@pytest.mark.parametrize("javascript", [True, False])
def test_a_prediction_is_committed_before_its_answer_is_there(
    javascript: bool, open_page: OpenPage, axe: Callable[[Page], None]
) -> None:
    page = open_page("/courses/neural-networks/weights/", viewport=DESKTOP, javascript=javascript)
    question = page.locator("[data-predict]")
    assert "Whiskers has the larger weight" not in page.content()
    question.get_by_text("barks", exact=True).click()
    question.get_by_role("button", name="Commit prediction").click()
    expect(question).to_contain_text("As you expected: barks")
    expect(question).to_contain_text("Whiskers has the larger weight")
    if javascript:
        expect(question.get_by_role("heading")).to_be_focused()
        axe(page)
    question.get_by_role("button", name="Predict again").click()
    expect(question.get_by_role("button", name="Commit prediction")).to_be_visible()


def test_a_learner_continues_at_the_heading_where_they_stopped(learner: User, open_page: OpenPage) -> None:
    page = open_page(LESSON, person=learner, viewport=DESKTOP)
    expect(page.locator("[data-resume]")).to_be_hidden()
    heading = page.locator("[data-lesson-text] > h2").nth(2)
    # Moved and left at once, before the browser has told of the move.
    with page.expect_response("**/place/") as told:
        page.evaluate(
            "one => { one.scrollIntoView(); dispatchEvent(new PageTransitionEvent('pagehide')); }",
            heading.element_handle(),
        )
    assert told.value.ok
    page.goto("/courses/neural-networks/")
    expect(page.get_by_text("You stopped at:")).to_be_visible()
    page.get_by_role("link", name="Continue: lesson").click()
    expect(page).to_have_url(re.compile(f"#{heading_id(LESSON, 2)}$"))


def test_a_visitor_s_place_stays_in_the_browser(open_page: OpenPage) -> None:
    page = open_page(LESSON, viewport=PHONE)
    expect(page.locator("[data-resume]")).to_be_hidden()
    heading = page.locator("[data-lesson-text] > h2").nth(2)
    page.evaluate("one => one.scrollIntoView()", heading.element_handle())
    page.reload()
    link = page.get_by_text("Continue where you were:").get_by_role("link")
    expect(link).to_have_text(heading.inner_text())
    link.click()
    expect(heading).to_be_in_viewport()
    assert not Progress.objects.exists()


def heading_id(path: str, place: int) -> str:
    lesson = Lesson.objects.get(slug=path.strip("/").rpartition("/")[2])
    return str([anchor for level, anchor, _ in lesson.headings if level == 2][place])


COVERED = """() => {
    const one = document.activeElement;
    const box = one.getClientRects()[0];
    if (!box || !box.width) return "";
    const x = Math.min(Math.max(box.x + Math.min(box.width, 12) / 2, 0), innerWidth - 1);
    const y = Math.max(box.y, 0) + Math.min(box.height, 12) / 2;
    const above = document.elementFromPoint(x, y);
    const isSeen = above && (one.contains(above) || above.contains(one) || above.closest("label, svg, li"));
    return isSeen && y < innerHeight ? "" : `${one.outerHTML.slice(0, 120)} at ${x}, ${y}`;
}"""


@pytest.mark.parametrize(
    "viewport",
    [{"width": 320, "height": 225}, {"width": 1280, "height": 360}],
    ids=["zoomed four times", "wide and low"],
)
def test_nothing_that_stays_in_place_covers_the_focus(
    viewport: dict[str, int], open_page: OpenPage, no_sideways_scroll: Callable[[Page], None]
) -> None:
    page = open_page("/courses/neural-networks/weights/", viewport=viewport)
    stays = page.evaluate(
        """() => [...document.querySelectorAll("body *")].filter((one) => one.getClientRects().length
            && ["fixed", "sticky"].includes(getComputedStyle(one).position)).map((one) => one.className)"""
    )
    assert stays == []
    no_sideways_scroll(page)
    stops = 0
    page.keyboard.press("Tab")
    while page.evaluate("document.activeElement !== document.body") and stops < 300:
        assert page.evaluate(COVERED) == ""
        page.keyboard.press("Tab")
        stops += 1
    assert stops > 40


@pytest.mark.parametrize("javascript", [True, False])
def test_a_learner_s_prediction_of_the_figure_is_noted(
    javascript: bool, learner: User, open_page: OpenPage
) -> None:
    page = open_page(LESSON, person=learner, viewport=DESKTOP, javascript=javascript)
    figure = page.locator("#figure")
    figure.get_by_role("link", name="Predict").click()
    figure.get_by_role("group", name="Your class").get_by_text("dog").click()
    figure.get_by_role("button", name="Commit prediction").click()
    expect(figure).to_contain_text("You expected dog, fairly sure")
    until(page, Act.objects.for_learner(learner).exists)
    assert Act.objects.for_learner(learner).get().name == Act.Name.FIGURE_PREDICTED


def test_a_reduced_figure_still_steps(open_page: OpenPage) -> None:
    hide = "inputs,presets,edit,compare,predict,matrices"
    page = open_page(f"{LESSON}?hide={hide}", viewport=DESKTOP)
    figure = page.locator("#figure")
    figure.get_by_role("link", name="One step back").click()
    expect(figure.locator('[aria-current="step"]').first).to_be_visible()
    figure.locator("[data-n]:visible").last.click()
    page.keyboard.press("e")
    expect(figure).to_contain_text("lizard")
    expect(page).to_have_url(re.compile("hide="))
    for name in ("Predict", "Compare"):
        expect(figure.get_by_role("link", name=name)).to_have_count(0)


def test_tabs_by_keyboard(open_page: OpenPage) -> None:
    page = open_page("/courses/neural-networks/weights/", viewport=DESKTOP)
    page.get_by_role("tab", name="By hand").press("ArrowRight")
    expect(page.get_by_role("tab", name="In NumPy")).to_be_focused()
    expect(page.get_by_role("tabpanel", name="In NumPy")).to_be_visible()
    expect(page.get_by_role("tabpanel", name="By hand")).to_be_hidden()


def test_ways_stand_below_each_other_without_javascript(open_page: OpenPage) -> None:
    page = open_page("/courses/neural-networks/weights/", javascript=False)
    for name in ("By hand", "In NumPy", "In Keras"):
        expect(page.get_by_role("heading", name=name)).to_be_visible()


def test_a_term_shows_its_meaning_on_focus_until_escape(open_page: OpenPage) -> None:
    page = open_page("/courses/neural-networks/weights/", viewport=DESKTOP)
    meaning = page.locator("#term-1")
    expect(meaning).to_be_hidden()
    page.keyboard.press("Tab")  # from here on the focus is the keyboard's
    page.locator(".term").first.focus()
    expect(meaning).to_be_visible()
    page.keyboard.press("Escape")
    expect(meaning).to_be_hidden()
