"""Weights set by hand: the tables, what is typed into them, and the challenges that ask for them."""

from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

import engine
from accounts.models import User
from labs.models import Challenge, Criterion, Submission
from labs.weights import MOST_NUMBERS, as_given, given_weights, weight_tables
from tests.conftest import SignIn
from tests.labs.test_api import check

NEURON = """\
from keras import Sequential
from keras.layers import Dense

model = Sequential([Dense(units=1, input_shape=(2,), activation="sigmoid")])
"""
URL = "/challenges/nand/"
NAND = {"w.0.0": "-6", "w.0.1": "\N{MINUS SIGN}12/2", "w.1.0": "9,0"}


@pytest.fixture
def by_hand(db: None) -> Challenge:
    made = Challenge.objects.create(
        slug="nand", title="NAND", summary="By hand.", starter=NEURON, takes_weights=True, is_published=True
    )
    Criterion.objects.create(
        challenge=made, kind="truth_table", settings='title = "NAND"\ngate = "nand"\ninputs = 2\nmargin = 0.2'
    )
    return made


def spec_of(text: str) -> engine.Spec:
    return engine.parse(text)


# --- the tables


def test_each_number_has_a_field_in_keras_order() -> None:
    tables = weight_tables(spec_of(NEURON), {})
    assert tables is not None
    assert [(sheet.title, sheet.shape) for sheet in tables.sheets] == [
        ("dense kernel", "2×1"),
        ("dense bias", "1"),
    ]
    [(first, [cell]), (second, _)] = tables.sheets[0].rows
    assert (first, second) == ("from 1", "from 2")
    assert (cell.name, cell.label, cell.text) == ("w.0.0", "dense kernel, row 1, unit 1", "0")
    assert tables.arrays == [[[0.0], [0.0]], [0.0]]


def test_what_was_typed_is_read_as_people_write_numbers() -> None:
    tables = weight_tables(spec_of(NEURON), NAND)
    assert tables is not None
    assert (tables.arrays, tables.fault) == ([[[-6.0], [-6.0]], [9.0]], "")


def test_stored_arrays_come_back_as_fields() -> None:
    arrays = [[[[0.5], [-1.0]]], [2.0]]
    assert as_given(arrays) == {"w.0.0": "0.5", "w.0.1": "-1", "w.1.0": "2"}
    assert as_given(None) == {}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("abc", "'abc'"),
        ("", "empty"),
        ("1e999", "'1e999'"),
        ("nan", "'nan'"),
        ("1001", "'1001'"),
        ("9" * 40, "'99999999999999999999'"),
    ],
)
def test_what_is_no_weight_is_told_with_its_place(text: str, told: str) -> None:
    given = given_weights({"w.0.1": text, "other": "1"})
    tables = weight_tables(spec_of(NEURON), given)
    assert tables is not None
    assert tables.arrays is None
    assert tables.fault == (
        f"dense kernel, row 2, unit 1 is {told}. Write a number from \N{MINUS SIGN}1000 to 1000, such as "
        "0.75, 0,75 or 3/4."
    )


def test_more_faults_are_counted() -> None:
    tables = weight_tables(spec_of(NEURON), {"w.0.0": "a", "w.0.1": "b", "w.1.0": "c"})
    assert tables is not None
    assert tables.fault.endswith(" 2 more need mending.")


def test_nobody_sets_hundreds_of_weights_by_hand() -> None:
    wide = NEURON.replace("units=1", f"units={MOST_NUMBERS}")
    assert weight_tables(spec_of(wide), {}) is None
    assert weight_tables(None, {}) is None


def test_a_filter_is_a_table_too() -> None:
    text = NEURON.replace("Dense", "Conv2D").replace(
        'Conv2D(units=1, input_shape=(2,), activation="sigmoid")', "Conv2D(2, (2, 2), input_shape=(3, 3, 1))"
    )
    tables = weight_tables(spec_of(text), {"w.0.7": "5"})
    assert tables is not None
    assert tables.arrays is not None
    assert [len(sheet.rows) for sheet in tables.sheets] == [4, 1]
    assert [head for head, _ in tables.sheets[0].rows] == ["row 1", "row 2", "row 3", "row 4"]
    assert tables.arrays[0][1][1] == [[0.0, 5.0]]
    engine.build(spec_of(text)).set_weights(tables.arrays)


