"""POST /api/networks/check: what the engine reads, for programs and for the editor."""

import json
from typing import Any

import pytest
from django.test import Client

from labs.models import Challenge
from tests.labs.conftest import BAD, GOOD

pytestmark = pytest.mark.django_db

URL = "/api/networks/check"


def check(client: Client, status: int = 200, **body: object) -> dict[str, Any]:
    response = client.post(URL, json.dumps(body), content_type="application/json")
    assert response.status_code == status, response.content
    answer: dict[str, Any] = response.json()
    return answer


def test_a_network_that_reads(client: Client) -> None:
    answer = check(client, source=GOOD)
    assert answer["is_readable"]
    assert answer["diagnostics"] == answer["notes"] == []
    assert answer["cost"] == {"parameters": 124, "output_shape": [None, 4], "flops": 248, "bytes": 1320}
    assert "Total parameters: 124" in answer["summary"]
    assert [layer["parameters"] for layer in answer["layers"]] == [0, 54, 42, 28]
    assert answer["fragments"] is None


def test_a_finding_has_its_exact_place_and_its_fix(client: Client) -> None:
    answer = check(client, source=BAD)
    [finding] = answer["diagnostics"]
    assert not answer["is_readable"]
    assert finding["message"] == "Dense has no argument 'unit'; did you mean 'units'?"
    places = [finding[name] for name in ("line", "column", "end_line", "end_column")]
    assert (places, finding["fix"], finding["code"]) == ([6, 11, 6, 15], "units", "unknown-argument")
    assert answer["summary"] is answer["cost"] is None
    assert [layer["is_read"] for layer in answer["layers"]] == [True, True, False, True]


def test_line_ends_of_any_kind_count_once(client: Client) -> None:
    assert check(client, source=BAD.replace("\n", "\r\n"))["diagnostics"][0]["line"] == 6


def test_the_form_of_layers_does_not_depend_on_line_ends(client: Client) -> None:
    pieces = [
        check(client, source=text, fragments=True, builder=True)["fragments"]["builder"]
        for text in (GOOD, GOOD.replace("\n", "\r\n"))
    ]
    assert pieces[0] == pieces[1]
    assert "gives (6), 54 parameters" in pieces[1]


def test_the_editors_pieces_come_when_asked_for(client: Client, challenge: Challenge) -> None:
    pieces = check(client, source=GOOD, challenge=challenge.slug, fragments=True)["fragments"]
    assert pieces["findings"].strip() == ""
    assert "<td>124</td>" in pieces["live"]
    assert pieces["criteria"].count(": met") == 2
    assert pieces["why"] == "All of it can be read. You can submit as often as you like."
    assert pieces["spoken"] == "Read: 3 layers, 124 parameters."


def test_what_cannot_be_read_is_said_in_the_pieces(client: Client, challenge: Challenge) -> None:
    pieces = check(client, source=BAD, challenge=challenge.slug, fragments=True)["fragments"]
    assert "Change to <code>units</code>" in pieces["findings"]
    assert "waits for line 6" in pieces["live"]
    assert ": met" not in pieces["criteria"]
    assert pieces["why"] == "Submit opens when line 6 can be read. No attempt has been spent."
    assert pieces["spoken"] == "Line 6, column 11: Dense has no argument 'unit'; did you mean 'units'?"


def test_an_unpublished_challenge_tells_nothing(client: Client, challenge: Challenge) -> None:
    Challenge.objects.update(is_published=False)
    assert check(client, source=GOOD, challenge=challenge.slug, fragments=True)["fragments"]["criteria"] == ""


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"source": 3},
        {"source": "x" * 32_769},
        {"source": "", "challenge": "x" * 81},
        [],
        "x",
        {"source": "\ud800"},
    ],
)
def test_a_request_that_is_no_text_is_told_field_by_field(client: Client, body: object) -> None:
    response = client.post(URL, json.dumps(body), content_type="application/json")
    assert response.status_code == 422
    assert response.json()["detail"][0]["loc"][0] == "body"


def test_what_is_no_json_is_refused(client: Client) -> None:
    assert client.post(URL, "{", content_type="application/json").status_code == 400


def test_it_is_asked_by_post_only(client: Client) -> None:
    assert client.get(URL).status_code == 405


HOSTILE = {
    "nul": "a\0b",
    "bidirectional": "units = 3 \u202e",
    "nested": "(" * 5000,
    "huge number": "from keras.layers import Dense\nDense(0x" + "f" * 5000 + ")",
    "closing script": "</script><script>alert(1)</script>",
    "attribute": "Dense('\"><img src=x onerror=alert(1)>')",
    "import": "__import__('os').system('id')",
    "tabs and spaces": "if True:\n\t x\n        y",
    "not finished": "model = Sequential([",
    "only a comment": "# nothing",
    "empty": "",
    "unicode names": "ｅｖａｌ('1')",
    "wide": "x = " + "+1" * 16_000,
    "formatted": "f'{" * 10 + "}'" * 10,
    "many layers": "m = Sequential([" + "Dense(1, input_shape=(1,))," * 1100 + "])",
    "large": "from keras.layers import *\nm = Sequential([Dense(10**9, input_shape=(10**9,))])",
    "form feed": "x\f=\f1\r\rmodel = y",
    "byte order mark": "\ufeffmodel = 1",
}


@pytest.mark.parametrize("source", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_texts_are_answered_and_escaped(
    client: Client, learner_client: Client, challenge: Challenge, source: str
) -> None:
    answer = check(client, source=source, challenge=challenge.slug, fragments=True)
    assert not answer["is_readable"]
    assert answer["diagnostics"][0]["message"]
    assert "<script" not in answer["fragments"]["findings"]
    assert "<img" not in answer["fragments"]["findings"]
    form = {"source": source.encode(errors="replace").decode()}
    for address in (challenge.get_absolute_url(), "/lab/"):
        response = learner_client.post(address, {**form, "read": "1"})
        assert response.status_code in (200, 422)
        assert b"<script>alert" not in response.content
        assert b"<img src=x" not in response.content
