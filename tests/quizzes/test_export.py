"""What a learner takes along: their attempts, in plain data, without anything unreleased."""

import json

import pytest
from django.core.serializers.json import DjangoJSONEncoder

from accounts.models import User
from quizzes.export import account_export
from quizzes.models import Attempt
from quizzes.services import check
from tests.quizzes.conftest import NOW

pytestmark = pytest.mark.django_db


def test_an_export_tells_what_was_asked_and_answered(
    attempt: Attempt, learner: User, other_learner: User
) -> None:
    check(attempt.answers.get(kind="numeric"), {"answer": ["7"]}, NOW)
    (told,) = account_export(learner)["attempts"]
    assert (told["quiz"], told["status"], told["started"]) == ("small", "open", NOW)
    assert [(a["question"], a["state"]) for a in told["answers"]] == [
        ("Title 1", "open"),
        ("Title 2", "open"),
        ("Title 3", "not-yet"),
        ("Title 4", "open"),
    ]
    assert told["answers"][2]["response"] == {"answer": ["7"]}
    assert "CANARY" not in json.dumps(told, cls=DjangoJSONEncoder)
    assert not any(account_export(other_learner).values())
