"""Budgets measured on real answers: bytes, scripts, and who is asked; of every shipped lesson, and of pages
with the editor of networks.
"""

import gzip

import pytest
from playwright.sync_api import Page, Response, expect

from tests.browser.conftest import PHONE, OpenPage
from tests.course.shipped import LESSONS

PAGE, SCRIPTS, FONT = 150_000, 45_000, 40_000  # bytes as they travel
EDITOR = 145_000
"""CodeMirror with a grammar; it comes after the page, which works without it."""

pytestmark = pytest.mark.usefixtures("course_content")


def weighed(page: Page, path: str, shows: str = "main") -> dict[str, int]:
    """What loading `path` brings along until it `shows` what comes last: bytes by address, everything but
    fonts packed as a proxy packs it.
    """
    answers: list[Response] = []
    page.on("response", lambda answer: answers.append(answer))
    page.goto(path, wait_until="networkidle")
    expect(page.locator(shows)).to_be_visible()
    page.wait_for_load_state("networkidle")
    assert all(answer.ok for answer in answers), [answer.url for answer in answers if not answer.ok]
    return {answer.url: travels(answer) for answer in answers}


def travels(answer: Response) -> int:
    body = answer.body()
    return len(body) if answer.url.endswith(".woff2") else len(gzip.compress(body))


@pytest.mark.parametrize("slug", LESSONS)
def test_a_lesson_stays_within_its_budgets(slug: str, open_page: OpenPage, base_url: str) -> None:
    for tab in ("text", "video"):
        page = open_page("/healthz", viewport=PHONE)
        weights = weighed(page, f"/courses/neural-networks/{slug}/?tab={tab}")
        assert [url for url in weights if not url.startswith(base_url)] == [], "nobody else is asked"
        assert sum(weights.values()) <= PAGE, weights
        scripts = {url: size for url, size in weights.items() if url.partition("?")[0].endswith(".js")}
        assert 0 < sum(scripts.values()) <= SCRIPTS, scripts
        fonts = [size for url, size in weights.items() if url.endswith(".woff2")]
        assert len(fonts) <= 1
        assert sum(fonts) <= FONT


@pytest.mark.parametrize("path", ["/lab/", "/challenges/first-network/"])
def test_a_page_with_the_editor_stays_within_its_budgets(
    path: str, open_page: OpenPage, base_url: str
) -> None:
    weights = weighed(open_page("/healthz", viewport=PHONE), path, ".cm-content")
    assert [url for url in weights if not url.startswith(base_url)] == [], "nobody else is asked"
    [editor] = [size for url, size in weights.items() if "/editor" in url]
    assert editor <= EDITOR, weights
    assert sum(weights.values()) - editor <= PAGE, weights
