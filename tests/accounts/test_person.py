"""One's own account: settings, theme, export, deletion."""

import json

import pytest
from axes.models import AccessAttempt
from django.core.mail import EmailMessage
from django.test import Client

from accounts.models import User
from tests.conftest import PASSWORD, MakeUser, SignIn

SETTINGS = "/settings/"
FIELDS = {
    "first_name": "Ada",
    "email": "learner@example.org",
    "theme": "dark",
    "time_zone": "Asia/Tokyo",
    "vectors": "column",
}


def test_settings_are_saved_and_act_at_once(learner_client: Client, learner: User) -> None:
    response = learner_client.post(SETTINGS, FIELDS, follow=True)

    learner.refresh_from_db()
    assert learner.first_name == "Ada"
    assert (learner.theme, learner.time_zone, learner.vectors) == ("dark", "Asia/Tokyo", "column")
    assert learner.has_shortcuts is False
    page = response.content.decode()
    assert '<html lang="en" data-theme="dark" data-shortcuts="off" data-vectors="column">' in page
    assert "Your settings are saved." in page


def test_settings_validate_and_keep_what_was_typed(learner_client: Client, learner: User) -> None:
    response = learner_client.post(SETTINGS, {**FIELDS, "email": "at", "theme": "pink", "time_zone": "Mars"})

    assert response.context["form"].errors == {
        "email": ["Enter a valid email address."],
        "theme": ["Select a valid choice. pink is not one of the available choices."],
        "time_zone": ["Select a valid choice. Mars is not one of the available choices."],
    }
    assert 'value="at"' in response.content.decode()
    learner.refresh_from_db()
    assert learner.first_name == ""


def test_the_old_mail_address_is_told_of_a_new_one(
    learner_client: Client, letters_at_once: list[EmailMessage]
) -> None:
    learner_client.post(SETTINGS, FIELDS)
    assert letters_at_once == []

    learner_client.post(SETTINGS, {**FIELDS, "email": "new@example.org"})

    (letter,) = letters_at_once
    assert letter.to == ["learner@example.org"]
    assert letter.subject == "Your mail address on Layerwise was changed"


def test_the_theme_button_saves(learner_client: Client, learner: User) -> None:
    assert learner_client.post("/settings/theme/", {"theme": "light"}).status_code == 204
    learner.refresh_from_db()
    assert learner.theme == "light"

    refused = learner_client.post("/settings/theme/", {"theme": "pink"})
    assert refused.status_code == 422
    assert refused.content.decode() == "theme is one of: system, light, dark."
    assert learner_client.get("/settings/theme/").status_code == 405


def test_export_holds_every_apps_part_and_no_secret(learner_client: Client, learner: User) -> None:
    response = learner_client.get("/accounts/export/")

    assert response["Content-Disposition"].startswith(f'attachment; filename="account-{learner.pk}-')
    assert response["Cache-Control"] == "private, no-store"
    told = json.loads(response.content)
    assert told["site"] == "Layerwise"
    assert told["accounts"]["sign_in_name"] == "learner"
    assert learner.password not in response.content.decode()


def test_an_export_is_ones_own(learner: User, other_learner: User, client_for: SignIn) -> None:
    told = client_for(other_learner).get("/accounts/export/").json()

    assert told["accounts"]["sign_in_name"] == "other-learner"


def test_deletion_works(learner_client: Client, learner: User) -> None:
    AccessAttempt.objects.create(username="learner", ip_address="192.0.2.1", failures_since_start=1)

    response = learner_client.post("/accounts/delete/", {"password": PASSWORD})

    assert response.status_code == 302
    assert not User.objects.filter(username="learner").exists()
    assert not AccessAttempt.objects.exists()
    assert "_auth_user_id" not in learner_client.session


def test_deletion_asks_for_the_password(learner_client: Client, learner: User) -> None:
    response = learner_client.post("/accounts/delete/", {"password": "a guess"})

    assert response.context["form"].errors == {
        "password": ["This is not your password. Nothing has been deleted."]
    }
    assert User.objects.filter(username="learner").exists()


def test_the_only_operator_stays(make_user: MakeUser, client_for: SignIn) -> None:
    operator = make_user("operator", is_staff=True, is_superuser=True)

    response = client_for(operator).post("/accounts/delete/", {"password": PASSWORD})
    assert response.context["form"].non_field_errors() == [
        "This is the only operator's account. Make another operator first, then delete this one."
    ]

    make_user("second", is_staff=True, is_superuser=True)
    assert client_for(operator).post("/accounts/delete/", {"password": PASSWORD}).status_code == 302


@pytest.mark.parametrize("page", [SETTINGS, "/accounts/export/", "/accounts/delete/"])
def test_strangers_are_sent_to_sign_in(client: Client, db: None, page: str) -> None:
    response = client.get(page)

    assert (response.status_code, response["Location"]) == (302, f"/accounts/sign-in/?next={page}")


def test_wrong_methods(learner_client: Client) -> None:
    assert learner_client.put(SETTINGS).status_code == 405
    assert learner_client.post("/accounts/export/").status_code == 405
    assert learner_client.put("/accounts/delete/").status_code == 405
