"""A real Chromium against the real site. Every page opened here fails its test on a console error,
an uncaught exception or a violation of the content-security policy, unless the test said it expects it.

    def test_it(course_content, open_page, axe):
        page = open_page("/", viewport=PHONE, theme="dark")
        axe(page)
"""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.base import AXE_SCRIPT, AxeResults
from django.conf import settings
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Error, Page, WebError, expect

from accounts.models import User
from tests.conftest import SignIn

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
NARROW = {"width": 320, "height": 640}
PHONE = {"width": 360, "height": 740}
DESKTOP = {"width": 1280, "height": 900}
THEMES = ("light", "dark")


def views(*some: tuple[dict[str, int], str]) -> tuple[tuple[dict[str, int], str], ...]:
    """The sizes and themes in which a page is looked at. With EVERY_VIEW=1, as `make prove` has it: each of
    the sizes in each theme.
    """
    if not os.environ.get("EVERY_VIEW"):
        return some
    sizes = {size["width"]: size for size, _ in some}.values()
    return tuple((size, theme) for size in sizes for theme in THEMES)


VIEWS = views((PHONE, "dark"), (DESKTOP, "light"))
AXE_OPTIONS = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]},
    # What passes is not described: on a lesson that is 1.6 MB, and a third of the time.
    "resultTypes": ["violations"],
}
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--force-color-profile=srgb",
    # One process for all pages: starting one costs more than a page. (No --disable-features here: a second
    # one would take the place of Playwright's own, which keeps input from being held back before a paint.)
    "--renderer-process-limit=1",
]

PATIENCE = 30_000
"""Milliseconds that anything here may take. A machine that does other things stalls for seconds; a run in
which all is well never waits so long.
"""
GRADED = 120_000
"""The same for a worker that starts, and a child process of it that grades."""
expect.set_options(timeout=PATIENCE)

OpenPage = Callable[..., Page]


def until(page: Page, holds: Callable[[], object]) -> None:
    """Waits for what only Python can see, a row or a request; fails when it does not come."""
    ends = time.monotonic() + PATIENCE / 1000
    while not holds():
        assert time.monotonic() < ends, f"it did not come to this in {PATIENCE // 1000} s"
        page.wait_for_timeout(20)


def stop_clock(page: Page) -> None:
    """The page's timers stand still; `page.clock.run_for` lets them run, `page.clock.resume` lets go of them.
    What shows for a moment, or counts how fast somebody types, then waits for a slow machine.
    """
    page.clock.install(time=0)
    page.clock.pause_at(60_000)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.browser)
            # A browser on a busy machine now and then misses a frame: a second try decides, and the summary
            # names what needed one, so that it can be looked into.
            item.add_marker(pytest.mark.flaky(reruns=1))
            # Server and browser see only what was committed; the database is flushed after each test.
            item.add_marker(pytest.mark.django_db(transaction=True))


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    # The shell is the same browser without its own windows, and takes two thirds of the time.
    names = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
    chromium = next(filter(None, map(shutil.which, names)), None)
    if chromium is None:
        pytest.fail("Chromium is not installed. As root: apt-get install -y chromium", pytrace=False)
    return {**browser_type_launch_args, "executable_path": chromium, "args": FLAGS}


@pytest.fixture(scope="session")
def base_url(live_server: Any) -> str:
    if not (ROOT / "build" / "css" / "site.css").exists():
        pytest.fail("The browser's files are not built. Run: make build", pytrace=False)
    return str(live_server.url)


