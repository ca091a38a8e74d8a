"""Two runs side by side: the address, the page as plain forms, and POST /api/playground/compare."""

import json
import re
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qsl

import pytest
from django.test import Client

from engine.playground import FEATURES, Settings, start, start_pair
from labs.playground.pairs import read_pair, write_pair
from labs.playground.travel import MOST_PAIR_STATE, opened_pair, packed_pair

URL = "/lab/playground/compare/"
API = "/api/playground/compare"
STRANGER = "This state belongs to other settings, or was changed on its way. Start over."
GIVEN = {"dataset": "xor", "b.learningRate": "0.3", "b.optimizer": "adam"}


def compare(client: Client, status: int = 200, **body: object) -> Any:
    response = client.post(API, json.dumps(body), content_type="application/json")
    assert response.status_code == status, response.content
    return response.json()


def state_of(page: str) -> str:
    found = re.search(r'name="state" value="([^"]+)"', page)
    assert found is not None
    return found[1]


def test_an_address_holds_both_settings() -> None:
    one = Settings(dataset="xor", hidden=(5,))
    setups = (one, replace(one, optimizer="adam", batch_size=30, regularization="L1"))

    assert read_pair(dict(parse_qsl(write_pair(setups)))) == (setups, ())
    same = read_pair(dict(parse_qsl(write_pair((one, one)))))
    assert same == ((one, one), ())


def test_b_learns_faster_where_nothing_is_said() -> None:
    assert [s.learning_rate for s in read_pair({})[0]] == [0.03, 0.3]
    assert [s.learning_rate for s in read_pair({"learningRate": "3"})[0]] == [3.0, 0.3]


def test_b_starts_where_a_starts() -> None:
    setups, faults = read_pair({"seed": "a", "b.seed": "b", "b.networkShape": "8", "b.learningRate": "x"})

    assert setups == (Settings(seed="a"),) * 2
    assert faults == ("Run B: learningRate must be a number from 1e-06 to 10; it is 'x'.",)


@pytest.mark.django_db
def test_it_is_plain_forms(client: Client) -> None:
    page = client.get(URL, GIVEN).content.decode()
    assert "A: optimizer SGD, learning rate 0.03" in page
    assert "B: optimizer Adam, learning rate 0.3" in page
    assert page.count('<svg class="answers"') == 2

    query = "dataset=xor&b.learningRate=0.3&b.optimizer=adam"
    page = client.post(f"{URL}?{query}", {"go": "step", "state": state_of(page)}).content.decode()
    page = client.post(f"{URL}?{query}", {"go": "many", "state": state_of(page)}).content.decode()
    assert '<label for="p-shown">Epoch 50</label>' in page
    shown = client.post(f"{URL}?{query}", {"go": "show", "shown": "11", "state": state_of(page)})
    assert '<label for="p-shown">Epoch 8 of 50</label>' in shown.content.decode()
    assert 'class="mark-at" d="M16.0 0V100"' in shown.content.decode()
    page = client.post(f"{URL}?{query}", {"go": "reset", "state": state_of(page)}).content.decode()
    assert '<label for="p-shown">Epoch 0</label>' in page


@pytest.mark.django_db
def test_both_stand_in_tables(client: Client) -> None:
    page = client.post(f"{URL}?dataset=xor", {"go": "many"}).content.decode()

    assert "<caption>Both runs by epoch</caption>" in page
    assert '<th scope="col">B: held-out</th>' in page
    assert '<th scope="row">x to h1.1</th>' in page
    assert "<caption>What B answers over the plane: x across, y down</caption>" in page


@pytest.mark.django_db
def test_faults_and_strange_states_are_told(client: Client) -> None:
    assert "noise must be" in client.get(URL, {"noise": "999"}).content.decode()
    strange = client.post(URL, {"go": "epoch", "state": "x"})
    assert strange.status_code == 422
    assert STRANGER in strange.content.decode()
    assert client.post(URL, {"go": "show", "shown": "\N{SUPERSCRIPT TWO}"}).status_code == 200
    assert client.put(URL).status_code == 405


@pytest.mark.django_db
def test_pieces_from_call_to_call_are_two_runs(client: Client) -> None:
    state, answer = "", {"epoch": 0}
    while answer["epoch"] < 6:
        answer = compare(client, settings=GIVEN, state=state, until=6)
        state = answer["state"]

    setups, _ = read_pair(GIVEN)
    for run, settings in zip(opened_pair(setups, state).runs, setups, strict=True):
        alone = start(settings)
        alone.train(alone.steps_until(6))
        assert run.to_bytes() == alone.to_bytes()
    assert answer["epochs"] == [0, 1, 2, 3, 4, 5, 6]
    assert answer["spoken"].startswith("Epoch 6: held-out loss A 0.")
    before = compare(client, settings=GIVEN, state=state, shown=2)
    assert (before["shown"], before["epoch"], before["state"]) == (2, 6, state)
    assert "at epoch 2, with all points" in before["pieces"]["sides"]


@pytest.mark.django_db
def test_a_state_belongs_to_both_settings(client: Client) -> None:
    state = compare(client, settings=GIVEN, step=True)["state"]

    other = {**GIVEN, "b.learningRate": "0.1"}
    assert compare(client, 422, settings=other, state=state)["detail"] == STRANGER
    assert compare(client, 422, settings={"noise": "x"})["detail"].startswith("noise must be")
    assert client.post(API, "{}", content_type="application/json").status_code == 422
    assert client.get(API).status_code == 405


def test_the_largest_pair_travels() -> None:
    one = Settings(hidden=(8,) * 6, features=tuple(FEATURES), optimizer="adam", batch_size=50)
    setups = (one, replace(one, learning_rate=0.1))
    pair = start_pair(setups)
    pair.train(100_000, 130)

    assert len(packed_pair(pair)) <= MOST_PAIR_STATE
    assert opened_pair(setups, packed_pair(pair)).to_bytes() == pair.to_bytes()
