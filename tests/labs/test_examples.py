"""What a challenge trains on stands on its page, with what the network answers before it learns."""

from typing import Any

import pytest
from django.test import Client

import engine
from labs.examples import examples_of
from labs.models import Challenge, Criterion

pytestmark = pytest.mark.django_db
FITS = "model = Sequential([Dense(4, activation='softmax', input_shape=(8,))])\n"


def asked(*names: str) -> tuple[engine.Criterion, ...]:
    return engine.criteria("".join(f'[[criterion]]\nkind = "healthy"\ndataset = "{one}"\n' for one in names))


@pytest.fixture
def trained(challenge: Challenge) -> Challenge:
    Criterion.objects.create(challenge=challenge, order=9, kind="healthy", settings='dataset = "animals"')
    return challenge


def check(client: Client, challenge: Challenge, source: str) -> dict[str, Any]:
    sent = {"source": source, "challenge": challenge.slug, "fragments": True}
    answer: dict[str, Any] = client.post("/api/networks/check", sent, "application/json").json()["fragments"]
    return answer


def test_each_data_set_is_shown_once_in_its_words() -> None:
    animals, sine = examples_of(asked("animals", "sine", "animals"), None)
    assert animals.about == "Four animals by eight ratings from 0 to 2, the ones of the lesson on layers."
    assert animals.sizes == "400 samples to learn from, 100 to watch, 200 that nobody sees"
    assert animals.heads == ("legs", "fur", "whiskers", "neck", "size", "scales", "barks", "hooves")
    assert [sample.wanted for sample in animals.samples] == ["cat", "dog", "llama", "lizard"]
    assert not animals.has_answers
    assert (sine.samples[0].given, sine.samples[0].wanted) == (("−0.664",), "0.88")


def test_an_image_is_drawn_and_a_long_sample_told_by_its_size() -> None:
    [digits] = examples_of(asked("digits"), None)
    assert digits.samples[0].given == ("12 × 12 × 1 numbers",)
    assert digits.samples[0].pixels.startswith("M")


@pytest.mark.parametrize("name", sorted(engine.DATASETS))
def test_every_data_set_can_be_shown(name: str) -> None:
    [shown] = examples_of(asked(name), None)
    assert shown.samples
    assert all(len(one.given) == len(shown.heads) for one in shown.samples)


def test_the_page_shows_them_with_answers_of_the_network(client: Client, trained: Challenge) -> None:
    trained.starter = FITS
    trained.save()
    page = client.get(trained.get_absolute_url()).text
    assert '<th scope="col">legs</th>' in page
    assert '<th scope="row">llama</th>' in page
    assert '<th scope="col">before it learns</th>' in page


def test_while_typing_it_is_told_what_does_not_fit(client: Client, trained: Challenge) -> None:
    told = check(client, trained, FITS.replace("(8,)", "(2,)"))["examples"]
    assert (
        "Samples of animals have the shape (8,); the network takes (2,). Write input_shape=(8,) in the first "
        "layer." in told
    )
    assert "before it learns" in check(client, trained, FITS)["examples"]


def test_without_training_there_is_no_data(client: Client, challenge: Challenge) -> None:
    assert "To learn from" not in client.get(challenge.get_absolute_url()).text
    assert check(client, challenge, FITS)["examples"].strip() == ""


def test_cases_stand_beside_what_weights_by_hand_give(client: Client, challenge: Challenge) -> None:
    Challenge.objects.update(takes_weights=True)
    Criterion.objects.create(challenge=challenge, order=9, kind="truth_table", settings='gate = "and"')
    gate = "model = Sequential([Dense(1, activation='sigmoid', input_shape=(2,))])\n"
    told = check(client, challenge, gate)["criteria"]
    assert "Every row, wanted and computed" in told
    assert "<td>1, 1</td><td>1</td><td>0.5</td>" in told
