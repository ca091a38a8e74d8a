"""Convolution, pooling, recurrence and normalization in a text: by keyboard, by mouse, without a script."""

import gzip
import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from course.figures.convolution import read, show
from course.models import Course, Lesson
from course.services import save_lesson
from tests.browser.conftest import NARROW, PHONE, ROOT, OpenPage

KINDS = ("convolution", "pooling", "recurrent", "lstm", "normalization")
PAGE = "/courses/demo/layers/"
Check = Callable[[Page], None]


@pytest.fixture(autouse=True)
def lesson() -> Lesson:
    """A lesson with one figure of each kind."""
    course = Course.objects.create(slug="demo", title="Demo", outcome="o", is_published=True)
    chapter = course.chapters.create(slug="one", title="One")
    text = "\n\n".join(f"Before.\n\n```{kind}\n```" for kind in KINDS)
    lesson = Lesson(course=course, chapter=chapter, slug="layers", title="Layers", summary="s", text=text)
    save_lesson(lesson)
    return lesson


def part(page: Page, kind: str, name: str) -> Any:
    return page.locator(f"lw-{kind} [data-part={name}]")


def control(page: Page, kind: str, key: str) -> Any:
    return page.locator(f"lw-{kind} [name='{kind}-1.{key}']")


def figure_text(page: Page, kind: str) -> str:
    """What a figure shows: its words and numbers, without the fields, and which cells are marked."""
    found: str = page.evaluate(
        """(kind) => {
            const figure = document.querySelector(`lw-${kind} figure`).cloneNode(true);
            const others = "form, [data-part=live], [data-part=hint]";
            for (const one of figure.querySelectorAll(others)) one.remove();
            const marks = [...figure.querySelectorAll("td, g")].map((one) => one.getAttribute("class") ?? "");
            const pressed = [...figure.querySelectorAll("[aria-pressed]")].map((one) => one.ariaPressed);
            const current = [...figure.querySelectorAll("[aria-current]")].map((one) => one.value);
            const words = figure.textContent.replace(/\\s+/g, "");
            return JSON.stringify([words, marks, pressed, current]);
        }""",
        kind,
    )
    return found


def is_as_the_server_draws_it(page: Page, kind: str) -> None:
    """The address keeps the state, and the server makes the same of it as the script did."""
    live = figure_text(page, kind)
    page.reload()
    assert figure_text(page, kind) == live


def test_an_image_is_drawn_and_its_map_read_by_keyboard_alone(visit: OpenPage) -> None:
    page = visit(PAGE)
    control(page, "convolution", "picture").select_option("empty")
    image = part(page, "convolution", "image")
    image.locator("button").first.focus()
    for key in ("ArrowRight", "ArrowDown", "Space", "ArrowRight", "Space", "ArrowDown", "ArrowLeft", "Enter"):
        page.keyboard.press(key)
    expect(page.locator("*:focus")).to_have_attribute("aria-label", "Row 3, column 2")
    expect(image.locator("button[tabindex='0']")).to_have_count(1)
    expect(control(page, "convolution", "picture")).to_have_value("drawing")
    expect(control(page, "convolution", "pixels")).to_have_value("0060400000000000")
    page.keyboard.press("End")
    expect(page.locator("*:focus")).to_have_attribute("aria-label", "Row 3, column 8")

    answers = part(page, "convolution", "answers")
    answers.locator("[aria-current]").focus()
    page.keyboard.press("Home")
    for key in ("ArrowUp", "ArrowUp", "ArrowUp", "ArrowUp"):
        page.keyboard.press(key)
    page.keyboard.press("Enter")
    view = show(read("", None), {"picture": "drawing", "pixels": "0060400000000000", "step": "1"}, "c")
    expect(part(page, "convolution", "say")).to_have_text(view.sentence)
    expect(part(page, "convolution", "live")).to_have_text(view.sentence)
    expect(part(page, "convolution", "sum")).to_have_text(view.sum)
    is_as_the_server_draws_it(page, "convolution")


def test_an_image_is_drawn_with_the_mouse(visit: OpenPage) -> None:
    page = visit(PAGE)
    control(page, "convolution", "picture").select_option("empty")
    pixels = part(page, "convolution", "image").locator("button")
    first, last = pixels.nth(8).bounding_box(), pixels.nth(13).bounding_box()
    assert first
    assert last
    page.mouse.move(first["x"] + 5, first["y"] + 5)
    page.mouse.down()
    page.mouse.move(last["x"] + 5, last["y"] + 5, steps=12)
    page.mouse.up()
    expect(control(page, "convolution", "pixels")).to_have_value("00fc000000000000")
    pixels.nth(8).click()
    expect(control(page, "convolution", "pixels")).to_have_value("007c000000000000")
    is_as_the_server_draws_it(page, "convolution")


