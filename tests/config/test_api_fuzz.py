"""The JSON interface under requests that its own description leads to, fit and unfit, by schemathesis.

No answer is a fault of ours, and each is one that /api/openapi.json announces. `API_CASES=2000` tries so many
for each address and visitor, as `make prove` does.
"""

import os
from collections.abc import Iterator

import hypothesis
import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.test import Client
from pytest_django import Settings
from schemathesis import Case
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    negative_data_rejection,
    response_schema_conformance,
    status_code_conformance,
    unsupported_method,
)

from config.api import api
from config.wsgi import application

CASES = int(os.environ.get("API_CASES", "25"))
CHECKS = (
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
    negative_data_rejection,
    unsupported_method,
)
"""All but those for sign-ins and stored things, which this interface has not, and the acceptance of whatever
has the right form: most texts are no network, and say so.
"""

PLAIN = {"Accept-Encoding": "identity"}

schema = schemathesis.openapi.from_dict(api.get_openapi_schema())
schema.app = application

tries = hypothesis.settings(
    max_examples=CASES,
    deadline=None,
    derandomize=CASES < 100,
    database=None,
    suppress_health_check=list(hypothesis.HealthCheck),
)


@pytest.fixture(autouse=True)
def _unthrottled_in_one_transaction(db: None, settings: Settings) -> Iterator[None]:
    """As Django's own test client does it: an answer does not close the connection that the test holds."""
    settings.API_PER_MINUTE = settings.PLAYGROUND_PER_MINUTE = 10**9
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@schema.parametrize()
@tries
def test_strangers_are_answered_as_announced(case: Case) -> None:
    case.call_and_validate(checks=CHECKS, headers=PLAIN)


@schema.parametrize()
@tries
def test_learners_are_answered_as_announced(case: Case, learner_client: Client) -> None:
    cookies = {name: morsel.value for name, morsel in learner_client.cookies.items()}
    case.call_and_validate(checks=CHECKS, headers=PLAIN, cookies=cookies)


def test_every_address_is_tried() -> None:
    tried = {f"{one.ok().method.upper()} {one.ok().path}" for one in schema.get_all_operations()}
    assert tried == {
        "POST /api/networks/trace",
        "POST /api/networks/check",
        "POST /api/networks/edit",
        "GET /api/networks/vocabulary",
        "POST /api/playground/train",
        "POST /api/playground/compare",
    }
