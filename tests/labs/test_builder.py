"""The builder: the form of a text's layers, and edits of the form as edits of the text."""

import json
from typing import Any

import pytest
from django.test import Client
from hypothesis import given, settings
from hypothesis import strategies as st

import engine
from labs.builder import STARTERS, EditFault, builder_form, edited, edited_form
from labs.fields import FieldFault, fields_of, new_kinds, new_layer, read_field, read_shape
from labs.models import Draft, content_hash

ANIMALS = STARTERS["animals"][2]
LOOP = """\
from keras import Sequential
from keras.layers import Dense

model = Sequential()
model.add(Dense(6, input_shape=(8,)))
for units in (6, 4):
    model.add(Dense(units))
"""
BRANCHES = """\
from keras import Input, Model
from keras.layers import Dense

x = Input((8,))
model = Model(x, Dense(4)(x))
"""


# --- the form


def test_every_layer_has_its_fields_its_output_and_its_parameters() -> None:
    form = builder_form(ANIMALS)
    assert form.shape == "8"
    first, _, last = form.layers
    assert [(field.label, field.control, field.text) for field in first.fields] == [
        ("units", "number", "6"),
        ("activation", "choice", "relu"),
    ]
    assert (first.output, first.parameters, last.output) == ("(6)", "54", "(4)")
    assert (first.is_first, last.is_last) == (True, True)
    bias = next(field for field in first.more if field.name == "use_bias")
    assert (bias.control, bias.choices, bias.text) == ("choice", ("True", "False"), "True")


def test_a_layer_that_cannot_be_read_is_a_gap() -> None:
    assert [layer.is_gap for layer in builder_form(STARTERS["broken"][2]).layers] == [False, True]


@pytest.mark.parametrize(
    ("text", "reason", "can_rewrite"),
    [
        ("", "The layers appear here as soon as the text can be read.", False),
        ("x = (", "The layers appear here as soon as the text can be read.", False),
        (BRANCHES, "This network has branches. It is shown in the figure and changed in the text.", False),
        (
            LOOP,
            "This text does not list its layers one by one, so a form cannot change them line by line.",
            True,
        ),
    ],
)
def test_where_there_is_no_form_the_reason_is_told(text: str, reason: str, can_rewrite: bool) -> None:
    form = builder_form(text)
    assert (form.layers, form.reason, form.can_rewrite) == ((), reason, can_rewrite)


def test_a_loop_is_rewritten_as_a_list() -> None:
    text = edited(LOOP, "rewrite", {})
    assert len(builder_form(text).layers) == 3 or len(builder_form(text).layers) == 4  # with its Input
    assert engine.parse(text) == engine.parse(LOOP)


@pytest.mark.parametrize("kind", [kind for _, names in new_kinds() for kind, _ in names])
def test_every_kind_that_is_offered_can_be_added_and_shown(kind: str) -> None:
    config = new_layer(kind)
    assert config is not None
    fields_of(kind, config)
    text = edited(ANIMALS, "add:end", {"new": kind})
    assert builder_form(text).layers[-1].kind == kind


def test_starters_are_what_they_say() -> None:
    assert [engine.read(text).spec is not None for _, _, text in STARTERS.values()] == [True, True, False]


# --- edits


@pytest.mark.parametrize(
    ("action", "fields", "line"),
    [
        ("set", {"a.0.units": "12"}, 'Dense(12, input_shape=(8,), activation="relu"),'),
        ("set", {"a.2.activation": "linear"}, "    Dense(4),"),
        ("set", {"a.1.use_bias": "False"}, 'Dense(6, activation="relu", use_bias=False),'),
        ("set", {"shape": "2, 3"}, 'Dense(6, input_shape=(2, 3), activation="relu"),'),
        ("more:1.units", {}, 'Dense(7, activation="relu"),'),
        ("less:1.units", {}, 'Dense(5, activation="relu"),'),
        ("add:end", {"new": "Dropout"}, "Dropout(0.2),"),
        ("add:1", {"new": "BatchNormalization"}, "BatchNormalization(),"),
        ("remove:2", {}, '    Dense(6, activation="relu"),\n])'),
        ("down:1", {}, 'Dense(4, activation="softmax"),\n    Dense(6, activation="relu"),'),
        ("up:2", {}, 'Dense(4, activation="softmax"),\n    Dense(6, activation="relu"),'),
    ],
)
def test_an_edit_changes_its_line(action: str, fields: dict[str, str], line: str) -> None:
    assert line in edited(ANIMALS, action, fields)


@pytest.mark.parametrize(
    ("action", "fields", "told"),
    [
        ("set", {"a.0.units": "0"}, "Dense: units must be a whole number of at least 1; it is '0'."),
        ("set", {"a.0.units": ""}, "Dense: units must be a whole number of at least 1; it is empty."),
        ("set", {"shape": "x"}, "The input shape must be whole numbers such as 8 or 28, 28, 1; it is 'x'."),
        ("less:9.units", {}, "There is no such layer any more. Nothing was changed."),
        ("more:0.activation", {}, "Only a whole number goes up and down by one."),
        ("add:end", {"new": "Lambda"}, "Choose the kind of layer to add."),
        ("up:0", {}, "There is no place to move this layer to."),
        ("down:2", {}, "There is no place to move this layer to."),
        ("sing:1", {}, "There is no place to move this layer to."),
        ("remove:-1", {}, "There is no such layer any more. Nothing was changed."),
    ],
)
def test_an_edit_that_cannot_be_made_says_why(action: str, fields: dict[str, str], told: str) -> None:
    with pytest.raises(EditFault) as fault:
        edited(ANIMALS, action, fields)
    assert str(fault.value) == told


