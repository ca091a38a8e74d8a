"""The harness itself: Chromium reaches the site, and complaints are heard."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import BrowserLog, OpenPage


def test_chromium_reaches_the_site(open_page: OpenPage) -> None:
    page = open_page("/healthz")

    assert page.evaluate("() => JSON.parse(document.body.innerText).status") == "ok"


def test_a_console_error_is_a_complaint(page: Page, browser_log: BrowserLog) -> None:
    page.goto("/healthz")
    page.evaluate("() => console.error('out of order')")

    assert len(browser_log.unexpected()) == 1
    browser_log.expect("out of order")
    assert browser_log.unexpected() == []


def test_an_inline_script_breaks_the_policy_and_is_heard(page: Page, browser_log: BrowserLog) -> None:
    page.goto("/healthz")
    page.evaluate(
        """() => {
            const script = document.createElement("script");
            script.textContent = "globalThis.ran = true";
            document.body.append(script);
        }"""
    )
    browser_log.expect("Content Security Policy")

    assert page.evaluate("() => globalThis.ran") is None
    assert [one for one in browser_log.complaints if "Content Security Policy" in one]


def test_axe_runs_under_the_policy_and_finds_a_fault(
    open_page: OpenPage, axe: Callable[[Page], None]
) -> None:
    page = open_page("/healthz")
    page.evaluate("() => document.body.append(document.createElement('button'))")

    with pytest.raises(AssertionError, match="button-name"):
        axe(page)
