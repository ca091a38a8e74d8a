"""Activations, softmax, loss, descent and the way back in a text: by keyboard, without a script, small."""

import gzip
import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from course.models import Course, CourseNetwork, Lesson
from course.services import save_lesson, save_network
from tests.browser.conftest import DESKTOP, NARROW, PHONE, ROOT, OpenPage, views
from tests.course.figures.networks import ANIMALS_JSON

PAGE = "/courses/demo/learning/"
MOVING = ("activation", "softmax", "loss", "descent", "backprop")
TEXT = """\
```network
# Two layers
from keras import Sequential, layers
model = Sequential([layers.Dense(6, activation="relu", input_shape=(8,)), layers.Dense(4)])
```

```activation
second = "tanh"
```

```softmax
logits = "llama"
```

```loss
weights = ["out.3.weight.h2.3", "h1.3.weight.neck"]
samples = ["cat", "lizard"]
```

```descent
```

```descent
title = "Downhill on a curve"
on = "curve"
start = [-5]
```

```backprop
samples = ["llama", "cat"]
unit = "h2.3"
```
"""
# What a figure shows: words and numbers without the fields, and the geometry of its drawing.
SHOWN = """(name) => {
    const figure = document.getElementById(name).cloneNode(true);
    for (const one of figure.querySelectorAll("form, [data-part=live], [hidden], .off")) one.remove();
    const rounded = (text) => text.replace(/-?\\d+\\.\\d+/g, (one) => Number(one).toFixed(2));
    const names = ["d", "cx", "cy", "x", "width", "x1", "x2", "y1", "y2"];
    const place = (one) => (name) => rounded(one.getAttribute(name) ?? "").replace(/\\.00/g, "");
    const drawn = [...figure.querySelectorAll("svg *")].map((one) => names.map(place(one)).join(" "));
    return JSON.stringify([figure.textContent.replace(/\\s+/g, ""), drawn]);
}"""
Check = Callable[[Page], None]


@pytest.fixture(autouse=True)
def lesson() -> Lesson:
    """A lesson with one figure of each kind, and two landscapes to descend."""
    course = Course.objects.create(slug="demo", title="Demo", outcome="o", is_published=True)
    chapter = course.chapters.create(slug="one", title="One")
    network = CourseNetwork(course=course, slug="animals", document=ANIMALS_JSON)
    save_network(network)
    lesson = Lesson(
        course=course, chapter=chapter, slug="learning", title="L", summary="s", text=TEXT, network=network
    )
    save_lesson(lesson)
    return lesson


def figure(page: Page, name: str) -> Locator:
    return page.locator(f"#{name}")


def field(page: Page, name: str, key: str) -> Locator:
    return page.locator(f"[name='{name}.{key}']")


def say(page: Page, name: str) -> Locator:
    return figure(page, name).locator("[data-part=say]")


def is_as_the_server_draws_it(page: Page, name: str) -> None:
    """The address keeps the state, and the server makes the same of it as the script did."""
    live = page.evaluate(SHOWN, name)
    page.reload()
    assert page.evaluate(SHOWN, name) == live


def test_every_figure_begins_as_the_server_drew_it(visit: OpenPage) -> None:
    page, plain = visit(PAGE), visit(PAGE, javascript=False)
    for name in ("network-1", *(f"{kind}-1" for kind in MOVING)):
        words = plain.locator(f"#{name} [data-part=say]").inner_text()
        expect(say(page, name)).to_have_text(words)


def test_an_activation_is_explored_by_keyboard(visit: OpenPage) -> None:
    page = visit(PAGE)
    slider = figure(page, "activation-1").get_by_role("slider", name="z, slider")
    slider.focus()
    for _ in range(15):
        page.keyboard.press("ArrowLeft")
    sentence = "At z = −0.5 relu gives 0.00, slope 0.00; tanh gives −0.46, slope 0.79."
    expect(say(page, "activation-1")).to_have_text(
        f"{sentence} Where the slope is 0, no weight behind it learns."
    )
    expect(figure(page, "activation-1").locator("[data-part=live]")).to_contain_text(sentence)
    expect(field(page, "activation-1", "z")).to_have_value("-0.5")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowRight")
    expect(say(page, "activation-1")).to_contain_text("sigmoid gives 0.38")
    is_as_the_server_draws_it(page, "activation-1")


def test_a_second_function_can_be_put_away(visit: OpenPage) -> None:
    page = visit(PAGE)
    figure(page, "activation-1").get_by_text("nothing").click()
    expect(figure(page, "activation-1").locator(".dot.second")).to_be_hidden()
    is_as_the_server_draws_it(page, "activation-1")


def test_softmax_answers_to_its_temperature_and_its_logits(visit: OpenPage) -> None:
    page = visit(PAGE)
    field(page, "softmax-1", "t").fill("0.5")
    expect(say(page, "softmax-1")).to_contain_text("A low temperature gives more to the largest logit.")
    page.get_by_text("Change the 4 logits").click()
    field(page, "softmax-1", "z1").fill("8")
    expect(say(page, "softmax-1")).to_contain_text("cat gets 100.0%")
    is_as_the_server_draws_it(page, "softmax-1")


def test_a_number_that_does_not_fit_leaves_the_figure_as_it_is(visit: OpenPage) -> None:
    page = visit(PAGE)
    before = say(page, "softmax-1").inner_text()
    field(page, "softmax-1", "t").fill("9")
    expect(field(page, "softmax-1", "t")).to_have_attribute("aria-invalid", "true")
    expect(say(page, "softmax-1")).to_have_text(before)
    field(page, "softmax-1", "t").fill("2")
    expect(say(page, "softmax-1")).to_contain_text("A high temperature evens the shares out.")


