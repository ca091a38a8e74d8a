"""The film in a real Chromium, under a clock that the test turns: it plays the figure, waits when the figure
is touched, works by keyboard alone, and without a script is a storyboard of links.
"""

import gzip
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from accounts.models import User
from tests.browser.conftest import DESKTOP, PHONE, ROOT, BrowserLog, OpenPage, stop_clock

VIDEO = "/courses/neural-networks/weights/?tab=video"
MOVING = "document.getAnimations().filter((one) => one.playState === 'running').length"
LOW = {"width": 320, "height": 420}


@pytest.fixture
def open_film(course_content: None, open_page: OpenPage) -> OpenPage:
    """Opens a film whose time stands still until the test lets it run."""

    def open_it(path: str = VIDEO, **options: object) -> Page:
        page = open_page(path, **options)
        stop_clock(page)
        expect(page.get_by_role("slider", name="Position in the film")).to_be_visible()
        return page

    return open_it


def run(page: Page, seconds: float) -> None:
    page.clock.run_for(int(seconds * 1000))


def scene(page: Page) -> Locator:
    return page.locator("[data-part=caption] p").first


def let_go(page: Page) -> None:
    """Time goes on by itself from here, for what waits for it, as axe does."""
    page.clock.resume()


def headline(page: Page) -> Locator:
    return page.locator("#figure-name")


def test_it_waits_then_plays_the_figure_scene_after_scene_and_ends(open_film: OpenPage) -> None:
    page = open_film()
    run(page, 30)
    expect(scene(page)).to_have_text("Scene 1 of 9: Lines carry weights")
    expect(page.get_by_text("0:00 of 1:38")).to_be_visible()
    page.get_by_role("button", name="Play the film").click()
    run(page, 12)
    expect(scene(page)).to_have_text("Scene 2 of 9: A wish list")
    expect(page).to_have_url(f"{VIDEO}&scene=2")
    run(page, 10)
    expect(page.locator("#figure .say")).to_contain_text("1 of 2 products added; so far that is 1.00.")
    run(page, 6)
    expect(page.locator("#figure .say")).to_contain_text("2 of 2 products added; so far that is 4.00.")
    expect(page.locator("#figure [data-part=live]"), "the caption alone is said").to_have_text("")
    expect(page.locator(".film [role=status], .film [aria-live]")).to_have_count(1)
    run(page, 90)
    expect(scene(page)).to_have_text("Scene 9 of 9: All that a neuron computes")
    expect(page.get_by_text("1:38 of 1:38")).to_be_visible()
    page.get_by_role("button", name="Play the film").click()
    expect(scene(page)).to_have_text("Scene 1 of 9: Lines carry weights")


def test_chapters_and_transcript_lead_to_their_moment(open_film: OpenPage) -> None:
    page = open_film(viewport=DESKTOP)
    page.get_by_role("link", name="8, Turn one weight, at 1:15").click()
    page.get_by_role("button", name="Play the film").click()
    run(page, 12)
    expect(page.locator("#figure .say")).to_contain_text("z = −1.00")
    run(page, 2)
    expect(page.locator("#figure .say")).to_contain_text("z = 4.00")
    page.get_by_role("button", name="Pause the film").click()
    page.get_by_role("navigation", name="Chapters").get_by_role("link", name="5, A dog barks").click()
    expect(page.get_by_text("0:40 of 1:38")).to_be_visible()
    expect(headline(page)).to_have_text("Neuron h1.2 looks at a dog")
    page.get_by_role("link", name="0:52 A llama does not fit").click()
    expect(headline(page)).to_have_text("Neuron h1.2 looks at a llama")
    expect(page.locator("[data-told='6']")).to_have_class("now")
    page.get_by_role("link", name="Previous scene").click()
    expect(scene(page)).to_have_text("Scene 5 of 9: A dog barks")


def test_touching_the_figure_pauses_and_going_on_leads_back(
    open_film: OpenPage, axe: Callable[[Page], None]
) -> None:
    page = open_film(viewport=DESKTOP)
    page.get_by_role("button", name="Play the film").click()
    run(page, 3)
    page.locator("#figure").get_by_role("link", name="lizard", exact=True).first.click()
    expect(headline(page)).to_have_text("Neuron h1.2 looks at a lizard")
    run(page, 30)
    expect(headline(page)).to_have_text("Neuron h1.2 looks at a lizard")
    expect(scene(page)).to_have_text("Scene 1 of 9: Lines carry weights")
    let_go(page)
    axe(page)
    page.clock.pause_at(3_600_000)
    page.get_by_role("button", name="Continue the film").click()
    expect(headline(page)).to_have_text("Neuron h1.2 looks at a cat")
    run(page, 9)
    expect(scene(page)).to_have_text("Scene 2 of 9: A wish list")
    page.locator("#figure").get_by_role("link", name="dog", exact=True).first.click()
    page.reload()
    expect(headline(page)).to_have_text("Neuron h1.2 looks at a dog")
    page.get_by_role("button", name="Continue the film").click()
    expect(headline(page)).to_have_text("Neuron h1.2 looks at a cat")


