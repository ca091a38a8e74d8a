"""/lab/playground/ as plain forms."""

import re

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db

URL = "/lab/playground/"


def state_of(page: str) -> str:
    found = re.search(r'name="state" value="([^"]+)"', page)
    assert found is not None
    return found[1]


def test_it_opens_untrained(client: Client) -> None:
    page = client.get(URL).content.decode()

    assert "<dd>0</dd></div><div><dt>training loss</dt><dd>0.508</dd>" in page
    assert page.count('<path class="edge') == 2 * 4 + 4 * 2 + 2 + 2
    assert "All of it as tables" in page
    counts = re.findall(r'<th scope="row">(?:positive|negative)</th><td>(\d+)</td><td>(\d+)</td>', page)
    assert sum(int(count) for row in counts for count in row) == 250
    assert f"{int(counts[0][0]) + int(counts[1][1])} of 250" in page


def test_buttons_train_on_from_where_it_stood(client: Client) -> None:
    page = client.get(URL, {"dataset": "xor"}).content.decode()
    page = client.post(f"{URL}?dataset=xor", {"go": "step", "state": state_of(page)}).content.decode()
    assert "+ 1 step<" in page
    page = client.post(f"{URL}?dataset=xor", {"go": "epoch", "state": state_of(page)}).content.decode()
    assert 'data-epoch="1"' in page
    page = client.post(f"{URL}?dataset=xor", {"go": "many", "state": state_of(page)}).content.decode()
    assert 'data-epoch="51"' in page
    page = client.post(f"{URL}?dataset=xor", {"go": "reset", "state": state_of(page)}).content.decode()
    assert 'data-epoch="0"' in page


def test_plus_and_minus_lead_to_the_new_address(client: Client) -> None:
    response = client.get(URL, {"networkShape": "4,2", "edit": "1+"})

    assert response.status_code == 302
    assert response["Location"].startswith(f"{URL}?dataset=circle&")
    assert "networkShape=5,2" in response["Location"]


def test_what_does_not_fit_is_told_and_the_page_stands(client: Client) -> None:
    page = client.get(URL, {"noise": "<b>"})

    assert page.status_code == 200
    assert "noise must be a whole number from 0 to 50; it is &#x27;&lt;b&gt;&#x27;." in page.content.decode()


def test_a_strange_state_starts_over(client: Client) -> None:
    page = client.post(URL, {"go": "epoch", "state": "x"})

    assert page.status_code == 422
    assert (
        "This state belongs to other settings, or was changed on its way. Start over."
        in page.content.decode()
    )


def test_a_run_that_has_burst_is_drawn(client: Client) -> None:
    given = "dataset=reg-plane&activation=relu&learningRate=10"
    page = client.post(f"{URL}?{given}", {"go": "many"})

    assert page.status_code == 200
    assert "A weight grew beyond every bound in epoch 1" in page.content.decode()


def test_dead_units_are_named(client: Client) -> None:
    given = "dataset=spiral&activation=relu&learningRate=3&networkShape=6&seed=2"
    page = client.post(f"{URL}?{given}", {"go": "many"}).content.decode()

    assert "to every training point, so no gradient reaches" in page
    assert 'class="dead"' in page


def test_the_lab_leads_there(client: Client) -> None:
    assert f'href="{URL}"' in client.get("/lab/").content.decode()


def test_other_methods_are_refused(client: Client) -> None:
    assert client.put(URL).status_code == 405


def test_any_unit_can_be_shown_large(client: Client) -> None:
    output = client.get(URL, {"dataset": "xor"}).content.decode()
    unit = client.get(URL, {"dataset": "xor", "look": "h1.2"}).content.decode()

    assert '<h2 class="side-h">What the network answers</h2>' in output
    assert '<h2 class="side-h">What h1.2 answers</h2>' in unit
    assert "<option selected>h1.2</option>" in unit
    assert '&amp;look=h1.2"' in unit
    unknown = client.get(URL, {"dataset": "xor", "look": "<h9>"}).content.decode()
    assert '<h2 class="side-h">What the network answers</h2>' in unknown
    assert "look=" not in unknown


def test_a_button_promises_what_it_does(client: Client) -> None:
    given = {"batchSize": "1", "networkShape": "8,8,8,8,8,8", "dataset": "reg-plane", "percTrainData": "90"}
    page = client.get(URL, given).content.decode()

    assert "Train 1 epochs" not in page
    assert ">Train 1 epoch</button>" in page


def test_an_address_can_leave_out_parts_of_the_page(client: Client) -> None:
    given = {"noise": "30", "noise_hide": "true", "numHiddenLayers_hide": "true", "dataset_hide": "true"}
    page = client.get(URL, {**given, "playButton_hide": "true", "resetButton_hide": "true"}).content.decode()

    assert '<input type="hidden" name="noise" value="30">' in page
    assert "Noise, %" not in page
    assert "Hidden layers" not in page
    assert 'type="radio"' not in page
    assert "Train 50 epochs" not in page
    assert "Start over" not in page
    assert "One step" in page
    assert "noise_hide=true&amp;" in page


def test_everything_drawn_stands_in_tables(client: Client) -> None:
    page = client.get(URL, {"look": "h1.2"}).content.decode()

    for caption in (
        "Losses by epoch",
        "Weights into hidden layer 1",
        "Gradients over all training points",
        "What each unit answers to the training points",
        "What h1.2 answers over the plane: x across, y down",
    ):
        assert f"<caption>{caption}</caption>" in page


def test_a_run_stops_when_enough_is_right(client: Client) -> None:
    page = client.post(f"{URL}?dataset=gauss&stopRight=90", {"go": "many"}).content.decode()

    assert ": 90% of the held-out points are right." in page


def test_own_points_travel_in_the_address(client: Client) -> None:
    given = {"dataset": "own", "own": "AAAAAAAB.BAAABBAA", "ownNames": "length|width|<b>|no"}
    page = client.get(URL, given).content.decode()

    assert 'value="own" checked' in page
    assert "Across: length. Up: width." in page
    assert "Positive is &lt;b&gt;, negative is no." in page
    assert "own=AAAAAAAB.BAAABBAA&amp;ownNames=length%7Cwidth%7C%3Cb%3E%7Cno" in page