# --- the pages


def send(client: Client, **fields: Any) -> Any:
    return client.post(URL, {"source": NEURON, "token": str(uuid4()), **NAND, **fields})


def test_the_page_offers_every_weight_without_javascript(client: Client, by_hand: Challenge) -> None:
    page = client.get(URL).content.decode()
    assert page.count('<input name="w.') == 3
    assert 'inputmode="decimal"' not in page, "some phones have no minus on that keyboard"
    assert 'name="read"' in page
    assert "For (0, 0) the network gives 0.5; at least 0.7 is wanted." in page


def test_reading_again_keeps_what_was_typed(client: Client, by_hand: Challenge) -> None:
    page = send(client, read="1").content.decode()
    assert 'name="w.0.1" value="−12/2"' in page
    assert ": met</span>" in page
    assert not Submission.objects.exists()


def test_weights_are_handed_in_with_the_text(learner_client: Client, by_hand: Challenge) -> None:
    assert send(learner_client).status_code == 302
    submission = Submission.objects.get()
    assert submission.weights == [[[-6.0], [-6.0]], [9.0]]
    page = learner_client.get(submission.get_absolute_url()).content.decode()
    assert "dense kernel" in page
    assert '<input name="w.' not in page
    again = learner_client.get(f"{URL}?from={submission.pk}").content.decode()
    assert 'name="w.1.0" value="9"' in again


def test_other_weights_are_another_network(learner_client: Client, by_hand: Challenge) -> None:
    token = str(uuid4())
    send(learner_client, token=token)
    send(learner_client, token=token)
    assert Submission.objects.count() == 1
    send(learner_client, token=token, **{"w.1.0": "8"})
    assert Submission.objects.count() == 2


def test_a_weight_that_is_none_is_shown_and_nothing_is_lost(
    learner_client: Client, by_hand: Challenge
) -> None:
    response = send(learner_client, **{"w.0.0": "six"})
    page = response.content.decode()
    assert response.status_code == 422
    assert "dense kernel, row 1, unit 1 is &#x27;six&#x27;." in page
    assert 'value="six"' in page
    assert 'value="9,0"' in page
    assert not Submission.objects.exists()


def test_a_network_too_large_to_set_by_hand_is_refused(learner_client: Client, by_hand: Challenge) -> None:
    response = send(learner_client, source=NEURON.replace("units=1", "units=500"))
    assert response.status_code == 422
    assert (
        "Here every weight is set by hand. Write a network that has weights to set, and at most 200 of them."
        in response.content.decode()
    )


def test_a_visitor_finds_the_weights_again_after_signing_in(
    client: Client, learner: User, client_for: SignIn, by_hand: Challenge
) -> None:
    assert send(client).status_code == 302
    client.force_login(learner)
    assert 'value="9,0"' in client.get(URL).content.decode()


def test_other_challenges_take_no_weights(learner_client: Client, challenge: Challenge) -> None:
    page = learner_client.get("/challenges/three-layers/").content.decode()
    assert "data-weights" not in page
    learner_client.post("/challenges/three-layers/", {"source": NEURON, "token": str(uuid4()), **NAND})
    assert Submission.objects.get().weights is None


def test_the_editor_is_told_of_weights_while_they_are_typed(client: Client, by_hand: Challenge) -> None:
    answer = check(client, source=NEURON, challenge="nand", fragments=True, weights=NAND)
    assert ": met</span>" in answer["fragments"]["criteria"]
    assert 'data-signature="dense kernel2×1 dense bias1"' in answer["fragments"]["weights"]
    answer = check(client, source=NEURON, challenge="nand", fragments=True, weights={"w.0.0": "x"})
    assert 'aria-invalid="true"' in answer["fragments"]["weights"]
    check(client, 422, source=NEURON, weights={f"w.0.{k}": "1" for k in range(MOST_NUMBERS + 1)})