def test_the_last_layer_stays() -> None:
    with pytest.raises(EditFault) as fault:
        edited(STARTERS["perceptron"][2], "remove:0", {})
    assert str(fault.value) == "A network has at least one layer. Add another before you remove this one."


def test_fields_beside_an_older_text_are_passed_over() -> None:
    fields = {"a.0.units": "9", "edit": "add:end", "new": "Dropout"}
    assert "Dense(9" in edited_form(fields, ANIMALS, is_fresh=True)
    stale = edited_form(fields, ANIMALS, is_fresh=False)
    assert "Dense(9" not in stale
    assert "Dropout(0.2)" in stale


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("kernel_size", "5", (5, 5)),
        ("kernel_size", "3, 5", (3, 5)),
        ("kernel_size", "(3, 5)", (3, 5)),
        ("padding", "same", "same"),
        ("use_bias", "False", False),
        ("activation", "tanh", "tanh"),
    ],
)
def test_fields_are_read_as_people_write_them(name: str, text: str, value: object) -> None:
    assert read_field("Conv2D", name, text) == value


@pytest.mark.parametrize("text", ["[" * 300, '"' * 9, "1e999", "\\", "{}", "9" * 5000, "(((((((1)))))))"])
def test_whatever_is_typed_is_refused_or_read(text: str) -> None:
    with pytest.raises(FieldFault):
        read_field("Dense", "units", text)
    with pytest.raises(FieldFault):
        read_shape(text)


# --- any listed network through form and text


ADDED = ["Dense", "Dropout", "Activation", "BatchNormalization", "LeakyReLU"]


@settings(deadline=None)
@given(
    kinds=st.lists(
        st.sampled_from(["Dense", "Dropout", "Activation", "BatchNormalization", "LeakyReLU"]), max_size=5
    ),
    data=st.data(),
)
def test_what_the_form_shows_is_what_the_text_says(kinds: list[str], data: st.DataObject) -> None:
    text = ANIMALS
    for kind in kinds:
        text = edited(text, f"add:{data.draw(st.integers(0, 2))}", {"new": kind})
    form = builder_form(text)
    spec = engine.parse(text)
    shown = {
        f"a.{layer.index}.{f.name}": f.text for layer in form.layers for f in (*layer.fields, *layer.more)
    }
    assert edited(text, "set", {**shown, "shape": form.shape}) == text
    layers = [layer for layer in spec.layers if layer.kind != "InputLayer"]
    assert [layer.kind for layer in form.layers] == [layer.kind for layer in layers]
    for layer, written in zip(form.layers, layers, strict=True):
        for field in (*layer.fields, *layer.more):
            assert read_field(layer.kind, field.name, field.text) == written.config[field.name]
    assert shown


# --- page and API


def edit(client: Client, **body: Any) -> Any:
    return client.post("/api/networks/edit", json.dumps(body), content_type="application/json")


def test_the_api_edits_a_text(client: Client, db: None) -> None:
    answer = edit(client, source=ANIMALS, action="more:0.units", fields={}).json()
    assert answer == {"source": ANIMALS.replace("Dense(6, input", "Dense(7, input"), "fault": ""}
    answer = edit(client, source=ANIMALS, action="up:0").json()
    assert answer == {"source": ANIMALS, "fault": "There is no place to move this layer to."}
    assert edit(client, source=ANIMALS).status_code == 422
    assert client.get("/api/networks/edit").status_code == 405


def test_the_form_works_without_javascript(client: Client, db: None) -> None:
    page = client.get("/lab/").content.decode()
    assert 'value="up:1"' in page
    sent = {
        "source": ANIMALS,
        "seen": content_hash(ANIMALS),
        "a.0.units": "9",
        "edit": "down:0",
        "new": "Dense",
    }
    page = client.post("/lab/", sent).content.decode()
    assert "Dense(9, activation=&quot;relu&quot;)" in page
    assert not Draft.objects.exists()


def test_a_fault_of_the_form_keeps_the_text(client: Client, db: None) -> None:
    sent = {"source": ANIMALS, "seen": content_hash(ANIMALS), "a.0.units": "many", "edit": "set"}
    response = client.post("/lab/", sent)
    assert response.status_code == 422
    page = response.content.decode()
    assert "Dense: units must be a whole number of at least 1; it is &#x27;many&#x27;." in page
    assert "Dense(6, input_shape=(8,)" in page


def test_saving_takes_what_the_form_says(learner_client: Client) -> None:
    sent = {"source": ANIMALS, "seen": content_hash(ANIMALS), "a.0.units": "9", "title": "Nine"}
    learner_client.post("/lab/", sent)
    assert "Dense(9" in Draft.objects.get().source


def test_the_lab_opens_with_the_starter_that_is_asked_for(client: Client, db: None) -> None:
    for slug, (_, _, text) in STARTERS.items():
        assert client.get(f"/lab/?starter={slug}").context["form"]["source"].value() == text
    assert client.get("/lab/?starter=nothing").context["form"]["source"].value() == ANIMALS


@pytest.mark.django_db
def test_a_layer_says_how_many_parameters_it_has(client: Client) -> None:
    layers = "Dense(200, input_shape=(8,)), Dense(99), Dense(1, use_bias=False), Dense(1, use_bias=False)"
    page = client.post("/lab/", {"source": f"model = Sequential([{layers}])", "read": "1"}).text
    assert "gives (200), 1,800 parameters" in page
    assert "gives (1), 99 parameters" in page
    assert "gives (1), 1 parameter<" in page


@pytest.mark.django_db
def test_what_cannot_be_counted_yet_is_told_with_a_question_mark(client: Client) -> None:
    layers = "Flatten(input_shape=(8,)), Conv2D(4, 3)"
    page = client.post("/lab/", {"source": f"model = Sequential([{layers}])", "read": "1"}).text
    assert "gives ?, ? parameters" in page