def test_stride_padding_and_kernel_change_the_map(visit: OpenPage) -> None:
    page = visit(f"{PAGE}?convolution-1.map=filling")
    page.get_by_text("Stride, padding, activation").click()
    control(page, "convolution", "padding").select_option("same")
    control(page, "convolution", "kernel").select_option("learned-2")
    control(page, "convolution", "activation").select_option("relu")
    part(page, "convolution", "next").click()
    expect(control(page, "convolution", "step")).to_have_value("22")
    expect(part(page, "convolution", "image").locator("td")).to_have_count(100)
    control(page, "convolution", "stride").select_option("3")
    expect(control(page, "convolution", "step")).to_have_value("9")
    expect(part(page, "convolution", "next")).to_have_attribute("aria-disabled", "true")
    part(page, "convolution", "next").press("Enter")
    expect(control(page, "convolution", "step")).to_have_value("9")
    part(page, "convolution", "back").click()
    expect(part(page, "convolution", "answers").locator("td.unknown")).to_have_count(1)
    is_as_the_server_draws_it(page, "convolution")


def test_weights_that_are_typed_are_a_kernel_of_one_s_own(visit: OpenPage) -> None:
    page = visit(PAGE)
    page.get_by_text("Make a kernel of your own").click()
    control(page, "convolution", "w6").fill("-1")
    expect(control(page, "convolution", "kernel")).to_have_value("own")
    expect(part(page, "convolution", "sum")).to_have_text("z = 1 − 1 + 1 = 1")
    expect(part(page, "convolution", "says")).to_have_text("Your own kernel.")
    is_as_the_server_draws_it(page, "convolution")
    control(page, "convolution", "kernel").select_option("outline")
    expect(control(page, "convolution", "w5")).to_have_value("8")
    expect(page).not_to_have_url(re.compile("w5"))


def test_pooling_by_keyboard(visit: OpenPage) -> None:
    page = visit(PAGE)
    control(page, "pooling", "pool").first.focus()
    page.keyboard.press("ArrowRight")
    expect(part(page, "pooling", "say")).to_contain_text("the mean of 2, 2, 3 and 0 is 1.75.")
    part(page, "pooling", "answers").locator("[aria-current]").focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Space")
    expect(part(page, "pooling", "say")).to_contain_text("Window 6 of 9")
    page.get_by_text("Window, stride, padding").click()
    control(page, "pooling", "stride").select_option("1")
    expect(part(page, "pooling", "answers").locator("button")).to_have_count(25)
    is_as_the_server_draws_it(page, "pooling")
    control(page, "pooling", "pool").first.check()
    is_as_the_server_draws_it(page, "pooling")


def test_time_is_stepped_and_an_input_changed_by_keyboard(visit: OpenPage) -> None:
    page = visit(PAGE)
    figure = page.locator("lw-recurrent")
    figure.get_by_label("Step, slider", exact=True).focus()
    page.keyboard.press("ArrowRight")
    expect(part(page, "recurrent", "say")).to_contain_text("Step 4: unit 1")
    control(page, "recurrent", "unit").first.focus()
    page.keyboard.press("ArrowRight")
    expect(part(page, "recurrent", "caption")).to_have_text("Unit 2 at step 4")
    figure.get_by_text("Change the 6 inputs").click()
    control(page, "recurrent", "x2").fill("-1.5")
    expect(part(page, "recurrent", "say")).to_contain_text("tanh makes")
    expect(page).to_have_url(re.compile(r"recurrent-1\.x2=-1\.5"))
    is_as_the_server_draws_it(page, "recurrent")
    page.locator("[data-node='1.0']").click()
    expect(part(page, "recurrent", "caption")).to_have_text("Unit 1 at step 2")
    is_as_the_server_draws_it(page, "recurrent")


