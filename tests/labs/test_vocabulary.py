"""The words an editor completes: all of the catalogue, each with its line of documentation."""

import gzip

from django.test import Client

from engine.spec.catalogue import LAYERS, OPTIMIZERS
from labs.vocabulary import vocabulary

BUDGET = 10_000
"""Bytes as they travel."""


def test_every_layer_and_optimizer_is_there_with_its_documentation() -> None:
    words = {word["name"]: word for word in vocabulary()}
    assert set(words) == {*LAYERS, *OPTIMIZERS, "compile", "fit"} - {"InputLayer"}
    assert all(word["doc"] for word in words.values())
    assert all(argument["doc"] for word in words.values() for argument in word["arguments"])
    assert [argument["name"] for argument in words["Dense"]["arguments"]][:2] == ["units", "activation"]
    units, activation = words["Dense"]["arguments"][:2]
    assert (units["default"], units["values"]) == ("", [])
    assert activation["default"] == '"linear"'
    assert {"relu", "softmax"} <= set(activation["values"])
    assert "adam" in words["compile"]["arguments"][0]["values"]


def test_it_is_served_once_and_small(client: Client, db: None) -> None:
    response = client.get("/api/networks/vocabulary")
    assert response.json() == vocabulary()
    assert response["Cache-Control"] == "public, max-age=3600"
    assert len(gzip.compress(response.content)) < BUDGET
