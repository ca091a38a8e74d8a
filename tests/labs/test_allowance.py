"""A challenge that limits its attempts: what spends one, what does not, and what its pages say."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.contrib.auth.models import AnonymousUser, Permission
from django.test import Client
from django.utils import timezone

from accounts.models import User
from course.content import ContentError, Tree
from labs import dumping, loading, services
from labs.allowance import Allowance, NoAttemptError, allowance_of, why
from labs.models import Challenge, Criterion, Status, Submission
from labs.panels import deadlines
from labs.understanding import understand
from tests.conftest import SignIn
from tests.labs.conftest import BAD, GOOD, NOW, SMALL
from tests.labs.test_challenge_pages import REPORT, URL, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.data]

OTHER = f"# another one\n{GOOD}"
THIRD = f"# a third one\n{GOOD}"


@pytest.fixture
def limited(challenge: Challenge) -> Challenge:
    challenge.attempt_limit = 2
    challenge.save()
    return challenge


def hand_in(
    learner: User, challenge: Challenge, source: str = GOOD, token: UUID | None = None, weights: Any = None
) -> Submission:
    return services.submit(
        learner, challenge, source, token=token or uuid4(), now=NOW, enqueue=lambda _: None, weights=weights
    )


def grade(submission: Submission) -> Submission:
    assert services.claim(submission.pk, submission.fence, NOW)
    assert services.finish(submission.pk, submission.fence, REPORT, NOW)
    submission.refresh_from_db()
    return submission


def left(challenge: Challenge, learner: User) -> int | None:
    return allowance_of(challenge, learner, NOW).left


def use_up(challenge: Challenge, learner: User) -> None:
    for source in (GOOD, OTHER):
        grade(hand_in(learner, challenge, source))


# --- what spends one


def test_what_waits_is_graded_or_being_graded_spends_one(
    limited: Challenge, learner: User, other_learner: User
) -> None:
    assert left(limited, learner) == 2
    first = hand_in(learner, limited)
    assert left(limited, learner) == 1
    grade(first)
    assert left(limited, learner) == 1
    services.claim(hand_in(learner, limited, OTHER).pk, 0, NOW)
    assert left(limited, learner) == 0
    with pytest.raises(NoAttemptError):
        hand_in(learner, limited, THIRD)
    assert Submission.objects.count() == 2
    assert left(limited, other_learner) == 2


def taken_back(submission: Submission) -> None:
    services.cancel(submission.pk)


def given_up(submission: Submission) -> None:
    Submission.objects.filter(pk=submission.pk).update(status=Status.FAILED)


def not_read(submission: Submission) -> None:
    services.claim(submission.pk, 0, NOW)
    services.finish(submission.pk, 0, {**REPORT, "verdict": "invalid", "points": 0}, NOW)


@pytest.mark.parametrize("happens", [taken_back, given_up, not_read])
def test_what_the_learner_has_nothing_of_spends_none(
    limited: Challenge, learner: User, happens: Callable[[Submission], None]
) -> None:
    for _ in range(3):
        happens(hand_in(learner, limited))
    assert left(limited, learner) == 2
    assert hand_in(learner, limited).status == Status.QUEUED


def test_the_same_form_sent_twice_spends_one(limited: Challenge, learner: User) -> None:
    token = uuid4()
    assert hand_in(learner, limited, token=token) == hand_in(learner, limited, token=token)
    assert left(limited, learner) == 1


def test_the_same_network_sent_again_shows_its_report_also_when_none_is_left(
    limited: Challenge, learner: User, learner_client: Client
) -> None:
    first = grade(hand_in(learner, limited))
    assert hand_in(learner, limited) == first
    assert left(limited, learner) == 1
    hand_in(learner, limited, OTHER)
    response = learner_client.post(URL, {"source": GOOD, "token": uuid4()})
    assert response["Location"] == first.get_absolute_url()
    assert left(limited, learner) == 0


def test_other_weights_or_other_criteria_make_it_another_network(limited: Challenge, learner: User) -> None:
    first = hand_in(learner, limited, weights=[[1.0]])
    assert hand_in(learner, limited, weights=[[1.0]]) == first
    assert hand_in(learner, limited, weights=[[2.0]]) != first
    limited.attempt_limit = 3
    Criterion.objects.filter(kind="parameters").update(settings="at_most = 100")
    assert hand_in(learner, limited, weights=[[1.0]]) != first
    assert left(limited, learner) == 0


def test_what_was_sent_many_times_before_there_was_a_limit_is_one_attempt(
    challenge: Challenge, learner: User
) -> None:
    for _ in range(3):
        grade(hand_in(learner, challenge))
    challenge.attempt_limit = 2
    assert left(challenge, learner) == 1


def test_grading_again_spends_none(limited: Challenge, learner: User) -> None:
    submission = grade(hand_in(learner, limited))
    services.regrade(submission, NOW, lambda _: None)
    assert left(limited, learner) == 1
    submission.refresh_from_db()
    grade(submission)
    assert left(limited, learner) == 1


def test_a_failed_one_that_is_graded_after_all_leaves_no_debt(limited: Challenge, learner: User) -> None:
    failed = hand_in(learner, limited)
    given_up(failed)
    use_up(limited, learner)
    failed.refresh_from_db()
    assert services.regrade(failed, NOW, lambda _: None)
    assert left(limited, learner) == 0


def test_one_challenges_attempts_are_not_anothers(limited: Challenge, learner: User) -> None:
    other = Challenge.objects.create(slug="other", title="Other", summary="S", attempt_limit=1)
    hand_in(learner, other)
    assert (left(limited, learner), left(other, learner)) == (2, 0)


# --- what is said


@pytest.mark.parametrize(
    ("allowance", "told"),
    [
        (Allowance(), ""),
        (Allowance(5, 3), "2 of 5 attempts left"),
        (Allowance(1, 0), "1 of 1 attempt left"),
        (Allowance(5, 5), "No attempt left"),
        (Allowance(5, 9), "No attempt left"),
    ],
)
def test_it_says_how_many_are_left(allowance: Allowance, told: str) -> None:
    assert allowance.told == told


@pytest.mark.parametrize(
    ("source", "allowance", "sentence"),
    [
        (GOOD, Allowance(), "All of it can be read. You can submit as often as you like."),
        (GOOD, Allowance(2, 1), "All of it can be read. 1 of 2 attempts left."),
        (GOOD, Allowance(2, 2), "All of it can be read. No attempt left."),
        (GOOD, Allowance(2, 0, is_closed=True), "All of it can be read. The challenge has closed."),
        (BAD, Allowance(2, 1), "Submit opens when line 6 can be read. No attempt has been spent."),
        (BAD, Allowance(2, 2), "Line 6 cannot be read yet. No attempt left."),
    ],
)
def test_beside_submit_it_says_what_a_press_would_do(
    source: str, allowance: Allowance, sentence: str
) -> None:
    assert why(understand(source), allowance) == sentence


def test_a_visitor_has_all_of_them(limited: Challenge, client: Client) -> None:
    assert allowance_of(limited, AnonymousUser(), NOW).left == 2
    assert "2 of 2 attempts left." in text_of(client.get(URL).content.decode())


def test_the_pages_say_what_is_left(limited: Challenge, learner: User, learner_client: Client) -> None:
    submission = grade(hand_in(learner, limited))
    for address in (URL, "/challenges/", submission.get_absolute_url(), "/dashboard/"):
        assert "1 of 2 attempts left" in text_of(learner_client.get(address).content.decode())
    assert "Edit and try again" in learner_client.get(submission.get_absolute_url()).content.decode()


def test_with_none_left_the_pages_say_what_came_of_it(
    limited: Challenge, learner: User, learner_client: Client
) -> None:
    use_up(limited, learner)
    best = Submission.objects.earliest("pk")
    Submission.objects.filter(pk=best.pk).update(points=3)
    said = (
        "No attempt is left: this challenge allows 2. Your best result: 3 of 3 points . Your text is kept, "
        "and you can go on with it in the lab."
    )
    page = learner_client.get(URL).content.decode()
    assert said in text_of(page)
    assert "data-submit " not in page
    assert "Go on in the lab" in page
    result = learner_client.get(best.get_absolute_url()).content.decode()
    assert said in text_of(result)
    assert "Edit and try again" not in result
    assert f'href="/lab/?submission={best.pk}">Go on in the lab' in result
    for address in ("/challenges/", "/dashboard/"):
        assert "No attempt left" in text_of(learner_client.get(address).content.decode())


def test_one_more_is_refused_and_what_was_written_stays(
    limited: Challenge, learner: User, learner_client: Client
) -> None:
    use_up(limited, learner)
    response = learner_client.post(URL, {"source": THIRD, "token": uuid4()})
    assert response.status_code == 409
    assert (
        "No attempt is left: this challenge allows 2. Your text is kept here: go on with it in the lab."
        in text_of(response.content.decode())
    )
    assert response.context["form"]["source"].value() == THIRD
    assert Submission.objects.count() == 2


def test_the_text_goes_on_in_the_lab(limited: Challenge, learner: User, learner_client: Client) -> None:
    use_up(limited, learner)
    lab = learner_client.post("/lab/", {"source": SMALL, "token": uuid4(), "seen": "x", "read": "1"})
    assert (lab.status_code, lab.context["form"]["source"].value()) == (200, SMALL)


def test_a_text_that_does_not_read_says_where_and_that_none_is_left(
    limited: Challenge, learner: User, learner_client: Client
) -> None:
    use_up(limited, learner)
    response = learner_client.post(URL, {"source": BAD, "token": uuid4()})
    assert response.status_code == 422
    assert "Line 6 cannot be read yet. No attempt left." in text_of(response.content.decode())


def test_the_api_says_it_while_one_types(limited: Challenge, learner: User, learner_client: Client) -> None:
    hand_in(learner, limited)
    body = {"source": GOOD, "challenge": limited.slug, "fragments": True}
    answer = learner_client.post("/api/networks/check", body, content_type="application/json").json()
    assert answer["fragments"]["why"] == "All of it can be read. 1 of 2 attempts left."


def test_who_reads_somebody_elses_result_is_told_no_allowance(
    limited: Challenge, learner: User, other_learner: User, client_for: SignIn
) -> None:
    submission = grade(hand_in(learner, limited))
    other_learner.user_permissions.add(Permission.objects.get(codename="view_submission"))
    page = client_for(other_learner).get(submission.get_absolute_url())
    assert (page.status_code, page.context["allowance"]) == (200, None)
    assert "attempts left" not in page.content.decode()


def test_a_deadline_says_how_many_are_left_and_ends_with_the_last(limited: Challenge, learner: User) -> None:
    limited.closes_at = timezone.now() + timedelta(days=2)
    limited.save()
    hand_in(learner, limited)
    assert [one.title for one in deadlines(learner)] == [
        "The challenge “Three layers” closes (1 of 2 attempts left)"
    ]
    hand_in(learner, limited, OTHER)
    assert deadlines(learner) == []


def test_lists_ask_the_database_once_for_all_limits(
    limited: Challenge, learner: User, learner_client: Client, django_assert_num_queries: Any
) -> None:
    for number in range(10):
        Challenge.objects.create(slug=f"c{number}", title=str(number), is_published=True, attempt_limit=3)
    with django_assert_num_queries(7):
        learner_client.get("/challenges/")


# --- files


def test_a_file_says_it(limited: Challenge) -> None:
    text = dumping.dump()["challenges/three-layers.toml"]
    assert "attempt_limit = 2\n" in text
    limited.delete()
    loading.load(Tree({"challenges/three-layers.toml": text}), overwrite=False)
    assert Challenge.objects.get().attempt_limit == 2


@pytest.mark.parametrize("line", ["", "attempt_limit = 0\n"])
def test_without_one_or_with_nought_there_is_no_limit(limited: Challenge, line: str) -> None:
    text = dumping.dump()["challenges/three-layers.toml"].replace("attempt_limit = 2\n", line)
    limited.delete()
    loading.load(Tree({"challenges/three-layers.toml": text}), overwrite=False)
    assert Challenge.objects.get().attempt_limit is None


@pytest.mark.parametrize("limit", ["-1", "101", "true"])
def test_a_limit_in_a_file_is_a_number_that_makes_sense(limited: Challenge, limit: str) -> None:
    text = dumping.dump()["challenges/three-layers.toml"].replace("limit = 2", f"limit = {limit}")
    with pytest.raises(ContentError) as caught:
        loading.load(Tree({"challenges/three-layers.toml": text}), overwrite=False)
    assert str(caught.value).startswith(
        "challenges/three-layers.toml: `attempt_limit` must be a whole number"
    )
