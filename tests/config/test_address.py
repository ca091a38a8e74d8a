"""The address that throttles and lockouts count."""

import pytest
from django.test import RequestFactory
from pytest_django import Settings

from config.address import client_address


@pytest.mark.parametrize(
    ("remote", "counted"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("", "0.0.0.0"),
        ("unix:", "0.0.0.0"),
    ],
)
def test_an_address_is_counted_as_one_household(remote: str, counted: str) -> None:
    assert client_address(RequestFactory().get("/", REMOTE_ADDR=remote)) == counted


def test_what_a_visitor_claims_counts_for_nothing(settings: Settings) -> None:
    request = RequestFactory().get("/", REMOTE_ADDR="192.0.2.7", HTTP_X_FORWARDED_FOR="198.51.100.1")

    assert client_address(request) == "192.0.2.7"


def test_behind_a_proxy_only_its_own_entry_counts(settings: Settings) -> None:
    settings.BEHIND_PROXY = True
    forged = RequestFactory().get("/", REMOTE_ADDR="10.0.0.1", HTTP_X_FORWARDED_FOR="198.51.100.1, 192.0.2.7")
    bare = RequestFactory().get("/", REMOTE_ADDR="10.0.0.1")

    assert client_address(forged) == "192.0.2.7"
    assert client_address(bare) == "10.0.0.1"
