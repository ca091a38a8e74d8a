"""Working on the network figure: weights edited by keyboard, by pointer and by form."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from course.figures.edits import edited
from course.figures.forward import run
from course.figures.numbers import fixed, percent
from course.figures.state import Edit
from tests.browser.conftest import PHONE, OpenPage, stop_clock
from tests.course.figures.networks import ANIMALS, LLAMA

LESSON = "/courses/neural-networks/layers/"
Check = Callable[[Page], None]


@pytest.fixture(autouse=True)
def _shipped_course(course_content: None) -> None:
    """Every test here reads the shipped lesson."""


def node(page: Page, key: str) -> Any:
    return page.locator(f".net-wide [data-n='{key}']")


def live(page: Page) -> Any:
    return page.locator("#figure [data-part=live]")


def field(page: Page, name: str) -> Any:
    return page.get_by_label(name, exact=True).and_(page.locator("[name=to]"))


def test_a_weight_is_edited_by_keyboard_alone(open_page: OpenPage) -> None:
    """U1: every linked view shows the new numbers, and the live region says so once."""
    page = open_page(f"{LESSON}?focus=none&t=8")
    stop_clock(page)
    page.evaluate(
        """() => {
            window.told = [];
            const live = document.querySelector("#figure [data-part=live]");
            new MutationObserver(() => window.told.push(live.textContent)).observe(live, { childList: true });
        }"""
    )
    node(page, "0.0").focus()
    for key in ("ArrowRight", "ArrowDown", "Enter", "e", "ArrowDown", "Enter"):
        page.keyboard.press(key)
    page.clock.run_for(500)
    page.evaluate("window.told = []")
    page.keyboard.type("0,75")
    page.keyboard.press("Enter")
    seen = run(edited(ANIMALS, (Edit(1, 1, 1, 0.75),)), LLAMA)
    z = fixed(seen.columns[0].z[1], 2)
    expect(page.locator("[data-row='1.1'] td").first).to_have_text(z)
    expect(page.locator(".eq tr:last-child td[data-t=z]")).to_have_text(z)
    expect(page.locator(".eq td.edited")).to_have_text("+0.75")
    expect(page.locator(".net-wide .tag.edited text")).to_have_text("+0.75")
    share = percent(seen.columns[2].a[2])
    expect(page.locator(".net-wide [data-o='2'] .np")).to_have_text(share)
    expect(page.locator(".twin .data td.edited")).to_have_text("+0.75")
    expect(page).to_have_url(f"{LESSON}?w=h1.2.2:0.75&focus=h1.2&t=8")
    page.clock.run_for(600)
    [told] = page.evaluate("window.told")
    assert told.startswith("fur to h1.2: weight 0.75, input 2, contributes 1.50. ")
    page.keyboard.press("Escape")
    expect(node(page, "1.1")).to_be_focused()


def test_a_click_on_a_number_opens_its_field(visit: OpenPage) -> None:
    page = visit(LESSON)
    page.locator(".net-wide .tag[data-t='3']").click()
    expect(field(page, "neck")).to_be_focused()
    page.locator(".eq th[data-t=b]").click()
    expect(field(page, "bias")).to_be_focused()
    page.keyboard.type("−1/2")
    page.keyboard.press("Enter")
    expect(page.locator(".eq tr:last-child td[data-t=z]")).to_have_text("3.50")
    expect(node(page, "1.2")).to_have_class("n ap3 me edited")
    page.get_by_role("button", name="reset bias to 0").click()
    expect(page.locator(".eq tr:last-child td[data-t=z]")).to_have_text("4.00")
    expect(page.locator("[data-part=edited]")).to_be_hidden()


def test_what_is_no_number_is_told_and_changes_nothing(visit: OpenPage, axe: Check) -> None:
    page = visit(LESSON)
    page.get_by_text("Edit weights").click()
    field(page, "neck").fill("much")
    page.keyboard.press("Enter")
    told = "neck should be a number such as 0.75, 0,75 or 3/4; it was 'much'. It stays as it was."
    expect(page.locator(".edit [data-fault]")).to_have_text(told)
    expect(page.locator(".eq tr:last-child td[data-t=z]")).to_have_text("4.00")
    axe(page)
    page.keyboard.press("Escape")
    expect(field(page, "neck")).to_have_value("1")


def test_lines_come_and_go_with_their_weight_and_all_can_be_reset(visit: OpenPage) -> None:
    page = visit(LESSON)
    before = page.locator(".net-wide .e").count()
    page.get_by_text("Edit weights").click()
    field(page, "whiskers").fill("2")
    page.keyboard.press("Tab")
    expect(page.locator(".net-wide .e")).to_have_count(before + 1)
    expect(page.locator("[data-part=edited] span")).to_have_text("1 number of the network edited.")
    page.reload()
    expect(page.locator("[data-part=edited] span")).to_have_text("1 number of the network edited.")
    page.locator("[data-go=reset]").click()
    expect(page.locator(".net-wide .e")).to_have_count(before)


def test_weights_are_edited_without_javascript(visit: OpenPage) -> None:
    page = visit(LESSON, javascript=False)
    page.get_by_text("Edit weights").click()
    field(page, "neck").fill("3/4")
    page.get_by_role("button", name="Compute with these").click()
    expect(page.locator(".eq tr:last-child td[data-t=z]")).to_have_text("3.50")
    page.get_by_role("link", name="reset neck to 1").click()
    expect(page.locator(".eq tr:last-child td[data-t=z]")).to_have_text("4.00")


def test_the_list_of_weights_fits_a_phone(visit: OpenPage, axe: Check, no_sideways_scroll: Check) -> None:
    page = visit(f"{LESSON}?w=h1.3.4:0.75", viewport=PHONE, theme="dark")
    page.get_by_text("Edit weights").click()
    no_sideways_scroll(page)
    page.evaluate("window.scrollTo(0, 0)")  # the sticky bar hides half a button wherever the page stops
    page.evaluate("scrollTo(0, 0)")  # so that nothing lies half under the head of the page
    axe(page)


def test_stepping_by_neuron_computes_one_unit_at_a_time(visit: OpenPage) -> None:
    """U3, finer: of the layer under way only the units that were reached have numbers."""
    page = visit(f"{LESSON}?focus=none&t=1")
    page.locator("[data-grain=neuron]").click()
    for _ in range(3):
        page.locator("[data-go=forward]").click()
    expect(page.locator("[data-part=headline]")).to_have_text("Neuron h1.3 looks at a llama")
    expect(page.locator("[data-part=position]")).to_have_text("unit 3 of 6")
    expect(page).to_have_url(f"{LESSON}?t=2.3&by=neuron")
    z = ["−0.50", "−1.00", "4.00", "?", "?", "?"]
    expect(page.locator("[data-row^='1.'] td:first-of-type")).to_have_text(z)
    expect(node(page, "1.4").locator(".nv")).to_have_text("?")
    page.reload()
    expect(page.locator("[data-row^='1.'] td:first-of-type")).to_have_text(z)


def test_stepping_by_operation_adds_product_after_product(visit: OpenPage) -> None:
    page = visit(f"{LESSON}?t=2.2&by=operation")
    totals = page.locator(".eq .tot")
    for told in (
        "1 of 5 products added; so far that is −1.00.",
        "2 of 5 products added; so far that is 0.00.",
    ):
        page.locator("[data-go=forward]").click()
        expect(page.locator("#figure [data-part=say]")).to_have_text(told)
    expect(totals).to_have_text(["−1.00", "+1.00", "?", "?", "?", "0.00", "?"])
    expect(page.locator(".fall .bar")).to_have_count(2)
    node(page, "1.2").focus()
    for _ in range(4):
        page.keyboard.press("]")
    expect(page.locator("#figure [data-part=say]")).to_have_text(
        "5 products arrive and add up to z = 4.00. What relu makes of it is the next step."
    )
    expect(page).to_have_url(f"{LESSON}?t=2.3&by=operation")


def test_stepping_by_operation_without_javascript(visit: OpenPage) -> None:
    page = visit(f"{LESSON}?t=2.2", javascript=False)
    page.get_by_role("link", name="operation").click()
    page.locator("[data-go=forward]").click()
    expect(page.locator("#figure [data-part=say]")).to_have_text(
        "1 of 5 products added; so far that is −1.00."
    )
    page.locator("#figure").get_by_role("link", name="layer", exact=True).click()
    z = run(ANIMALS, LLAMA).columns[0].z[5]
    expect(page.locator("[data-row='1.5'] td").first).to_have_text(fixed(z, 2))


def test_matrices_and_code_follow_the_figure(visit: OpenPage, axe: Check) -> None:
    page = visit(LESSON)
    page.get_by_text("As matrices").click()
    lines = page.locator(".passlines li")
    expect(lines.nth(1)).to_contain_text("z1 = x @ W1 + b1 (1, 8) @ (8, 6) + (6,) → (1, 6)")
    expect(lines.nth(3).locator("output")).to_have_text("?")
    page.locator("[data-at='4']").click()
    expect(page.locator("[data-step='4']")).to_have_attribute("aria-current", "step")
    expect(lines.nth(3).locator("output")).not_to_have_text("?")
    expect(page.locator("[data-source].now")).to_contain_text("input_shape=(8,)")
    page.locator(".net-wide .tag[data-t='3']").click()
    page.keyboard.type("3/4")
    page.keyboard.press("Enter")
    expect(page.locator(".matrix td.edited")).to_have_text("+0.75")
    expect(lines.nth(1).locator("output")).to_contain_text("3.5,")
    node(page, "2.0").click()
    expect(page.locator(".matrix caption")).to_have_text("Hidden 2: a1 @ W2 + b2 = z2")
    expect(page.locator("[data-source].now")).to_have_attribute("data-source", "2")
    axe(page)


def test_matrices_are_written_as_the_reader_writes_vectors(visit: OpenPage, learner: Any) -> None:
    learner.vectors = "column"
    learner.save()
    for javascript in (True, False):
        page = visit(LESSON, person=learner, javascript=javascript)
        page.get_by_text("As matrices").click()
        expect(page.get_by_text("(6, 8) @ (8, 1) + (6, 1) → (6, 1)")).to_be_visible()
        expect(page.get_by_text("(1, 8) @ (8, 6)", exact=False)).to_be_hidden()
        expect(page.locator(".matrix caption")).to_have_text("Hidden 1: W1.T @ x + b1 = z1")
        expect(page.locator(".matrix tbody tr")).to_have_count(7)


def test_two_runs_are_compared(visit: OpenPage, axe: Check) -> None:
    page = visit(f"{LESSON}?focus=none&t=8")
    page.locator("[data-go=compare]").click()
    expect(page.locator("[data-go=uncompare]")).to_be_focused()
    told = page.locator(".compare p span")
    expect(told).to_have_text(
        "Run A is a llama. Change an input or a weight, and what differs is listed here."
    )
    page.locator(".presets [data-preset=cat]").click()
    cat, llama = (run(ANIMALS, ANIMALS.preset(name) or ()) for name in ("cat", "llama"))
    shares = [percent(seen.columns[2].a[0]) for seen in (llama, cat)]
    row = page.locator(".changes tr", has=page.get_by_role("rowheader", name="cat", exact=True))
    for place, share in enumerate(shares):
        expect(row.locator("td").nth(place)).to_have_text(share)
    expect(told).to_contain_text("Run A is a llama, run B a cat. ")
    expect(live(page)).to_contain_text("Run A is a llama, run B a cat. ")
    assert page.locator(".net-wide .change").count() > 4
    expect(node(page, "0.3")).to_have_attribute("aria-label", "neck, input 4 of 8, value 0, down from run A")
    axe(page)
    before = page.locator(".changes td").all_text_contents()
    page.reload()
    expect(page.locator(".changes td")).to_have_text(before)
    page.locator("[data-go=uncompare]").click()
    expect(page.locator(".compare")).to_be_hidden()
    expect(page.locator(".change")).to_have_count(0)


def test_two_runs_are_compared_without_javascript(visit: OpenPage) -> None:
    page = visit(f"{LESSON}?t=2", javascript=False)
    page.get_by_role("link", name="Compare", exact=True).click()
    page.locator(".presets [data-preset=cat]").click()
    expect(page.locator(".compare p span")).to_contain_text("of 14 numbers differ.")
    page.get_by_role("link", name="Stop comparing").click()
    expect(page.locator(".compare")).to_be_hidden()


def test_an_address_tells_the_whole_state(open_page: OpenPage) -> None:
    """U2: opened in another profile, the figure stands where it stood, part for part."""
    page = open_page(LESSON)
    page.locator(".presets [data-preset=dog]").click()
    page.locator("[data-go=compare]").click()
    page.locator("[data-grain=operation]").click()
    node(page, "2.2").click()
    page.get_by_text("Edit weights").click()
    field(page, "h1.3").fill("1/3")
    page.keyboard.press("Enter")
    page.get_by_text("Change the 8 inputs").click()
    page.locator("[data-number='0']").fill("1.5")
    for _ in range(3):
        page.locator("[data-go=forward]").click()
    state = "JSON.stringify(document.querySelector('network-figure').state)"
    ordered = f"JSON.parse({state})"
    told = page.evaluate(ordered)
    assert told["edits"] == [{"layer": 2, "unit": 2, "source": 2, "value": 0.333333}]
    assert told["grain"] == "operation"
    assert len(told["within"]) == 2
    assert told["pinned"]["x"] == list(ANIMALS.preset("dog") or ())
    other = open_page(page.evaluate("location.pathname + location.search"))
    assert other.evaluate(ordered) == told
    drawn = "document.querySelector('.net-wide').innerText + document.querySelector('.values').innerText"
    assert other.evaluate(drawn) == page.evaluate(drawn)


def test_a_prediction_is_committed_before_the_answer_is_on_the_page(visit: OpenPage, axe: Check) -> None:
    page = visit(f"{LESSON}?focus=none&t=8")
    page.locator("[data-go=predict]").click()
    expect(page.locator("[data-step='1']")).to_have_attribute("aria-current", "step")
    expect(page.locator("figure.network")).not_to_contain_text("88.4")
    axe(page)
    form = page.locator("[data-part=predict]")
    form.get_by_label("dog").check()
    form.get_by_label("certain").check()
    form.get_by_role("button", name="Commit prediction").click()
    told = (
        "You expected dog, certain; the network answers llama, with 88.4%. "
        "Largest reason: neck, through h2.3; it puts llama 4.00 ahead of dog."
    )
    line = page.locator("[data-part=reckoning]")
    expect(line).to_have_text(told)
    expect(line).to_be_focused()
    expect(form).to_be_hidden()
    axe(page)
    page.reload()
    expect(line).to_have_text(told)
    page.locator(".presets [data-preset=cat]").click()
    expect(line).to_be_hidden()


def test_stepping_on_gives_an_open_prediction_up(visit: OpenPage) -> None:
    page = visit(f"{LESSON}?t=4&predict=1")
    form = page.locator("[data-part=predict]")
    expect(form).to_be_visible()
    page.locator("[data-go=forward]").click()
    expect(form).to_be_visible()
    page.locator("[data-go=forward]").click()
    expect(form).to_be_hidden()
    page.locator("[data-go=predict]").click()
    page.get_by_role("link", name="Not now").click()
    expect(page.locator("[data-go=predict]")).to_be_focused()


def test_a_prediction_without_javascript(visit: OpenPage) -> None:
    page = visit(f"{LESSON}?w=h1.3.4:0.75", javascript=False)
    page.get_by_role("link", name="Predict", exact=True).click()
    form = page.locator("[data-part=predict]")
    form.get_by_label("llama").check()
    form.get_by_role("button", name="Commit prediction").click()
    expect(page.locator("[data-part=reckoning]")).to_contain_text("You expected llama, fairly sure, and so")
    expect(page.locator("[data-part=edited]")).to_be_visible()
