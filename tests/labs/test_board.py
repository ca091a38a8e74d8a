"""A challenge's board: opt-in, under made-up names, figures and nothing else; the front that none betters."""

from random import Random
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from accounts.models import User
from labs import services
from labs.board import Figures, front_of
from labs.export import account_export
from labs.models import BoardEntry, Challenge, Submission
from labs.pseudonyms import drawn, fault_of
from labs.showing import PseudonymFault, hide, may_see, show
from tests.conftest import SignIn
from tests.labs.conftest import GOOD, NOW, SMALL

URL = "/challenges/three-layers/board/"
LONG_TAKEN = "A name has 2 to 24 letters, digits, spaces, hyphens or apostrophes."


def report(accuracy: float = 0.95, epochs: int = 20, verdict: str = "passed") -> dict[str, Any]:
    evidence = {"values": [accuracy], "epochs": epochs}
    row = {"kind": "accuracy", "title": "Right", "verdict": "met", "points": 3, "earned": 3, "reason": "Yes.",
           "try": "", "value": "95%", "limit": "needed 90%", "evidence": evidence}  # fmt: skip
    return {"verdict": verdict, "points": 3, "possible": 3, "diagnostics": [], "rows": [row]}


def passed(learner: User, challenge: Challenge, source: str = GOOD, **told: Any) -> Submission:
    one = services.submit(learner, challenge, source, token=uuid4(), now=NOW, enqueue=lambda one: None)
    services.claim(one.pk, 0, NOW)
    services.finish(one.pk, 0, report(**told), NOW)
    return Submission.objects.get(pk=one.pk)


@pytest.fixture
def boarded(challenge: Challenge) -> Challenge:
    challenge.board = Challenge.Board.PASSED
    challenge.save()
    return challenge


# --- the front


points = st.builds(Figures, st.sampled_from([0.0, 0.1, 0.2]), st.integers(1, 5), st.integers(0, 3))


@given(st.lists(points, max_size=12))
def test_the_front_is_what_none_betters(measured: list[Figures]) -> None:
    def betters(one: Figures, other: Figures) -> bool:
        return one != other and all(a <= b for a, b in zip(one, other, strict=True))

    wanted = {one for one in measured if not any(betters(other, one) for other in measured)}
    assert front_of(measured) == wanted


# --- names


def test_a_drawn_name_is_not_taken() -> None:
    first = drawn((), Random(1))
    assert drawn({first.lower()}, Random(1)) != first


@pytest.mark.parametrize("name", ["x", "a" * 25, "<b>me</b>", "_me_", "...", "a\nb"])
def test_a_name_is_made_of_letters(name: str) -> None:
    assert fault_of(name, User(username="somebody")) == LONG_TAKEN


@pytest.mark.parametrize("name", ["ada", "Ada", "ADA LOVELACE", "lovelace"])
def test_a_name_never_says_who_somebody_is(name: str) -> None:
    person = User(username="ada", first_name="Ada", last_name="Lovelace", email="ada@example.org")
    told = "That name says who you are. Choose another, or leave it empty to have one drawn."
    assert fault_of(name, person) == told


def test_names_are_one_of_a_kind_on_a_board(learner: User, other_learner: User, boarded: Challenge) -> None:
    show(passed(learner, boarded), "Nimble Newt", Random(1))
    with pytest.raises(PseudonymFault) as fault:
        show(passed(other_learner, boarded), "nimble  NEWT", Random(1))
    assert str(fault.value) == "Somebody on this board is called so. Choose another name."


# --- showing and hiding


def test_a_network_is_shown_by_its_figures(learner: User, boarded: Challenge) -> None:
    entry = show(passed(learner, boarded, accuracy=0.97, epochs=12), "", Random(1))
    assert (entry.accuracy, entry.parameters, entry.epochs) == (0.97, 124, 12)
    again = show(passed(learner, boarded, SMALL, accuracy=0.91), "", Random(2))
    assert (again.pk, again.pseudonym, again.parameters) == (entry.pk, entry.pseudonym, 82)
    names = [one["name_on_the_board"] for one in account_export(learner)["submissions"]]
    assert sorted(names, key=str) == [entry.pseudonym, None]
    hide(learner, boarded)
    assert not BoardEntry.objects.exists()


def test_a_network_graded_again_has_its_new_figures_or_leaves(learner: User, boarded: Challenge) -> None:
    submission = passed(learner, boarded)
    show(submission, "", Random(1))
    services.regrade(submission, NOW, lambda one: None)
    assert not BoardEntry.objects.all().shown()  # while it waits
    services.claim(submission.pk, 1, NOW)
    services.finish(submission.pk, 1, report(accuracy=0.99), NOW)
    assert BoardEntry.objects.all().shown().get().accuracy == 0.99
    submission.refresh_from_db()
    services.regrade(submission, NOW, lambda one: None)
    services.claim(submission.pk, 2, NOW)
    services.finish(submission.pk, 2, report(verdict="not yet"), NOW)
    assert not BoardEntry.objects.all().shown()