def test_the_gates_of_an_lstm_are_stepped_by_keyboard(visit: OpenPage) -> None:
    page = visit(PAGE)
    page.locator("lw-lstm").get_by_label("Step, slider", exact=True).focus()
    page.keyboard.press("ArrowLeft")
    expect(part(page, "lstm", "say")).to_contain_text("Step 3: the forget gate keeps 95.3% of the memory")
    page.locator("lw-lstm").get_by_text("Change the 6 inputs").click()
    control(page, "lstm", "x1").fill("2")
    expect(page.locator("lw-lstm [data-row] td.in").first).to_have_text("0")
    is_as_the_server_draws_it(page, "lstm")


def test_a_batch_is_normalized_by_keyboard(visit: OpenPage) -> None:
    page = visit(PAGE)
    figure = page.locator("lw-normalization")
    figure.get_by_label("gamma, slider", exact=True).focus()
    page.keyboard.press("End")
    expect(figure.locator("[data-strip] tspan").last).to_have_text("mean 0.00, spread 2.00")
    part(page, "normalization", "before").locator("[aria-current]").focus()
    for key in ("ArrowDown", "ArrowRight", "Enter"):
        page.keyboard.press(key)
    expect(part(page, "normalization", "say")).to_contain_text("x2 of sample 2")
    is_as_the_server_draws_it(page, "normalization")
    control(page, "normalization", "by").select_option("layer")
    expect(part(page, "normalization", "say")).to_contain_text("those of sample 2.")
    is_as_the_server_draws_it(page, "normalization")


def test_without_a_script_each_figure_is_a_form(visit: OpenPage) -> None:
    page = visit(PAGE, javascript=False)
    expect(page.get_by_text("Without JavaScript: choose and press Show.")).to_have_count(len(KINDS))
    page.locator("lw-convolution [aria-label='Row 1, column 1']").click()
    expect(page.locator("lw-convolution [aria-label='Row 1, column 1']")).to_have_attribute(
        "aria-pressed", "true"
    )
    expect(control(page, "convolution", "picture")).to_have_value("drawing")
    part(page, "convolution", "next").click()
    expect(part(page, "convolution", "say")).to_contain_text("Window 22 of 36")
    expect(control(page, "convolution", "pixels")).to_have_value("803e040c08181000")

    page.get_by_text("Make a kernel of your own").click()
    control(page, "convolution", "w9").fill("4")
    page.get_by_role("button", name="Use these weights").click()
    expect(part(page, "convolution", "says")).to_have_text("Your own kernel.")
    expect(control(page, "convolution", "w9")).to_have_value("4")

    control(page, "pooling", "step").fill("2")
    page.locator("lw-pooling").get_by_role("button", name="Show", exact=True).click()
    expect(part(page, "pooling", "say")).to_contain_text("Window 2 of 9")
    expect(part(page, "convolution", "say")).to_contain_text("Window 22 of 36")

    control(page, "recurrent", "step").fill("6")
    page.locator("lw-recurrent").get_by_role("button", name="Show", exact=True).click()
    expect(part(page, "recurrent", "say")).to_contain_text("Step 6: unit 1")

    control(page, "lstm", "step").fill("2")
    page.locator("lw-lstm").get_by_role("button", name="Show", exact=True).click()
    expect(part(page, "lstm", "say")).to_contain_text("Step 2:")

    page.locator("lw-normalization [aria-label='Sample 3, x2: 3']").click()
    expect(part(page, "normalization", "say")).to_contain_text("x2 of sample 3")


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_phones_and_axe(visit: OpenPage, axe: Check, no_sideways_scroll: Check, theme: str) -> None:
    page = visit(
        f"{PAGE}?convolution-1.padding=same&convolution-1.kernel=learned-1", viewport=NARROW, theme=theme
    )
    page.evaluate("() => document.querySelectorAll('details').forEach((one) => (one.open = true))")
    no_sideways_scroll(page)
    axe(page)
    for kind in KINDS:
        expect(page.get_by_role("group", name=page.locator(f"#{kind}-1-name").inner_text())).to_be_visible()


def test_every_pixel_is_large_enough_for_a_finger(open_page: OpenPage) -> None:
    page = open_page(PAGE, viewport=PHONE, has_touch=True)
    for button in page.locator("lw-convolution .cells button").all()[:70:9]:
        box = button.bounding_box()
        assert box
        assert min(box["width"], box["height"]) >= 24


@pytest.mark.parametrize("kind", KINDS)
def test_a_script_stays_small(kind: str) -> None:
    assert len(gzip.compress((ROOT / "build" / "js" / f"{kind}.js").read_bytes())) <= 4096
