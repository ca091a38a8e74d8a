"""Throttles: counted for all processes together, loose enough for a class, and said with a time to wait."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connections
from django.test import Client
from pytest_django import DjangoAssertNumQueries, Settings

from accounts.models import User
from config.models import Tally
from config.throttle import RULES, Rule, count, is_anonymous, is_learner, wait
from tests.conftest import PASSWORD

SIGN_IN = "/accounts/sign-in/"
API = "/api/openapi.json"
NOON = datetime(2026, 3, 1, 12, 0, 10, tzinfo=UTC)
RULE = {rule.name: rule for rule in RULES}


@pytest.mark.data
@pytest.mark.django_db
def test_a_window_fills_empties_and_leaves_no_rows_behind(settings: Settings) -> None:
    settings.API_PER_MINUTE = 2
    rule = RULE["api"]

    assert wait(rule, "192.0.2.7", NOON) == 0
    count(rule, "192.0.2.7", NOON)
    assert wait(rule, "192.0.2.7", NOON) == 0
    count(rule, "192.0.2.7", NOON)
    assert wait(rule, "192.0.2.7", NOON) == 50
    assert wait(rule, "192.0.2.8", NOON) == 0

    later = NOON + timedelta(seconds=50)
    assert wait(rule, "192.0.2.7", later) == 0
    count(rule, "192.0.2.7", later + timedelta(seconds=1))
    assert Tally.objects.count() == 1
    assert "192.0.2" not in Tally.objects.get().key


@pytest.mark.data
@pytest.mark.django_db(transaction=True)
def test_no_count_is_lost_between_processes() -> None:
    def hit(_: int) -> None:
        count(RULE["api"], "192.0.2.7", NOON)
        connections.close_all()

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(hit, range(40)))

    assert [tally.count for tally in Tally.objects.all()] == [40]


@pytest.mark.data
@pytest.mark.django_db
def test_what_comes_often_is_written_down_a_few_at_a_time(settings: Settings) -> None:
    settings.PLAYGROUND_PER_MINUTE = 72
    rule = RULE["playground"]
    for _ in range(72):
        assert wait(rule, "one", NOON) == 0
        count(rule, "one", NOON)

    assert rule.at_once == 3
    assert wait(rule, "one", NOON) == 50
    assert Tally.objects.get().count == 72


@pytest.mark.django_db
def test_between_two_writings_the_database_is_not_asked(
    settings: Settings, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    settings.PLAYGROUND_PER_MINUTE = 72
    rule = RULE["playground"]
    for reads, writes in ((1, 0), (0, 0), (0, 3)):
        with django_assert_num_queries(reads):
            assert wait(rule, "two", NOON) == 0
        count(rule, "two", NOON)
        assert sum(tally.count for tally in Tally.objects.all()) == writes


@pytest.mark.usefixtures("noon")
def test_the_api_is_throttled_for_strangers_in_json(client: Client, db: None, settings: Settings) -> None:
    settings.API_PER_MINUTE = 2
    assert [client.get(API).status_code for _ in range(3)] == [200, 200, 429]

    refused = client.get(API)

    seconds = int(refused["Retry-After"])
    assert 1 <= seconds <= 60
    unit = "second" if seconds == 1 else "seconds"
    waiting = "1 minute" if seconds == 60 else f"{seconds} {unit}"
    assert refused.json() == {"detail": f"Too many requests from this address. Try again in {waiting}."}
    assert Client(REMOTE_ADDR="192.0.2.9").get(API).status_code == 200


def test_the_api_is_open_to_people_with_an_account(
    client: Client, learner_client: Client, settings: Settings
) -> None:
    settings.API_PER_MINUTE = 0

    assert client.get(API).status_code == 429
    assert learner_client.get(API).status_code == 200


def test_a_stolen_cookie_name_does_not_open_it(client: Client, db: None, settings: Settings) -> None:
    settings.API_PER_MINUTE = 0
    client.cookies["session"] = "made-up"

    assert client.get(API).status_code == 429


@pytest.mark.usefixtures("noon")
def test_guessing_names_from_one_address_is_paused_but_signing_in_is_not_counted(
    client: Client, learner: User
) -> None:
    for number in range(100):
        client.post(SIGN_IN, {"username": f"name-{number}", "password": "a guess"})

    response = client.post(SIGN_IN, {"username": "learner", "password": "a guess"})

    assert response.status_code == 429
    assert 1 <= int(response["Retry-After"]) <= 900
    page = response.content.decode()
    assert "Please wait" in page
    assert client.get(SIGN_IN).status_code == 200


def test_a_class_may_sign_in_together(client: Client, learner: User) -> None:
    for _ in range(3):
        response = client.post(SIGN_IN, {"username": "learner", "password": PASSWORD})
        assert response.status_code == 302
        client.post("/accounts/sign-out/")

    assert not Tally.objects.exists()


def are_apart(rule: Rule, other: Rule) -> bool:
    """One is for visitors, the other for learners."""
    return {rule.applies, other.applies} == {is_anonymous, is_learner}


def test_rules_do_not_overlap() -> None:
    for rule in RULES:
        others = [other.prefix for other in RULES if other is not rule and not are_apart(rule, other)]
        assert not [prefix for prefix in others if prefix.startswith(rule.prefix)]
