"""POST /api/playground/train: pieces of a run, the same wherever they are computed."""

import json
from typing import Any

import pytest
from django.test import Client
from pytest_django import Settings as SiteSettings

from accounts.models import User
from engine.playground import FEATURES, Settings, start
from labs.playground.drawing import figure, plane, unit_maps
from labs.playground.travel import MOST_STATE, opened, packed
from tests.conftest import SignIn

pytestmark = pytest.mark.django_db

URL = "/api/playground/train"
STRANGER = "This state belongs to other settings, or was changed on its way. Start over."


def train(client: Client, status: int = 200, **body: object) -> Any:
    response = client.post(URL, json.dumps(body), content_type="application/json")
    assert response.status_code == status, response.content
    return response.json()


def test_a_piece_of_a_run(client: Client) -> None:
    answer = train(client, settings={"dataset": "circle"}, until=3)

    assert (answer["epoch"], answer["batch"], answer["over"]) == (3, 0, "")
    assert answer["train_loss"] < 0.51
    assert answer["spoken"].startswith("Epoch 3: training loss 0.")
    assert answer["query"].startswith("dataset=circle&noise=0&percTrainData=50&networkShape=4,2")
    changing = {"readout", "notes", "charts", "confusion", "tables"}
    assert set(answer["pieces"]) == changing | {"figure", "plane", "layers", "looks"}
    assert answer["drawn"] is None
    assert '<path class="edge neg"' in answer["pieces"]["figure"]
    assert "Weights into hidden layer 1" in answer["pieces"]["tables"]


def test_a_run_that_goes_on_tells_what_moves_in_the_pictures(client: Client) -> None:
    state = train(client, settings={}, until=3)["state"]
    answer = train(client, settings={"look": "h1.2"}, state=state, until=4)
    fresh = opened(Settings(), answer["state"])
    shown = figure(fresh, ())

    assert set(answer["pieces"]) == {"readout", "notes", "charts", "confusion", "tables"}
    drawn = answer["drawn"]
    assert drawn["figure"] == shown.label
    assert drawn["edges"] == [edge.width if edge.sign == "pos" else -edge.width for edge in shown.edges]
    assert drawn["maps"]["h2.1"] == [unit_maps(fresh)["h2.1"].levels, unit_maps(fresh)["h2.1"].zero]
    assert set(drawn["maps"]) == {"h1.1", "h1.2", "h1.3", "h1.4", "h2.1", "h2.2", "output", "plane"}
    assert drawn["maps"]["plane"][0] == plane(fresh, "h1.2").map.levels
    assert (drawn["title"], drawn["dead"]) == ("What h1.2 answers", [])
    assert drawn["plane"] == "What h1.2 answers over the plane from -6 to 6, with all points."


def test_pieces_from_call_to_call_are_one_run(client: Client) -> None:
    given = {"dataset": "xor", "optimizer": "adam", "batchSize": "7"}
    state, answer = "", {"epoch": 0}
    while answer["epoch"] < 9:
        answer = train(client, settings=given, state=state, until=9)
        state = answer["state"]

    whole = start(Settings(dataset="xor", optimizer="adam", batch_size=7))
    whole.train(whole.steps_until(9))
    assert state == packed(whole)


def test_the_learning_rate_may_change_on_the_way(client: Client) -> None:
    state = train(client, settings={}, until=2)["state"]

    assert train(client, settings={"learningRate": "0.1"}, state=state, steps=1)["batch"] == 1


def test_a_call_does_no_more_than_a_chunk(client: Client) -> None:
    answer = train(client, settings={"batchSize": "1"}, until=1000)

    assert (answer["epoch"], answer["batch"]) == (0, 125)


def test_a_press_of_plus_starts_a_larger_network(client: Client) -> None:
    state = train(client, settings={}, until=2)["state"]
    answer = train(client, settings={}, state=state, edit="layer+")

    assert "networkShape=4,2,2" in answer["query"]
    assert answer["epoch"] == 0
    assert "3. 2 units" in answer["pieces"]["layers"]


def test_the_largest_run_travels() -> None:
    settings = Settings(hidden=(8,) * 6, features=tuple(FEATURES), optimizer="adam", batch_size=50)
    run = start(settings)
    run.train(run.steps_until(130))

    state = packed(run)
    assert len(state) <= MOST_STATE
    assert opened(settings, state).to_bytes() == run.to_bytes()


def test_divergence_is_told(client: Client) -> None:
    given = {"dataset": "reg-plane", "activation": "relu", "learningRate": "10"}
    answer = train(client, settings=given, until=50)

    assert answer["over"] == "diverged"
    assert answer["train_loss"] is None or answer["train_loss"] > 1
    told = "A weight grew beyond every bound in epoch 1, so training ended. The learning rate is 10; try 1."
    assert told in answer["spoken"]
    assert train(client, settings=given, state=answer["state"], until=50)["epoch"] == answer["epoch"]


@pytest.mark.parametrize(
    ("state", "given"),
    [
        ("x", {}),
        ("eA==:x", {}),
        ("\N{SNOWMAN}", {}),
        (None, {"seed": "other"}),
        (None, {"networkShape": "4,3"}),
    ],
)
def test_a_strange_state_is_refused(client: Client, state: str | None, given: dict[str, str]) -> None:
    kept = train(client, settings={}, steps=1)["state"]

    assert train(client, 422, settings=given, state=state or kept)["detail"] == STRANGER


@pytest.mark.parametrize(
    "body",
    [
        {"settings": {"networkShape": "1000000"}},
        {"settings": {"learningRate": "1e999"}},
        {"settings": {"dataset": "../../etc/passwd"}},
        {"settings": {"batchSize": "9" * 5000}},
        {"settings": {str(k): "" for k in range(100)}},
        {"settings": {"noise": {"a": 1}}},
        {"settings": []},
        {"settings": {}, "steps": -1},
        {"settings": {}, "steps": 10**9},
        {"settings": {}, "until": 10**12},
        {"settings": {}, "edit": "x" * 9},
        {"settings": {}, "state": "x" * 50_000},
        {},
        [],
        "x",
    ],
)
def test_a_hostile_request_is_refused(client: Client, body: object) -> None:
    response = client.post(URL, json.dumps(body), content_type="application/json")

    assert response.status_code == 422


def test_only_by_post(client: Client) -> None:
    assert client.get(URL).status_code == 405


@pytest.mark.usefixtures("noon")
def test_a_learner_trains_so_often_and_no_more(
    client_for: SignIn, learner: User, other_learner: User, settings: SiteSettings
) -> None:
    settings.PLAYGROUND_PER_MINUTE = 2
    fast, calm = client_for(learner), client_for(other_learner)
    for _ in range(2):
        assert train(fast, settings={}, steps=1)["batch"] == 1

    refused = fast.post(URL, "{}", content_type="application/json")
    assert refused.status_code == 429
    assert int(refused["Retry-After"]) <= 60
    assert train(calm, settings={}, steps=1)["batch"] == 1
