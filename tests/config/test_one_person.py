"""One person's data over all apps: it can be taken along whole, and nothing of it stays behind."""

import json
from io import StringIO

from django.apps import apps
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.db.models import CASCADE, SET_NULL, ForeignKey
from django.test import Client

from accounts.models import User
from labs.models import Draft, Submission
from quizzes.models import Attempt
from tests.conftest import PASSWORD, SignIn

NETWORK = """\
from keras.models import Sequential
from keras.layers import Dense
model = Sequential([Dense(6, input_shape=(8,), activation='relu'), Dense(4, activation='softmax')])
"""


def leave_traces(client: Client) -> None:
    client.get("/courses/neural-networks/layers/")
    client.post("/courses/neural-networks/layers/read/")
    client.post("/quizzes/layers/")
    client.post("/challenges/first-network/", {"source": NETWORK})
    client.post("/lab/", {"source": NETWORK, "title": "mine"})


def test_the_export_holds_what_was_done_in_every_app_and_nobody_elses(
    course_content: None, learner: User, other_learner: User, client_for: SignIn
) -> None:
    client, other = client_for(learner), client_for(other_learner)
    leave_traces(client)

    told = json.loads(client.get("/accounts/export/").content)
    others = json.loads(other.get("/accounts/export/").content)

    assert list(told) == ["site", "exported", "accounts", "course", "quizzes", "labs"]
    assert [one["lesson"] for one in told["course"]["done"]] == ["layers"]
    assert [one["quiz"] for one in told["quizzes"]["attempts"]] == ["layers"]
    assert NETWORK in [one["source"] for one in told["labs"]["submissions"]]
    assert NETWORK in [one["source"] for one in told["labs"]["drafts"]]
    for app in ("course", "quizzes", "labs"):
        assert not any(others[app].values())


def test_deleting_an_account_takes_everything(
    course_content: None, learner: User, client_for: SignIn
) -> None:
    client = client_for(learner)
    leave_traces(client)

    response = client.post("/accounts/delete/", {"password": PASSWORD})

    assert response.status_code == 302
    assert not User.objects.filter(pk=learner.pk).exists()
    for model in (Attempt, Submission, Draft):
        assert not model.objects.exists()


def test_typed_text_that_nobody_came_back_for_is_cleared_away(db: None) -> None:
    old, fresh = SessionStore(), SessionStore()
    for store, age in ((old, -1), (fresh, 1000)):
        store["pending"] = {"challenge:x": "source=abc"}
        store.set_expiry(age)
        store.save()

    call_command("prepare", verbosity=0, stdout=StringIO())

    assert [session.session_key for session in Session.objects.all()] == [fresh.session_key]


def test_no_row_holds_a_person_back() -> None:
    """Every key to a person lets go when the person leaves: with them, or without their name."""
    held = [
        f"{model.__name__}.{field.name}"
        for model in apps.get_models(include_auto_created=True)
        for field in model._meta.get_fields()
        if isinstance(field, ForeignKey)
        and field.related_model is User
        and field.remote_field.on_delete not in (CASCADE, SET_NULL)
    ]

    assert held == []
