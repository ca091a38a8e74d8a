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
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from playwright.sync_api import BrowserContext, ConsoleMessage, Page, WebError

from accounts.models import User
from tests.conftest import SignIn

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
PHONE = {"width": 360, "height": 740}
DESKTOP = {"width": 1280, "height": 900}
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]

OpenPage = Callable[..., Page]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.browser)
            # Server and browser see only what was committed; the database is flushed after each test.
            item.add_marker(pytest.mark.django_db(transaction=True))


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    names = ("chromium", "chromium-browser", "google-chrome")
    chromium = next(filter(None, map(shutil.which, names)), None)
    if chromium is None:
        pytest.fail("Chromium is not installed. As root: apt-get install -y chromium", pytrace=False)
    flags = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--force-color-profile=srgb"]
    return {**browser_type_launch_args, "executable_path": chromium, "args": flags}


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
        context.set_default_timeout(10_000)
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


@pytest.fixture
def axe() -> Callable[[Page], None]:
    """Fails with a readable report when axe finds a breach of WCAG 2.2 A or AA on the page as it stands."""

    def check(page: Page) -> None:
        result = Axe().run(page, options={"runOnly": {"type": "tag", "values": WCAG}})
        assert result.violations_count == 0, result.generate_report()

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
        process.wait(timeout=10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
