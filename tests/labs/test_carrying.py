"""Networks as files, versions of drafts, shared drafts, and networks that open in the lab."""

import io
import json
import re
from html import unescape
from typing import Any
from uuid import uuid4

import numpy as np
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.template.loader import render_to_string
from django.test import Client

import engine
from accounts.models import User
from course.models import CourseNetwork
from labs import services
from labs.builder import STARTERS
from labs.carrying import CarryFault, carry_in, carry_out
from labs.models import Challenge, Draft, DraftVersion
from labs.versions import difference
from tests.conftest import SignIn
from tests.labs.conftest import BAD, GOOD, NOW, SMALL
from tests.labs.test_challenge_pages import graded

pytestmark = pytest.mark.django_db


# --- out and in


def test_a_network_goes_out_as_keras_reads_it_and_comes_back_the_same() -> None:
    carried = carry_out("json", GOOD)
    assert json.loads(carried.content)["class_name"] == "Sequential"
    assert engine.parse(carry_in(carried.content)) == engine.parse(GOOD)
    assert carry_in(carry_out("keras", GOOD).content) == GOOD


def test_first_weights_go_out_in_keras_order() -> None:
    with np.load(io.BytesIO(carry_out("npz", GOOD).content), allow_pickle=False) as arrays:
        shapes = [arrays[name].shape for name in arrays]
    assert shapes == [(8, 6), (6,), (6, 6), (6,), (6, 4), (4,)]


def arrays_of(content: bytes) -> list[Any]:
    with np.load(io.BytesIO(content), allow_pickle=False) as arrays:
        return [arrays[name].tolist() for name in arrays]


def test_weights_of_ones_own_go_out_where_they_fit() -> None:
    own = [[[1.0] * 6] * 8, [2.0] * 6, [[3.0] * 6] * 6, [4.0] * 6, [[5.0] * 4] * 6, [6.0] * 4]
    assert arrays_of(carry_out("npz", GOOD, own).content) == own
    assert arrays_of(carry_out("npz", SMALL, own).content) == arrays_of(carry_out("npz", SMALL).content)


@pytest.mark.parametrize(
    ("kind", "text", "told"),
    [
        ("json", BAD, "Line 6 has to be mended first. Dense has no argument 'unit'; did you mean 'units'?"),
        ("npz", GOOD.replace("units=6", "units=60000", 1), "parameters"),
    ],
)
def test_what_cannot_go_out_says_why(kind: str, text: str, told: str) -> None:
    with pytest.raises(CarryFault) as fault:
        carry_out(kind, text)
    assert told in str(fault.value)


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "The file is empty."),
        (b"\xff\xfe\x00", "The file is no text. Send Keras text (.py) or Keras's JSON (.json)."),
        (b" " * 300_000, "The file has 300,000 bytes; at most 262,144 are read."),
        (b"# " + b"x" * 40_000, "The network's text is longer than 32,768 bytes."),
    ],
)
def test_a_file_that_holds_no_network_is_refused(content: bytes, told: str) -> None:
    with pytest.raises(CarryFault) as fault:
        carry_in(content)
    assert str(fault.value) == told


@pytest.mark.parametrize(
    "text", ["{", "{}", '{"class_name": "Lambda"}', '{"a": 1e999}', "{" * 5000, '{"config": {"layers": 3}}']
)
def test_hostile_json_is_refused_with_a_reason(text: str) -> None:
    with pytest.raises(CarryFault) as fault:
        carry_in(text.encode())
    assert str(fault.value).startswith("This JSON describes no network that can be read. ")


def test_files_go_out_and_come_in_over_the_page(client: Client) -> None:
    response = client.post("/lab/export/json/", {"source": GOOD})
    assert response["Content-Disposition"] == 'attachment; filename="network.json"'
    sent = SimpleUploadedFile("mine.json", response.content)
    page = client.post("/lab/import/", {"file": sent})
    assert (page.context["form"]["title"].value(), page.status_code) == ("mine", 200)
    assert engine.parse(page.context["form"]["source"].value()) == engine.parse(GOOD)
    assert not Draft.objects.exists()