class BrowserLog:
    """Everything a browser complained about. `expect(part)` says that a complaint is meant."""

    def __init__(self) -> None:
        self.complaints: list[str] = []
        self._expected: list[str] = []

    def expect(self, part: str) -> None:
        self._expected.append(part)

    def watch(self, context: BrowserContext) -> None:
        context.on("console", self._on_console)
        context.on("weberror", self._on_error)

    def leave(self, context: BrowserContext) -> None:
        context.remove_listener("console", self._on_console)
        context.remove_listener("weberror", self._on_error)

    def unexpected(self) -> list[str]:
        return [one for one in self.complaints if not any(part in one for part in self._expected)]

    def _on_console(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            place = message.location
            self.complaints.append(
                f"{message.type}: {message.text} ({place.get('url')}:{place.get('lineNumber')})"
            )

    def _on_error(self, error: WebError) -> None:
        self.complaints.append(f"uncaught: {error.error}")


@pytest.fixture
def browser_log() -> Iterator[BrowserLog]:
    log = BrowserLog()
    yield log
    assert not log.unexpected(), "\n".join(log.unexpected())


@pytest.fixture
def new_context(browser_log: BrowserLog, new_context: Callable[..., BrowserContext]) -> Any:
    """As pytest-playwright's own, so that `page` and `context` are watched too."""

    def make(**options: Any) -> BrowserContext:
        context = new_context(**options)
        browser_log.watch(context)
        context.set_default_timeout(PATIENCE)
        return context

    return make


@pytest.fixture
def sign_in(client_for: SignIn, base_url: str) -> Callable[[BrowserContext, User], None]:
    """Gives a browser the session of that person; tests of the sign-in page itself fill in the form."""

    def give(context: BrowserContext, person: User) -> None:
        name = settings.SESSION_COOKIE_NAME
        value = client_for(person).cookies[name].value
        context.add_cookies([{"name": name, "value": value, "url": base_url, "httpOnly": True}])

    return give


@pytest.fixture
def open_page(
    new_context: Callable[..., BrowserContext], sign_in: Callable[[BrowserContext, User], None]
) -> OpenPage:
    """Opens `path` in a new context: as whom, how wide, light or dark, with or without JavaScript."""

    def open_it(
        path: str = "/",
        *,
        person: User | None = None,
        viewport: dict[str, int] = DESKTOP,
        theme: str = "light",
        javascript: bool = True,
        **options: Any,
    ) -> Page:
        context = new_context(
            viewport=viewport,
            color_scheme=theme,
            java_script_enabled=javascript,
            reduced_motion="reduce",
            **options,
        )
        if person is not None:
            sign_in(context, person)
        page = context.new_page()
        page.goto(path)
        return page

    return open_it


@pytest.fixture(scope="session")
def lasting_pages(browser: Browser, browser_context_args: dict[str, Any]) -> Iterator[dict[bool, Page]]:
    """A page with JavaScript and one without, which `visit` lends from test to test."""
    options = {**browser_context_args, "reduced_motion": "reduce"}
    contexts = {
        scripts: browser.new_context(**options, java_script_enabled=scripts) for scripts in (True, False)
    }
    for context in contexts.values():
        context.set_default_timeout(PATIENCE)
    yield {scripts: context.new_page() for scripts, context in contexts.items()}
    for context in contexts.values():
        context.close()


@pytest.fixture
def visit(
    lasting_pages: dict[bool, Page],
    browser_log: BrowserLog,
    sign_in: Callable[[BrowserContext, User], None],
    base_url: str,
) -> Iterator[OpenPage]:
    """As open_page, in a page that the next test goes on with, without its cookies and what it stored: a new
    context costs as much as five pages. There is one with JavaScript and one without, so a later visit ends
    an earlier one; what cannot be taken back (routes, clocks, listeners) is for open_page.
    """
    used: set[bool] = set()

    def leave(page: Page) -> None:
        browser_log.leave(page.context)
        _forget(page, base_url)

    def visit_it(
        path: str = "/",
        *,
        person: User | None = None,
        viewport: dict[str, int] = DESKTOP,
        theme: str = "light",
        javascript: bool = True,
    ) -> Page:
        page = lasting_pages[javascript]
        if javascript in used:
            leave(page)
        used.add(javascript)
        browser_log.watch(page.context)
        page.set_viewport_size(viewport)  # type: ignore[arg-type]
        page.emulate_media(color_scheme=theme, reduced_motion="reduce")  # type: ignore[arg-type]
        if person is not None:
            sign_in(page.context, person)
        page.goto(path)
        return page

    yield visit_it
    for javascript in used:
        leave(lasting_pages[javascript])


def _forget(page: Page, origin: str) -> None:
    """Takes from a page all that the site left with it. What a page sends when it is left reaches nobody:
    the rows that it is about are going.
    """
    context = page.context
    with suppress(Error):  # it was on its way to another page, and is there
        page.evaluate("() => { stop(); sessionStorage.clear(); }")
    context.set_offline(True)
    with suppress(Error):  # the same, a moment later
        page.goto("about:blank")
    page.goto("about:blank")
    context.clear_cookies()
    session = context.new_cdp_session(page)
    session.send("Storage.clearDataForOrigin", {"origin": origin, "storageTypes": "local_storage,indexeddb"})
    session.detach()
    context.set_offline(False)


@pytest.fixture
def axe() -> Callable[..., None]:
    """Fails with a readable report when axe finds a breach of WCAG 2.2 A or AA on the page as it stands, or
    in the part of it that a selector names: in a long page of which only that part has changed.
    """

    def check(page: Page, within: str = "html") -> None:
        if not page.evaluate("() => 'axe' in window"):
            page.evaluate(AXE_SCRIPT)
        found = page.evaluate(
            "async ([part, options]) => (await axe.run(part, options)).violations", [within, AXE_OPTIONS]
        )
        assert found == [], AxeResults({"violations": found}).generate_report()

    return check


@pytest.fixture
def no_sideways_scroll() -> Callable[[Page], None]:
    """Fails when the page is wider than its window, naming the elements that stick out."""

    def check(page: Page) -> None:
        wide = page.evaluate(
            """() => {
                const root = document.documentElement;
                if (root.scrollWidth <= root.clientWidth) return [];
                return [...document.querySelectorAll("body *")]
                    .filter((one) => one.getBoundingClientRect().right > root.clientWidth + 1)
                    .map((one) => one.tagName.toLowerCase() + "." + (one.getAttribute("class") ?? ""))
                    .slice(0, 12);
            }"""
        )
        assert wide == [], f"{page.url} is wider than its window: {wide}"

    return check


@pytest.fixture
def worker(database_url: str, live_server: Any) -> Iterator[subprocess.Popen[bytes]]:
    """A real worker on the test's database, ended with the test."""
    process = subprocess.Popen(
        [sys.executable, ROOT / "manage.py", "worker"],
        cwd=ROOT,
        env={**os.environ, "DATABASE_URL": database_url},
        start_new_session=True,
    )
    yield process
    process.terminate()
    try:
        process.wait(timeout=60)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
