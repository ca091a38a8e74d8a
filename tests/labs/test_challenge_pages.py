"""Challenges and submissions as pages: they work by plain forms, and other people's do not exist."""

import re
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from labs import services
from labs.models import Challenge, Status, Submission, content_hash
from tests.conftest import SignIn
from tests.labs.conftest import BAD, GOOD, NOW

pytestmark = pytest.mark.django_db

URL = "/challenges/three-layers/"
REPORT = {
    "verdict": "not yet",
    "points": 2,
    "possible": 3,
    "diagnostics": [],
    "rows": [
        {"title": "Layers", "verdict": "met", "points": 2, "earned": 2, "reason": "The layers are three.",
         "try": "", "value": "3 layers", "limit": "needed 3"},
        {"title": "Small", "verdict": "not yet", "points": 1, "earned": 0, "reason": "Too many by 6.",
         "try": "Give the largest layer fewer units.", "value": "130", "limit": "allowed 124"},
    ],
}  # fmt: skip


def hand_in(learner: User, challenge: Challenge, source: str = GOOD) -> Submission:
    return services.submit(learner, challenge, source, token=uuid4(), now=NOW, enqueue=lambda one: None)


def graded(learner: User, challenge: Challenge) -> Submission:
    submission = hand_in(learner, challenge)
    services.claim(submission.pk, 0, NOW)
    services.finish(submission.pk, 0, REPORT, NOW)
    return submission


def text_of(page: str) -> str:
    """A page's words, white space settled."""
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


# --- the list


def test_the_list_shows_what_is_published(client: Client, challenge: Challenge) -> None:
    Challenge.objects.create(slug="hidden", title="Hidden one", summary="Not yet.")
    page = client.get("/challenges/").content.decode()
    assert "Three layers" in page
    assert "Not tried" in page
    assert "Hidden one" not in page


def test_the_list_says_why_it_is_empty(client: Client) -> None:
    assert "No challenges yet" in client.get("/challenges/").content.decode()


def test_the_list_shows_where_one_stands(learner: User, learner_client: Client, challenge: Challenge) -> None:
    submission = graded(learner, challenge)
    page = learner_client.get("/challenges/").content.decode()
    assert "Not yet" in page
    assert submission.get_absolute_url() in page


def test_the_list_asks_the_database_as_often_for_many(
    learner: User, learner_client: Client, challenge: Challenge, django_assert_num_queries: Any
) -> None:
    for number in range(10):
        Challenge.objects.create(slug=f"c{number}", title=str(number), summary="", is_published=True)
        graded(learner, challenge)
    with django_assert_num_queries(6):
        learner_client.get("/challenges/")


def test_the_list_is_only_read(client: Client) -> None:
    assert client.post("/challenges/").status_code == 405


# --- one challenge


def test_a_challenge_shows_task_starter_and_criteria(client: Client, challenge: Challenge) -> None:
    response = client.get(URL)
    assert response.status_code == 200
    assert response.context["form"]["source"].value() == challenge.starter
    words = text_of(response.content.decode())
    assert "Layers: Dense, Dense, Dense 2 points" in words
    assert "At most 124 parameters 1 point" in words


def test_an_unpublished_challenge_exists_for_authors_only(
    client: Client, author_client: Client, challenge: Challenge
) -> None:
    Challenge.objects.update(is_published=False)
    assert client.get(URL).status_code == 404
    assert author_client.get(URL).status_code == 200


def test_a_text_is_handed_in(learner: User, learner_client: Client, challenge: Challenge) -> None:
    response = learner_client.post(URL, {"source": GOOD.replace("\n", "\r\n"), "token": uuid4()})
    submission = Submission.objects.get()
    assert response.status_code == 302
    assert response["Location"] == f"/submissions/{submission.pk}/"
    assert (submission.learner, submission.source) == (learner, GOOD)


def test_the_same_form_sent_twice_is_one_submission(learner_client: Client, challenge: Challenge) -> None:
    form = {"source": GOOD, "token": uuid4()}
    first, second = learner_client.post(URL, form), learner_client.post(URL, form)
    assert first["Location"] == second["Location"]
    assert Submission.objects.count() == 1


def test_a_text_that_does_not_read_is_shown_with_its_place_and_not_stored(
    learner_client: Client, challenge: Challenge
) -> None:
    response = learner_client.post(URL, {"source": BAD, "token": uuid4()})
    page = response.content.decode()
    assert response.status_code == 422
    assert not Submission.objects.exists()
    words = text_of(page)
    assert (
        "Line 6, column 11. Dense has no argument &#x27;unit&#x27;; did you mean &#x27;units&#x27;?" in words
    )
    assert "Submit opens when line 6 can be read. No attempt has been spent." in words
    assert '<mark class="squig" aria-describedby="finding-1">unit</mark>' in page
    assert response.context["form"]["source"].value() == BAD