def test_what_cannot_be_carried_keeps_the_text(client: Client) -> None:
    response = client.post("/lab/export/json/", {"source": BAD, "title": "Mine"})
    assert response.status_code == 422
    assert response.context["form"]["source"].value() == BAD
    assert "Line 6 has to be mended first." in response.content.decode()
    assert client.post("/lab/export/exe/", {"source": GOOD}).status_code == 422
    assert "Choose a file first" in client.post("/lab/import/").content.decode()


# --- weights that come along

ONE = """\
from keras import Sequential
from keras.layers import Dense

model = Sequential([Dense(1, input_shape=(2,))])
"""
SET = [[[1.5], [-2.0]], [0.25]]


@pytest.fixture
def with_weights(learner: User) -> Draft:
    return services.keep_draft(learner, None, "Mine", ONE, SET)


def exported(client: Client, page: str, source: str = ONE) -> list[Any]:
    """The weights that the page's form carries out, for this text."""
    origin = client.get(page).context["form"]["origin"].value()
    response = client.post("/lab/export/npz/", {"source": source, "origin": origin})
    return arrays_of(response.content)


def test_a_drafts_own_weights_go_into_the_file(learner_client: Client, with_weights: Draft) -> None:
    page = with_weights.get_absolute_url()
    assert exported(learner_client, page) == SET
    assert exported(learner_client, page, ONE.replace("Dense(1", "Dense(3")) != SET
    assert "Weights come with this network" in learner_client.get(page).content.decode()
    assert "Weights come with this network" not in learner_client.get("/lab/").content.decode()


def test_what_cannot_go_out_is_told_on_the_drafts_own_page(
    learner_client: Client, with_weights: Draft
) -> None:
    response = learner_client.post("/lab/export/json/", {"source": BAD, "origin": f"draft:{with_weights.pk}"})
    assert response.context["draft"] == with_weights
    assert response.context["form"]["source"].value() == BAD


def test_a_shared_drafts_weights_come_with_the_copy(
    learner: User, other_learner: User, client_for: SignIn, with_weights: Draft, client: Client
) -> None:
    services.share(with_weights, is_shared=True)
    page = f"/lab/?shared={with_weights.shared_as}"
    other = client_for(other_learner)
    assert exported(other, page) == exported(client, page) == SET
    origin = other.get(page).context["form"]["origin"].value()
    other.post("/lab/", {"source": ONE, "title": "Copy", "origin": origin})
    assert Draft.objects.get(learner=other_learner).weights == SET
    client.post("/lab/", {"source": ONE, "title": "Copy", "origin": origin})
    client.force_login(learner, backend="django.contrib.auth.backends.ModelBackend")
    assert client.get("/lab/").context["form"]["origin"].value() == origin


def test_weights_handed_in_come_into_the_lab_and_stay_while_the_text_is_worked_on(
    learner: User, learner_client: Client, other_client: Client, challenge: Challenge
) -> None:
    sent = services.submit(
        learner, challenge, ONE, token=uuid4(), now=NOW, enqueue=lambda one: None, weights=SET
    )
    page = f"/lab/?submission={sent.pk}"
    assert exported(learner_client, page) == SET
    read = learner_client.post("/lab/", {"source": BAD, "origin": f"submission:{sent.pk}", "mend": "0"})
    assert read.context["form"]["origin"].value() == f"submission:{sent.pk}"
    learner_client.post("/lab/", {"source": ONE, "origin": f"submission:{sent.pk}"})
    assert Draft.objects.get().weights == SET
    learner_client.post(Draft.objects.get().get_absolute_url(), {"source": ONE, "origin": ""})
    assert Draft.objects.get().weights == SET


def test_a_lessons_network_brings_the_lessons_weights(course_content: None, client: Client) -> None:
    page = "/lab/?lesson=neural-networks/layers"
    source = client.get(page).context["form"]["source"].value()
    kernel, bias, *_ = exported(client, page, source)
    document = CourseNetwork.objects.get().document
    assert (kernel, bias) == (document["weights"]["W"][0], document["weights"]["b"][0])