def test_by_keyboard_alone(open_film: OpenPage) -> None:
    page = open_film()
    slider = page.get_by_role("slider", name="Position in the film")
    page.get_by_role("link", name="Updates").focus()
    page.keyboard.press("Tab")
    expect(slider).to_be_focused()
    page.keyboard.press("k")
    run(page, 5)
    page.keyboard.press("Space")
    expect(page.get_by_text("0:05 of 1:38")).to_be_visible()
    page.keyboard.press("l")
    expect(slider).to_have_attribute("aria-valuetext", "0:15 of 1:38, Scene 2 of 9: A wish list")
    page.keyboard.press("j")
    page.keyboard.press("j")
    expect(page.get_by_text("0:00 of 1:38")).to_be_visible()
    page.keyboard.press("ArrowRight")
    expect(page.get_by_text("0:01 of 1:38")).to_be_visible()
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Play the film")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Pause the film")).to_be_focused()
    run(page, 3)
    page.keyboard.press("Space")
    run(page, 20)
    expect(page.get_by_text("0:04 of 1:38")).to_be_visible()


def test_its_keys_are_silent_elsewhere_and_when_switched_off(open_film: OpenPage, learner: User) -> None:
    page = open_film()
    page.get_by_role("link", name="Updates").focus()
    page.keyboard.press("l")
    expect(page.get_by_text("0:00 of 1:38")).to_be_visible()
    User.objects.filter(pk=learner.pk).update(has_shortcuts=False)
    page = open_film(person=learner)
    page.get_by_role("slider", name="Position in the film").focus()
    page.keyboard.press("l")
    expect(page.get_by_text("0:00 of 1:38")).to_be_visible()


def test_place_and_speed_are_remembered(open_film: OpenPage) -> None:
    page = open_film()
    page.get_by_label("Speed").select_option("2")
    page.get_by_role("button", name="Play the film").click()
    run(page, 10.7)
    page.get_by_role("button", name="Pause the film").click()
    expect(page.get_by_text("0:21 of 1:38")).to_be_visible()
    page.goto(VIDEO)
    expect(page.get_by_text("0:21 of 1:38")).to_be_visible()
    expect(page.get_by_label("Speed")).to_have_value("2")
    expect(scene(page)).to_have_text("Scene 3 of 9: Fur, then whiskers")


def test_without_javascript_it_is_a_storyboard_of_links(course_content: None, open_page: OpenPage) -> None:
    page = open_page(VIDEO, viewport=PHONE, javascript=False)
    expect(page.get_by_role("slider")).to_have_count(0)
    expect(page.get_by_role("button", name="Play the film")).to_have_count(0)
    page.get_by_role("link", name="Next scene").click()
    expect(scene(page)).to_have_text("Scene 2 of 9: A wish list")
    page.get_by_role("link", name="0:52 A llama does not fit").click()
    expect(headline(page)).to_have_text("Neuron h1.2 looks at a llama")
    page.locator("#figure").get_by_role("link", name="cat", exact=True).first.click()
    page.get_by_role("link", name="Continue the film").click()
    expect(headline(page)).to_have_text("Neuron h1.2 looks at a llama")


def test_where_the_figure_s_script_fails_the_links_and_the_transcript_stay(
    course_content: None, open_page: OpenPage, browser_log: BrowserLog
) -> None:
    browser_log.expect("net::ERR_FAILED")
    page = open_page("/")

    def fail(route: Route) -> None:
        route.abort()

    page.context.route("**/js/network.js", fail)
    page.goto(VIDEO)
    expect(page.get_by_role("button", name="Play the film")).to_have_count(0)
    page.get_by_role("link", name="0:40 A dog barks").click()
    expect(headline(page)).to_have_text("Neuron h1.2 looks at a dog")


@pytest.mark.parametrize(
    ("viewport", "theme"), [(DESKTOP, "light"), (PHONE, "dark"), (LOW, "light")], ids=["desk", "phone", "low"]
)
def test_everybody_can_watch_it(
    viewport: dict[str, int],
    theme: str,
    open_film: OpenPage,
    axe: Callable[[Page], None],
    no_sideways_scroll: Callable[[Page], None],
) -> None:
    page = open_film(viewport=viewport, theme=theme)
    page.get_by_role("button", name="Play the film").click()
    for _ in range(14):
        run(page, 3)
        assert page.evaluate(MOVING) == 0, "motion is reduced"
    no_sideways_scroll(page)
    if viewport == PHONE:
        caption_and_figure_are_seen_together(page)
    let_go(page)
    axe(page)


def caption_and_figure_are_seen_together(page: Page) -> None:
    page.locator("#figure .stage").evaluate("(stage) => stage.scrollIntoView({ block: 'end' })")
    expect(page.locator("[data-part=caption]")).to_be_in_viewport(ratio=1)
    expect(page.get_by_role("button", name="Pause the film")).to_be_in_viewport(ratio=1)
    covered = page.locator(".film").bounding_box()
    drawing = page.locator("#figure .net-narrow").bounding_box()
    assert covered is not None
    assert drawing is not None
    assert covered["y"] + covered["height"] <= drawing["y"]


def test_the_player_is_small() -> None:
    assert len(gzip.compress((ROOT / "build" / "js" / "film.js").read_bytes())) <= 5_000
