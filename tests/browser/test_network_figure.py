"""The network figure in a real browser: by mouse, by keyboard, by links; its numbers are the engine's."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from course.figures.forward import run
from course.figures.numbers import fixed
from tests.browser.conftest import NARROW, PHONE, THEMES, OpenPage, stop_clock
from tests.course.figures.networks import ANIMALS, LLAMA

LESSON = "/courses/neural-networks/layers/"
Check = Callable[[Page], None]


@pytest.fixture(autouse=True)
def _shipped_course(course_content: None) -> None:
    """Every test here reads the shipped lesson."""


def node(page: Page, key: str) -> Any:
    return page.locator(f".net-wide [data-n='{key}']")


def value(page: Page, key: str) -> Any:
    return node(page, key).locator(".nv")


def say(page: Page) -> Any:
    return page.locator("#figure [data-part=say]")


def live(page: Page) -> Any:
    return page.locator("#figure [data-part=live]")


def test_a_click_pins_a_neuron_and_its_sum_is_the_engines(visit: OpenPage) -> None:
    page = visit(LESSON)
    node(page, "1.0").click()
    expect(page.locator("[data-part=headline]")).to_have_text("Neuron h1.1 looks at a llama")
    z = run(ANIMALS, LLAMA).columns[0].z[0]
    expect(page.locator(".eq tr:last-child td[data-t=z]")).to_have_text(fixed(z, 2))
    weights = [row[0] for row in ANIMALS.kernels[0] if row[0] != 0]
    expect(page.locator(".net-wide .e.in")).to_have_count(len(weights))
    expect(page).to_have_url(f"{LESSON}?focus=h1.1")
    page.reload()
    expect(page.locator("[data-part=headline]")).to_have_text("Neuron h1.1 looks at a llama")


def test_stepping_reveals_one_stop_at_a_time(visit: OpenPage) -> None:
    """U3: what is not computed yet reads "?", and its number is nowhere in the page."""
    page = visit(f"{LESSON}?focus=none&t=8")
    page.locator("[data-step='2']").click()
    expect(value(page, "1.4")).to_have_text("3")
    expect(value(page, "2.2")).to_have_text("?")
    row = page.locator("[data-row='1.4'] td")
    expect(row).to_have_text(["3.00", "?"])
    expect(page.locator("[data-row='3.2'] td")).to_have_text(["?", "?"])
    drawn = page.locator(".stage").inner_html()
    assert "88.4%" not in drawn
    page.locator("[data-go=forward]").click()
    expect(page.locator("[data-row='1.4'] td")).to_have_text(["3.00", "3.00"])
    expect(page, "step 3 is where the lesson begins").to_have_url(f"{LESSON}?focus=none")


def test_the_keyboard_walks_pins_and_steps(visit: OpenPage) -> None:
    page = visit(LESSON)
    node(page, "1.2").focus()
    page.keyboard.press("ArrowRight")
    expect(node(page, "2.2")).to_be_focused()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("End")
    expect(node(page, "2.5")).to_be_focused()
    page.keyboard.press("Home")
    page.keyboard.press("ArrowLeft")
    expect(node(page, "1.0")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("[data-part=headline]")).to_have_text("Neuron h1.1 looks at a llama")
    expect(live(page)).to_have_text(re.compile(r"3 products arrive and add up with the bias to z = −0\.50"))
    page.keyboard.press("e")
    expect(page.get_by_label("legs", exact=True).and_(page.locator("[name=to]"))).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(live(page)).to_have_text("fur to h1.1: weight 0, input 2, contributes 0.00")
    page.keyboard.press("Escape")
    expect(node(page, "1.0")).to_be_focused()
    page.keyboard.press("]")
    expect(page.locator("[data-step='4']")).to_have_attribute("aria-current", "step")
    page.keyboard.press("[")
    page.keyboard.press("[")
    expect(page.locator("[data-step='2']")).to_have_attribute("aria-current", "step")
    page.keyboard.press("Escape")
    expect(page.locator("[data-part=headline]")).to_have_text("A llama, step by step")


def test_one_tab_stop_leads_into_the_drawing(visit: OpenPage) -> None:
    page = visit(LESSON)
    expect(page.locator(".net-wide [tabindex='0']")).to_have_count(1)
    node(page, "1.2").focus()
    page.keyboard.press("Tab")
    expect(page.locator("[data-go=back]")).to_be_focused()
    page.keyboard.press("Shift+Tab")
    expect(node(page, "1.2")).to_be_focused()


def test_keys_do_nothing_outside_the_figure_or_in_a_field(visit: OpenPage) -> None:
    page = visit(LESSON)
    page.locator("h1").click()
    page.keyboard.press("]")
    expect(page.locator("[data-step='3']")).to_have_attribute("aria-current", "step")
    page.get_by_text("Change the 8 inputs").click()
    page.locator("[data-number='0']").focus()
    page.keyboard.press("]")
    expect(page.locator("[data-step='3']")).to_have_attribute("aria-current", "step")


def test_a_person_without_shortcuts_keeps_the_arrows(visit: OpenPage, learner: Any) -> None:
    learner.has_shortcuts = False
    learner.save()
    page = visit(LESSON, person=learner)
    node(page, "1.2").focus()
    page.keyboard.press("]")
    expect(page.locator("[data-step='3']")).to_have_attribute("aria-current", "step")
    page.keyboard.press("ArrowUp")
    expect(node(page, "1.1")).to_be_focused()


def test_editing_an_input_recomputes_as_the_engine_would(visit: OpenPage) -> None:
    page = visit(f"{LESSON}?focus=none&t=8")
    page.get_by_text("Change the 8 inputs").click()
    page.locator("[data-number='3']").fill("0")
    x = (*LLAMA[:3], 0.0, *LLAMA[4:])
    seen = run(ANIMALS, x)
    answer = ANIMALS.classes[seen.answer]
    share = seen.columns[-1].a[seen.answer]
    expect(say(page)).to_have_text(f"The network answers {answer}, with {fixed(share * 100, 1)}%.")
    expect(page.locator("[data-part=headline]")).to_have_text("Your animal, all the way through")
    expect(page).to_have_url(f"{LESSON}?x=2,2,0,0,2,0,0,2&focus=none&t=8")
    page.locator("[data-slide='3']").fill("2")
    expect(page.locator("[data-part=headline]")).to_have_text("A llama, all the way through")


def test_an_input_out_of_range_is_told_and_changes_nothing(visit: OpenPage) -> None:
    page = visit(f"{LESSON}?focus=none&t=8")
    page.get_by_text("Change the 8 inputs").click()
    page.locator("[data-number='3']").fill("7")
    told = "neck goes from 0 to 2. The figure keeps the value it had."
    expect(page.locator(".inputs [data-fault]")).to_have_text(told)
    expect(say(page)).to_have_text("The network answers llama, with 88.4%.")


def test_choosing_an_animal(visit: OpenPage) -> None:
    page = visit(f"{LESSON}?focus=none&t=8")
    page.locator(".presets [data-preset=lizard]").click()
    expect(say(page)).to_have_text("The network answers lizard, with 92.3%.")
    expect(page.locator(".presets [data-preset=lizard]")).to_have_attribute("aria-current", "true")
    expect(page.locator("[data-number='5']")).to_have_value("2")


def test_hovering_a_term_isolates_its_line(visit: OpenPage) -> None:
    page = visit(LESSON)
    page.locator(".eq thead th[data-t='3']").hover()
    opacity = "e => getComputedStyle(e).opacity"
    expect(page.locator(".net-wide .e.in[data-t='0']")).to_have_css("opacity", "0.22")
    assert page.locator(".net-wide .e.in[data-t='3']").evaluate(opacity) == "1"


def test_a_phrase_in_the_text_drives_the_figure_and_back_restores(visit: OpenPage) -> None:
    page = visit(LESSON)
    cue = page.locator(".cue[data-focus='h1.4']").first
    cue.click()
    expect(page.locator("[data-part=headline]")).to_have_text("Neuron h1.4 looks at a llama")
    expect(cue).to_have_attribute("aria-current", "true")
    page.go_back()
    expect(page.locator("[data-part=headline]")).to_have_text("Neuron h1.3 looks at a llama")


def test_play_goes_on_to_the_end_and_stops(open_page: OpenPage) -> None:
    page = open_page(f"{LESSON}?focus=none&t=7")
    stop_clock(page)
    play = page.locator("[data-go=play]")
    play.click()
    expect(page.locator("[data-step='8']")).to_have_attribute("aria-current", "step")
    expect(play).to_have_attribute("aria-pressed", "false")
    play.click()
    expect(page.locator("[data-step='1']")).to_have_attribute("aria-current", "step")
    expect(play).to_have_attribute("aria-pressed", "true")
    page.clock.run_for(1500)
    expect(page.locator("[data-step='2']")).to_have_attribute("aria-current", "step")
    play.click()
    expect(play).to_have_attribute("aria-pressed", "false")


def test_nothing_is_animated_when_motion_is_reduced(visit: OpenPage) -> None:
    """U5."""
    page = visit(LESSON)
    for step in range(1, 9):
        page.locator(f"[data-step='{step}']").click()
        assert page.evaluate("document.getAnimations().length") == 0


def test_without_javascript_every_control_is_a_link_or_a_form(visit: OpenPage) -> None:
    page = visit(LESSON, javascript=False)
    expect(page.locator("[data-go=play]")).to_be_hidden()
    page.locator("[data-go=forward]").click()
    expect(page.locator("[data-step='4']")).to_have_attribute("aria-current", "step")
    node(page, "2.2").click()
    expect(page.locator("[data-part=headline]")).to_have_text("Neuron h2.3 looks at a llama")
    page.locator(".presets [data-preset=cat]").click()
    expect(page.locator("[data-part=headline]")).to_have_text("Neuron h2.3 looks at a cat")
    page.get_by_text("Change the 8 inputs").click()
    page.locator("[data-number='0']").fill("1.5")
    page.get_by_role("button", name="Show this animal").click()
    expect(page.locator("[data-part=headline]")).to_have_text("Neuron h2.3 looks at your animal")
    page.get_by_text("Show as tables").click()
    expect(page.locator("[data-row='0.0'] td")).to_have_text(["", "1.5"])
    expect(page.locator("[data-row='2.2'] td").nth(1)).to_have_text("?")


def test_an_address_that_makes_no_sense_is_answered_with_a_notice(visit: OpenPage) -> None:
    page = visit(f"{LESSON}?t=99&focus=h7.7")
    expect(page.locator(".figure-note")).to_have_count(2)
    expect(page.locator("[data-part=headline]")).to_have_text("Neuron h1.3 looks at a llama")


def test_the_catalogues_figure_counts_what_carries_the_answer(visit: OpenPage) -> None:
    page = visit("/")
    page.locator(".presets [data-preset=cat]").click()
    expect(page.locator("[data-figure-text=input]")).to_have_text("a cat")
    told = page.locator("[data-figure-text=live]").text_content()
    page.reload()
    expect(page.locator("[data-figure-text=live]")).to_have_text(str(told))


@pytest.mark.parametrize("theme", THEMES)
def test_axe_finds_nothing_in_any_state(visit: OpenPage, axe: Callable[..., None], theme: str) -> None:
    page = visit(LESSON, theme=theme)
    page.get_by_text("Show as tables").click()
    page.get_by_text("Change the 8 inputs").click()
    axe(page, within="#figure")
    for query in ("?focus=none&t=8", "?focus=h2.3&t=3", "?focus=x.4&t=1"):
        page.goto(page.url.split("?")[0] + query)
        axe(page, within="#figure")


def test_a_phone_shows_the_narrow_sheet_and_never_scrolls_sideways(
    visit: OpenPage, axe: Check, no_sideways_scroll: Check
) -> None:
    page = visit(f"{LESSON}?x=1,2,1,2,1,2,1,2&focus=h1.2&t=8", viewport=PHONE)
    expect(page.locator(".net-narrow")).to_be_visible()
    expect(page.locator(".net-wide")).to_be_hidden()
    page.get_by_text("Show as tables").click()
    no_sideways_scroll(page)
    axe(page)
    page.locator(".net-narrow [data-n='2.0']").click()
    expect(page.locator("[data-part=headline]")).to_have_text("Neuron h2.1 looks at your animal")


def test_on_a_phone_a_strip_tells_the_state_of_the_figure_above(visit: OpenPage, axe: Check) -> None:
    page = visit(LESSON, viewport=PHONE)
    strip = page.locator(".figure-strip")
    expect(strip).to_be_hidden()
    cue = page.locator(".cue[data-focus='h1.4']").first
    cue.scroll_into_view_if_needed()
    expect(strip).to_be_visible()
    before = page.evaluate("scrollY")
    cue.click()
    expect(strip).to_contain_text("Neuron h1.4 looks at a llama")
    assert abs(page.evaluate("scrollY") - before) < 300, "the reader stays at the phrase"
    axe(page)
    strip.click()
    expect(page.locator("[data-part=headline]")).to_be_in_viewport()
    expect(strip).to_be_hidden()


def test_a_narrow_window_of_320_pixels_holds(visit: OpenPage, no_sideways_scroll: Check) -> None:
    no_sideways_scroll(visit(LESSON, viewport=NARROW))


def test_the_sign_of_a_line_is_told_without_color(visit: OpenPage) -> None:
    """U12: what takes away is dashed and has a minus; what adds is solid and has a plus."""
    page = visit(f"{LESSON}?focus=h1.3&t=8")
    for sign, label in (("pos", "+"), ("neg", "−")):
        lines = page.locator(f".net-wide .e.in.{sign}:not(.flat)")
        dashes = {line.evaluate("(one) => getComputedStyle(one).strokeDasharray") for line in lines.all()}
        assert ("none" in dashes) == (sign == "pos")
        labels = page.locator(f".net-wide .tag.{sign} text").all_text_contents()
        assert len(labels) == lines.count() > 0
        assert {text[0] for text in labels} == {label}
