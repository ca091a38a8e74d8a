"""POST /api/networks/trace: what programs get, and what they are told when they ask for too much."""

import json
from typing import Any

import pytest
from django.test import Client

from tests.course.figures.networks import ANIMALS, ANIMALS_JSON, LLAMA

pytestmark = pytest.mark.django_db

ADDRESS = "/api/networks/trace"
TINY = "from keras import layers, Sequential\nmodel = Sequential([layers.Dense(1, input_shape=(2,))])\n"


def ask(client: Client, **body: Any) -> tuple[int, dict[str, Any]]:
    answer = client.post(ADDRESS, json.dumps(body), content_type="application/json")
    told: dict[str, Any] = answer.json()
    return answer.status_code, told


def test_the_llama_is_traced(client: Client) -> None:
    status, told = ask(client, source=ANIMALS.source, weights=ANIMALS_JSON["weights"], x=LLAMA)
    assert status == 200
    assert told["v"] == 1
    assert [layer["kind"] for layer in told["layers"]] == ["InputLayer", "Dense", "Dense", "Dense"]
    last = told["layers"][-1]
    assert last["z"] == [-2.5, -1.0, 1.5, -2.0]
    assert [round(p, 6) for p in last["a"]] == [0.0162, 0.072603, 0.884488, 0.026709]


def test_the_same_seed_draws_the_same_weights(client: Client) -> None:
    answers = [ask(client, source=TINY, seed=seed, x=[1, 2]) for seed in (1, 1, 2)]
    assert answers[0] == answers[1]
    assert answers[0] != answers[2]


def test_keras_config_is_taken_instead_of_text(client: Client) -> None:
    layers = [
        {"class_name": "InputLayer", "config": {"name": "in", "batch_shape": [None, 2]}},
        {"class_name": "Dense", "config": {"name": "d", "units": 1, "activation": "linear"}},
    ]
    config = {"class_name": "Sequential", "config": {"name": "s", "layers": layers}}
    status, told = ask(client, config=config, weights=[[[2.0], [3.0]], [1.0]], x=[1, 1])
    assert (status, told["layers"][-1]["a"]) == (200, [6.0])


def test_a_text_that_cannot_be_read_is_told_with_its_place(client: Client) -> None:
    status, told = ask(client, source=TINY.replace("Dense(1", "Dense(unit=1"), x=[1, 2])
    assert status == 400
    assert told["message"] == "The text is not a network that can be read."
    [diagnostic, *_] = told["diagnostics"]
    assert (diagnostic["line"], diagnostic["column"]) == (2, 34)
    assert "did you mean 'units'" in diagnostic["message"] + diagnostic["hint"]


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ({"x": [1]}, "Send either source (Keras text) or config (Keras JSON), and not both."),
        (
            {"source": TINY, "config": {}, "x": [1, 2]},
            "Send either source (Keras text) or config (Keras JSON), and not both.",
        ),
        (
            {"source": TINY.replace("Dense(1", "Dense(60000"), "x": [1, 2]},
            "The network needs 180,000 parameters, 3.60 times what the interactive budget allows "
            "(50,000 parameters). Use fewer units or fewer layers.",
        ),
    ],
)
def test_what_cannot_be_traced_is_refused(client: Client, body: dict[str, Any], message: str) -> None:
    assert ask(client, **body) == (400, {"message": message, "diagnostics": []})


@pytest.mark.parametrize(
    "x",
    [[1], [1, 2, 3], ["1", "2"], [[1, 2], [3, 4]], [None, 1], [{}, 1], [[], []], [True, [1]], [1e308, "nan"]],
)
def test_inputs_that_do_not_fit_are_refused(client: Client, x: list[Any]) -> None:
    status, told = ask(client, source=TINY, x=x)
    assert status == 400
    assert told["message"]


@pytest.mark.parametrize(
    "weights",
    [[], [1], ["a"], [[[1], [2]]], {"W": 1}, {"W": []}, {"b": [1]}, [[["1"], [2]], [1]], [[[1, 2]], [1]]],
)
def test_weights_that_do_not_fit_are_refused(client: Client, weights: Any) -> None:
    status, told = ask(client, source=TINY, weights=weights, x=[1, 2])
    assert status in (400, 422)
    assert told


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"[]",
        b"{",
        b'{"source": 3, "x": []}',
        b'{"source": "", "x": 4}',
        b'{"source": "", "x": [], "seed": -1}',
        b'{"source": "", "x": [], "seed": 1e400}',
        b"[" * 100_000,
    ],
)
def test_a_malformed_request_is_no_error_of_ours(client: Client, body: bytes) -> None:
    answer = client.post(ADDRESS, body, content_type="application/json")
    assert answer.status_code in (400, 422)


def test_not_a_number_is_refused(client: Client) -> None:
    body = json.dumps({"source": TINY, "x": [float("nan"), float("inf")]})
    answer = client.post(ADDRESS, body, content_type="application/json")
    assert answer.status_code == 400


def test_a_large_request_is_refused(client: Client) -> None:
    status, told = ask(client, source=TINY, weights=[[0.5] * 100_000], x=[1, 2])
    assert (status, told["message"]) == (413, "The request is larger than 384 KiB.")


def test_only_post_is_answered(client: Client) -> None:
    assert client.get(ADDRESS).status_code == 405


def test_the_schema_declares_its_answers(client: Client) -> None:
    schema = client.get("/api/openapi.json").json()
    assert set(schema["paths"][ADDRESS]["post"]["responses"]) == {"200", "400", "413", "422", "429"}