def test_a_weight_moves_along_its_loss(visit: OpenPage) -> None:
    page = visit(PAGE)
    figure(page, "loss-1").get_by_role("slider").focus()
    page.keyboard.press("Home")
    expect(say(page, "loss-1")).to_contain_text("With the weight from h2.3 to llama at −2.5")
    field(page, "loss-1", "w").select_option("h1.3.weight.neck")
    figure(page, "loss-1").locator("label", has_text="lizard").click()
    expect(say(page, "loss-1")).to_contain_text("With the weight from neck to h1.3 at −2")
    is_as_the_server_draws_it(page, "loss-1")


@pytest.mark.parametrize("name", ["descent-1", "descent-2"])
def test_a_descent_goes_step_by_step_and_back(name: str, visit: OpenPage) -> None:
    page = visit(PAGE)
    step = figure(page, name).get_by_role("button", name="Take a step")
    step.focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Space")
    figure(page, name).get_by_role("button", name="Take ten").click()
    expect(say(page, name)).to_contain_text("After 12 steps")
    expect(field(page, name, "n")).to_have_value("12")
    is_as_the_server_draws_it(page, name)
    figure(page, name).get_by_role("button", name="Back to the start").click()
    expect(say(page, name)).to_contain_text("Take a step downhill.")


def test_a_descent_that_runs_away_is_told(visit: OpenPage) -> None:
    page = visit(PAGE)
    field(page, "descent-2", "rate").fill("1.5")
    figure(page, "descent-2").get_by_role("button", name="Take ten").click()
    expect(say(page, "descent-2")).to_contain_text("the loss grows without end. Lower the learning rate.")
    is_as_the_server_draws_it(page, "descent-2")


def test_the_way_back_is_followed_layer_by_layer(visit: OpenPage) -> None:
    page = visit(PAGE)
    back = figure(page, "backprop-1")
    field(page, "backprop-1", "unit").select_option("h1.3")
    expect(say(page, "backprop-1")).to_contain_text("The delta of h1.3 is not known yet")
    expect(back.locator("[data-delta='h1.3']")).to_have_text("?")
    back.get_by_role("radio", name="hidden 2").focus()
    page.keyboard.press("ArrowRight")
    expect(say(page, "backprop-1")).to_contain_text("times the slope of relu, 1, its delta is")
    expect(back.locator("[data-delta='h1.3']")).not_to_have_text("?")
    is_as_the_server_draws_it(page, "backprop-1")
    page.locator("#backprop-1").get_by_text("one step").click()
    expect(page.locator("#backprop-1").get_by_role("columnheader", name="after")).to_be_visible()
    is_as_the_server_draws_it(page, "backprop-1")


def test_a_state_can_be_opened_again(open_page: OpenPage) -> None:
    page = open_page(PAGE)
    field(page, "softmax-1", "t").fill("3")
    figure(page, "descent-1").get_by_role("button", name="Take a step").click()
    other = open_page(page.evaluate("location.pathname + location.search"))
    for name in ("softmax-1", "descent-1"):
        expect(say(other, name)).to_have_text(say(page, name).inner_text())


def test_every_figure_works_without_javascript(visit: OpenPage) -> None:
    page = visit(PAGE, javascript=False)
    for name in MOVING:
        expect(figure(page, f"{name}-1")).to_contain_text("Without JavaScript: choose and press Show.")
    field(page, "softmax-1", "t").fill("0.5")
    figure(page, "softmax-1").get_by_role("button", name="Show").click()
    expect(say(page, "softmax-1")).to_contain_text("A low temperature")
    figure(page, "descent-1").get_by_role("button", name="Take ten").click()
    figure(page, "descent-1").get_by_role("button", name="Take a step").click()
    expect(say(page, "descent-1")).to_contain_text("After 11 steps")
    expect(say(page, "softmax-1")).to_contain_text("A low temperature")
    figure(page, "backprop-1").get_by_label("output").check()
    figure(page, "backprop-1").get_by_role("button", name="Show").click()
    expect(say(page, "backprop-1")).to_contain_text("is not known yet")
    expect(page).to_have_url(re.compile("#backprop-1$"))


@pytest.mark.parametrize(("viewport", "theme"), views((NARROW, "dark"), (PHONE, "light"), (DESKTOP, "dark")))
def test_figures_fit_and_are_accessible(
    viewport: dict[str, int], theme: str, visit: OpenPage, axe: Check, no_sideways_scroll: Check
) -> None:
    page = visit(f"{PAGE}?backprop-1.at=step&descent-1.n=9", theme=theme, viewport=viewport)
    page.evaluate("() => document.querySelectorAll('details').forEach((one) => (one.open = true))")
    no_sideways_scroll(page)
    axe(page)
    for name in ("network-1", *(f"{kind}-1" for kind in MOVING)):
        title: Any = page.locator(f"#{name}-name").inner_text()
        expect(page.get_by_role("group", name=title, exact=True)).to_be_visible()


@pytest.mark.parametrize("kind", MOVING)
def test_a_script_stays_small(kind: str) -> None:
    assert len(gzip.compress((ROOT / "build" / "js" / f"{kind}.js").read_bytes())) <= 4096