@pytest.mark.parametrize("kind", ["draft", "submission", "shared"])
def test_other_peoples_weights_stay_where_they_are(
    other_client: Client, client: Client, with_weights: Draft, kind: str
) -> None:
    for stranger in (other_client, client):
        form = {"source": ONE, "origin": f"{kind}:{with_weights.pk}"}
        assert arrays_of(stranger.post("/lab/export/npz/", form).content) != SET
    other_client.post("/lab/", {"source": ONE, "origin": f"{kind}:{with_weights.pk}"})
    assert Draft.objects.exclude(pk=with_weights.pk).get().weights is None


@pytest.mark.parametrize(
    "origin", ["", "x", "draft:", "draft:1", "shared:None", "submission:\0", "lesson:\0/x", "lesson:a/b/c"]
)
def test_an_origin_that_is_none_brings_nothing(client: Client, origin: str) -> None:
    response = client.post("/lab/export/npz/", {"source": ONE, "origin": origin})
    assert [np.shape(array) for array in arrays_of(response.content)] == [(2, 1), (1,)]


# --- versions


def test_a_difference_tells_lines_and_parameters() -> None:
    told = difference(SMALL, GOOD)
    assert [(line.css, line.mark) for line in told.lines if line.css != "same"] == [("new", "+")]
    assert told.sentence == "From 82 to 124 parameters, 42 more."
    assert difference(GOOD, GOOD).is_none
    assert difference(GOOD, BAD).sentence == "One of the two cannot be read as a network yet."
    assert difference(GOOD, f"# a note\n{GOOD}").sentence == "Both are the same network."


@pytest.fixture
def draft(learner: User) -> Draft:
    return services.keep_draft(learner, None, "Mine", SMALL)


def test_a_version_is_named_compared_and_gone_back_to(learner_client: Client, draft: Draft) -> None:
    address = draft.get_absolute_url()
    response = learner_client.post(f"{address}versions/", {"name": "small"})
    assert response["Location"] == f"{address}#versions"
    learner_client.post(address, {"source": GOOD, "title": "Mine"})
    version = DraftVersion.objects.get()
    page = learner_client.get(f"{address}versions/{version.pk}/").content.decode()
    assert "From 82 to 124 parameters, 42 more." in page
    learner_client.post(f"{address}versions/{version.pk}/")
    draft.refresh_from_db()
    assert draft.source == SMALL
    learner_client.post(f"{address}versions/{version.pk}/", {"delete": "1"})
    assert not DraftVersion.objects.exists()


def test_a_version_needs_a_name_and_there_are_not_too_many(learner_client: Client, draft: Draft) -> None:
    address = f"{draft.get_absolute_url()}versions/"
    response = learner_client.post(address, {"name": " "})
    assert response.status_code == 422
    assert "Give the version a name first." in response.content.decode()
    for place in range(services.VERSION_LIMIT):
        services.keep_version(draft, str(place), NOW)
    response = learner_client.post(address, {"name": "one more"})
    assert response.status_code == 422
    assert "which is as many as fit" in response.content.decode()


# --- sharing


def test_a_shared_draft_is_read_by_everybody_and_changed_by_nobody(
    client: Client, learner_client: Client, draft: Draft
) -> None:
    learner_client.post(f"{draft.get_absolute_url()}share/")
    draft.refresh_from_db()
    address = f"/lab/shared/{draft.shared_as}/"
    page = client.get(address)
    assert "Go on with a copy" in page.content.decode()
    assert client.post(address).status_code == 405
    copy = client.get(f"/lab/?shared={draft.shared_as}")
    assert copy.context["form"]["source"].value() == SMALL
    learner_client.post(f"{draft.get_absolute_url()}share/", {"stop": "1"})
    assert client.get(address).status_code == 404


def test_a_draft_shared_again_has_another_address(learner: User, draft: Draft) -> None:
    services.share(draft, is_shared=True)
    first = draft.shared_as
    services.share(draft, is_shared=False)
    services.share(draft, is_shared=True)
    assert draft.shared_as not in (first, None)


# --- what opens in the lab


