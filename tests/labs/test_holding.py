"""A draft's weights: drawn, typed, pasted, loaded, carried out; run on an input; kept with versions."""

import io
from contextlib import suppress
from typing import Any

import numpy as np
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

import engine
from accounts.models import User
from labs import services
from labs.export import account_export
from labs.holding import WeightFault, as_csv, as_npz, checked, drawn, fits, loaded, numbers_of, pasted
from labs.models import Draft
from labs.tracing import input_shape, presets, traced
from tests.conftest import SignIn
from tests.labs.conftest import BAD, GOOD, NOW

TEXT = """\
from keras import Sequential
from keras.layers import Dense

model = Sequential([Dense(2, input_shape=(2,), activation="relu"), Dense(1)])
"""
SPEC = engine.parse(TEXT)
WEIGHTS = [[[1.0, -1.0], [0.5, 2.0]], [0.0, -1.0], [[1.0], [2.0]], [0.5]]
LARGE = TEXT.replace("Dense(2,", "Dense(4000,")


# --- arrays


def test_weights_are_drawn_from_a_seed_and_the_same_each_time() -> None:
    arrays = drawn(SPEC, 3)
    assert arrays == drawn(SPEC, 3) != drawn(SPEC, 4)
    assert fits(SPEC, arrays)
    exact = engine.build(SPEC, 3).get_weights()
    assert all(np.allclose(a, b, atol=1e-6) for a, b in zip(arrays, exact, strict=True))


def test_files_come_in_as_they_go_out() -> None:
    assert loaded(SPEC, as_npz(WEIGHTS)) == WEIGHTS
    assert loaded(SPEC, str(WEIGHTS).encode()) == WEIGHTS
    assert as_csv(WEIGHTS[0]) == "1,-1\n0.5,2\n"
    assert as_csv(WEIGHTS[1]) == "0,-1\n"


@pytest.mark.parametrize(
    "text",
    ["1,-1\n0.5,2", "1\t-1\n0,5\t2", "1;−1\n0,5;2", "[[1. -1.]\n [0.5 2.]]", "array([[1, -1], [1/2, 2e0]])"],
)
def test_a_matrix_is_pasted_as_people_copy_one(text: str) -> None:
    zeros: list[Any] = [[[0.0, 0.0], [0.0, 0.0]], [0.0, 0.0], [[0.0], [0.0]], [0.0]]
    assert pasted(SPEC, zeros, 0, text) == [WEIGHTS[0], *zeros[1:]]


@pytest.mark.parametrize(
    ("act", "told"),
    [
        (
            lambda: numbers_of("1, two"),
            "'two' is no number. Paste numbers with commas, tabs or blanks between.",
        ),
        (lambda: pasted(SPEC, WEIGHTS, 0, "1, 2"), "dense kernel, 2×2 takes 4 numbers; 2 were pasted."),
        (lambda: pasted(SPEC, WEIGHTS, 9, "1"), "Choose one of the network's arrays."),
        (lambda: pasted(SPEC, WEIGHTS, 1, "1, 2000"), "A weight lies between -1000 and 1000."),
        (lambda: loaded(SPEC, b" " * 600_000), "The file is larger than 524,288 bytes."),
        (
            lambda: drawn(engine.parse(LARGE), 0),
            "The network has 16,001 weights; up to 10,000 can be kept here.",
        ),
        (lambda: checked(SPEC, WEIGHTS[:2]), "The model has 4 weight arrays; 2 were given. It wants "),
        (
            lambda: loaded(SPEC, b"\xff\xfe"),
            "The weights are neither JSON nor a NumPy file. Write them as JSON",
        ),
    ],
)
def test_what_does_not_fit_is_told(act: Any, told: str) -> None:
    with pytest.raises(WeightFault) as fault:
        act()
    assert str(fault.value).startswith(told)