def test_a_finding_is_mended_by_a_button_without_scripts(
    learner_client: Client, challenge: Challenge
) -> None:
    response = learner_client.post(URL, {"source": BAD, "token": uuid4(), "mend": "0"})
    assert response.status_code == 200
    assert response.context["form"]["source"].value() == GOOD
    assert not Submission.objects.exists()


@pytest.mark.parametrize("which", ["7", "-1", "x", "", "٣"])
def test_a_mend_that_does_not_exist_changes_nothing(
    learner_client: Client, challenge: Challenge, which: str
) -> None:
    response = learner_client.post(URL, {"source": BAD, "mend": which})
    assert response.context["form"]["source"].value() == BAD


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("", "There is no text yet. Write the network, then submit it."),
        ("  \n ", "There is no text yet. Write the network, then submit it."),
        ("model\0", "Null characters are not allowed."),
        (
            "# " + "x" * 33_000,
            "The text has 33,002 bytes; at most 32,768 can be read. Leave out what is not the network.",
        ),
    ],
)
def test_what_is_no_text_is_refused(
    learner_client: Client, challenge: Challenge, source: str, message: str
) -> None:
    response = learner_client.post(URL, {"source": source, "token": uuid4()})
    assert response.status_code == 422
    assert message in text_of(response.content.decode())


def test_a_visitor_signs_in_and_finds_the_text_again(
    client: Client, learner: User, challenge: Challenge
) -> None:
    response = client.post(URL, {"source": GOOD, "token": uuid4()})
    assert response["Location"] == "/accounts/sign-in/?next=%2Fchallenges%2Fthree-layers%2F"
    assert not Submission.objects.exists()
    client.force_login(learner, backend="django.contrib.auth.backends.ModelBackend")
    assert client.get(URL).context["form"]["source"].value() == GOOD
    assert client.get(URL).context["form"]["source"].value() == challenge.starter


def test_a_visitor_is_told_what_does_not_read_before_signing_in(client: Client, challenge: Challenge) -> None:
    assert client.post(URL, {"source": BAD}).status_code == 422


def test_too_many_at_once_are_told_to_wait(
    learner: User, learner_client: Client, challenge: Challenge
) -> None:
    for _ in range(services.UNFINISHED_LIMIT):
        hand_in(learner, challenge)
    response = learner_client.post(URL, {"source": GOOD + "# more\n", "token": uuid4()})
    assert response.status_code == 429
    assert (
        "5 of your networks still wait to be graded. Your text is kept here: submit it when one of them is "
        "done." in text_of(response.content.decode())
    )


def test_an_earlier_text_can_be_taken_up_again(
    learner: User, learner_client: Client, other_client: Client, challenge: Challenge
) -> None:
    submission = hand_in(learner, challenge)
    again = f"{URL}?from={submission.pk}"
    assert learner_client.get(again).context["form"]["source"].value() == GOOD
    assert other_client.get(again).context["form"]["source"].value() == challenge.starter
    assert learner_client.get(f"{URL}?from=x").context["form"]["source"].value() == challenge.starter


@pytest.mark.parametrize("method", ["put", "delete", "patch"])
def test_a_challenge_knows_no_other_methods(client: Client, challenge: Challenge, method: str) -> None:
    assert getattr(client, method)(URL).status_code == 405


# --- one submission


def test_a_waiting_submission_says_how_many_are_before_it(
    learner: User, other_learner: User, learner_client: Client, challenge: Challenge
) -> None:
    hand_in(other_learner, challenge)
    submission = hand_in(learner, challenge)
    Submission.objects.filter(pk=submission.pk).update(queued_at=NOW + timedelta(seconds=1))
    page = learner_client.get(submission.get_absolute_url()).content.decode()
    assert "Waiting to be graded" in page
    assert "1 submission to go before yours." in text_of(page)
    assert '<noscript><meta http-equiv="refresh" content="3"></noscript>' in page


def test_a_waiting_submission_is_taken_back_and_counts_as_no_try(
    learner: User, learner_client: Client, challenge: Challenge
) -> None:
    submission = hand_in(learner, challenge)
    url = submission.get_absolute_url()
    assert "Take it back" in learner_client.get(url).content.decode()
    page = text_of(learner_client.post(f"{url}cancel/", follow=True).content.decode())
    assert "You took it back It was not graded and does not count as a try." in page
    assert "Take it back" not in page
    again = learner_client.post(f"{url}cancel/", follow=True).content.decode()
    assert "It was not taken back" not in again
    assert "Not tried" in learner_client.get("/challenges/").content.decode()