def test_networks_from_elsewhere_open_in_the_lab(
    course_content: None, learner: User, learner_client: Client, client_for: SignIn, other_learner: User
) -> None:
    def opened(address: str) -> str:
        return str(learner_client.get(address).context["form"]["source"].value())

    assert "Dense" in opened("/lab/?lesson=neural-networks/layers")
    challenge = Challenge.objects.get(slug="first-network")
    assert opened("/lab/?challenge=first-network") == challenge.starter
    submission = graded(learner, challenge)
    assert opened(f"/lab/?submission={submission.pk}") == GOOD
    assert client_for(other_learner).get(f"/lab/?submission={submission.pk}").status_code == 404


@pytest.mark.parametrize(
    "asked",
    [
        "lesson=x/y",
        "lesson=",
        "lesson=%00/%00",
        "challenge=none",
        "challenge=%00",
        "submission=1",
        "shared=none",
        "submission=" + "0" * 32,
    ],
)
def test_what_is_not_there_is_not_opened(client: Client, asked: str) -> None:
    assert client.get(f"/lab/?{asked}").status_code == 404


def test_the_lab_opens_without_being_asked_for_anything(client: Client) -> None:
    assert client.get("/lab/").context["form"]["source"].value() == STARTERS["animals"][2]


# --- weights set by hand in a challenge

NEURON = "model = Sequential([Dense(1, activation='sigmoid', input_shape=(2,))])\n"
BY_HAND = {"w.0.0": "2", "w.0.1": "-0,5", "w.1.0": "1"}
GIVEN = "given:[[[2.0], [-0.5]], [1.0]]"


def test_weights_set_by_hand_go_on_in_the_lab_and_into_the_draft(learner_client: Client) -> None:
    page = learner_client.post("/lab/", {"source": NEURON, "read": "1", **BY_HAND}).content.decode()
    assert f'<input type="hidden" name="origin" value="{GIVEN}" id="id_origin">' in page
    assert "Weights come with this network" in page
    learner_client.post("/lab/", {"source": NEURON, "origin": GIVEN})
    assert Draft.objects.get().weights == [[[2.0], [-0.5]], [1.0]]


def test_weights_set_by_hand_go_into_the_file(client: Client) -> None:
    sent = {"source": NEURON, "origin": GIVEN}
    assert arrays_of(client.post("/lab/export/npz/", sent).content) == [[[2.0], [-0.5]], [1.0]]


def test_weights_set_by_hand_wait_for_who_signs_in_first(client: Client, learner: User) -> None:
    client.post("/lab/", {"source": NEURON, "origin": GIVEN})
    client.force_login(learner)
    assert GIVEN in client.get("/lab/").content.decode()


@pytest.mark.parametrize(
    "origin", ["given:", "given:[", "given:[]", "given:[[NaN]]", "given:{}", f"given:[[{'1, ' * 9000}1]]"]
)
def test_what_is_no_weights_brings_none(learner_client: Client, origin: str) -> None:
    response = learner_client.post("/lab/", {"source": NEURON, "origin": origin, "read": "1"})
    assert "Weights come with this network" not in response.content.decode()
    assert learner_client.post("/lab/", {"source": NEURON, "origin": origin}).status_code == 302
    assert Draft.objects.get().weights is None


def test_numbers_that_cannot_be_read_bring_none(learner_client: Client) -> None:
    page = learner_client.post("/lab/", {"source": NEURON, "read": "1", "w.0.0": "much"}).content.decode()
    assert "Weights come with this network" not in page


# --- a text in the address


@pytest.mark.parametrize("source", [GOOD, BAD, "", "<script>\r\n&é"])
def test_a_text_in_the_address_opens(client: Client, source: str) -> None:
    page = client.get("/lab/", {"source": source})
    assert page.status_code == 200
    assert page.context["form"]["source"].value() == source.replace("\r\n", "\n")


def test_a_network_that_answered_a_question_opens_in_the_lab(client: Client) -> None:
    view = {"is_open": False, "value": GOOD}
    page = render_to_string("quizzes/kinds/network.html", {"view": view, "part": "answer"})
    [address] = re.findall(r'href="(/lab/[^"]+)"', page)
    assert client.get(unescape(address)).context["form"]["source"].value() == GOOD
    long = {**view, "value": GOOD * 10}
    assert "/lab/" not in render_to_string("quizzes/kinds/network.html", {"view": long, "part": "answer"})