@given(st.binary(max_size=300) | st.text(max_size=200).map(str.encode))
def test_whatever_is_in_a_file_is_refused_or_read(content: bytes) -> None:
    with suppress(WeightFault):
        assert fits(SPEC, loaded(SPEC, content))


@given(st.text(max_size=80))
def test_whatever_is_pasted_is_refused_or_read(text: str) -> None:
    with suppress(WeightFault):
        assert all(isinstance(number, float) for number in numbers_of(text))


# --- a pass


def test_an_input_is_followed_layer_by_layer() -> None:
    first, dense, last = traced(SPEC, WEIGHTS, "1, 1")
    assert (first.kind, first.values) == ("InputLayer", "1, 1")
    assert (dense.z, dense.values, dense.activation) == ("1.5, 0", "1.5, 0", "relu")
    assert dense.sums[1].terms == "−1 × 1 + 2 × 1 + −1"
    assert (last.values, last.sums[0].terms) == ("2", "1 × 1.5 + 2 × 0 + 0.5")


def test_what_cannot_be_run_is_told() -> None:
    with pytest.raises(WeightFault) as fault:
        traced(SPEC, WEIGHTS, "1, 2, 3")
    assert str(fault.value) == "The network takes 2 numbers (2); 3 were typed."
    steps = engine.parse(TEXT.replace("(2,)", "(None, 2)"))
    assert input_shape(steps) is None
    with pytest.raises(WeightFault):
        traced(steps, WEIGHTS, "1, 2")


def test_presets_are_inputs_that_run() -> None:
    assert [(one.name, one.text) for one in presets((3,))] == [
        ("all zero", "0, 0, 0"),
        ("all one", "1, 1, 1"),
        ("only the first", "1, 0, 0"),
        ("rising", "1, 2, 3"),
    ]
    assert presets((28, 28)) == []
    for one in presets((2,)):
        assert len(traced(SPEC, WEIGHTS, one.text)) == 3


# --- the page


@pytest.fixture
def draft(learner: User) -> Draft:
    return services.keep_draft(learner, None, "Mine", TEXT)


def url(draft: Draft) -> str:
    return f"/lab/{draft.pk}/weights/"


def test_weights_are_typed_drawn_pasted_loaded_and_forgotten(learner_client: Client, draft: Draft) -> None:
    page = learner_client.get(url(draft)).content.decode()
    assert "Nothing is kept yet: these are drawn from seed 0" in page
    typed = {"w.0.0": "1", "w.0.1": "-1", "w.0.2": "1/2", "w.0.3": "2", "w.1.1": "-1", "w.2.0": "1",
             "w.2.1": "2", "w.3.0": "0,5"}  # fmt: skip

    def kept(**sent: Any) -> Any:
        assert learner_client.post(url(draft), sent)["Location"] == url(draft)
        draft.refresh_from_db()
        return draft.weights

    assert kept(**typed) == WEIGHTS
    assert kept(draw="1", seed="5") == drawn(SPEC, 5)
    assert kept(paste="1", array="3", matrix="[0.25]")[3] == [0.25]
    assert kept(load="1", file=SimpleUploadedFile("w.npz", as_npz(WEIGHTS))) == WEIGHTS
    assert "These are the draft&#x27;s own weights" in learner_client.get(
        url(draft)
    ).content.decode().replace("draft's", "draft&#x27;s")
    assert kept(forget="1") is None


@pytest.mark.parametrize(
    ("sent", "told"),
    [
        ({"w.0.0": "much"}, "dense kernel, row 1, unit 1 is 'much'."),
        ({"draw": "1", "seed": "-1"}, "A seed is a whole number from 0 to 2147483647."),
        ({"load": "1"}, "Choose a file first: NumPy (.npz) or JSON."),
        ({"paste": "1", "array": "x", "matrix": "1"}, "Choose one of the network&#x27;s arrays."),
    ],
)
def test_what_is_amiss_is_told_and_nothing_is_kept(
    learner_client: Client, draft: Draft, sent: dict[str, str], told: str
) -> None:
    response = learner_client.post(url(draft), sent)
    assert response.status_code == 422
    assert told in response.content.decode().replace("&#39;", "&#x27;").replace(
        "is &#x27;much&#x27;", "is 'much'"
    )
    draft.refresh_from_db()
    assert draft.weights is None


