"""What a visitor typed waits for them to sign in."""

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, QueryDict

from accounts import pending

pytestmark = pytest.mark.django_db


@pytest.fixture
def request_() -> HttpRequest:
    request = HttpRequest()
    request.session = SessionStore()
    return request


def test_a_form_comes_back_once_and_whole(request_: HttpRequest) -> None:
    typed = QueryDict("source=a+%2B+b%0A&choice=1&choice=2&csrfmiddlewaretoken=xyz")

    pending.keep(request_, "challenge:first-network", typed)

    assert pending.has_any(request_)
    assert pending.take(request_, "challenge:other") is None
    back = pending.take(request_, "challenge:first-network")
    assert back is not None
    assert back["source"] == "a + b\n"
    assert back.getlist("choice") == ["1", "2"]
    assert "csrfmiddlewaretoken" not in back
    assert pending.take(request_, "challenge:first-network") is None
    assert not pending.has_any(request_)


def test_it_survives_being_stored(request_: HttpRequest) -> None:
    pending.keep(request_, "question:1", QueryDict("answer=–0,5"))
    request_.session.save()
    request_.session = SessionStore(request_.session.session_key)

    assert pending.take(request_, "question:1") == QueryDict("answer=–0,5")


def test_the_oldest_of_nine_is_dropped(request_: HttpRequest) -> None:
    for number in range(9):
        pending.keep(request_, f"question:{number}", QueryDict("answer=1"))
    pending.keep(request_, "question:1", QueryDict("answer=2"))

    assert list(request_.session["pending"]) == [f"question:{number}" for number in (2, 3, 4, 5, 6, 7, 8, 1)]


def test_too_much_is_refused(request_: HttpRequest) -> None:
    with pytest.raises(
        RequestDataTooBig, match=r"^This form has 200007 bytes; at most 200000 can be kept\.$"
    ):
        pending.keep(request_, "challenge:x", QueryDict("source=" + "a" * 200_000))


def test_the_way_to_sign_in_leads_back() -> None:
    response = pending.to_sign_in("/challenges/first-network/?a=1&b=2")

    assert response["Location"] == "/accounts/sign-in/?next=%2Fchallenges%2Ffirst-network%2F%3Fa%3D1%26b%3D2"
