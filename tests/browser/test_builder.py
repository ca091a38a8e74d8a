"""The builder in Chromium: form and text in step, by keyboard alone, with undo."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, Route, expect

from accounts.models import User
from labs import services
from labs.builder import STARTERS
from labs.models import Draft
from tests.browser.conftest import DESKTOP, PHONE, VIEWS, OpenPage, until


def text_of(page: Page) -> str:
    return "\n".join(page.locator(".cm-line").all_inner_texts())


def test_a_network_is_built_by_keyboard_and_the_text_follows(open_page: OpenPage) -> None:
    page = open_page("/lab/", viewport=DESKTOP)
    units = page.get_by_role("textbox", name="units").first
    units.focus()
    page.keyboard.press("Control+A")
    page.keyboard.type("10")
    page.keyboard.press("Enter")
    expect(page.locator(".cm-content")).to_contain_text("Dense(10, input_shape=(8,)")
    expect(page.locator("[data-live]")).to_contain_text("184")
    expect(units).to_be_focused()

    page.get_by_role("combobox", name="Add a layer").select_option("Dropout")
    page.get_by_role("button", name="Add at the end").press("Enter")
    expect(page.get_by_role("group", name="4. Dropout")).to_be_visible()
    expect(page.get_by_role("button", name="Add at the end")).to_be_focused()

    page.get_by_role("button", name="Move Dropout, layer 4, up").press("Enter")
    expect(page.get_by_role("group", name="3. Dropout")).to_be_visible()
    expect(page.get_by_role("button", name="Move Dropout, layer 3, up")).to_be_focused()
    expect(page.locator(".cm-content")).to_have_text(re.compile(r"Dropout\(0\.2\).*softmax", re.DOTALL))

    page.get_by_role("button", name="Undo").press("Enter")
    expect(page.get_by_role("group", name="4. Dropout")).to_be_visible()


def test_the_form_follows_the_text(open_page: OpenPage) -> None:
    page = open_page("/lab/", viewport=DESKTOP)
    page.locator(".cm-content").click()
    page.keyboard.press("Control+A")
    page.keyboard.insert_text(
        "from keras import Sequential\nfrom keras.layers import *\n"
        "model = Sequential([Dense(2, input_shape=(3,))])\n"
    )
    expect(page.get_by_role("textbox", name="Input shape of one sample")).to_have_value("3")
    expect(page.locator(".layer-forms > li")).to_have_count(1)


def test_a_value_that_does_not_fit_is_told_and_the_text_stays(open_page: OpenPage) -> None:
    page = open_page("/lab/", viewport=DESKTOP)
    expect(page.locator(".cm-content")).to_be_visible()
    before = text_of(page)
    page.get_by_role("textbox", name="units").first.fill("many")
    page.keyboard.press("Tab")
    expect(page.locator("[data-builder-fault]")).to_have_text(
        "Dense: units must be a whole number of at least 1; it is 'many'."
    )
    assert text_of(page) == before


def test_the_builder_is_for_everybody(
    visit: OpenPage, axe: Callable[[Page], None], no_sideways_scroll: Callable[[Page], None]
) -> None:
    for viewport, theme in VIEWS:
        for path in ("/lab/", "/lab/?starter=broken"):
            page = visit(path, viewport=viewport, theme=theme)
            page.get_by_text("All settings").first.click()
            no_sideways_scroll(page)
            axe(page)


def test_who_is_quicker_than_the_site_loses_nothing(open_page: OpenPage) -> None:
    """The answer to an edit waits: a button pressed meanwhile is an edit of its own; the focus goes on."""
    page = open_page("/lab/", viewport=DESKTOP)
    waiting: list[Route] = []
    page.route("**/api/networks/edit", lambda route: waiting.append(route), times=1)
    page.get_by_role("textbox", name="units").first.fill("10")
    page.get_by_role("button", name="Add at the end").click()
    until(page, lambda: waiting)
    waiting[0].continue_()
    expect(page.locator(".layer-forms > li")).to_have_count(4)
    expect(page.locator(".cm-content")).to_contain_text("Dense(10, input_shape=(8,)")

    field = page.get_by_role("textbox", name="units").first
    field.fill("12")
    page.keyboard.press("Tab")
    onward = page.locator("*:focus").get_attribute("id")
    expect(field).to_have_attribute("value", "12")  # the form has come anew
    expect(page.locator(f"#{onward}")).to_be_focused()

    field.press("Enter")  # it is 12 already
    page.locator(".cm-content").press("Control+End")
    page.keyboard.insert_text("\nmodel.add(Dense(9))")
    expect(page.get_by_text("This text does not list its layers one by one")).to_be_visible()
    expect(page.locator(".cm-content")).to_be_focused()


def test_what_is_being_typed_goes_on_when_the_form_comes_anew(open_page: OpenPage) -> None:
    page = open_page("/lab/", viewport=DESKTOP)
    waiting: list[Route] = []
    page.route("**/api/networks/edit", lambda route: waiting.append(route), times=1)
    first = page.get_by_role("textbox", name="units").first
    first.fill("10")
    first.press("Enter")
    until(page, lambda: waiting)

    second = page.get_by_role("textbox", name="units").nth(1)
    second.fill("57")
    page.keyboard.press("ArrowLeft")
    waiting[0].continue_()
    expect(first).to_have_attribute("value", "10")
    expect(second).to_be_focused()
    expect(second).to_have_value("57")
    page.keyboard.type("3")
    expect(second).to_have_value("537")
    page.keyboard.press("Enter")
    expect(page.locator(".cm-content")).to_contain_text("Dense(537")


def test_layers_on_their_way_are_not_taken_for_one_another(open_page: OpenPage) -> None:
    page = open_page("/lab/", viewport=DESKTOP)
    expect(page.locator(".layer-forms > li")).to_have_count(3)
    waiting: list[Route] = []
    page.route("**/api/networks/edit", lambda route: waiting.append(route), times=1)
    remove = page.get_by_role("button", name="Remove Dense, layer 2", exact=True)
    remove.click()
    remove.click()
    expect(page.locator("[data-builder-fault]")).to_have_text(
        "The layers are changing their places. Try that once more when the form shows it."
    )
    until(page, lambda: waiting)
    waiting[0].continue_()
    expect(page.locator(".layer-forms > li")).to_have_count(2)
    remove.click()
    expect(page.locator(".layer-forms > li")).to_have_count(1)


def test_it_is_a_plain_form_without_javascript(open_page: OpenPage) -> None:
    page = open_page("/lab/", viewport=PHONE, javascript=False)
    page.get_by_role("textbox", name="units").first.fill("3")
    page.get_by_role("button", name="Apply to the text").click()
    expect(page.locator("textarea[name=source]")).to_have_value(re.compile(r"Dense\(3, input_shape"))


def test_a_challenge_is_built_and_submitted_by_keyboard_alone(
    course_content: None, learner: User, open_page: OpenPage
) -> None:
    page = open_page("/challenges/budget/", person=learner, viewport=DESKTOP)
    page.get_by_text("Build it layer by layer").press("Enter")
    for place, units in ((0, "4"), (1, "8")):
        field = page.get_by_role("textbox", name="units").nth(place)
        field.focus()
        page.keyboard.press("Control+A")
        page.keyboard.type(units)
        page.keyboard.press("Enter")
        expect(page.locator(".cm-content")).to_contain_text(f"units={units}")
    expect(page.locator("[data-live]")).to_contain_text("112")
    page.get_by_role("button", name="Submit").press("Enter")
    expect(page).to_have_url(re.compile("/submissions/"))


def test_a_draft_saves_itself_while_it_is_written(learner: User, open_page: OpenPage) -> None:
    draft = services.keep_draft(learner, None, "Mine", STARTERS["perceptron"][2])
    page = open_page(draft.get_absolute_url(), person=learner, viewport=DESKTOP)
    page.get_by_role("button", name="One more in layer 1", exact=True).press("Enter")
    expect(page.locator("[data-draft-state]")).to_contain_text("Saved")
    page.reload()
    expect(page.locator(".cm-content")).to_contain_text("Dense(2, input_shape=(2,)")


def test_a_draft_that_is_changed_while_it_is_saved_meets_no_other_tab(
    learner: User, open_page: OpenPage
) -> None:
    draft = services.keep_draft(learner, None, "Mine", STARTERS["perceptron"][2])
    page = open_page(draft.get_absolute_url(), person=learner, viewport=DESKTOP)
    saves: list[Route] = []
    page.route(f"**{draft.get_absolute_url()}", lambda route: saves.append(route), times=1)
    more = page.get_by_role("button", name="One more in layer 1", exact=True)
    more.press("Enter")
    until(page, lambda: saves)
    more.press("Enter")
    expect(page.locator(".cm-content")).to_contain_text("Dense(3, input_shape=(2,)")
    page.wait_for_timeout(2000)  # the next save is due, and waits for the first
    saves[0].continue_()
    until(page, lambda: "Dense(3" in Draft.objects.get().source)
    expect(page.locator("[data-draft-state]")).to_have_text(re.compile("^Saved"))
