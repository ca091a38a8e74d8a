"""Signing up, in and out."""

from typing import Any

import pytest
from axes.models import AccessAttempt
from django.core.mail import EmailMessage
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from accounts.models import User
from tests.conftest import PASSWORD, MakeUser

SIGN_IN = "/accounts/sign-in/"
SIGN_UP = "/accounts/sign-up/"
GOOD = {"username": "ada", "email": "", "password1": "difference engine", "password2": "difference engine"}


def errors(response: Any) -> dict[str, list[str]]:
    return {name: list(texts) for name, texts in response.context["form"].errors.items()}


def test_sign_in_works_and_gives_the_session_a_new_key(client: Client, learner: User) -> None:
    client.get(SIGN_IN)
    session = client.session
    session["pending"] = {"challenge:x": "source=abc"}
    session.save()
    before = session.session_key

    response = client.post(SIGN_IN, {"username": "learner", "password": PASSWORD, "next": "/settings/"})

    assert response.status_code == 302
    assert response["Location"] == "/settings/"
    assert client.session.session_key != before
    assert client.session["pending"] == {"challenge:x": "source=abc"}
    assert response["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize("username", ["learner", "nobody"])
def test_a_failed_sign_in_says_the_same_whoever_it_is(client: Client, learner: User, username: str) -> None:
    response = client.post(SIGN_IN, {"username": username, "password": "a guess"})

    assert errors(response) == {
        "__all__": ["This name and password do not belong together. Check both; capitals count."]
    }
    assert "_auth_user_id" not in client.session


def test_a_name_longer_than_any_account_has_is_refused_on_every_database(client: Client, db: None) -> None:
    response = client.post(SIGN_IN, {"username": "x" * 5000, "password": "a guess"})

    assert errors(response)["username"] == [
        "This name and password do not belong together. Check both; capitals count."
    ]


def test_an_account_switched_off_is_told_nothing_else(client: Client, make_user: MakeUser) -> None:
    make_user("gone", is_active=False)

    response = client.post(SIGN_IN, {"username": "gone", "password": PASSWORD})

    assert errors(response)["__all__"] == [
        "This name and password do not belong together. Check both; capitals count."
    ]


@pytest.mark.parametrize("away", ["https://elsewhere.example/", "//elsewhere.example", "javascript:alert(1)"])
def test_next_never_leads_off_the_site(client: Client, learner: User, away: str) -> None:
    response = client.post(SIGN_IN, {"username": "learner", "password": PASSWORD, "next": away})

    assert response["Location"] == reverse("course:catalogue")


def test_someone_signed_in_is_sent_on(learner_client: Client) -> None:
    for page in (SIGN_IN, SIGN_UP):
        response = learner_client.get(page, {"next": "/help/"})
        assert (response.status_code, response["Location"]) == (302, "/help/")


def test_eight_slips_lock_one_name_at_one_address_and_nobody_else(
    client: Client, learner: User, other_learner: User
) -> None:
    for _ in range(8):
        response = client.post(SIGN_IN, {"username": "learner", "password": "a guess"})

    assert response.status_code == 429
    assert response["Retry-After"] == "900"
    assert "Please wait 15 minutes" in response.content.decode()
    again = client.post(SIGN_IN, {"username": "learner", "password": PASSWORD})
    assert again.status_code == 429
    neighbor = client.post(SIGN_IN, {"username": "other-learner", "password": PASSWORD})
    assert neighbor.status_code == 302
    elsewhere = Client(REMOTE_ADDR="192.0.2.7").post(SIGN_IN, {"username": "learner", "password": PASSWORD})
    assert elsewhere.status_code == 302


def test_a_good_sign_in_clears_the_slips_before_it(client: Client, learner: User) -> None:
    client.post(SIGN_IN, {"username": "learner", "password": "a guess"})
    assert AccessAttempt.objects.count() == 1

    client.post(SIGN_IN, {"username": "learner", "password": PASSWORD})

    assert AccessAttempt.objects.count() == 0


def test_sign_up_works_signs_in_and_keeps_next(client: Client, db: None) -> None:
    response = client.post(SIGN_UP, {**GOOD, "time_zone": "Europe/Berlin", "next": "/lab/"})

    assert (response.status_code, response["Location"]) == (302, "/lab/")
    ada = User.objects.get(username="ada")
    assert ada.time_zone == "Europe/Berlin"
    assert ada.check_password("difference engine")
    assert client.session["_auth_user_id"] == str(ada.pk)


def test_a_strange_time_zone_is_no_reason_to_refuse(client: Client, db: None) -> None:
    client.post(SIGN_UP, {**GOOD, "time_zone": "Mars/Olympus"})

    assert User.objects.get(username="ada").time_zone == "UTC"


def test_sign_up_validates(client: Client, learner: User) -> None:
    response = client.post(
        SIGN_UP, {"username": "Learner", "email": "at", "password1": "password", "password2": "other"}
    )

    assert errors(response) == {
        "username": ["This sign-in name is taken. Choose another one."],
        "email": ["Enter a valid email address."],
        "password2": ["The two password fields didn’t match."],
    }
    assert User.objects.count() == 1


def test_a_taken_mail_address_is_never_told(
    client: Client, learner: User, letters_at_once: list[EmailMessage]
) -> None:
    response = client.post(SIGN_UP, {**GOOD, "email": learner.email})

    assert response.status_code == 302
    assert User.objects.filter(email=learner.email).count() == 2
    assert [letter.to for letter in letters_at_once] == [[learner.email]]
    assert letters_at_once[0].subject == "Your account on Layerwise"


def test_sign_up_can_be_closed(client: Client, db: None, settings: Settings) -> None:
    settings.SIGN_UP = False

    response = client.post(SIGN_UP, GOOD)

    assert response.status_code == 403
    assert "Accounts are made by the operator" in response.content.decode()
    assert not User.objects.exists()


def test_the_page_says_that_typed_text_waits(client: Client, db: None) -> None:
    session = client.session
    session["pending"] = {"challenge:x": "source=abc"}
    session.save()

    for page in (SIGN_IN, SIGN_UP):
        assert "What you typed is kept." in client.get(page).content.decode()


def test_sign_out_works_by_post_only(learner_client: Client) -> None:
    assert learner_client.get("/accounts/sign-out/").status_code == 405
    assert "_auth_user_id" in learner_client.session

    assert learner_client.post("/accounts/sign-out/").status_code == 302
    assert "_auth_user_id" not in learner_client.session


@pytest.mark.parametrize("page", [SIGN_IN, SIGN_UP])
def test_wrong_methods(client: Client, db: None, page: str) -> None:
    assert client.put(page).status_code == 405
    assert client.delete(page).status_code == 405
