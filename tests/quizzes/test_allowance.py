"""How many attempts a quiz allows, when the next may start, and what its pages say then."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from quizzes.models import Attempt, Quiz
from quizzes.services import Allowance, NoAttemptError, allowance_of, finish, start
from tests.quizzes.conftest import NOW, MakeQuestion

pytestmark = [pytest.mark.django_db, pytest.mark.data]


@pytest.fixture
def short(quiz: Quiz, make_question: MakeQuestion) -> Quiz:
    make_question("short_text", {"answers": ["yes"]})
    return quiz


def limit(quiz: Quiz, attempts: int = 0, minutes: int = 0) -> None:
    quiz.attempt_limit, quiz.attempt_delay = attempts, minutes
    quiz.save()


def test_without_a_limit_there_is_always_one_more(short: Quiz, learner: User) -> None:
    for _ in range(3):
        finish(start(learner, short, NOW), NOW)
    assert allowance_of(short, Attempt.objects.all(), NOW) == Allowance(None, None)


def test_a_limit_counts_open_attempts_and_continues_them(
    short: Quiz, learner: User, other_learner: User
) -> None:
    limit(short, attempts=2)
    finish(start(learner, short, NOW), NOW)
    last = start(learner, short, NOW)
    assert start(learner, short, NOW) == last
    finish(last, NOW)
    with pytest.raises(NoAttemptError):
        start(learner, short, NOW + timedelta(days=400))
    assert start(other_learner, short, NOW).is_open


@pytest.mark.parametrize(("seconds", "can_start"), [(-1, False), (0, True), (1, True)])
def test_the_delay_runs_from_the_end_of_the_latest_attempt(
    short: Quiz, learner: User, seconds: int, can_start: bool
) -> None:
    limit(short, minutes=10)
    end = NOW + timedelta(minutes=3)
    finish(start(learner, short, NOW), end)
    now = end + timedelta(minutes=10, seconds=seconds)
    allowed = allowance_of(short, Attempt.objects.all(), now)
    assert (allowed.can_start, allowed.opens_at is None) == (can_start, can_start)
    if can_start:
        assert start(learner, short, now).is_open
    else:
        with pytest.raises(NoAttemptError):
            start(learner, short, now)


def test_a_clock_set_back_locks_nobody_out(short: Quiz, learner: User) -> None:
    limit(short, minutes=10)
    finish(start(learner, short, NOW), NOW + timedelta(days=1))
    assert start(learner, short, NOW).is_open


def test_pages_tell_what_is_left_and_offer_no_start_beyond_it(
    learner_client: Client, learner: User, short: Quiz
) -> None:
    limit(short, attempts=1)
    assert "1 attempt, 1 left" in learner_client.get("/quizzes/small/").content.decode()
    attempt = start(learner, short, NOW)
    end = learner_client.get(f"/attempts/{attempt.pk}/finish/").content.decode()
    assert "This is the last attempt that the quiz allows." in end
    finish(attempt, NOW)
    for address in ("/quizzes/small/", f"/attempts/{attempt.pk}/results/"):
        text = learner_client.get(address).content.decode()
        assert "No attempt is left: this quiz allows 1. Your results stay here." in text
        assert "new attempt" not in text
    response = learner_client.post("/quizzes/small/")
    assert response.status_code == 409
    assert "No attempt is left" in response.content.decode()


def test_pages_tell_when_the_next_attempt_can_start(
    learner_client: Client, learner: User, short: Quiz
) -> None:
    limit(short, minutes=60)
    finish(start(learner, short, timezone.now()), timezone.now())
    text = learner_client.get("/quizzes/small/").content.decode()
    assert "The next attempt can start on <time" in text
    assert learner_client.post("/quizzes/small/").status_code == 409
