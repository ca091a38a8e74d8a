"""Changing a known password, and coming back after forgetting it."""

import re

import pytest
from django.core.mail import EmailMessage
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django_tasks_db.models import DBTaskResult

from accounts.models import User
from tests.conftest import PASSWORD, MakeUser, SignIn

RESET = "/accounts/password/reset/"
CHANGE = "/accounts/password/"
NEW = {"new_password1": "a quite different phrase", "new_password2": "a quite different phrase"}


def link_in(letter: EmailMessage) -> str:
    found = re.search(r"http://testserver(/\S+)", str(letter.body))
    assert found
    return found[1]


def test_change_works_and_keeps_this_device_signed_in(learner_client: Client, learner: User) -> None:
    response = learner_client.post(CHANGE, {"old_password": PASSWORD, **NEW})

    assert (response.status_code, response["Location"]) == (302, "/settings/")
    learner.refresh_from_db()
    assert learner.check_password(NEW["new_password1"])
    assert learner_client.get("/settings/").status_code == 200


def test_change_signs_out_other_devices(learner_client: Client, learner: User, client_for: SignIn) -> None:
    other_device = client_for(learner)

    learner_client.post(CHANGE, {"old_password": PASSWORD, **NEW})

    assert other_device.get("/settings/").status_code == 302


def test_change_validates(learner_client: Client) -> None:
    response = learner_client.post(CHANGE, {"old_password": "a guess", **NEW})

    assert response.context["form"].errors == {
        "old_password": ["Your old password was entered incorrectly. Please enter it again."]
    }


def test_change_needs_an_account_and_the_right_method(client: Client, learner_client: Client) -> None:
    assert client.get(CHANGE)["Location"] == "/accounts/sign-in/?next=/accounts/password/"
    assert learner_client.put(CHANGE).status_code == 405


def test_reset_works_from_letter_to_new_password(
    client: Client, learner: User, letters_at_once: list[EmailMessage]
) -> None:
    asked = client.post(RESET, {"email": learner.email.upper()})
    assert (asked.status_code, asked["Location"]) == (302, "/accounts/password/reset/sent/")
    (letter,) = letters_at_once
    assert letter.subject == "A new password for Layerwise"
    assert "Your sign-in name is: learner" in str(letter.body)

    page = client.get(link_in(letter), follow=True)
    assert page.redirect_chain[0][0].endswith("/set/")  # the token is out of the address
    done = client.post(page.redirect_chain[0][0], NEW)

    assert (done.status_code, done["Location"]) == (302, "/accounts/sign-in/")
    learner.refresh_from_db()
    assert learner.check_password(NEW["new_password1"])


def test_a_link_works_once(client: Client, learner: User, letters_at_once: list[EmailMessage]) -> None:
    client.post(RESET, {"email": learner.email})
    link = link_in(letters_at_once[0])
    client.post(client.get(link)["Location"], NEW)

    for visitor in (client, Client()):
        response = visitor.get(link)
        assert response.status_code == 404
        assert "This link no longer works" in response.content.decode()


@pytest.mark.parametrize("uid", ["MQ", "!!!!", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"])
@pytest.mark.parametrize("token", ["set", "made-up"])
def test_a_forged_link_gives_nothing(client: Client, learner: User, uid: str, token: str) -> None:
    assert client.get(f"/accounts/password/reset/{uid}/{token}/").status_code == 404
    assert client.post(f"/accounts/password/reset/{uid}/{token}/", NEW).status_code == 404


def test_the_page_does_the_same_work_whether_or_not_the_account_exists(client: Client, learner: User) -> None:
    client.post(RESET, {"email": learner.email})  # the first of an hour also starts the throttle's count
    replies = []
    for email in (learner.email, "nobody@example.org"):
        with CaptureQueriesContext(connection) as queries:
            response = client.post(RESET, {"email": email})
        replies.append((response.status_code, response["Location"], response.content, len(queries)))

    assert replies[0] == replies[1]
    assert DBTaskResult.objects.count() == 3


def test_everyone_with_the_address_gets_a_letter_but_closed_accounts(
    client: Client, make_user: MakeUser, letters_at_once: list[EmailMessage]
) -> None:
    for name, is_active in (("one", True), ("two", True), ("closed", False)):
        person = make_user(name, is_active=is_active)
        User.objects.filter(pk=person.pk).update(email="shared@example.org")

    client.post(RESET, {"email": "shared@example.org"})

    names = [re.search(r"sign-in name is: (\w+)", str(letter.body))[1] for letter in letters_at_once]  # type: ignore[index]
    assert sorted(names) == ["one", "two"]


def test_reset_validates(client: Client, db: None) -> None:
    response = client.post(RESET, {"email": "not an address"})

    assert response.context["form"].errors == {"email": ["Enter a valid email address."]}


def test_wrong_methods(client: Client, db: None) -> None:
    assert client.put(RESET).status_code == 405
    assert client.post("/accounts/password/reset/sent/").status_code == 405
