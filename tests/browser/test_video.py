"""A real video in a real Chromium, recorded from a canvas by the test: nothing loads before the click, the
transcript leads and follows, keys work inside, and what cannot play leaves the transcript.
"""

import gzip
from collections.abc import Callable

import pytest
from django.core.files.base import ContentFile
from playwright.sync_api import Browser, Page, expect

from accounts.models import User
from course.models import Video
from tests.browser.conftest import DESKTOP, PHONE, ROOT, BrowserLog, OpenPage
from tests.browser.conftest import until as holds
from tests.course.videos import PNG, WEBM, give_video, make_lesson

TAB = "/courses/made/seen/?tab=video"
PLAYED = "document.querySelector('video').currentTime"
RECORD = """async (seconds) => {
    const canvas = document.createElement("canvas");
    [canvas.width, canvas.height] = [160, 90];
    const pen = canvas.getContext("2d");
    let frame = 0;
    const draw = () => {
        pen.fillStyle = `hsl(${(frame * 5) % 360} 60% 50%)`;
        pen.fillRect(0, 0, 160, 90);
        frame += 1;
    };
    draw();
    const timer = setInterval(draw, 40);
    const recorder = new MediaRecorder(canvas.captureStream(25), { mimeType: "video/webm; codecs=vp8" });
    const parts = [];
    recorder.ondataavailable = (event) => parts.push(event.data);
    const stopped = new Promise((done) => { recorder.onstop = done; });
    recorder.start();
    await new Promise((done) => setTimeout(done, seconds * 1000));
    recorder.stop();
    await stopped;
    clearInterval(timer);
    return [...new Uint8Array(await new Blob(parts).arrayBuffer())];
}"""


STOP_AT = """(moment) => {
    const video = document.querySelector("video");
    video.addEventListener("timeupdate", () => video.currentTime > moment && video.pause());
}"""


@pytest.fixture(scope="session")
def recording(browser: Browser) -> bytes:
    """Five seconds of changing color, as WebM."""
    page = browser.new_page()
    content = bytes(page.evaluate(RECORD, 5))
    page.close()
    return content


@pytest.fixture
def video(transactional_db: None, recording: bytes) -> Video:
    return give_video(make_lesson(), recording, seconds=5)


def until(page: Page, condition: str) -> None:
    """Waits without the page's own eval, which its policy forbids."""
    holds(page, lambda: page.evaluate(condition))


def slow_down(page: Page) -> None:
    """Five seconds take most of a minute: what is asked for is still on the screen when it is read."""
    page.evaluate("""() => {
        const video = document.querySelector("video");
        video.defaultPlaybackRate = video.playbackRate = 0.1;
    }""")


def play(page: Page) -> None:
    page.get_by_role("button", name="Play the video").click()
    until(page, f"{PLAYED} > 0.2")


def line(page: Page, number: int) -> str:
    return f"[data-part=lines] li:nth-child({number}) a"


def test_nothing_of_it_loads_before_the_click(video: Video, open_page: OpenPage) -> None:
    page = open_page("/healthz")
    asked: list[str] = []
    page.context.on("request", lambda request: asked.append(request.url))
    page.goto(TAB, wait_until="networkidle")
    assert not [url for url in asked if "/media/" in url or url.endswith(".vtt")]
    assert page.evaluate("document.querySelector('video').controls") is False
    play(page)
    assert [url for url in asked if "/media/" in url]
    assert page.evaluate("document.querySelector('video').controls") is True
    expect(page.locator("video")).to_be_focused()
    expect(page.get_by_role("button", name="Play the video")).to_be_hidden()


def test_the_transcript_and_chapters_lead_and_follow(video: Video, open_page: OpenPage) -> None:
    page = open_page(TAB)
    slow_down(page)
    page.get_by_role("link", name="Then the next layer begins.").click()
    until(page, f"{PLAYED} > 2.5 && {PLAYED} < 4")
    expect(page.locator(line(page, 3))).to_have_attribute("aria-current", "true")
    page.get_by_role("link", name="What a layer is").click()
    until(page, f"{PLAYED} < 1")
    expect(page.locator(line(page, 1))).to_have_attribute("aria-current", "true")
    expect(page.locator("[data-part=lines] [aria-current]")).to_have_count(1)
    expect(page.locator("[data-part=chapters] [aria-current]")).to_have_text("0:00 What a layer is")


def test_the_transcript_is_searched(video: Video, open_page: OpenPage) -> None:
    page = open_page(TAB)
    page.get_by_label("Find in the transcript").fill("LAYER")
    expect(page.locator("[data-part=count]")).to_have_text("2 of 3 lines")
    expect(page.locator("[data-part=lines] li:visible")).to_have_count(2)
    expect(page.locator("[data-part=lines] mark")).to_have_text(["layer", "layer"])
    page.keyboard.press("k")
    assert page.evaluate(PLAYED) == 0, "letters are typed here"
    page.get_by_label("Find in the transcript").fill("")
    expect(page.locator("[data-part=lines] li:visible")).to_have_count(3)
    expect(page.locator("[data-part=lines] mark")).to_have_count(0)