def test_a_draft_that_does_not_read_or_is_too_large_says_so(learner_client: Client, draft: Draft) -> None:
    for text, told in ((BAD, "First mend the draft"), (LARGE, "The network has 16,001 weights")):
        draft.source = text
        draft.save()
        assert told in learner_client.get(url(draft)).content.decode()
        assert learner_client.post(url(draft), {"draw": "1", "seed": "0"}).status_code == 422
        assert learner_client.get(f"{url(draft)}weights.npz").status_code == 404


def test_weights_of_other_shapes_wait(learner_client: Client, draft: Draft) -> None:
    draft.source, draft.weights = GOOD, WEIGHTS
    draft.save()
    page = learner_client.get(url(draft)).content.decode()
    assert "The weights that were kept belong to other shapes" in page
    with np.load(io.BytesIO(learner_client.get(f"{url(draft)}weights.npz").content)) as arrays:
        assert arrays["arr_0"].shape == (8, 6)


def test_the_network_runs_on_what_is_typed(learner_client: Client, draft: Draft) -> None:
    draft.weights = WEIGHTS
    draft.save()
    page = learner_client.get(url(draft), {"x": "1, 1"}).content.decode()
    assert "1 × 1.5 + 2 × 0 + 0.5" in page
    assert (
        "The network takes 2 numbers (2); 1 were typed."
        in learner_client.get(url(draft), {"x": "1"}).content.decode()
    )


def test_files_go_out(learner_client: Client, draft: Draft) -> None:
    draft.weights = WEIGHTS
    draft.save()
    response = learner_client.get(f"{url(draft)}1.csv")
    assert (response.content, response["Content-Type"]) == (b"1,-1\n0.5,2\n", "text/csv; charset=utf-8")
    assert response["Content-Disposition"] == 'attachment; filename="1.csv"'
    for name in ("0.csv", "5.csv", "x.csv", "1.npz", "99999999.csv"):
        assert learner_client.get(f"{url(draft)}{name}").status_code == 404


def test_other_peoples_weights_do_not_exist(client_for: SignIn, other_learner: User, draft: Draft) -> None:
    client = client_for(other_learner)
    assert client.get(url(draft)).status_code == 404
    assert client.post(url(draft), {"draw": "1", "seed": "0"}).status_code == 404
    assert client.get(f"{url(draft)}weights.npz").status_code == 404
    assert client_for(draft.learner).put(url(draft)).status_code == 405


def test_versions_keep_weights_and_tell_which_differ(
    learner: User, learner_client: Client, draft: Draft
) -> None:
    draft.weights = WEIGHTS
    draft.save()
    version = services.keep_version(draft, "first", NOW)
    draft.weights = [*WEIGHTS[:3], [0.75]]
    draft.save()
    page = learner_client.get(f"/lab/{draft.pk}/versions/{version.pk}/").content.decode()
    assert "The text is the same; weights have changed since." in page
    assert '<th scope="row">dense_1 bias [1]</th><td>0.5</td><td>0.75</td>' in page
    services.go_back(draft, version)
    draft.refresh_from_db()
    assert draft.weights == WEIGHTS
    [told] = account_export(learner)["drafts"]
    assert (told["weights"], told["versions"][0]["weights"]) == (WEIGHTS, WEIGHTS)


def test_keeping_a_text_leaves_the_weights(learner_client: Client, draft: Draft) -> None:
    draft.weights = WEIGHTS
    draft.save()
    learner_client.post(draft.get_absolute_url(), {"source": GOOD, "title": "Other"})
    draft.refresh_from_db()
    assert (draft.source, draft.weights) == (GOOD, WEIGHTS)