def test_a_submission_is_not_taken_back_once_its_grading_has_begun(
    learner: User, learner_client: Client, challenge: Challenge
) -> None:
    submission = hand_in(learner, challenge)
    services.claim(submission.pk, 0, NOW)
    url = submission.get_absolute_url()
    page = text_of(learner_client.post(f"{url}cancel/", follow=True).content.decode())
    assert "It was not taken back: its grading has begun, or is done." in page
    assert "Being graded" in page
    assert services.finish(submission.pk, 0, REPORT, NOW)


def test_other_peoples_submissions_are_not_taken_back(
    learner: User, client: Client, other_client: Client, author_client: Client, challenge: Challenge
) -> None:
    submission = hand_in(learner, challenge)
    url = f"{submission.get_absolute_url()}cancel/"
    assert [one.post(url).status_code for one in (client, other_client, author_client)] == [404] * 3
    submission.refresh_from_db()
    assert submission.status == Status.QUEUED
    assert client.get(url).status_code == 405


def test_a_graded_submission_gives_a_reason_per_row_open_ones_first(
    learner: User, learner_client: Client, challenge: Challenge
) -> None:
    submission = graded(learner, challenge)
    page = learner_client.get(submission.get_absolute_url()).content.decode()
    words = text_of(page)
    assert "1 of 2 criteria met 2 of 3 points. Still open: Small." in words
    assert "Small Too many by 6. Give the largest layer fewer units. 130 allowed 124 0 of 1 point" in words
    assert words.index("Too many by 6.") < words.index("The layers are three.")
    assert "http-equiv" not in page


def test_a_failed_submission_is_our_fault(
    learner: User, learner_client: Client, challenge: Challenge
) -> None:
    submission = hand_in(learner, challenge)
    Submission.objects.update(status=Status.FAILED, fault="secret trace")
    page = learner_client.get(submission.get_absolute_url()).content.decode()
    assert "Your text is safe, and this says nothing about your network." in page
    assert str(submission.pk) in page
    assert "secret trace" not in page


def test_other_peoples_submissions_do_not_exist(
    learner: User, client: Client, other_client: Client, author_client: Client, challenge: Challenge
) -> None:
    url = graded(learner, challenge).get_absolute_url()
    assert client.get(url).status_code == 404
    assert other_client.get(url).status_code == 404
    assert author_client.get(url).status_code == 200
    assert client.get(f"/submissions/{uuid4()}/").status_code == 404


def test_a_submission_is_only_read(learner: User, learner_client: Client, challenge: Challenge) -> None:
    assert learner_client.post(graded(learner, challenge).get_absolute_url()).status_code == 405


def test_a_passed_challenge_counts_in_its_lesson(
    course_content: None, learner: User, client_for: SignIn
) -> None:
    challenge = Challenge.objects.get(slug="first-network")
    submission = services.submit(
        learner, challenge, GOOD, token=uuid4(), now=timezone.now(), enqueue=lambda one: None
    )
    services.claim(submission.pk, 0, timezone.now())
    report = {**REPORT, "verdict": "passed"}
    services.finish(submission.pk, 0, report, timezone.now())
    assert list(learner.acts.values_list("lesson__slug", "name")) == [("layers", "challenge-passed")]


# --- built layer by layer


def test_a_challenge_is_built_with_the_form_and_then_submitted(
    learner_client: Client, challenge: Challenge
) -> None:
    imports = "from keras import Sequential\nfrom keras.layers import Dense\n"
    text = f"{imports}model = Sequential([Dense(6, input_shape=(8,))])\n"
    page = learner_client.post(
        URL, {"source": text, "seen": content_hash(text), "edit": "add:end", "new": "Dense"}
    )
    built = page.context["form"]["source"].value()
    assert "Dense(6, input_shape=(8,)), Dense(4)" in built
    assert not Submission.objects.exists()
    sent = {"source": built, "seen": content_hash(built), "a.1.units": "3", "token": str(uuid4())}
    assert learner_client.post(URL, sent).status_code == 302
    assert "Dense(3)" in Submission.objects.get().source


def test_a_fault_of_the_form_is_told_on_the_challenge(learner_client: Client, challenge: Challenge) -> None:
    response = learner_client.post(URL, {"source": GOOD, "seen": content_hash(GOOD), "a.0.units": "many"})
    assert response.status_code == 422
    assert "Dense: units must be a whole number" in response.content.decode()
    assert not Submission.objects.exists()


def test_a_network_is_read_without_being_handed_in(learner_client: Client, challenge: Challenge) -> None:
    address = challenge.get_absolute_url()
    assert '<button class="btn" type="submit" name="read" value="1" data-read>Read it</button>' in (
        learner_client.get(address).text
    )
    page = learner_client.post(address, {"source": GOOD, "read": "1"}).text
    assert 'At most 124 parameters<span class="sr">: met</span>' in page
    assert not Submission.objects.exists()