def test_by_keyboard_alone(video: Video, open_page: OpenPage) -> None:
    page = open_page(TAB)
    slow_down(page)
    page.get_by_role("link", name="Text", exact=True).focus()
    page.keyboard.press("k")
    assert page.evaluate("document.querySelector('video').controls") is False, "keys are silent outside"
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Play the video")).to_be_focused()
    page.keyboard.press("Enter")
    # A recording has no length in its header; the browser knows it when it has read it all.
    until(page, f"{PLAYED} > 0.2 && Number.isFinite(document.querySelector('video').duration)")
    page.keyboard.press("k")
    until(page, "document.querySelector('video').paused")
    page.keyboard.press("l")
    until(page, f"{PLAYED} > 2")
    page.keyboard.press("j")
    until(page, f"{PLAYED} === 0")
    page.keyboard.press(".")
    page.keyboard.press(".")
    page.keyboard.press(",")
    until(page, f"Math.abs({PLAYED} - 1 / 30) < 0.01")
    page.keyboard.press("c")
    expect(page.get_by_role("button", name="Captions")).to_have_attribute("aria-pressed", "true")
    until(page, "document.querySelector('video').textTracks[0].cues?.length === 3")
    page.keyboard.press("k")
    said = "document.querySelector('video').textTracks[0].activeCues[0]?.text"
    until(page, f"{PLAYED} > 0.1 && {said} === 'A layer is a row of neurons.'")


def test_keys_that_are_switched_off_are_silent(video: Video, learner: User, open_page: OpenPage) -> None:
    User.objects.filter(pk=learner.pk).update(has_shortcuts=False)
    page = open_page(TAB, person=learner)
    page.get_by_label("Speed").focus()
    page.get_by_role("button", name="Captions").focus()
    page.keyboard.press("c")
    expect(page.get_by_role("button", name="Captions")).to_have_attribute("aria-pressed", "false")
    expect(page.get_by_text("Keys in here")).to_have_count(0)


def test_place_speed_and_captions_are_remembered(video: Video, open_page: OpenPage) -> None:
    page = open_page(TAB)
    page.get_by_label("Speed").select_option("0.75")
    page.get_by_role("button", name="Captions").click()
    page.evaluate(STOP_AT, 2.6)
    page.get_by_role("link", name="Then the next layer begins.").click()
    until(page, f"{PLAYED} > 2.6")
    assert page.evaluate("document.querySelector('video').playbackRate") == 0.75
    until(page, "document.querySelector('video').paused")
    page.reload()
    expect(page.get_by_label("Speed")).to_have_value("0.75")
    expect(page.get_by_role("button", name="Captions")).to_have_attribute("aria-pressed", "true")
    page.get_by_role("button", name="Continue at 0:0").click()
    until(page, f"{PLAYED} > 2.6")


def test_what_cannot_play_leaves_the_transcript(
    transactional_db: None, open_page: OpenPage, axe: Callable[[Page], None], browser_log: BrowserLog
) -> None:
    give_video(make_lesson(), WEBM)
    page = open_page(TAB)
    page.get_by_role("button", name="Play the video").click()
    expect(page.get_by_role("alert")).to_have_text("Video cannot play; read the transcript. Try again")
    expect(page.locator("video")).to_be_hidden()
    page.get_by_role("link", name="read the transcript").click()
    expect(page.get_by_text("Every neuron weighs & adds.")).to_be_in_viewport()
    axe(page)


def test_without_javascript_it_is_the_browser_s_own_player(video: Video, open_page: OpenPage) -> None:
    page = open_page(TAB, viewport=PHONE, javascript=False)
    expect(page.locator("video[controls][preload=none] track[kind=captions]")).to_have_count(1)
    expect(page.get_by_role("button", name="Play the video")).to_have_count(0)
    expect(page.get_by_role("searchbox", name="Find in the transcript")).to_have_count(0)
    assert page.locator("[data-part=lines] .words").all_inner_texts() == [
        "A layer is a row of neurons.",
        "Every neuron weighs & adds.",
        "Then the next layer begins.",
    ]
    expect(page.locator(line(page, 3))).to_have_attribute("href", f"{video.file.url}#t=2.5")


@pytest.mark.parametrize(("viewport", "theme"), [(DESKTOP, "light"), (PHONE, "dark")], ids=["desk", "phone"])
def test_everybody_can_watch_it(
    viewport: dict[str, int],
    theme: str,
    video: Video,
    open_page: OpenPage,
    axe: Callable[[Page], None],
    no_sideways_scroll: Callable[[Page], None],
) -> None:
    page = open_page(TAB, viewport=viewport, theme=theme)
    slow_down(page)
    axe(page)
    play(page)
    expect(page.locator(line(page, 1))).to_have_attribute("aria-current", "true")
    page.get_by_label("Find in the transcript").fill("layer")
    axe(page)
    no_sideways_scroll(page)


def test_the_player_is_small() -> None:
    assert len(gzip.compress((ROOT / "build" / "js" / "video.js").read_bytes())) <= 4_000


def test_a_poster_stands_before_it(video: Video, open_page: OpenPage, browser_log: BrowserLog) -> None:
    video.poster.save("poster.png", ContentFile(PNG))
    page = open_page("/healthz")
    with page.expect_response(lambda response: response.url.endswith(".png")) as sent:
        page.goto(TAB)
    assert sent.value.headers["content-type"] == "image/png"
