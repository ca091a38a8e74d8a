"""The shell around every page, and the pages of accounts, in a real browser."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route, expect

from accounts.models import User
from tests.browser.conftest import DESKTOP, PHONE, BrowserLog, OpenPage, until
from tests.conftest import PASSWORD

OPEN = ["/help/", "/privacy/", "/accounts/sign-in/", "/accounts/sign-up/", "/accounts/password/reset/"]
OWN = ["/settings/", "/accounts/password/", "/accounts/delete/"]


@pytest.mark.parametrize(("viewport", "theme"), [(PHONE, "light"), (DESKTOP, "dark")])
def test_every_page_is_accessible_and_fits(
    visit: OpenPage,
    axe: Callable[[Page], None],
    no_sideways_scroll: Callable[[Page], None],
    learner: User,
    theme: str,
    viewport: dict[str, int],
) -> None:
    """The other way around in test_every_page."""
    for person, paths in ((None, OPEN), (learner, OWN)):
        page = visit("/healthz", theme=theme, viewport=viewport, person=person)
        for path in paths:
            page.goto(path)
            axe(page)
            no_sideways_scroll(page)


def test_what_is_to_be_mended_has_the_focus_and_leads_to_the_field(
    open_page: OpenPage, axe: Callable[[Page], None]
) -> None:
    page = open_page("/accounts/sign-up/")
    page.get_by_label("Sign-in name").fill("ada")
    page.get_by_role("button", name="Create account").click()

    summary = page.get_by_role("alert")
    expect(summary).to_be_focused()
    expect(summary.get_by_role("heading")).to_have_text("2 things to mend")
    expect(page).to_have_title("To mend: Create an account · Layerwise")
    axe(page)
    summary.get_by_role("link").first.click()
    expect(page.get_by_label("Password", exact=True)).to_be_focused()
    expect(page.get_by_label("Sign-in name")).to_have_value("ada")


def test_sign_up_sign_out_sign_in_without_javascript(open_page: OpenPage) -> None:
    page = open_page("/accounts/sign-in/?next=/settings/", javascript=False)
    page.get_by_role("link", name="Create an account").click()
    page.get_by_label("Sign-in name").fill("ada")
    page.get_by_label("Password", exact=True).fill("difference engine")
    page.get_by_label("The same password again").fill("difference engine")
    page.get_by_role("button", name="Create account").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Settings")
    expect(page.get_by_role("status")).to_contain_text("Your account is ready, ada.")
    page.get_by_role("main").get_by_role("button", name="Sign out").click()
    page.goto("/accounts/sign-in/?next=/settings/")
    page.get_by_label("Sign-in name").fill("ada")
    page.get_by_label("Password").fill("difference engine")
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Settings")


def test_a_new_account_learns_the_browsers_time_zone(open_page: OpenPage) -> None:
    page = open_page("/accounts/sign-up/?next=/help/", timezone_id="Asia/Tokyo")
    page.get_by_label("Sign-in name").fill("ada")
    page.get_by_label("Password", exact=True).fill("difference engine")
    page.get_by_label("The same password again").fill("difference engine")
    page.get_by_role("button", name="Create account").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Help")
    assert User.objects.get(username="ada").time_zone == "Asia/Tokyo"


def test_a_password_can_be_shown(open_page: OpenPage) -> None:
    page = open_page("/accounts/sign-in/")
    field = page.get_by_label("Password", exact=True)
    page.get_by_role("button", name="Show password").click()
    expect(field).to_have_attribute("type", "text")
    page.get_by_role("button", name="Hide password").click()
    expect(field).to_have_attribute("type", "password")


def test_a_password_field_keeps_the_focus_when_the_script_comes_late(open_page: OpenPage) -> None:
    page = open_page("/healthz")
    scripts: list[Route] = []
    page.route("**/js/site.js", lambda route: scripts.append(route))
    page.goto("/accounts/sign-in/", wait_until="commit")
    page.get_by_label("Password", exact=True).focus()
    until(page, lambda: scripts)
    scripts[0].continue_()
    expect(page.get_by_role("button", name="Show password")).to_be_visible()
    expect(page.get_by_label("Password", exact=True)).to_be_focused()


def test_the_theme_button_is_remembered_without_an_account(open_page: OpenPage) -> None:
    page = open_page("/help/")
    background = "() => getComputedStyle(document.body).backgroundColor"
    light = page.evaluate(background)

    page.get_by_role("button", name="Switch to dark").click()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    assert page.evaluate(background) != light
    page.goto("/privacy/")
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    expect(page.get_by_role("button", name="Switch to light")).to_be_visible()


def test_the_theme_button_is_remembered_in_the_account(open_page: OpenPage, learner: User) -> None:
    page = open_page("/help/", person=learner)

    with page.expect_response("**/settings/theme/") as saved:
        page.get_by_role("button", name="Switch to dark").click()

    assert saved.value.status == 204
    learner.refresh_from_db()
    assert learner.theme == "dark"


def test_keys_act_only_while_nobody_types(open_page: OpenPage, axe: Callable[[Page], None]) -> None:
    page = open_page("/accounts/sign-in/")
    page.get_by_label("Sign-in name").press("?")
    expect(page.get_by_role("dialog")).to_be_hidden()

    page.goto("/help/")
    page.keyboard.press("?")
    dialog = page.get_by_role("dialog", name="Keys")
    expect(dialog).to_be_visible()
    axe(page)
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    page.keyboard.press("Control+/")
    expect(page).to_have_url("/help/")
    page.keyboard.press("/")
    page.wait_for_url("**/search/")


def test_a_key_right_after_the_dialog_closes_is_not_lost(open_page: OpenPage) -> None:
    page = open_page("/help/")
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Keys")).to_be_visible()

    # The focus leaves a closed dialog only with the next frame.
    with page.expect_navigation(url="**/search/"):
        page.evaluate(
            """() => {
                const focused = document.activeElement;
                document.getElementById("shortcuts").close();
                focused.dispatchEvent(new KeyboardEvent("keydown", { key: "/", bubbles: true }));
            }"""
        )


def test_g_then_c_goes_to_the_courses(open_page: OpenPage) -> None:
    page = open_page("/help/")
    page.keyboard.press("c")
    # A chord is two keys within a second or so, which a test cannot promise to be.
    with page.expect_navigation(url=lambda address: address.endswith("/") and address.count("/") == 3):
        page.evaluate(
            """() => {
                const press = (key) => new KeyboardEvent("keydown", { key, bubbles: true });
                for (const key of "gc") document.body.dispatchEvent(press(key));
            }"""
        )


def test_keys_can_be_switched_off_and_on_without_an_account(open_page: OpenPage) -> None:
    page = open_page("/help/")
    page.get_by_role("main").get_by_role("button", name="Switch them off on this device").click()
    expect(page.locator("html")).to_have_attribute("data-shortcuts", "off")
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_have_count(0)

    page.get_by_role("button", name="Switch them on on this device").click()
    expect(page.locator("html")).to_have_attribute("data-shortcuts", "on")


def test_the_menu_of_a_phone_by_keyboard(open_page: OpenPage, axe: Callable[[Page], None]) -> None:
    page = open_page("/help/", viewport=PHONE)
    menu = page.locator("summary", has_text="Menu")
    menu.focus()
    page.keyboard.press("Enter")
    link = page.get_by_role("navigation", name="Main, small screen").get_by_role("link", name="Lab")
    expect(link).to_be_visible()
    axe(page)
    page.keyboard.press("Escape")
    expect(link).to_be_hidden()
    expect(menu).to_be_focused()


def test_a_lost_page_offers_a_way_on(
    open_page: OpenPage, axe: Callable[[Page], None], browser_log: BrowserLog
) -> None:
    browser_log.expect("404")
    page = open_page("/no/such/page/", viewport=PHONE)

    expect(page.get_by_role("heading", level=1)).to_have_text("Nothing is at this address")
    expect(page.get_by_role("searchbox")).to_be_visible()
    axe(page)


def test_the_admin_keeps_the_policy(
    open_page: OpenPage, make_user: Callable[..., User], axe: Callable[[Page], None]
) -> None:
    operator = make_user("operator", is_staff=True, is_superuser=True)
    page = open_page("/admin/accounts/user/", person=operator)
    axe(page)
    page.goto(f"/admin/accounts/user/{operator.pk}/change/")
    expect(page.get_by_role("link", name="Layerwise authoring")).to_be_visible()
    page.get_by_label("First name").fill("Grace")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("was changed successfully")).to_be_visible()


def test_signing_in_by_keyboard_alone(open_page: OpenPage, learner: User) -> None:
    page = open_page("/accounts/sign-in/?next=/help/")
    expect(page.get_by_label("Sign-in name")).to_be_focused()
    page.keyboard.type(learner.username)
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", level=1)).to_have_text("Help")