# --- the page


def test_it_opens_for_those_who_have_passed(
    client: Client, learner: User, learner_client: Client, author: User, boarded: Challenge
) -> None:
    for one in (client, learner_client):
        assert "It opens when you have passed" in one.get(URL).content.decode()
    passed(learner, boarded)
    assert may_see(boarded, learner)
    assert may_see(boarded, author)
    assert "Nobody shows a network yet" in learner_client.get(URL).content.decode()


def test_an_open_board_is_for_everybody_and_tells_nothing_but_figures(
    client: Client, learner: User, boarded: Challenge
) -> None:
    boarded.board = Challenge.Board.OPEN
    boarded.save()
    learner.first_name = "Grace"
    learner.email = "grace@example.org"
    learner.save()
    submission = passed(learner, boarded, GOOD + "# my own secret remark\n")
    show(submission, "Nimble Newt", Random(1))
    page = client.get(URL).content.decode()
    assert "Nimble Newt" in page
    assert '<td class="num">95%</td><td class="num">124</td><td class="num">20</td>' in page
    for hidden in (learner.username, "Grace", "grace@", "secret remark", str(submission.pk)):
        assert hidden not in page


def test_the_table_sorts_by_links_and_marks_ones_own_row(
    learner: User, other_learner: User, learner_client: Client, boarded: Challenge
) -> None:
    show(passed(learner, boarded, GOOD, accuracy=0.99), "Zorn", Random(1))
    show(passed(other_learner, boarded, SMALL, accuracy=0.95), "Ader", Random(1))

    def names(sort: str) -> list[str]:
        board = learner_client.get(URL, {"sort": sort}).context["board"]
        return [row.entry.pseudonym for row in board.rows]

    assert names("") == names("accuracy") == names("nonsense") == names("-parameters") == ["Zorn", "Ader"]
    assert names("parameters") == names("-accuracy") == names("name") == ["Ader", "Zorn"]
    page = learner_client.get(URL).content.decode()
    assert '<tr class="own"><th scope="row">Zorn ' in page
    assert page.count('<span class="chip">you</span>') == 1
    assert page.count(">on the front</span></span>") == 2
    assert 'aria-sort="descending"' in page


def test_a_board_of_few_figures_has_no_chart(
    learner: User, learner_client: Client, boarded: Challenge
) -> None:
    submission = passed(learner, boarded)
    submission.report = {**report(), "rows": []}
    submission.save()
    show(submission, "", Random(1))
    shown = learner_client.get(URL).context["board"]
    assert (shown.plot, [column.name for column in shown.columns]) == (None, ["name", "parameters"])


def test_showing_and_taking_off_by_plain_forms(
    learner: User, learner_client: Client, boarded: Challenge
) -> None:
    submission = passed(learner, boarded)
    assert f"{URL}?show={submission.pk}" in learner_client.get(submission.get_absolute_url()).content.decode()
    sent = {"submission": str(submission.pk), "pseudonym": "Quick Otter"}
    assert learner_client.post(URL, sent)["Location"] == URL
    assert BoardEntry.objects.get().pseudonym == "Quick Otter"
    assert learner_client.post(URL, {"hide": "1"})["Location"] == URL
    assert not BoardEntry.objects.exists()
    refused = learner_client.post(URL, {**sent, "pseudonym": learner.username})
    assert refused.status_code == 422
    assert "That name says who you are." in refused.content.decode()


def test_only_ones_own_passed_networks_can_be_shown(
    learner: User, learner_client: Client, other_learner: User, boarded: Challenge
) -> None:
    theirs = passed(other_learner, boarded)
    failed = passed(learner, boarded, SMALL, verdict="not yet")
    for one in (theirs, failed):
        refused = learner_client.post(URL, {"submission": str(one.pk)})
        assert refused.status_code == 422
        assert "Choose one of your networks that has passed." in refused.content.decode()
    assert not BoardEntry.objects.exists()


def test_a_stranger_signs_in_first_and_a_challenge_without_board_has_none(
    client: Client, learner_client: Client, boarded: Challenge, client_for: SignIn
) -> None:
    assert client.post(URL, {"hide": "1"}).status_code == 302
    assert client.put(URL).status_code == 405
    boarded.board = Challenge.Board.OFF
    boarded.save()
    assert learner_client.get(URL).status_code == 404


def test_hundreds_of_networks_take_as_many_queries_as_one(
    learner: User, learner_client: Client, boarded: Challenge, django_assert_max_num_queries: Any
) -> None:
    for number in range(30):
        person = User.objects.create(username=f"p{number}")
        show(passed(person, boarded), f"Number {number}", Random(number))
    passed(learner, boarded)
    with django_assert_max_num_queries(10):
        assert learner_client.get(URL).context["board"].total == 30
