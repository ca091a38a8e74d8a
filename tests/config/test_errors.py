"""Pages for what went amiss."""

import logging

import pytest
from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.urls import path
from pytest_django import DjangoAssertNumQueries, Settings

from config import errors, urls
from config.errors import locked_out, server_error, waiting


def fail(request: HttpRequest) -> HttpResponse:
    raise RuntimeError("a secret of ours")


def suspect(request: HttpRequest) -> HttpResponse:
    raise SuspiciousOperation("a secret of ours")


urlpatterns = [path("fail/", fail), path("suspect/", suspect), *urls.urlpatterns]
handler400 = urls.handler400
handler500 = urls.handler500


def test_nothing_is_at_this_address(client: Client, db: None) -> None:
    response = client.get("/no/such/page/")

    assert response.status_code == 404
    assert "Nothing is at this address" in response.content.decode()


@pytest.mark.urls(__name__)
def test_a_crash_says_what_is_safe_and_gives_a_reference(
    client: Client,
    db: None,
    caplog: pytest.LogCaptureFixture,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    client.raise_request_exception = False
    with caplog.at_level(logging.ERROR), django_assert_num_queries(0):
        response = client.get("/fail/")

    page = response.content.decode()
    assert response.status_code == 500
    assert "It is our fault, not yours." in page
    assert "a secret of ours" not in page
    reference = next(r.getMessage() for r in caplog.records if r.name == errors.__name__)
    assert reference.endswith("GET /fail/ failed")
    assert reference.split(":")[0].removeprefix("Reference ") in page


def test_a_crash_without_static_files_still_answers(settings: Settings) -> None:
    settings.TEMPLATES = []

    response = server_error(RequestFactory().get("/"))

    assert response.status_code == 500
    assert response.content.decode().startswith("Our fault. Reference ")


@pytest.mark.urls(__name__)
def test_a_request_that_cannot_be_read(client: Client, db: None) -> None:
    response = client.get("/suspect/")

    assert response.status_code == 400
    assert "The site could not read this request" in response.content.decode()


def test_a_host_that_is_not_ours(client: Client, db: None) -> None:
    response = client.get("/help/", headers={"host": "elsewhere.example"})

    assert response.status_code == 400
    assert "The site could not read this request" in response.content.decode()


def test_a_form_without_its_mark(db: None) -> None:
    response = Client(enforce_csrf_checks=True).post("/accounts/sign-in/", {"username": "x"})

    assert response.status_code == 403
    assert "This form was too old to accept" in response.content.decode()


def test_a_learner_is_told_who_can_open_the_admin(learner_client: Client, settings: Settings) -> None:
    settings.CONTACT = "the school office"

    response = learner_client.get("/admin/", follow=True)

    assert response.status_code == 403
    assert "The operator of the site can give you the role: the school office." in response.content.decode()


def test_the_admin_has_no_second_door(client: Client, db: None) -> None:
    response = client.get("/admin/accounts/user/", follow=True)

    assert response.redirect_chain[-1][0] == "/accounts/sign-in/?next=%2Fadmin%2Faccounts%2Fuser%2F"
    assert client.post("/admin/login/", {"username": "x", "password": "y"}).status_code == 405


def test_a_lockout_without_a_record_shows_the_whole_pause(db: None) -> None:
    request = RequestFactory().post("/api/")

    assert locked_out(request, None, {"username": "x"})["Retry-After"] == "900"


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(1, "1 second"), (59, "59 seconds"), (60, "1 minute"), (61, "2 minutes"), (900, "15 minutes")],
)
def test_waiting_in_words(seconds: int, words: str) -> None:
    assert waiting(seconds) == words
