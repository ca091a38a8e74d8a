"""Private pages stay private, and times are the reader's."""

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from accounts.middleware import PersonMiddleware
from accounts.models import User


def test_a_page_for_someone_signed_in_is_stored_nowhere(learner_client: Client) -> None:
    response = learner_client.get("/help/")

    assert response["Cache-Control"] == "private, no-store"
    assert "Cookie" in response["Vary"]


def test_a_page_for_anyone_differs_by_cookie_only(client: Client, db: None) -> None:
    response = client.get("/help/")

    assert "Cache-Control" not in response
    assert "Cookie" in response["Vary"]


def test_a_visitor_with_a_session_is_a_person_too(client: Client, db: None) -> None:
    session = client.session
    session["pending"] = {"challenge:x": "source=abc"}
    session.save()

    assert client.get("/help/")["Cache-Control"] == "private, no-store"


def test_a_stranger_costs_no_query(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries, db: None
) -> None:
    with django_assert_num_queries(0):
        client.get("/help/")


@pytest.mark.parametrize(
    ("stored", "used"), [("Asia/Tokyo", "Asia/Tokyo"), ("Mars/Olympus", "UTC"), ("../etc", "UTC")]
)
def test_the_readers_zone_is_used_and_put_away(learner: User, stored: str, used: str) -> None:
    learner.time_zone = stored
    seen = []

    def view(request: HttpRequest) -> HttpResponse:
        seen.append(timezone.get_current_timezone_name())
        return HttpResponse()

    request = HttpRequest()
    request.user = learner
    request.COOKIES["session"] = "x"
    PersonMiddleware(view)(request)

    assert seen == [used]
    assert timezone.get_current_timezone_name() == "UTC"
