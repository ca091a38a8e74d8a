"""What every page knows of its reader."""

import pytest
from django.test import Client

from accounts.models import User


@pytest.mark.parametrize(
    ("cookie", "attribute"),
    [("dark", ' data-theme="dark"'), ("light", ' data-theme="light"'), ('"><script>', ""), ("system", "")],
)
def test_a_strangers_theme_is_a_cookie_and_is_checked(
    client: Client, db: None, cookie: str, attribute: str
) -> None:
    client.cookies["theme"] = cookie

    assert f'<html lang="en"{attribute} data-shortcuts="on">' in client.get("/help/").content.decode()


def test_an_accounts_theme_goes_before_the_cookie(learner_client: Client, learner: User) -> None:
    User.objects.filter(pk=learner.pk).update(theme="light")
    learner_client.cookies["theme"] = "dark"

    assert '<html lang="en" data-theme="light"' in learner_client.get("/help/").content.decode()


def test_shortcuts_can_be_off_without_an_account(client: Client, db: None) -> None:
    client.cookies["shortcuts"] = "off"

    page = client.get("/help/").content.decode()

    assert 'data-shortcuts="off"' in page
    assert "<dialog" not in page
    assert "Switch them on on this device" in page
